// Brings Lambda's own runtime to this machine, for the tests that run the zip under it: the runtimes' Nodes from the registry, and
// aws-lambda-ric, built from its sources with one of them (needs cmake, make and a C++ compiler). A minute or two, once.
//   node scripts/lambda-runtime.mjs
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Of nodejs22.x and nodejs24.x. */
const nodes = { node22: '22', node24: '24' }
const ric = 'aws-lambda-ric@4.0.2'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = join(root, 'node_modules', '.cache', 'eniprobe', 'lambda-runtime')
if (existsSync(folder)) process.exit(0)
if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) {
  process.stderr.write(`Lambda's runtime is for Linux on x64 and arm64, this is ${process.platform} on ${process.arch}\n`)
  process.exit(1)
}
const beside = `${folder}.part`
rmSync(beside, { recursive: true, force: true })
mkdirSync(beside, { recursive: true })
const npm = (prefix, what, ...more) =>
  run('npm', [
    'install',
    '--silent',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--prefix',
    prefix,
    ...more,
    what,
  ])
for (const [name, major] of Object.entries(nodes)) npm(join(beside, name), `node-linux-${process.arch}@${major}`)
const home = join(beside, 'node22', 'node_modules', `node-linux-${process.arch}`)
// Its own installation asks for the runtime's Node, and is run here, in the open, not by the package manager.
const env = { ...process.env, PATH: `${join(home, 'bin')}:${process.env.PATH}`, npm_config_nodedir: home }
npm(join(beside, 'ric'), ric)
const client = join(beside, 'ric', 'node_modules', 'aws-lambda-ric')
for (const script of ['preinstall.sh', 'postinstall.sh']) run('sh', [join('scripts', script)], { cwd: client, env })
renameSync(beside, folder)

function run(command, args, options = {}) {
  const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options })
  if (done.status === 0) return
  process.stderr.write(
    `${done.error?.message ?? `${done.stdout}${done.stderr}`.slice(-4000)}\n${command} ${args.join(' ')} failed\n`,
  )
  process.exit(1)
}

// Brings a fresh clone to a built state with nothing but Node and npm: installs what the lock file names, then builds.
// Each step is skipped when its inputs have not changed since it last succeeded and its results are there. One set-up at a
// time: a second one waits for the first, and one that was interrupted is simply begun again.
//   node scripts/setup.mjs             install and build
//   node scripts/setup.mjs --install   install only
//   node scripts/setup.mjs --build     install, then build even if nothing changed
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const mode = process.argv[2]
const singleFile = join('packages', 'probe-cli', 'dist', 'eniprobe.mjs')
const functionZip = join('packages', 'probe-lambda', 'dist', 'eniprobe-lambda.zip')
const library = join('packages', 'probe-core', 'dist', 'lib', 'index.js')
const stampDir = join(root, 'node_modules', '.cache', 'eniprobe')

/** Not in node_modules: that folder is the package manager's, and not there at first. */
const lock = join(root, '.setup.lock')

requireNode(20, 18, 1)
await oneAtATime(() => {
  step('install', installInputs(), ['node_modules/typescript/bin/tsc', 'node_modules/esbuild'], false, install)
  if (mode === '--install') return
  const results = [
    ...packageFiles('tsconfig.json').map(path => join(dirname(path), 'dist', '.tsbuildinfo')),
    library,
    singleFile,
    functionZip,
  ]
  step('build', buildInputs(), results, mode === '--build', build)
})

function requireNode(...wanted) {
  const have = process.versions.node.split('.').map(Number)
  const older = wanted.findIndex((part, i) => have[i] !== part)
  if (older >= 0 && have[older] < wanted[older]) {
    fail(`Node ${process.versions.node} is too old: eniprobe needs ${wanted.join('.')} or newer.`)
  }
}

/** The holder's process id is in the lock: one whose process is gone was left by an interruption. */
async function oneAtATime(action) {
  for (let told = false; !takeLock(); ) {
    const holder = Number(readIfThere(lock))
    if (holder > 0 && !isAlive(holder)) {
      // Renamed first: of several who find it, one takes it away.
      const left = `${lock}.${process.pid}`
      try {
        renameSync(lock, left)
        rmSync(left)
      } catch {}
      continue
    }
    if (!told) process.stderr.write(`another set-up (process ${holder}) is at work here: waiting for it\n`)
    told = true
    await pause(200)
  }
  process.on('exit', () => rmSync(lock, { force: true }))
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => process.exit(130))
  action()
}

function takeLock() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    return fail(`cannot write ${lock}: ${error.code}`)
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Runs `action` unless the stamp of its inputs says that it already succeeded on exactly these, and `results` exist. */
function step(name, inputs, results, force, action) {
  const stamp = join(stampDir, `${name}.sha256`)
  const digest = digestOf(inputs)
  if (!force && readIfThere(stamp) === digest && results.every(path => existsSync(join(root, path)))) return
  const startedAt = Date.now()
  process.stderr.write(`${name} …`)
  action()
  mkdirSync(stampDir, { recursive: true })
  writeFileSync(stamp, digest)
  process.stderr.write(` ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`)
}

function install() {
  // pnpm is not on a fresh machine: npm brings the very version that package.json pins.
  const pinned = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager
  // What the caches have is not asked for again, so that a machine that has it all needs no network.
  const pnpm = ['pnpm', 'install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only']
  run('npm', ['exec', '--yes', '--prefer-offline', `--package=${pinned}`, '--', ...pnpm], unreachable)
}

function unreachable(output) {
  if (
    !/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_PNPM_(?:META_)?FETCH|NO_OFFLINE/.test(
      output,
    )
  )
    return ''
  return 'The package registry cannot be reached, and the local store has not everything. Go online once, or name a mirror that can be reached (npm config set registry URL).\n'
}

function build() {
  run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b'])
  run(process.execPath, [join(root, 'scripts', 'bundle.mjs')])
}

function installInputs() {
  return ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml', ...packageFiles('package.json')]
}

function buildInputs() {
  return [
    ...installInputs(),
    'tsconfig.base.json',
    'tsconfig.json',
    'scripts/bundle.mjs',
    ...filesBelow('scripts/bundle'),
    ...filesBelow('scripts/package'),
    'LICENSE',
    ...packageFiles('tsconfig.json'),
    ...packageFiles('src'),
    ...packageFiles('test'),
  ]
}

function packageFiles(name) {
  return readdirSync(join(root, 'packages')).flatMap(entry => {
    const path = join('packages', entry, name)
    if (!existsSync(join(root, path))) return []
    return statSync(join(root, path)).isDirectory() ? filesBelow(path) : [path]
  })
}

function filesBelow(path) {
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)],
  )
}

function digestOf(paths) {
  const hash = createHash('sha256').update(process.versions.node)
  for (const path of [...paths].sort())
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
  return hash.digest('hex')
}

function run(command, args, explain = () => '') {
  const done = spawnSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  if (done.error) fail(`\n${command}: ${done.error.message}`)
  if (done.status === 0) return
  const output = `${done.stdout}${done.stderr}`
  fail(`\n${output}\n${command} ${args.join(' ')} failed (exit ${done.status}).\n${explain(output)}`.trimEnd())
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

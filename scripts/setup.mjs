// Brings a fresh clone to a built state with nothing but Node and npm: installs what the lock file names, then builds.
// Each step is skipped when its inputs have not changed since it last succeeded.
//   node scripts/setup.mjs             install and build
//   node scripts/setup.mjs --install   install only
//   node scripts/setup.mjs --build     install, then build even if nothing changed
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const mode = process.argv[2]
const stampDir = join(root, 'node_modules', '.cache', 'eniprobe')

requireNode(20, 18, 1)
step('install', installInputs(), mode === '--build' ? false : undefined, install)
if (mode !== '--install') step('build', buildInputs(), mode === '--build', build)

function requireNode(...wanted) {
  const have = process.versions.node.split('.').map(Number)
  const older = wanted.findIndex((part, i) => have[i] !== part)
  if (older >= 0 && have[older] < wanted[older]) {
    fail(`Node ${process.versions.node} is too old: eniprobe needs ${wanted.join('.')} or newer.`)
  }
}

/** Runs `action` unless the stamp of its inputs says that it already succeeded on exactly these. */
function step(name, inputs, force, action) {
  const stamp = join(stampDir, `${name}.sha256`)
  const digest = digestOf(inputs)
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
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
  run('npm', ['exec', '--yes', `--package=${pinned}`, '--', 'pnpm', 'install', '--frozen-lockfile', '--silent'])
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

function run(command, args) {
  const done = spawnSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  if (done.error) fail(`\n${command}: ${done.error.message}`)
  if (done.status !== 0) fail(`\n${done.stdout}${done.stderr}\n${command} ${args.join(' ')} failed (exit ${done.status}).`)
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

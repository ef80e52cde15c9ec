// The packages as they are published: what `npm pack` of their `files` holds, with a package.json that says what users need to
// know. Packed again anywhere, the bytes are the same.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const folders = ['probe-core', 'probe-cli', 'probe-lambda']

export function packPackages(root, into) {
  const sources = folders.map(name => join(root, 'packages', name))
  const beside = mkdtempSync(join(tmpdir(), 'eniprobe-publish-'))
  try {
    const told = npmPack(sources, '--dry-run')
    const staged = sources.map((from, index) => stage(from, told[index].files, join(beside, folders[index])))
    return npmPack(staged, '--pack-destination', into).map(({ filename }) => filename)
  } finally {
    rmSync(beside, { recursive: true, force: true })
  }
}

function stage(from, files, to) {
  for (const { path } of files) {
    mkdirSync(dirname(join(to, path)), { recursive: true })
    copyFileSync(join(from, path), join(to, path))
  }
  // What only this repository needs: of no use to others, and `workspace:` means nothing to npm.
  const { devDependencies: _dev, scripts: _scripts, ...published } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'))
  if (JSON.stringify(published).includes('workspace:')) throw new Error(`${published.name} would need a package of the workspace`)
  writeFileSync(join(to, 'package.json'), `${JSON.stringify(published, null, 2)}\n`)
  return to
}

/** What npm tells of each folder, in their order: its start is what takes long. */
function npmPack(sources, ...args) {
  const { status, stdout, stderr, error } = spawnSync(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--loglevel=error', ...args, ...sources],
    { cwd: tmpdir(), encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`npm pack: ${error?.message ?? stderr}`)
  // Some versions of npm give a list, others an object by name.
  return Object.values(JSON.parse(stdout))
}

// The packages as they are published: what `npm pack` of their `files` holds, with a package.json that says what users need to
// know. Packed again anywhere, the bytes are the same.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const folders = ['probe-core', 'probe-cli', 'probe-lambda']

export function packPackages(root, into) {
  return folders.map(name => packPackage(join(root, 'packages', name), into))
}

function packPackage(from, into) {
  const beside = mkdtempSync(join(tmpdir(), 'eniprobe-publish-'))
  try {
    for (const { path } of npmPack(from, '--dry-run').files) {
      mkdirSync(dirname(join(beside, path)), { recursive: true })
      copyFileSync(join(from, path), join(beside, path))
    }
    // What only this repository needs: of no use to others, and `workspace:` means nothing to npm.
    const {
      devDependencies: _dev,
      scripts: _scripts,
      ...published
    } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'))
    if (JSON.stringify(published).includes('workspace:'))
      throw new Error(`${published.name} would need a package of the workspace`)
    writeFileSync(join(beside, 'package.json'), `${JSON.stringify(published, null, 2)}\n`)
    return npmPack(beside, '--pack-destination', into).filename
  } finally {
    rmSync(beside, { recursive: true, force: true })
  }
}

function npmPack(folder, ...args) {
  const { status, stdout, stderr, error } = spawnSync(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--loglevel=error', ...args],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(`npm pack: ${error?.message ?? stderr}`)
  // npm before 12 gives a list, later ones an object by name.
  const told = JSON.parse(stdout)
  return Array.isArray(told) ? told[0] : Object.values(told)[0]
}

// The Node that executables are made of: packages of the registry, of one version and known content, kept between runs.
// 24 and not newer: from 25 on, Node's own builds need libatomic.so.1, which small images do not have.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const pinned = JSON.parse(readFileSync(new URL('./node-binaries.json', import.meta.url), 'utf8'))
export const nodeVersion = pinned.version
export const architectures = ['x64', 'arm64']

/** @returns `{ binary, licence }`: paths, fetched where they are not there yet */
export function nodeBinary(root, architecture) {
  const kept = join(root, 'node_modules', '.cache', 'eniprobe', `node-${pinned.version}-${architecture}`)
  if (!existsSync(kept)) fetchNode(architecture, kept)
  return { binary: join(kept, 'bin', 'node'), licence: join(kept, 'LICENSE') }
}

/** Nothing of the package is run, and it is used only if it is the very one that was pinned. */
function fetchNode(architecture, kept) {
  mkdirSync(join(kept, '..'), { recursive: true })
  const folder = mkdtempSync(`${kept}.`)
  try {
    const wanted = `node-linux-${architecture}@${pinned.version}`
    // Outside of the workspace, whose own settings are for its packages.
    run('npm', ['pack', wanted, '--prefer-offline', '--ignore-scripts', '--loglevel=error'], folder, unreachable)
    const tarball = join(folder, `node-linux-${architecture}-${pinned.version}.tgz`)
    const found = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`
    if (found !== pinned[architecture]) throw new Error(`${wanted} is not what node-binaries.json pins: it is ${found}`)
    run('tar', ['-xzf', tarball, '-C', folder, 'package/bin/node', 'package/LICENSE'], folder)
    // Whole or not at all.
    try {
      renameSync(join(folder, 'package'), kept)
    } catch (error) {
      // Another run was sooner, with the same content.
      if (!existsSync(kept)) throw error
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function unreachable(output) {
  if (!/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT|E40[134]/.test(output))
    return ''
  return '\nThe Node binaries are packages of the package registry, and it did not give them. Go online, or name a mirror that has them (npm config set registry URL). The other files need none of it: npm run package -- single-file lambda-zip npm-packages checksums'
}

function run(command, args, cwd, explain = () => '') {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (error) throw new Error(`${command}: ${error.message}`)
  if (status !== 0)
    throw new Error(
      `${command} ${args.join(' ')} failed (exit ${status})\n${stdout}${stderr}`.trim() + explain(`${stdout}${stderr}`),
    )
}

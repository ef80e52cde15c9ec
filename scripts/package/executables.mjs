// Single executables: Node with the program inside (its "single executable application"), one an architecture. Nothing is run on
// the other architecture: the program goes in as plain text, without a snapshot or compiled code, which would be of one machine.
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { architectures, nodeBinary } from './node-binaries.mjs'

/** What Node looks for in itself, see its documentation of single executable applications. */
const resource = 'NODE_SEA_BLOB'
const sentinelFuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'

export const nodeLicenceName = 'LICENSE-node.txt'

export function executableName(architecture) {
  return `eniprobe-linux-${architecture}`
}

export async function makeExecutables(root, into) {
  if (process.platform !== 'linux' || !architectures.includes(process.arch))
    throw new Error(
      `executables are made on Linux, on ${architectures.join(' or ')}; this is ${process.platform} on ${process.arch}`,
    )
  // Beside the result, so that a rename is all that is left to do.
  const folder = mkdtempSync(join(into, '.executables-'))
  try {
    const blob = makeBlob(root, folder)
    for (const architecture of architectures) {
      const path = join(folder, executableName(architecture))
      copyFileSync(nodeBinary(root, architecture).binary, path)
      inject(path, blob)
      chmodSync(path, 0o755)
      renameSync(path, join(into, executableName(architecture)))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  // With the licences of all that Node has inside.
  copyFileSync(nodeBinary(root, process.arch).licence, join(into, nodeLicenceName))
  return [...architectures.map(executableName), nodeLicenceName]
}

/** Made by the same version of Node that it is for. */
function makeBlob(root, folder) {
  // Relative, because the path stands in the blob: the same bytes wherever it is made.
  copyFileSync(join(root, 'packages', 'probe-cli', 'dist', 'executable.cjs'), join(folder, 'eniprobe.cjs'))
  const config = {
    main: 'eniprobe.cjs',
    output: 'blob',
    disableExperimentalSEAWarning: true,
    useSnapshot: false,
    useCodeCache: false,
    // NODE_OPTIONS of the place it runs in are for other programs: --require of theirs would fail here.
    execArgvExtension: 'none',
  }
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config))
  const { binary } = nodeBinary(root, process.arch)
  const { status, stderr, error } = spawnSync(binary, ['--experimental-sea-config', 'config.json'], {
    cwd: folder,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`Node made no blob: ${error?.message ?? stderr}`)
  return join(folder, 'blob')
}

/** In a process of its own: it takes several times the file in memory, and prints about sections that do not matter. */
function inject(path, blob) {
  const postject = pathToFileURL(join(import.meta.dirname, '..', '..', 'node_modules', 'postject', 'dist', 'api.js')).href
  const program = `
    import { readFileSync } from 'node:fs'
    import postject from ${JSON.stringify(postject)}
    await postject.inject(process.argv[1], '${resource}', readFileSync(process.argv[2]), { sentinelFuse: '${sentinelFuse}' })`
  const { status, stderr, error } = spawnSync(process.execPath, ['--input-type=module', '--eval', program, path, blob], {
    encoding: 'utf8',
  })
  if (status !== 0 || !readFileSync(path).includes(`${sentinelFuse}:1`))
    throw new Error(`the program did not go into ${path}: ${error?.message ?? stderr}`)
}

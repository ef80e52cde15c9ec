// Makes the library as it is published and the Lambda function (bundle/), then packages/probe-cli/dist/eniprobe.mjs: the CLI as
// one self-contained, executable file, to be copied into networks where nothing can be installed. A small front answers --version
// and --help; everything else is carried in a comment, in parts, and a part is compiled when it is first needed.
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'
import { noticesName, noticesOf, packagesInside } from './bundle/inside.mjs'
import { bundleLambda } from './bundle/lambda.mjs'
import { bundleLibrary } from './bundle/library.mjs'
import { makePacks } from './bundle/packs.mjs'
import { commentEnd } from './bundle/part-loader.mjs'
import { packLambda } from './package/lambda-zip.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const cli = join(root, 'packages', 'probe-cli')
const { version } = JSON.parse(readFileSync(join(cli, 'package.json'), 'utf8'))

const common = {
  bundle: true,
  write: false,
  platform: 'node',
  target: 'node20.18',
  format: 'esm',
  legalComments: 'none',
  // From its sources, so that the parts are cut where they import.
  alias: { '@eniprobe/core': join(root, 'packages', 'probe-core', 'src', 'index.ts') },
  define: { 'globalThis.ENIPROBE_VERSION': JSON.stringify(version) },
}
const banner = `#!/usr/bin/env node
// eniprobe ${version}, made by scripts/bundle.mjs of its repository: a readable front, then the program in minified
// parts, packed with brotli, each unpacked and compiled when it is first needed.
`

await bundleLibrary(root)
await bundleLambda(root)
packLambda(root)
const { packs, metafile } = await makePacks(root, join('packages', 'probe-cli', 'src', 'run.ts'), common)
const front = await makeFront(packs, join(cli, 'src', 'main.ts'), common)
// In an executable of Node's own making the program has to be CommonJS, and the file it stands in is the executable.
const inExecutable = await makeFront(packs, join(root, 'scripts', 'bundle', 'executable.mjs'), {
  ...common,
  format: 'cjs',
  define: { ...common.define, 'import.meta.url': 'eniprobeUrl' },
  banner: { js: "const eniprobeUrl = require('node:url').pathToFileURL(process.execPath).href" },
})
const inside = packagesInside(root, root, [metafile, front.metafile])
writeWhole('eniprobe.mjs', banner + front.text, 0o755)
writeWhole('executable.cjs', inExecutable.text)
writeWhole('inside.json', JSON.stringify(inside))
writeWhole(noticesName, noticesOf(inside, 'eniprobe'))

/** Renamed into its place: whoever starts it meanwhile reads the old file or the whole new one. */
function writeWhole(name, text, mode = 0o644) {
  const file = join(cli, 'dist', name)
  mkdirSync(dirname(file), { recursive: true })
  const beside = `${file}.${process.pid}.part`
  writeFileSync(beside, text)
  chmodSync(beside, mode)
  renameSync(beside, file)
}

/**
 * The front: the door, which reaches run.ts through the parts, and after it the parts themselves, in a comment inside a function.
 * Node skips a comment far faster than it reads a string, or as much program; the function's own text gives it back.
 */
async function makeFront(packs, entryPoint, options) {
  const index = []
  let carried = ''
  for (const { name, parts, text: plain, isPlain } of packs) {
    const text = isPlain ? inComment(plain) : brotliCompressSync(plain).toString('base64')
    index.push(JSON.stringify({ name, parts, from: carried.length, to: carried.length + text.length, isPlain }))
    carried += text
  }
  const carrier = `
    import { partLoader } from ${JSON.stringify(join(root, 'scripts', 'bundle', 'part-loader.mjs'))}
    export const { run } = partLoader([${index.join(', ')}], eniprobeParts, import.meta.url)('./run.js')`
  const { outputFiles, metafile } = await build({
    ...options,
    absWorkingDir: root,
    metafile: true,
    entryPoints: [entryPoint],
    plugins: [
      {
        name: 'run.ts is carried',
        setup(build) {
          build.onResolve({ filter: /^\.\/run\.ts$/ }, () => ({ path: 'run', namespace: 'carried' }))
          build.onLoad({ filter: /.*/, namespace: 'carried' }, () => ({ contents: carrier, resolveDir: root, loader: 'js' }))
        },
      },
    ],
  })
  return { text: `${outputFiles[0].text}function eniprobeParts() {/*${carried}*/}\n`, metafile }
}

/** The loader undoes it. */
function inComment(code) {
  if (/[^\0-\x7f]/.test(code) || code.includes(commentEnd)) throw new Error('a part of the program is not plain ASCII')
  return code.replaceAll('*/', commentEnd)
}

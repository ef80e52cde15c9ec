// Makes the library as it is published and the Lambda function (bundle/), then packages/probe-cli/dist/eniprobe.mjs: the CLI as one self-contained, executable file, to be copied into networks
// where nothing can be installed. A small front answers --version and --help; everything else is carried as text, in
// parts, and a part is compiled when it is first needed: Node reads a long string far faster than as much program.
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build, transform } from 'esbuild'
import { noticesName, noticesOf, packagesInside } from './bundle/inside.mjs'
import { bundleLambda } from './bundle/lambda.mjs'
import { bundleLibrary } from './bundle/library.mjs'
import { packLambda } from './package/lambda-zip.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const cli = join(root, 'packages', 'probe-cli')
const { version } = JSON.parse(readFileSync(join(cli, 'package.json'), 'utf8'))
const entry = 'run'

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
/** Nothing else of undici is used: its other two thirds (fetch, WebSocket, caches, mocks) stay out of the file. */
const undiciClientAlone = {
  name: 'the client of undici alone',
  setup(build) {
    // As undici's own index puts them together.
    const contents = `
      require('undici/lib/dispatcher/dispatcher').prototype.request = require('undici/lib/api/api-request')
      exports.Client = require('undici/lib/dispatcher/client')`
    const resolveDir = join(root, 'packages', 'probe-core')
    build.onResolve({ filter: /^undici$/ }, () => ({ path: 'undici', namespace: 'trimmed' }))
    build.onLoad({ filter: /.*/, namespace: 'trimmed' }, () => ({ contents, resolveDir }))
  },
}
const banner = `#!/usr/bin/env node
// eniprobe ${version}, made by scripts/bundle.mjs of its repository: a readable front, then the program in minified
// parts, packed with brotli, each unpacked and compiled when it is first needed.
`

await bundleLibrary(root)
await bundleLambda(root, [undiciClientAlone])
packLambda(root)
const { parts, metafile } = await makeParts()
const front = await makeFront(parts, join(cli, 'src', 'main.ts'), common)
// In an executable of Node's own making the program has to be CommonJS, and the file it stands in is the executable.
const inExecutable = await makeFront(parts, join(root, 'scripts', 'bundle', 'executable.mjs'), {
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

/** The program cut where it imports dynamically: in the order of their names. */
async function makeParts() {
  const { outputFiles, metafile } = await build({
    ...common,
    absWorkingDir: root,
    metafile: true,
    entryPoints: { [entry]: join(cli, 'src', 'run.ts') },
    outdir: join(cli, 'dist'),
    splitting: true,
    plugins: [undiciClientAlone],
  })
  const names = namesOf(outputFiles.map(({ path }) => [basename(path), metafile.outputs[relative(root, path)]]))
  const made = outputFiles.map(async ({ path, text }) => {
    const renamed = text.replaceAll(/"\.\/([\w.-]+\.js)"/g, (word, name) => (names.has(name) ? `"./${names.get(name)}"` : word))
    // A CommonJS module that is imported dynamically has to show its names, not a default export alone.
    const shown = renamed.replace(/^export default (require_\w+\(\));$/m, 'module.exports = $1;')
    const { code } = await transform(shown, {
      format: 'cjs',
      platform: 'node',
      target: common.target,
      minify: true,
      // import() of a part becomes require() of it, still at the moment it is reached.
      supported: { 'dynamic-import': false },
      // Only reached without the version that `define` writes in.
      logOverride: { 'empty-import-meta': 'silent' },
    })
    return { name: names.get(basename(path)), code: code.trimEnd(), packs: code.length > 4000 }
  })
  return { parts: (await Promise.all(made)).sort((a, b) => (a.name < b.name ? -1 : 1)), metafile }
}

/** Parts named after what is most of them, as they will stand in stack traces. */
function namesOf(outputs) {
  const names = new Map()
  const taken = new Set()
  for (const [file, { inputs, entryPoint }] of outputs) {
    const [largest = ''] = Object.entries(inputs).sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)[0] ?? []
    const main = entryPoint ?? largest
    const word = file === `${entry}.js` ? entry : (packageOf(main) ?? basename(main).replace(/\.\w+$/, '')).replaceAll('/', '+')
    let name = `${word || 'shared'}.js`
    for (let count = 2; taken.has(name); count += 1) name = `${word || 'shared'}-${count}.js`
    taken.add(name)
    names.set(file, name)
  }
  return names
}

/** The library a file belongs to; null for our own. */
function packageOf(input) {
  if (input.startsWith('trimmed:')) return input.slice('trimmed:'.length)
  return /.*(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? null
}

/** The front: the door, which reaches run.ts through the parts. */
async function makeFront(parts, entryPoint, options) {
  // Ours can be read and searched as it is; libraries, which are most of it, are packed to a third.
  const sources = parts.map(({ name, code, packs }) => `${quoted(name)}: ${packs ? packed(code) : quoted(code)}`)
  const carrier = `
    import { partLoader } from ${JSON.stringify(join(root, 'scripts', 'bundle', 'part-loader.mjs'))}
    export const { run } = partLoader({ ${sources.join(',\n')} }, import.meta.url)(${JSON.stringify(`./${entry}.js`)})`
  const { outputFiles, metafile } = await build({
    ...options,
    absWorkingDir: root,
    metafile: true,
    entryPoints: [entryPoint],
    plugins: [
      {
        name: 'run.ts is carried as text',
        setup(build) {
          build.onResolve({ filter: /^\.\/run\.ts$/ }, () => ({ path: 'run', namespace: 'carried' }))
          build.onLoad({ filter: /.*/, namespace: 'carried' }, () => ({ contents: carrier, resolveDir: root, loader: 'js' }))
        },
      },
    ],
  })
  return { text: outputFiles[0].text, metafile }
}

function packed(text) {
  return `{ brotli: '${brotliCompressSync(text).toString('base64')}' }`
}

/** As a JavaScript string that is hardly longer than its text, whose own strings are mostly in double quotes. */
function quoted(text) {
  return `'${text.replaceAll(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`
}

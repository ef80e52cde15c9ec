// Makes the library as it is published and the Lambda function (bundle/), then packages/probe-cli/dist/eniprobe.mjs: the CLI as one self-contained, executable file, to be copied into networks
// where nothing can be installed. A small front answers --version and --help; everything else is carried in a comment, in
// parts, and a part is compiled when it is first needed.
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build, transform } from 'esbuild'
import { directImports } from './bundle/direct-imports.mjs'
import { noticesName, noticesOf, packagesInside } from './bundle/inside.mjs'
import { bundleLambda } from './bundle/lambda.mjs'
import { bundleLibrary } from './bundle/library.mjs'
import { commentEnd } from './bundle/part-loader.mjs'
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
/** The catalogue's data, which are one string of JSON each: carried as they are, and never read as a program. */
const texts = new Map()
const textWord = 'eniprobe:'
const dataAsText = {
  name: 'data as text',
  setup(build) {
    build.onResolve({ filter: /^eniprobe:/ }, ({ path }) => ({ path, external: true }))
    build.onLoad({ filter: /\.data\.ts$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, 'utf8'), { loader: 'ts' })
      const [[name, text], ...others] = Object.entries(await import(`data:text/javascript,${encodeURIComponent(code)}`))
      if (typeof text !== 'string' || others.length > 0) throw new Error(`${path} is more than one string`)
      JSON.parse(text)
      texts.set(
        `${textWord}${name}`,
        text.replaceAll(/[^\0-\x7f]/g, each => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`),
      )
      return { contents: `export { default as ${name} } from '${textWord}${name}'` }
    })
  },
}
/**
 * What is loaded together, by the sources that begin it, each with all that it cannot begin without; earlier ones have what is in
 * several. Plain: nothing is unpacked before the first packet leaves.
 */
const together = {
  start: {
    entries: [
      'probe-cli/src/run.ts',
      'probe-cli/src/messages/en.ts',
      'probe-cli/src/commands/probe.ts',
      'probe-core/src/probe-network.ts',
    ],
    isPlain: true,
  },
  climb: { entries: ['probe-core/src/observe/observe-targets.ts'], isPlain: false },
  judge: { entries: ['probe-core/src/diagnose/index.ts'], isPlain: false },
  'text.js': { entries: ['probe-cli/src/render/text.ts'], isPlain: false },
}
/** Characters. What is shorter grows by what stands around it. */
const worthPacking = 4000
const banner = `#!/usr/bin/env node
// eniprobe ${version}, made by scripts/bundle.mjs of its repository: a readable front, then the program in minified
// parts, packed with brotli, each unpacked and compiled when it is first needed.
`

await bundleLibrary(root)
await bundleLambda(root)
packLambda(root)
const { packs, metafile } = await makePacks()
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
 * The program cut where it imports dynamically, and put together again where one is never needed without the other: each pack is
 * the text of an object, a part's function by its name.
 */
async function makePacks() {
  const { outputFiles, metafile } = await build({
    ...common,
    absWorkingDir: root,
    metafile: true,
    entryPoints: { [entry]: join(cli, 'src', 'run.ts') },
    outdir: join(cli, 'dist'),
    splitting: true,
    plugins: [dataAsText, directImports(root)],
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
    return [names.get(basename(path)), code.trimEnd()]
  })
  const codes = new Map(await Promise.all(made))
  const outputs = Object.entries(metafile.outputs).map(([path, output]) => [names.get(basename(path)), output])
  const free = new Set([...codes.keys()].sort())
  const packs = Object.entries(together).map(([name, { entries, isPlain }]) => {
    const found = entries.map(
      path => outputs.find(([, { entryPoint }]) => entryPoint === join('packages', path))?.[0] ?? missing(path),
    )
    const parts = [...withImports(found, outputs, names)].filter(part => free.delete(part)).sort()
    return { name, parts, isPlain }
  })
  for (const name of free) packs.push({ name, parts: [name], isPlain: codes.get(name).length < worthPacking })
  const programs = packs.map(({ parts, ...pack }) => {
    const functions = parts.map(part => `${JSON.stringify(part)}:(function(require,module,exports){${codes.get(part)}\n})`)
    return { ...pack, parts, text: `{${functions.join(',')}}` }
  })
  const data = [...texts].sort().map(([name, text]) => ({ name, parts: [], text, isPlain: true }))
  return { packs: [...programs, ...data], metafile }
}

/** With every part that one of them cannot begin without. */
function withImports(wanted, outputs, names) {
  const found = new Set(wanted)
  for (const part of found) {
    const { imports } = outputs.find(([name]) => name === part)[1]
    for (const { path, kind, external } of imports)
      if (kind === 'import-statement' && !external) found.add(names.get(basename(path)))
  }
  return found
}

function missing(path) {
  throw new Error(`${path} is no beginning of a part: nothing imports it dynamically`)
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
    export const { run } = partLoader([${index.join(', ')}], eniprobeParts, import.meta.url)(${JSON.stringify(`./${entry}.js`)})`
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

// Cuts the program of the single file into parts where it imports dynamically, and puts together again in one pack what is never needed
// without the other.
import { readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { build, transform } from 'esbuild'
import { directImports } from './direct-imports.mjs'

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

/**
 * @param entry a source, by its path from `root`
 * @returns packs in the order they are carried, each the text of an object: a part's function by its name. The part of `entry` is
 *   named after it
 */
export async function makePacks(root, entry, common) {
  const { outputFiles, metafile } = await build({
    ...common,
    absWorkingDir: root,
    metafile: true,
    entryPoints: [join(root, entry)],
    outdir: join(root, 'dist'),
    splitting: true,
    plugins: [dataAsText, directImports(root)],
  })
  const first = basename(entry, '.ts')
  const names = namesOf(
    outputFiles.map(({ path }) => [basename(path), metafile.outputs[relative(root, path)]]),
    first,
  )
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
function namesOf(outputs, first) {
  const names = new Map()
  const taken = new Set()
  for (const [file, { inputs, entryPoint }] of outputs) {
    const [largest = ''] = Object.entries(inputs).sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)[0] ?? []
    const main = entryPoint ?? largest
    const word = file === `${first}.js` ? first : (packageOf(main) ?? basename(main).replace(/\.\w+$/, '')).replaceAll('/', '+')
    let name = `${word || 'shared'}.js`
    for (let count = 2; taken.has(name); count += 1) name = `${word || 'shared'}-${count}.js`
    taken.add(name)
    names.set(file, name)
  }
  return names
}

/** The library a file belongs to; null for our own. */
function packageOf(input) {
  return /.*(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? null
}

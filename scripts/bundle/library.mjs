// Makes packages/probe-core/dist/lib: the library as it is published. What every import needs is in one file, because opening
// many small ones is a good part of what an import costs. What only the network needs stays in parts of its own, loaded with the
// first run; dependencies stay outside, except those that every import would open (each is a few kilobytes once unused code is gone).
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { build } from 'esbuild'
import { directImports } from './direct-imports.mjs'
import { evaluatedAtFirstCall } from './first-call.mjs'
import { noticesName, noticesOf, packagesInside } from './inside.mjs'

/** What an application calls late or never. */
const late = [
  'diagnose/index.ts',
  'compare/index.ts',
  'why/read-errors.ts',
  'report/decode.ts',
  'report/redact/index.ts',
  'observe/stuck/connections.ts',
  'observe/stuck/sightings.ts',
  'probe/sockets/read-tables.ts',
  'catalog/workloads.ts',
]

export async function bundleLibrary(root) {
  const core = join(root, 'packages', 'probe-core')
  const { version, dependencies } = JSON.parse(readFileSync(join(core, 'package.json'), 'utf8'))
  const common = {
    absWorkingDir: core,
    outdir: 'dist/lib',
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20.18',
    format: 'esm',
    // Readable where it matters, in a stack trace; shorter where it does not.
    minifyWhitespace: true,
    minifySyntax: true,
    external: Object.keys(dependencies).flatMap(name => [name, `${name}/*`]),
  }
  const { outputFiles, metafile } = await build({
    ...common,
    metafile: true,
    entryPoints: { index: 'src/index.ts' },
    splitting: true,
    define: { 'globalThis.ENIPROBE_VERSION': JSON.stringify(version) },
    plugins: [evaluatedAtFirstCall(join(core, 'src'), late), directImports(root)],
  })
  const banner = `// @eniprobe/core ${version}, bundled from its sources (Apache-2.0)\n`
  const folder = join(core, 'dist', 'lib')
  const beside = `${folder}.${process.pid}.part`
  mkdirSync(beside, { recursive: true })
  for (const [name, text] of await inOneFile(outputFiles, metafile, common)) writeFileSync(join(beside, name), banner + text)
  writeFileSync(join(beside, noticesName), noticesOf(packagesInside(root, core, [metafile]), '@eniprobe/core'))
  rmSync(folder, { recursive: true, force: true })
  renameSync(beside, folder)
  copyTypes(join(core, 'dist', 'src'), join(core, 'dist', 'types'))
}

const everyImport = 'core.js'

/**
 * Puts what the entry cannot begin without into one file. Its parts are joined by a name of each export's own, which the others
 * then ask for.
 * @returns texts by the name of their file
 */
async function inOneFile(outputFiles, { outputs }, common) {
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]))
  const facts = new Map(Object.entries(outputs).map(([path, output]) => [basename(path), output]))
  const first = new Set(['index.js'])
  for (const name of first)
    for (const { path, kind, external } of facts.get(name).imports)
      if (kind === 'import-statement' && !external) first.add(basename(path))
  const own = (name, exported) => `${name.replace(/\W/g, '_')}_${exported}`
  const all = [...first].flatMap(name => facts.get(name).exports.map(exported => [name, exported]))
  const contents = all.map(([name, exported]) => `export { ${exported} as ${own(name, exported)} } from './${name}'`).join('\n')
  const { outputFiles: joined } = await build({
    ...common,
    stdin: { contents, resolveDir: common.absWorkingDir },
    logOverride: { 'ignored-bare-import': 'silent' },
    plugins: [
      {
        name: 'from memory',
        setup(build) {
          build.onResolve({ filter: /^\.\/[\w-]+\.js$/ }, ({ path, kind }) =>
            kind === 'dynamic-import' ? { path, external: true } : { path: path.slice(2), namespace: 'made', sideEffects: false },
          )
          build.onLoad({ filter: /.*/, namespace: 'made' }, ({ path }) => ({ contents: texts.get(path) }))
        },
      },
    ],
  })
  const publicNames = facts.get('index.js').exports.map(exported => `${own('index.js', exported)} as ${exported}`)
  const made = new Map([
    ['index.js', `export{${publicNames.join(',')}}from"./${everyImport}";\n`],
    [everyImport, joined[0].text],
  ])
  for (const [name, text] of texts) {
    if (first.has(name)) continue
    const asked = text.replaceAll(/\bimport(?:\{([^}]*)\}from)?"\.\/([\w-]+\.js)"/g, (statement, names, from) => {
      if (!first.has(from)) return statement
      if (names === undefined) return `import"./${everyImport}"`
      const renamed = names.split(',').map(word => {
        const [there, here = there] = word.split(' as ')
        return `${own(from, there)} as ${here}`
      })
      return `import{${renamed.join(',')}}from"./${everyImport}"`
    })
    const left = [...asked.matchAll(/from"\.\/([\w-]+\.js)"/g)].find(([, from]) => first.has(from))
    if (left !== undefined) throw new Error(`${name} still imports ${left[1]}, which is no file any more`)
    made.set(name, asked)
  }
  return made
}

/** The declarations, as far as the entry reaches; the compiler leaves their imports as they stand in the sources. */
export function copyTypes(from, to) {
  const beside = `${to}.${process.pid}.part`
  const open = ['index']
  const seen = new Set(open)
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const text = readFileSync(join(from, `${name}.d.ts`), 'utf8').replace(/\n?\/\/# sourceMappingURL=.*/, '')
    const made = text.replace(/(from |import\()(["'])(\.{1,2}\/[^"']+)\.ts\2/g, (_, before, quote, path) => {
      const next = join(dirname(name), path)
      if (!seen.has(next)) {
        seen.add(next)
        open.push(next)
      }
      return `${before}${quote}${path}.js${quote}`
    })
    mkdirSync(join(beside, dirname(name)), { recursive: true })
    writeFileSync(join(beside, `${name}.d.ts`), made)
  }
  rmSync(to, { recursive: true, force: true })
  renameSync(beside, to)
}

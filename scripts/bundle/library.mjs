// Makes packages/probe-core/dist/lib: the library as it is published, in a few files instead of some hundred, because opening
// many small files is most of what an import costs. What only the network needs stays in a part of its own, loaded with the
// first run; dependencies stay outside, except those that every import would open (each is a few kilobytes once unused code is gone).
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { noticesName, noticesOf, packagesInside } from './inside.mjs'

export async function bundleLibrary(root) {
  const core = join(root, 'packages', 'probe-core')
  const { version, dependencies } = JSON.parse(readFileSync(join(core, 'package.json'), 'utf8'))
  const { outputFiles, metafile } = await build({
    metafile: true,
    absWorkingDir: core,
    entryPoints: { index: 'src/index.ts' },
    outdir: 'dist/lib',
    bundle: true,
    splitting: true,
    write: false,
    platform: 'node',
    target: 'node20.18',
    format: 'esm',
    // Readable where it matters, in a stack trace; shorter where it does not.
    minifyWhitespace: true,
    minifySyntax: true,
    external: Object.keys(dependencies).flatMap(name => [name, `${name}/*`]),
    define: { 'globalThis.ENIPROBE_VERSION': JSON.stringify(version) },
    banner: { js: `// @eniprobe/core ${version}, bundled from its sources (Apache-2.0)` },
  })
  const folder = join(core, 'dist', 'lib')
  const beside = `${folder}.${process.pid}.part`
  mkdirSync(beside, { recursive: true })
  for (const { path, text } of outputFiles) writeFileSync(join(beside, path.slice(folder.length + 1)), text)
  writeFileSync(join(beside, noticesName), noticesOf(packagesInside(root, core, [metafile]), '@eniprobe/core'))
  rmSync(folder, { recursive: true, force: true })
  renameSync(beside, folder)
  copyTypes(join(core, 'dist', 'src'), join(core, 'dist', 'types'))
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

// Makes packages/probe-lambda/dist/bundle: what goes into the Lambda zip. The handler and the library are one file each way; the
// clients of the SDK are parts of their own, loaded when something is published: a cold start reads none of them.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'
import { noticesName, noticesOf, packagesInside } from './inside.mjs'
import { copyTypes } from './library.mjs'

/**
 * A CommonJS package that is imported dynamically would have nothing but a default once it is a part of its own: its names are
 * given to it here, as Node would find them.
 */
const namedParts = {
  name: 'names of what is imported dynamically',
  setup(build) {
    build.onResolve({ filter: /^[@a-z]/ }, ({ kind, path, resolveDir }) =>
      kind === 'dynamic-import' && !isBuiltin(path) && !path.startsWith('@eniprobe/')
        ? { path, namespace: 'named', pluginData: resolveDir }
        : undefined,
    )
    build.onLoad({ filter: /.*/, namespace: 'named' }, ({ path, pluginData: resolveDir }) => ({
      contents: namesOf(path, resolveDir),
      resolveDir,
    }))
  },
}

function namesOf(path, resolveDir) {
  let all
  try {
    all = createRequire(join(resolveDir, 'of.js'))(path)
  } catch (error) {
    if (!['ERR_PACKAGE_PATH_NOT_EXPORTED', 'ERR_REQUIRE_ESM'].includes(error.code)) throw error
    return `export * from '${path}'`
  }
  const names = Object.keys(all).filter(name => /^[A-Za-z_$][\w$]*$/.test(name) && !['default', '__esModule'].includes(name))
  return `import * as all from '${path}'\n${names.map(name => `export const ${name} = all.${name}`).join('\n')}`
}

export async function bundleLambda(root) {
  const lambda = join(root, 'packages', 'probe-lambda')
  const { version } = JSON.parse(readFileSync(join(lambda, 'package.json'), 'utf8'))
  const { outputFiles, metafile } = await build({
    metafile: true,
    absWorkingDir: lambda,
    entryPoints: { index: 'src/index.ts' },
    outdir: 'dist/bundle',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    // A package that is there as modules too is taken so: what of it is not used stays out.
    mainFields: ['module', 'main'],
    legalComments: 'none',
    alias: { '@eniprobe/core': join(root, 'packages', 'probe-core', 'src', 'index.ts') },
    plugins: [namedParts],
    define: { 'globalThis.ENIPROBE_VERSION': JSON.stringify(version) },
    // Some dependencies are CommonJS and ask for Node's own modules by require.
    banner: { js: "import{createRequire as eniprobeRequire}from'node:module';const require=eniprobeRequire(import.meta.url);" },
  })
  const folder = join(lambda, 'dist', 'bundle')
  const beside = `${folder}.${process.pid}.part`
  mkdirSync(beside, { recursive: true })
  for (const { path, text } of outputFiles) writeFileSync(join(beside, path.slice(folder.length + 1)), text)
  const inside = packagesInside(root, lambda, [metafile])
  writeFileSync(join(beside, noticesName), noticesOf(inside, '@eniprobe/lambda'))
  writeFileSync(join(lambda, 'dist', 'inside.json'), JSON.stringify(inside))
  rmSync(folder, { recursive: true, force: true })
  renameSync(beside, folder)
  copyTypes(join(lambda, 'dist', 'src'), join(lambda, 'dist', 'types'))
}

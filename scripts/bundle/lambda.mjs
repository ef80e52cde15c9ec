// Makes packages/probe-lambda/dist/bundle: what goes into the Lambda zip. The handler and the library are one file each way; the
// clients of the SDK are parts of their own, loaded when something is published: a cold start reads none of them.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

export async function bundleLambda(root, plugins) {
  const lambda = join(root, 'packages', 'probe-lambda')
  const { version } = JSON.parse(readFileSync(join(lambda, 'package.json'), 'utf8'))
  const { outputFiles } = await build({
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
    legalComments: 'none',
    alias: { '@eniprobe/core': join(root, 'packages', 'probe-core', 'src', 'index.ts') },
    plugins,
    define: { 'globalThis.ENIPROBE_VERSION': JSON.stringify(version) },
    // Some dependencies are CommonJS and ask for Node's own modules by require.
    banner: { js: "import{createRequire as eniprobeRequire}from'node:module';const require=eniprobeRequire(import.meta.url);" },
  })
  const folder = join(lambda, 'dist', 'bundle')
  const beside = `${folder}.${process.pid}.part`
  mkdirSync(beside, { recursive: true })
  for (const { path, text } of outputFiles) writeFileSync(join(beside, path.slice(folder.length + 1)), text)
  rmSync(folder, { recursive: true, force: true })
  renameSync(beside, folder)
}

// Makes packages/probe-cli/dist/eniprobe.mjs: the CLI as one self-contained file, to be copied into networks
// where nothing can be installed.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const cli = join(root, 'packages', 'probe-cli')
const { version } = JSON.parse(readFileSync(join(cli, 'package.json'), 'utf8'))

await build({
  entryPoints: [join(cli, 'src', 'main.ts')],
  outfile: join(cli, 'dist', 'eniprobe.mjs'),
  bundle: true,
  platform: 'node',
  target: 'node20.18',
  format: 'esm',
  minify: true,
  legalComments: 'none',
  define: { 'globalThis.ENIPROBE_VERSION': JSON.stringify(version) },
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
})

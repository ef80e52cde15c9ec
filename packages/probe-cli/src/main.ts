// The door: answers --version and --help without loading anything, and hands everything else to run.ts.

import { version } from './version.ts'

const first = process.argv[2]
if (first === '--version') {
  process.stdout.write(`eniprobe ${version}\n`)
} else if (first === '--help' || first === '-h') {
  const { help } = await import('./messages/help-en.ts')
  process.stdout.write(help)
} else {
  const { run } = await import('./run.ts')
  await run(process.argv.slice(2))
}

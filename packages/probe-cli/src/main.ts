// The door: answers --version and --help without loading anything, and hands everything else to run.ts.

import { findLanguage } from './language.ts'
import { version } from './version.ts'

const first = process.argv[2]
if (first === '--version') {
  process.stdout.write(`eniprobe ${version}\n`)
} else if (first === '--help' || first === '-h') {
  const { loadHelp } = await import('./messages/index.ts')
  process.stdout.write(await loadHelp(findLanguage(process.argv.slice(2), process.env)))
} else {
  const { run } = await import('./run.ts')
  await run(process.argv.slice(2))
}

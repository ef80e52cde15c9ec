// The door: answers --version and --help without loading anything, and hands everything else to run.ts.

import { watchInterrupts } from './interrupt.ts'
import { findLanguage } from './language.ts'
import { version } from './version.ts'

/** Settles when the command has ended; the exit status is the process's own. */
export async function open(args: readonly string[]): Promise<void> {
  const [first] = args
  if (first === '--version') {
    process.stdout.write(`eniprobe ${version}\n`)
  } else if (first === '--help' || first === '-h') {
    const { loadHelp } = await import('./messages/help.ts')
    process.stdout.write(await loadHelp(findLanguage(args, process.env)))
  } else {
    // Before the program is even read: from here on a signal ends a run with its report.
    const interrupt = watchInterrupts()
    const { run } = await import('./run.ts')
    await run(args, interrupt)
  }
}

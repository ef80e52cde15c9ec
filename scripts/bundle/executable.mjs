// What the executable starts: the same door as the single file's, where a program cannot wait at its top level.
import { open } from '../../packages/probe-cli/src/door.ts'

// As Node does for a module that waits for what never comes: an empty event loop is no success.
process.exitCode = 13
open(process.argv.slice(2)).then(
  () => {
    if (process.exitCode === 13) process.exitCode = 0
  },
  error => {
    process.exitCode = 1
    throw error
  },
)

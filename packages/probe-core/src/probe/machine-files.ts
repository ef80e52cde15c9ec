// The few files of this machine that tell what kind of compute it is, read with a size limit. It never writes.

import { closeSync, constants, existsSync, openSync, readSync } from 'node:fs'

const maxBytes = 256 * 1024

interface MachineFiles {
  /** Undefined when the file is not there or not readable. */
  fileText(path: string, mostBytes?: number): string | undefined
  exists(path: string): boolean
}

export const machineFiles: MachineFiles = {
  fileText(path, mostBytes = maxBytes) {
    let file: number | undefined
    try {
      // Without blocking: a pipe in its place would be waited for without end, and with it the whole process.
      file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
      const buffer = Buffer.alloc(mostBytes)
      // Of its own tables the kernel gives no more than a page at a time, however much is asked for.
      let length = 0
      for (let read = -1; read !== 0 && length < mostBytes; length += read)
        read = readSync(file, buffer, length, mostBytes - length, null)
      return buffer.toString('utf8', 0, length)
    } catch {
      return undefined
    } finally {
      if (file !== undefined) closeSync(file)
    }
  },
  exists: path => existsSync(path),
}

// The few files of this machine that tell what kind of compute it is, read with a size limit. It never writes.

import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { stat } from 'node:fs/promises'

const maxBytes = 256 * 1024

export interface MachineFiles {
  /** Undefined when the file is not there or not readable. */
  fileText(path: string): string | undefined
  exists(path: string): boolean
}

export const machineFiles: MachineFiles = {
  fileText(path) {
    let file: number | undefined
    try {
      file = openSync(path, 'r')
      const buffer = Buffer.alloc(maxBytes)
      return buffer.toString('utf8', 0, readSync(file, buffer, 0, maxBytes, 0))
    } catch {
      return undefined
    } finally {
      if (file !== undefined) closeSync(file)
    }
  },
  exists: path => existsSync(path),
}

/** Asked before a file that the environment names is opened: a pipe would be waited for without end. Not there counts as plain. */
export async function isPlainFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch {
    return true
  }
}

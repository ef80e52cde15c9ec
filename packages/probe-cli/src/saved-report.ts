// A report from a file or standard input, which may hold anything.

import { createReadStream } from 'node:fs'
import { decodeReport, ProbeUsageError, type Report } from '@eniprobe/core'
import { en } from './messages/en.ts'

/** More than the decoder accepts in any encoding: a file without end (/dev/zero) is not read to its end. */
const mostBytes = 128 * 1024 * 1024

/** @throws ProbeUsageError for what cannot be read or is no report; the message names the file */
export async function readReport(file: string): Promise<Report> {
  return decodeFrom(file, await readText(file))
}

/** The decoder knows the place in the report, this one the file. */
function decodeFrom(file: string, text: string) {
  try {
    return decodeReport(text)
  } catch (error) {
    if (error instanceof ProbeUsageError)
      throw new ProbeUsageError(error.code, `${file === '-' ? 'standard input' : file}: ${error.message}`, error.hint)
    throw error
  }
}

async function readText(file: string): Promise<string> {
  const { errors } = en
  try {
    const stream = file === '-' ? process.stdin : createReadStream(file)
    const chunks: Buffer[] = []
    let bytes = 0
    for await (const chunk of stream) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > mostBytes) break
    }
    return Buffer.concat(chunks).toString('utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
    const what = code === 'ENOENT' ? errors.noSuchFile(file) : errors.unreadable(file, code)
    throw new ProbeUsageError('unreadable-report', what, errors.giveReport)
  }
}

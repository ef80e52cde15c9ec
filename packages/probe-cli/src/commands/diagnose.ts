// `diagnose FILE`: a saved report, judged again by this version. No network, no clock, no environment.

import { createReadStream } from 'node:fs'
import { decodeReport, diagnose, ProbeUsageError } from '@eniprobe/core'
import type { Presentation } from '../arguments.ts'
import { exitStatusOf } from '../exit-status.ts'
import { en } from '../messages/en.ts'
import { checkSinks, presentReport } from '../present.ts'

/** More than the decoder accepts in any encoding: a file without end (/dev/zero) is not read to its end. */
const mostBytes = 128 * 1024 * 1024

export async function diagnoseCommand(file: string, presentation: Presentation): Promise<number> {
  await checkSinks(presentation)
  const text = await readText(file)
  const report = diagnose(decodeFrom(file, text))
  await presentReport(report, presentation)
  return exitStatusOf(report)
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

// A report from a file or standard input, which may hold anything.

import { createReadStream } from 'node:fs'
import { decodeReport, ProbeUsageError, type Report } from '@eniprobe/core'

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
      throw new ProbeUsageError(
        error.code,
        {
          en: `${file === '-' ? 'standard input' : file}: ${error.said.message.en}`,
          ja: `${file === '-' ? '標準入力' : file}: ${error.said.message.ja}`,
        },
        error.said.hint,
      )
    throw error
  }
}

async function readText(file: string): Promise<string> {
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
    const what =
      code === 'ENOENT'
        ? { en: `cannot read ${file}: there is no such file`, ja: `${file} を読めません（ファイルがありません）` }
        : { en: `cannot read ${file}: ${code}`, ja: `${file} を読めません（${code}）` }
    throw new ProbeUsageError('unreadable-report', what, {
      en: 'give a file written by eniprobe --format json',
      ja: 'eniprobe --format json で書いたファイルを指定してください',
    })
  }
}

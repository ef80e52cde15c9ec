// A text of any size and encoding from a file or standard input, through the library's reader. It keeps nothing of it.

import { createReadStream } from 'node:fs'
import { TextDecoder } from 'node:util'
import { createErrorReader, ProbeUsageError, type WhyReading } from '@eniprobe/core'
import type { WhyMessages } from './messages/why-en.ts'
import { writeOut } from './output.ts'

/** A file without end (/dev/zero) is not read to its end. */
const mostBytes = 4 * 1024 ** 3
const pieceBytes = 1024 * 1024

/** @param file a path, or `-` for standard input @throws ProbeUsageError */
export async function readErrorText(file: string, messages: WhyMessages): Promise<WhyReading> {
  const { errors } = messages
  if (file === '-' && process.stdin.isTTY === true) await writeOut(process.stderr, `${messages.paste}\n`)
  const reader = createErrorReader()
  let decoder: TextDecoder | undefined
  let bytes = 0
  try {
    const stream = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: pieceBytes })
    for await (const piece of stream as AsyncIterable<Buffer>) {
      decoder ??= new TextDecoder(encodingOf(piece))
      reader.push(decoder.decode(piece, { stream: true }))
      bytes += piece.length
      if (bytes > mostBytes) {
        await writeOut(process.stderr, `${messages.readSoFar}\n`)
        break
      }
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === undefined) throw error
    const what = code === 'ENOENT' ? errors.noSuchFile(file) : errors.unreadable(file, code)
    throw new ProbeUsageError('unreadable-text', what, errors.giveText)
  }
  if (decoder !== undefined) reader.push(decoder.decode())
  return reader.finish()
}

/** PowerShell redirects in UTF-16, with a mark at the start or without: every second byte of English is then zero. */
export function encodingOf(start: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  const sample = start.subarray(0, 512)
  const zeros = (odd: number) => sample.filter((byte, index) => byte === 0 && index % 2 === odd).length
  if (sample.length >= 8 && zeros(1) > sample.length * 0.3 && zeros(0) < sample.length * 0.1) return 'utf-16le'
  if (sample.length >= 8 && zeros(0) > sample.length * 0.3 && zeros(1) < sample.length * 0.1) return 'utf-16be'
  return 'utf-8'
}

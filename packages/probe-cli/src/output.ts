// Text to standard output and to files: whole or not at all, and a reader who has gone away is no error.

import { constants, rmSync } from 'node:fs'
import { access, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ProbeUsageError, type Said } from '@eniprobe/core'

/** A text, or its pieces in order: what is too long to be held whole. */
export type Rendered = string | Iterable<string>

/** As much as is written at once: longer ones are kept by V8 until it collects everything. */
const pieceLength = 1 << 15

/** Resolves when the text has left this process, or when nobody reads it any more. */
export async function writeOut(stream: NodeJS.WriteStream, text: Rendered): Promise<void> {
  await untilRead(async took => {
    for (const bytes of bytesOf(text))
      for (let at = 0; at < bytes.length; at += pieceBytes) {
        if (stream.destroyed) return
        await new Promise<void>(resolve => stream.write(bytes.subarray(at, at + pieceBytes), () => resolve()))
        took()
      }
  })
}

function* piecesOf(text: Rendered): Iterable<string> {
  let piece = ''
  for (const part of typeof text === 'string' ? [text] : text) {
    piece += part
    if (piece.length < pieceLength) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}

function* bytesOf(text: Rendered): Iterable<Buffer> {
  for (const piece of piecesOf(text)) yield Buffer.from(piece)
}

const pieceBytes = 16 * 1024
/** How long, after a signal, a reader may stand still. */
const stillMs = 200

let waiting = 0
let taken = 0

/** Says that something waits for a reader, and when one has taken a piece of it. */
async function untilRead(write: (took: () => void) => Promise<void>): Promise<void> {
  waiting += 1
  try {
    await write(() => {
      taken += 1
    })
  } finally {
    waiting -= 1
  }
}

/** From a first signal on: who reads gets all, but nobody waits any more for a reader who stands still. */
export function endIfUnread(status: number): void {
  let before = -1
  let stillSince = 0
  const look = setInterval(() => {
    const now = performance.now()
    if (waiting === 0 || taken !== before) stillSince = now
    else if (now - stillSince >= stillMs) process.exit(status)
    before = taken
  }, stillMs / 4)
  look.unref()
}

/** A pipe closed by `head` or `less` (EPIPE) ends the output, not the run. A full disk behind standard output ends both. */
export function surviveClosedPipes(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw unwritableStream(error)
  })
  // Whatever is wrong with standard error, there is nowhere else to say it.
  process.stderr.on('error', () => {})
}

function unwritableStream(error: NodeJS.ErrnoException): ProbeUsageError {
  const code = error.code ?? 'unknown error'
  const why = whys[code] ?? { en: code, ja: code }
  return new ProbeUsageError(
    'unwritable-output',
    { en: `cannot write standard output: ${why.en}`, ja: `標準出力に書けません: ${why.ja}` },
    { en: 'send it to a place with room', ja: '空きのある出力先を指定してください' },
  )
}

/** Asked before a run of many seconds, so that its result is not lost at the end. @throws ProbeUsageError */
export async function checkWritable(file: string): Promise<void> {
  try {
    const existing = await stat(file).catch(ifAbsent)
    if (existing?.isDirectory()) throw Object.assign(new Error('it is a directory'), { code: 'EISDIR' })
    if (existing !== undefined) await access(file, constants.W_OK)
    if (existing === undefined || existing.isFile()) await access(dirname(await placeOf(file)), constants.W_OK)
  } catch (error) {
    throw unwritable(file, error)
  }
}

/** Written beside its place and renamed into it: a reader sees the old file or the whole new one. @throws ProbeUsageError */
export async function writeFileWhole(file: string, text: Rendered): Promise<void> {
  try {
    const existing = await stat(file).catch(ifAbsent)
    if (existing?.isFIFO()) return await untilRead(took => writePipe(file, text, took))
    // A device must be written to, not replaced; so must /dev/stderr, which may lead to a file of the shell's.
    if (file.startsWith('/dev/') || (existing !== undefined && !existing.isFile()))
      return await writeFile(file, dataOf(text), { flag: 'a' })
    const place = await placeOf(file)
    const beside = `${place}.${process.pid}.part`
    const leaveNothing = () => rmSync(beside, { force: true })
    process.once('exit', leaveNothing)
    try {
      await writeFile(beside, dataOf(text), { flag: 'wx', ...(existing === undefined ? {} : { mode: existing.mode & 0o777 }) })
      await rename(beside, place)
    } catch (error) {
      await rm(beside, { force: true })
      throw error
    } finally {
      process.off('exit', leaveNothing)
    }
  } catch (error) {
    throw unwritable(file, error)
  }
}

function dataOf(text: Rendered): string | Iterable<string> {
  return typeof text === 'string' ? text : piecesOf(text)
}

/** Opened without blocking: a process whose thread waits for a reader in the kernel cannot even end. */
async function writePipe(file: string, text: Rendered, took: () => void): Promise<void> {
  const pipe = await openPipe(file)
  if (pipe === undefined) return
  try {
    for (const bytes of bytesOf(text))
      for (let at = 0; at < bytes.length; ) {
        const { bytesWritten } = await pipe.write(bytes, at, Math.min(pieceBytes, bytes.length - at)).catch(ifFull)
        at += bytesWritten
        if (bytesWritten > 0) took()
        else await pause(pollMs)
      }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
  } finally {
    await pipe.close()
  }
}

const pollMs = 20

/** Once somebody reads it; undefined when those who did have gone: one without a name (/dev/fd/63) gets no others. */
async function openPipe(file: string) {
  for (;;) {
    try {
      return await open(file, constants.O_WRONLY | constants.O_NONBLOCK)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error
      if (file.startsWith('/dev/') || file.startsWith('/proc/')) return undefined
      await pause(pollMs)
    }
  }
}

function ifFull(error: NodeJS.ErrnoException): { readonly bytesWritten: number } {
  if (error.code !== 'EAGAIN') throw error
  return { bytesWritten: 0 }
}

function ifAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
  return undefined
}

/** A link is written through, not replaced. */
function placeOf(file: string): Promise<string> {
  return realpath(file).catch(() => file)
}

const whys: Readonly<Record<string, Said>> = {
  ENOENT: { en: 'its directory does not exist', ja: 'ディレクトリがありません' },
  ENOTDIR: { en: 'its directory is a file', ja: 'ディレクトリではなくファイルです' },
  EACCES: { en: 'permission denied', ja: '権限がありません' },
  EPERM: { en: 'permission denied', ja: '権限がありません' },
  EROFS: { en: 'the file system is read-only', ja: 'ファイルシステムが読み取り専用です' },
  EISDIR: { en: 'it is a directory', ja: 'ディレクトリです' },
  ENOSPC: { en: 'the disk is full', ja: 'ディスクに空きがありません' },
}

function unwritable(file: string, error: unknown): ProbeUsageError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
  const why = whys[code] ?? { en: code, ja: code }
  return new ProbeUsageError(
    'unwritable-output',
    { en: `cannot write ${file} (--output): ${why.en}`, ja: `${file} に書けません（--output）: ${why.ja}` },
    { en: 'name a file in a directory you may write to', ja: '書き込めるディレクトリのファイルを指定してください' },
  )
}

// Text to standard output and to files: whole or not at all, and a reader who has gone away is no error.

import { constants } from 'node:fs'
import { access, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ProbeUsageError, type Said } from '@eniprobe/core'

/** A text, or its pieces in order: what is too long to be held whole. */
export type Rendered = string | Iterable<string>

/** As much as is written at once. */
const pieceLength = 1 << 18

/** Resolves when the text has left this process, or when nobody reads it any more. */
export async function writeOut(stream: NodeJS.WriteStream, text: Rendered): Promise<void> {
  for (const piece of piecesOf(text)) {
    if (stream.destroyed) return
    await new Promise<void>(resolve => void stream.write(piece, () => resolve()))
  }
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
    // A device or a named pipe must be written to, not replaced; so must /dev/stderr, which may lead to a file of the shell's.
    if (file.startsWith('/dev/') || (existing !== undefined && !existing.isFile()))
      return await writeFile(file, dataOf(text), { flag: 'a' })
    const place = await placeOf(file)
    const beside = `${place}.${process.pid}.part`
    try {
      await writeFile(beside, dataOf(text), { flag: 'wx', ...(existing === undefined ? {} : { mode: existing.mode & 0o777 }) })
      await rename(beside, place)
    } catch (error) {
      await rm(beside, { force: true })
      throw error
    }
  } catch (error) {
    throw unwritable(file, error)
  }
}

function dataOf(text: Rendered): string | Iterable<string> {
  return typeof text === 'string' ? text : piecesOf(text)
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

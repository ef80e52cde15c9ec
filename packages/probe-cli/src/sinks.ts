// Which rendering goes where: --format and --output in pairs.

import { ProbeUsageError } from '@eniprobe/core'
import { type Format, formats } from './options.ts'

/** What a file's name says when no --format does. */
const endings: readonly (readonly [ending: string, format: Format])[] = [
  ['.json', 'json'],
  ['.md', 'markdown'],
  ['.markdown', 'markdown'],
  ['.html', 'html'],
  ['.htm', 'html'],
  ['.xml', 'junit'],
  ['.prom', 'prometheus'],
]

export interface Sink {
  readonly format: Format
  /** Null: standard output. */
  readonly file: string | null
}

/**
 * An --output belongs to the --format before it, or to the next one when none before it is free. One rendering at most
 * goes to standard output. Without --format the end of the file's name decides; one that says nothing is text.
 * @throws ProbeUsageError
 */
export function readSinks(given: readonly { readonly name: string; readonly value: string }[]): Sink[] {
  const sinks: { format: Format; file: string | null; open: boolean }[] = []
  let waiting: string | null = null
  for (const { name, value } of given) {
    if (name === 'format') {
      sinks.push({ format: readFormat(value), file: fileOf(waiting), open: waiting === null })
      waiting = null
    }
    if (name === 'output') {
      const last = sinks.at(-1)
      if (last?.open === true) {
        last.file = fileOf(value)
        last.open = false
      } else if (waiting === null) waiting = value
      else
        throw new ProbeUsageError(
          'unpaired-output',
          { en: `--output ${value} has no --format of its own`, ja: `--output ${value} に対応する --format がありません` },
          { en: 'give one --format for each --output', ja: '--output ごとに --format を一つ付けてください' },
        )
    }
  }
  if (waiting !== null) {
    if (sinks.length > 0)
      throw new ProbeUsageError(
        'unpaired-output',
        { en: `--output ${waiting} has no --format of its own`, ja: `--output ${waiting} に対応する --format がありません` },
        { en: 'give one --format for each --output', ja: '--output ごとに --format を一つ付けてください' },
      )
    sinks.push({ format: formatOf(waiting), file: fileOf(waiting), open: false })
  }
  if (sinks.length === 0) sinks.push({ format: 'text', file: null, open: false })
  refuseSharing(sinks)
  return sinks.map(({ format, file }) => ({ format, file }))
}

function formatOf(file: string): Format {
  const name = file.toLowerCase()
  return endings.find(([ending]) => name.endsWith(ending))?.[1] ?? 'text'
}

function readFormat(text: string): Format {
  const format = formats.find(name => name === text)
  if (format === undefined)
    throw new ProbeUsageError(
      'unknown-format',
      {
        en: `"${text.slice(0, 40)}" is no format of this version (--format)`,
        ja: `"${text.slice(0, 40)}" という形式には対応していません（--format）`,
      },
      { en: `use one of ${formats.join(', ')}`, ja: `${formats.join('、')} のどれかを指定してください` },
    )
  return format
}

function fileOf(output: string | null): string | null {
  return output === '-' ? null : output
}

function refuseSharing(sinks: readonly Sink[]): void {
  const places = sinks.map(({ file }) => file)
  const twice = places.find((file, index) => places.indexOf(file) !== index)
  if (twice === undefined) return
  const where = twice === null ? { en: 'standard output', ja: '標準出力' } : { en: twice, ja: twice }
  throw new ProbeUsageError(
    'shared-output',
    { en: `two formats would go to ${where.en}`, ja: `二つの形式の出力先が、どちらも ${where.ja} です` },
    { en: 'give each --format an --output of its own', ja: '--format ごとに別の --output を付けてください' },
  )
}

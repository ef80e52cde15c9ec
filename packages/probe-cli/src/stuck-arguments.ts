// The words of `eniprobe stuck`, its options, and the command after `--`.

import { isRegionName, type ProbeOptions, ProbeUsageError, readDuration } from '@eniprobe/core'
import type { Presentation } from './arguments.ts'
import { optionsWithout } from './options.ts'

export interface StuckCommand {
  readonly name: 'stuck'
  /** How the addresses that hang are named and looked at. */
  readonly options: ProbeOptions
  readonly presentation: Presentation
  /** Look again every so often. */
  readonly watchMs?: number
  /** Run this and watch it. */
  readonly argv?: readonly string[]
}

interface Given {
  readonly name: string
  readonly value: string
}

/**
 * `words`: what stands after `stuck` and before `--`; `argv`: what stands after `--`, or undefined without one.
 * @throws ProbeUsageError
 */
export function readStuck(
  words: readonly string[],
  argv: readonly string[] | undefined,
  given: readonly Given[],
  options: ProbeOptions,
  presentation: Presentation,
): StuckCommand {
  const [extra] = words
  if (extra !== undefined)
    throw new ProbeUsageError(
      'extra-word',
      { en: `"${shown(extra)}" is one word too many (stuck)`, ja: `"${shown(extra)}" は余分な語です（stuck）` },
      {
        en: 'write eniprobe stuck, or eniprobe stuck -- COMMAND',
        ja: 'eniprobe stuck、または eniprobe stuck -- COMMAND と書いてください',
      },
    )
  const stranger = given.find(({ name }) => optionsWithout.stuck.some(option => option === name))
  if (stranger !== undefined)
    throw new ProbeUsageError(
      'option-does-nothing',
      { en: `--${stranger.name} does nothing with "stuck"`, ja: `--${stranger.name} は "stuck" では何もしません` },
      { en: 'leave it out', ja: '外してください' },
    )
  if (options.region !== undefined && !isRegionName(options.region))
    throw new ProbeUsageError(
      'bad-region',
      {
        en: `"${shown(options.region)}" is not a region (--region)`,
        ja: `"${shown(options.region)}" はリージョンではありません（--region）`,
      },
      { en: 'write it like ap-northeast-1', ja: 'ap-northeast-1 のように書いてください' },
    )
  if (presentation.redact && (argv !== undefined || given.some(({ name }) => name === 'watch')))
    throw new ProbeUsageError(
      'contradiction',
      {
        en: '--redact needs the whole report, and lines are told as they happen here',
        ja: '--redact にはレポート全体が必要ですが、ここでは起きたことを順に表示します',
      },
      {
        en: 'save the JSON with --output, and mask it: eniprobe diagnose FILE --redact',
        ja: '--output で JSON を保存してから、eniprobe diagnose FILE --redact で匿名にしてください',
      },
    )
  const watch = given.findLast(({ name }) => name === 'watch')?.value
  if (argv === undefined)
    return {
      name: 'stuck',
      options,
      presentation,
      ...(watch !== undefined && { watchMs: readDuration(watch, '--watch') }),
    }
  if (argv.length === 0)
    throw new ProbeUsageError(
      'missing-word',
      { en: 'there is no command after "--"', ja: '"--" の後にコマンドがありません' },
      { en: 'write eniprobe stuck -- COMMAND', ja: 'eniprobe stuck -- COMMAND と書いてください' },
    )
  if (watch !== undefined)
    throw new ProbeUsageError(
      'contradiction',
      {
        en: '--watch does nothing with a command: it is watched all the time',
        ja: '--watch はコマンドと一緒には何もしません。実行中はずっと見ています',
      },
      { en: 'leave it out', ja: '外してください' },
    )
  if (presentation.sinks.some(({ format, file }) => format !== 'text' && file === null))
    throw new ProbeUsageError(
      'shared-output',
      { en: 'standard output belongs to the command', ja: '標準出力はコマンドが使います' },
      { en: 'give each --format but text an --output FILE', ja: 'text 以外の --format には --output FILE を付けてください' },
    )
  return { name: 'stuck', options, presentation, argv }
}

function shown(word: string): string {
  return word.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?').slice(0, 60)
}

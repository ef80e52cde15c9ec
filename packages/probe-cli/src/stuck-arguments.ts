// The words of `eniprobe stuck`, its options, and the command after `--`.

import { isRegionName, type ProbeOptions, readDuration } from '@eniprobe/core'
import type { Presentation } from './arguments.ts'
import { type Given, hasOption, lastOption, shown, usage } from './words.ts'

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

/**
 * @param argv what stands after `--`, or undefined without one
 * @throws ProbeUsageError
 */
export function readStuck(
  argv: readonly string[] | undefined,
  given: readonly Given[],
  options: ProbeOptions,
  presentation: Presentation,
): StuckCommand {
  if (options.region !== undefined && !isRegionName(options.region))
    throw usage(
      'bad-region',
      {
        en: `"${shown(options.region)}" is not a region (--region)`,
        ja: `"${shown(options.region)}" はリージョンではありません（--region）`,
      },
      { en: 'write it like ap-northeast-1', ja: 'ap-northeast-1 のように書いてください' },
    )
  if (presentation.redact && (argv !== undefined || hasOption(given, 'watch')))
    throw usage(
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
  const watch = lastOption(given, 'watch')
  if (argv === undefined)
    return {
      name: 'stuck',
      options,
      presentation,
      ...(watch !== undefined && { watchMs: readDuration(watch, '--watch') }),
    }
  if (argv.length === 0)
    throw usage(
      'missing-word',
      { en: 'there is no command after "--"', ja: '"--" の後にコマンドがありません' },
      { en: 'write eniprobe stuck -- COMMAND', ja: 'eniprobe stuck -- COMMAND と書いてください' },
    )
  if (watch !== undefined)
    throw usage(
      'contradiction',
      {
        en: '--watch does nothing with a command: it is watched all the time',
        ja: '--watch はコマンドと一緒には何もしません。実行中はずっと見ています',
      },
      { en: 'leave it out', ja: '外してください' },
    )
  if (presentation.sinks.some(({ format, file }) => format !== 'text' && file === null))
    throw usage(
      'shared-output',
      { en: 'standard output belongs to the command', ja: '標準出力はコマンドが使います' },
      { en: 'give each --format but text an --output FILE', ja: 'text 以外の --format には --output FILE を付けてください' },
    )
  return { name: 'stuck', options, presentation, argv }
}

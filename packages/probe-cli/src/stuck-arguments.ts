// The words of `eniprobe stuck`, its options, and the command after `--`.

import { isRegionName, type ProbeOptions, ProbeUsageError, readDuration } from '@eniprobe/core'
import type { Presentation } from './arguments.ts'

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

/** Options of a run that have nothing to decide here: what is looked at is what hangs. */
const strangers = ['for', 'expect', 'internet-canary']

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
      `"${shown(extra)}" is one word too many (stuck)`,
      'write eniprobe stuck, or eniprobe stuck -- COMMAND',
    )
  const stranger = given.find(({ name }) => strangers.includes(name))
  if (stranger !== undefined)
    throw new ProbeUsageError('option-does-nothing', `--${stranger.name} does nothing with "stuck"`, 'leave it out')
  if (options.region !== undefined && !isRegionName(options.region))
    throw new ProbeUsageError(
      'bad-region',
      `"${shown(options.region)}" is not a region (--region)`,
      'write it like ap-northeast-1',
    )
  if (presentation.redact && (argv !== undefined || given.some(({ name }) => name === 'watch')))
    throw new ProbeUsageError(
      'contradiction',
      '--redact needs the whole report, and lines are told as they happen here',
      'save the JSON with --output, and mask it: eniprobe diagnose FILE --redact',
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
    throw new ProbeUsageError('missing-word', 'there is no command after "--"', 'write eniprobe stuck -- COMMAND')
  if (watch !== undefined)
    throw new ProbeUsageError('contradiction', '--watch does nothing with a command: it is watched all the time', 'leave it out')
  if (presentation.sinks.some(({ format, file }) => format !== 'text' && file === null))
    throw new ProbeUsageError(
      'shared-output',
      'standard output belongs to the command',
      'give each --format but text an --output FILE',
    )
  return { name: 'stuck', options, presentation, argv }
}

function shown(word: string): string {
  return word.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?').slice(0, 60)
}

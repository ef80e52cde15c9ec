// What the command line says of `policy`: the run whose permissions are wanted, and where the one format goes.

import type { PolicyOptions } from '@eniprobe/core'
import { readProbeOptions } from './probe-options.ts'
import { type Given, lastOption, shown, usage } from './words.ts'

/** @throws ProbeUsageError */
export function readPolicyOptions(targets: readonly string[], given: readonly Given[]): PolicyOptions {
  const { resolvers: _, ...options } = readProbeOptions(targets, given)
  return options
}

/** Null: standard output. @throws ProbeUsageError for another format than JSON, and for more than one place */
export function policyFile(given: readonly Given[]): string | null {
  const other = given.find(({ name, value }) => name === 'format' && value !== 'json')
  if (other !== undefined)
    throw usage(
      'unknown-format',
      { en: `a policy cannot be written as "${shown(other.value)}"`, ja: `ポリシーは "${shown(other.value)}" では書けません` },
      { en: 'leave --format out: a policy is JSON', ja: '--format を取り除いてください（ポリシーは JSON です）' },
    )
  if (given.filter(({ name }) => name === 'output').length > 1)
    throw usage(
      'unpaired-output',
      { en: 'a policy is written to one place', ja: 'ポリシーの出力先は一つだけです' },
      { en: 'give --output once', ja: '--output は一つだけ指定してください' },
    )
  const file = lastOption(given, 'output')
  return file === undefined || file === '-' ? null : file
}

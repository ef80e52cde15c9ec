// Numbers that a caller gives and that must be above nothing.

import { ProbeUsageError } from './usage-error.ts'

/** @throws ProbeUsageError of code `bad-number` unless `value` is a number above 0; `name` is the option's */
export function positive(value: number, name: string): number {
  if (Number.isFinite(value) && value > 0) return value
  throw new ProbeUsageError(
    'bad-number',
    { en: `${name} is ${value}`, ja: `${name} が ${value} です` },
    { en: 'give a number above 0', ja: '0 より大きい数にしてください' },
  )
}

// Whether our clock or the server's is wrong, by the Date of answers and by what AWS says of the signature's time.

import type { Evidence } from '../model/finding.ts'
import { denialOf } from './classify.ts'
import { remember } from './remember.ts'
import { says, saysOfVantage } from './rule.ts'
import type { NetworkView } from './view.ts'

/** AWS accepts signatures up to 5 minutes off (S3: 15). */
const tolerableSkewMs = 5 * 60_000

type ClockState =
  | { readonly state: 'right' | 'wrong'; readonly skewMs: number; readonly evidence: Evidence }
  | { readonly state: 'unknown' }

export function clockIs(network: NetworkView): ClockState {
  const skewMs = network.vantage.clockSkewMs
  // The Date of answers comes first: what one service says of a signature's time may have other reasons.
  if (skewMs === null) return byDenial(network)
  const wrong = Math.abs(skewMs) > tolerableSkewMs
  const evidence = saysOfVantage(wrong ? 'clock.off' : 'clock.right', {
    minutes: minutes(skewMs),
    seconds: Math.round(Math.abs(skewMs) / 1000),
  })
  return { state: wrong ? 'wrong' : 'right', skewMs, evidence }
}

const byDenial = remember((network: NetworkView): ClockState => {
  for (const target of network.targets) {
    const denial = denialOf(target)
    if (denial?.kind === 'clock-skew' && denial.skewMs !== undefined) {
      return {
        state: 'wrong',
        skewMs: denial.skewMs,
        evidence: says(target, 'aws', 'clock.awsSays', { minutes: minutes(denial.skewMs) }),
      }
    }
  }
  return { state: 'unknown' }
})

export function minutes(ms: number): string {
  return (Math.abs(ms) / 60_000).toFixed(1)
}

// What small and large exchanges over one connection showed, side by side.

import type { Observation } from '../model/observation.ts'
import { isCut } from './classify.ts'
import type { TargetView } from './view.ts'

/** `answered`: any bytes of TLS came back, an alert included. */
type Exchanged = 'answered' | 'silent' | 'cut' | undefined

interface Exchange {
  /** A ClientHello in one segment, to which a server answers with its certificates. */
  readonly smallHello: Exchanged
  /** A ClientHello over two segments, as newer clients send it. */
  readonly largeHello: Exchanged
  /** A ClientHello to which a server answers with a few bytes only. */
  readonly smallAnswer: Exchanged
  readonly otherName: Exchanged
  readonly largeRequest: Exchanged
  readonly largeRequestBytes: number
}

export function exchange(target: TargetView): Exchange {
  const large = target.variants('http', 'large-request').find(o => o.outcome !== 'skipped')
  return {
    smallHello: outcomeOf(target.variants('tls', 'small-hello')),
    largeHello: outcomeOf(target.variants('tls', 'large-hello')),
    smallAnswer: outcomeOf(target.variants('tls', 'small-answer')),
    otherName: outcomeOf(target.variants('tls', 'other-sni')),
    largeRequest: outcomeOf(large ? [large] : []),
    largeRequestBytes: large?.seen?.requestBytes ?? 0,
  }
}

function outcomeOf(observations: readonly Observation[]): Exchanged {
  const tried = observations.filter(o => o.outcome !== 'skipped')
  if (tried.length === 0) return undefined
  if (tried.some(o => o.outcome === 'answered' || (o.outcome === 'rejected' && !isCut(o)))) return 'answered'
  return tried.some(o => o.outcome === 'silent') ? 'silent' : 'cut'
}

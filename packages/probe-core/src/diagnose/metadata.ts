// What the metadata checks of the vantage say together.

import type { Evidence } from '../model/finding.ts'
import { saysOfVantage } from './rule.ts'
import type { NetworkView } from './view.ts'

type MetadataState =
  | { readonly state: 'answers' | 'hop-limit' | 'refused' | 'silent'; readonly evidence: Evidence }
  | { readonly state: 'unknown' }

export function metadataState(network: NetworkView): MetadataState {
  const [put] = network.check('imds-token')
  const [get] = network.check('imds-get')
  if (put === undefined) return { state: 'unknown' }
  const { address } = put
  if (put.outcome === 'answered') return { state: 'answers', evidence: saysOfVantage('imds.answers', { address }) }
  if (put.outcome === 'silent') {
    // Connected, and then no answer to the PUT, or a GET that is answered: the packets come, the token's answer does not.
    const connects =
      put.seen?.connected === true || get?.outcome === 'answered' || (get?.outcome === 'rejected' && get.code === '401')
    if (connects) return { state: 'hop-limit', evidence: saysOfVantage('imds.hopLimit', { address }) }
    return { state: 'silent', evidence: saysOfVantage('imds.silent', { address }) }
  }
  if (put.outcome === 'rejected')
    return { state: 'refused', evidence: saysOfVantage('imds.refused', { address, code: put.code ?? '-' }) }
  return { state: 'unknown' }
}

/** A report that holds no checks at all, such as one written by hand, says nothing about metadata. */
export function wasNotLookedAt(network: NetworkView): boolean {
  return network.vantage.checks === undefined
}

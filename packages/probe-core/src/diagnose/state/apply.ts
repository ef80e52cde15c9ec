// How a known state changes the judgement of a target that does not answer: what is stopped explains the silence by itself.

import { type CauseCode, causesByArea } from '../../model/cause.ts'
import type { Evidence } from '../../model/finding.ts'
import type { Judged } from '../second-opinion.ts'
import type { Symptom } from '../symptom.ts'
import type { AddressView, TargetView } from '../view.ts'
import { stoppedProof, unreadyProof } from './evidence.ts'

const ofPath: ReadonlySet<CauseCode> = new Set(causesByArea.path)
const ofState: ReadonlySet<CauseCode> = new Set(causesByArea.resource)

/**
 * Changes `candidates` and `excluded` in place. What is known to be stopped would be silent on the best of paths: as long as it
 * is, no packet shows a fault of the path. One that configuration proves stands beside it. What is not ready comes before faults of
 * the path that only the silence speaks for.
 */
export function applyState<C extends Judged>(
  target: TargetView,
  symptom: Symptom,
  candidates: Map<CauseCode, C>,
  excluded: Map<CauseCode, Evidence>,
): void {
  if (!isUnanswered(target, symptom)) return
  const stopped = stoppedProof(target)
  const unready = unreadyProof(target)
  for (const [cause, candidate] of [...candidates]) {
    if (stopped !== undefined && ofState.has(cause) && candidate.fit === 'strong')
      candidates.set(cause, { ...candidate, isProven: true })
    if (!ofPath.has(cause) || candidate.isProven) continue
    if (stopped !== undefined) {
      candidates.delete(cause)
      excluded.set(cause, stopped)
    } else if (unready !== undefined && candidate.fit === 'plain') {
      candidates.set(cause, { ...candidate, fit: 'weak', against: [unready, ...candidate.against] })
    }
  }
}

/** Nothing came back, or word that nobody is there; what this machine itself refuses to send is a fault of its own. */
function isUnanswered(target: TargetView, symptom: Symptom): boolean {
  if (symptom === 'tcp-silent') return true
  const isNobodyThere = ({ tcp }: AddressView) =>
    tcp.outcome === 'silent' || (tcp.outcome === 'rejected' && tcp.code === 'EHOSTUNREACH')
  return symptom === 'tcp-unreachable' && target.addresses.every(isNobodyThere)
}

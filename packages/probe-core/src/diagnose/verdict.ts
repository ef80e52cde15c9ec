// The verdict on one target, the way its packets took, and what a user's own client would sit through on it.

import { hangsOf } from '../catalog/index.ts'
import { layers } from '../model/layer.ts'
import type { Hang, Verdict, Via } from '../model/target.ts'
import { findSymptom } from './classify.ts'
import { hidesExistence, isUnproven } from './named.ts'
import type { TargetView } from './view.ts'

export function verdictOf(target: TargetView): Verdict {
  const symptom = findSymptom(target)
  // Not there, or not for us: nobody can say which.
  if (symptom === 'aws-denied') return hidesExistence(target, target.aws) ? 'unknown' : 'denied'
  if (symptom !== undefined) return 'failing'
  const answered = layers.filter(layer => target.answered(layer))
  const cut = target.plain.some(o => o.outcome === 'skipped' && o.because === 'no-time')
  // Nothing failed, and nothing (or not everything that was asked) was seen either.
  return answered.length === 0 || cut || isUnproven(target) || onlyDns(target, answered.length) ? 'unknown' : 'healthy'
}

function onlyDns(target: TargetView, answered: number): boolean {
  return (
    answered === 1 &&
    target.answered('dns') &&
    target.target.port > 0 &&
    !target.plain.some(o => o.layer !== 'dns' && o.outcome === 'skipped' && o.because === 'not-asked')
  )
}

export function viaOf(target: TargetView): Via {
  if (target.viaProxy) return 'proxy'
  if (target.isPrivate) return target.isApi ? 'interface-endpoint' : 'private-network'
  const reachedPublic = target.addresses.some(a => a.scope === 'public' && a.outcome === 'answered')
  if (!reachedPublic) return 'unknown'
  const { internet } = target.network.vantage
  if (target.service?.hasGatewayEndpoint) return internet === 'silent' || internet === 'rejected' ? 'gateway-endpoint' : 'unknown'
  return 'internet'
}

/** Only silence makes a client hang: a refusal or a denial comes back at once. */
export function hangsOn(target: TargetView): readonly Hang[] {
  const silent = target.addresses.filter(a => a.outcome === 'silent').length
  if (silent === 0 || target.viaProxy) return []
  const kind = target.isApi ? 'service' : target.target.scheme === 'https' || target.target.kind === 'https' ? 'https' : 'tcp'
  return hangsOf({ service: target.service?.id ?? null, addresses: silent, kind })
}

// The second opinion on one target: what the control plane told, read for the causes that its symptom can have. Undefined when
// nothing was told, or not from where we stand.

import { gatewayOf, isCoveredByNothing, isOfThisRegion, needsInterfaceEndpoint } from '../endpoint.ts'
import { judgePolicies } from '../policy/judge.ts'
import type { Symptom } from '../symptom.ts'
import type { NetworkView, TargetView } from '../view.ts'
import { judgeEmptyName, judgeOwnName, judgePublicApi, judgeState } from './endpoints.ts'
import { flowTo, judgeAcls, judgeHolders, judgePrivate } from './flows.ts'
import { Opinions, type SecondOpinion } from './opinion.ts'
import { placeOf } from './place.ts'
import { judgeFamily, judgeGateway, judgeInternet } from './public.ts'
import type { Surroundings } from './steps.ts'

export function opinionOn(target: TargetView, network: NetworkView, symptom: Symptom): SecondOpinion | undefined {
  const told = network.report.controlPlane
  if (told === undefined) return undefined
  const opinions = new Opinions()
  const own = placeOf(network)
  if (symptom === 'aws-denied') judgePolicies(opinions, target, network, told, own)
  else if (own !== undefined && !target.viaProxy) judgePath(opinions, target, symptom, { told, own, known: network.known })
  const { on, notes, open } = opinions
  return { on, notes, ...(open && { open }) }
}

function judgePath(opinions: Opinions, target: TargetView, symptom: Symptom, surroundings: Surroundings): void {
  if (symptom === 'tcp-silent' && target.isPublic) judgePublic(opinions, target, surroundings)
  else if (symptom === 'tcp-silent' && target.isPrivate) {
    const hasNoRoute = judgePrivate(opinions, target, surroundings)
    if (target.isApi && !hasNoRoute) judgeState(opinions, target, surroundings)
  } else if (symptom === 'tcp-partly-silent' && target.isPrivate) {
    const hasNoRoute = judgePrivate(opinions, target, surroundings)
    if (!hasNoRoute) judgeHolders(opinions, target, surroundings)
  } else if (symptom === 'tcp-flaky' && target.addresses.length > 0) {
    const flows = target.addresses.map(a => flowTo(target, a.address))
    judgeAcls(opinions, target, flows, surroundings)
  } else if (symptom === 'dns-negative' && target.identity?.isEndpointSpecific) judgeOwnName(opinions, target, surroundings)
  else if (symptom === 'dns-negative' && target.isApi) judgeEmptyName(opinions, target, surroundings)
}

function judgePublic(opinions: Opinions, target: TargetView, surroundings: Surroundings): void {
  judgeFamily(opinions, target, surroundings)
  const isHere = isOfThisRegion(target)
  if (target.isApi && isHere && gatewayOf(target) !== undefined) judgeGateway(opinions, target, surroundings)
  else if (needsInterfaceEndpoint(target) && isHere) judgePublicApi(opinions, target, surroundings)
  // The catalogue may lag behind AWS: that there is no endpoint for it is not for this to prove.
  else if (!(target.isAws && isCoveredByNothing(target))) judgeInternet(opinions, target, surroundings)
}

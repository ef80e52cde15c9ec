// Cause: AWS knows no resource of this name (in this account and region), or nobody holds this address any more.
// Shows as: a "does not exist" of the service itself; a terminated instance; an address of the VPC that no interface has.
// Looks like, but is not: a denial; some services say "does not exist" before they look at policy, or instead.

import { findNamedState } from '../../catalog/index.ts'
import { denialOf } from '../classify.ts'
import { allSilent, failedAddress, resolved } from '../facts.ts'
import { hidesExistence, isMissing } from '../named.ts'
import { sayAws } from '../refusal.ts'
import { fits, type Judgement, type Rule, says } from '../rule.ts'
import { sayFound } from '../state/evidence.ts'
import { foundBehind, isAtZero, isHeldByNobody, runningOfInstance, runningOfService, scalingOf } from '../state/found.ts'
import type { NetworkView, TargetView } from '../view.ts'

export const resourceMissing: Rule = {
  cause: 'resource-missing',
  // Nothing at a key may be how it should be: the name may be a prefix that nobody has written to yet.
  severity: target => (codeOf(target) === 'NoSuchKey' ? 'warning' : 'error'),
  shows: ['aws-not-found', 'aws-denied', 'tcp-silent', 'tcp-unreachable', 'not-running'],
  judge(target, network, symptom) {
    if (symptom === 'aws-denied') return ofDenied(target)
    if (symptom === 'aws-not-found')
      return fits(isMissing(target, target.aws) || isAskedInFull(target) ? 'strong' : 'plain', [sayAws(target)])
    return judgeState(target) ?? (symptom === 'tcp-silent' ? judgeHolder(target, network) : undefined)
  },
}

/** Some services say "does not exist or you have no access", and ECR says denied across accounts when it does not exist. */
function ofDenied(target: TargetView): Judgement {
  const denial = denialOf(target)
  if (denial?.caveat === 'missing-repository-looks-denied') return fits('weak', [sayAws(target)])
  if (denial?.kind === 'not-found-or-denied') {
    const isOne = hidesExistence(target, target.aws)
    return fits('plain', [sayAws(target), isOne ? says(target, 'aws', 'resource.oneAnswer', {}) : undefined])
  }
  const isSecret = target.service?.id === 'secretsmanager' && hidesExistence(target, target.aws)
  return isSecret ? fits('plain', [sayAws(target), says(target, 'aws', 'resource.secretSuffix', {})]) : undefined
}

/** RDS, EC2 and ECS look at permission first: their "does not exist" is said to those who may know. */
function isAskedInFull(target: TargetView): boolean {
  const named = findNamedState(target.target)
  if (named?.of !== 'database') return named !== undefined
  // The name may be a cluster's: it has to be missing there, too.
  const asked = target.network.report.controlPlane?.asked ?? []
  return asked.some(
    call =>
      call.action === 'rds:DescribeDBClusters' &&
      call.about?.includes(named.id) &&
      /^DBClusterNotFound/.test(call.outcome === 'rejected' ? (call.code ?? '') : ''),
  )
}

function judgeState(target: TargetView): Judgement {
  const [first, ...others] = foundBehind(target)
  if (first === undefined || others.length > 0) return undefined
  const isGone =
    (first.of === 'instance' && runningOfInstance(first.instance) === 'gone') ||
    (first.of === 'service' && runningOfService(first.service) === 'gone')
  if (!isGone) return undefined
  const scaling = scalingOf(target)
  // Its group wants none: that is why, and what brings one back.
  if (scaling?.group !== undefined && isAtZero(scaling)) return undefined
  const isEnding =
    (first.of === 'instance' && first.instance.state !== 'terminated') ||
    (first.of === 'service' && first.service.status === 'DRAINING')
  return fits(first.isSure && !isEnding ? 'strong' : 'plain', [allSilent(target), sayFound(target, first)])
}

/** In a VPC that another account shares with us, the interfaces of the others are not seen: there it is no more than a thought. */
function judgeHolder(target: TargetView, network: NetworkView): Judgement {
  if (target.isApi) return undefined
  const silent = target.addresses.filter(each => each.outcome !== 'answered')
  const [address] = silent
  if (address === undefined || !silent.every(each => isHeldByNobody(each.address, network))) return undefined
  const { vpc } = network.vantage.network
  const owner = network.report.controlPlane?.vpcs?.find(each => each.id === vpc)?.owner
  const account = network.vantage.identity?.account
  const isOurs = owner !== undefined && account !== undefined ? owner === account : undefined
  return fits(isOurs === undefined ? 'plain' : isOurs ? 'strong' : 'weak', [
    resolved(target),
    failedAddress(target, address),
    says(target, 'aws', 'state.nobodyHolds', { vpc: vpc ?? '-', address: address.address }),
  ])
}

function codeOf(target: TargetView): string | undefined {
  return target.aws?.outcome === 'rejected' ? target.aws.code : undefined
}

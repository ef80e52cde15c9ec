// Cause: a private hosted zone (or a resolver rule, or a DNS Firewall) answers for a parent of this name and has no record of it.
// Shows as: NXDOMAIN or NODATA for a name that certainly exists, from the VPC's own resolver too.
// Looks like, but is not: a typo, an endpoint's own name after its endpoint is gone, a FIPS name that AWS does not have. From inside, a private zone and a DNS Firewall that blocks look the same.

import type { DnsObservation } from '../../model/observation.ts'
import { isPublishedName } from '../endpoint.ts'
import { vpcAnswer } from '../facts.ts'
import { remember } from '../remember.ts'
import { excluded, fits, type Rule, says } from '../rule.ts'
import type { NetworkView } from '../view.ts'

export const privateZoneShadows: Rule = {
  cause: 'private-zone-shadows',
  severity: 'error',
  shows: ['dns-negative', 'tcp-unreachable', 'certificate-name', 'tcp-refused', 'tcp-silent'],
  judge(target, network, symptom) {
    if (target.isSinkholed) return fits('strong', [says(target, 'dns', 'dns.sinkhole', privateParts(target))])
    if (symptom === 'tcp-refused' || symptom === 'tcp-silent') return undefined
    if (symptom === 'tcp-unreachable' || symptom === 'certificate-name') {
      return target.isAws && target.isPrivate
        ? fits('weak', [says(target, 'dns', 'dns.private', privateParts(target))])
        : undefined
    }
    const dns = target.dns
    if (dns?.outcome !== 'rejected') return undefined
    const beside = vpcAnswer(target)
    if (beside?.outcome === 'answered')
      return excluded(says(target, 'dns', 'dns.vpcResolves', { resolver: beside.seen.resolver }))
    const proof = says(target, 'dns', 'dns.rejected', {
      name: target.target.host,
      code: dns.code,
      resolver: dns.seen?.resolver ?? '?',
    })
    const vpcToo =
      beside?.outcome === 'rejected' ? says(target, 'dns', 'dns.vpcAlike', { resolver: beside.seen?.resolver ?? '' }) : undefined
    const soa = dns.seen?.soa
    const zone = soa ? says(target, 'dns', 'dns.soa', { zone: soa.zone, primary: soa.primary }) : undefined
    const parent = target.variants('dns', 'must-exist').find(o => o.outcome !== 'skipped')
    const sibling = namesThatResolve(network).find(
      t => t.dns?.outcome === 'answered' && t.dns.seen.resolver === dns.seen?.resolver,
    )
    const others = sibling ? says(sibling, 'dns', 'dns.otherResolves', { name: sibling.target.host }) : undefined
    if (target.isApi) {
      const usual = target.variants('dns', 'sibling-name').filter(isUsualName)
      const isHidden = usual.length > 0 && usual.every(o => o.outcome === 'rejected')
      if (!isPublishedName(target) && !isHidden && parent?.outcome !== 'rejected')
        return fits('weak', [proof, vpcToo, zone, others])
      const parentFails =
        parent?.outcome === 'rejected'
          ? says(target, 'dns', 'dns.parentFails', { name: parent.seen?.name ?? '', code: parent.code })
          : undefined
      return fits('plain', [proof, vpcToo, parentFails, zone, others])
    }
    return fits('weak', [proof, vpcToo, zone])
  },
}

const namesThatResolve = remember((network: NetworkView) => network.targets.filter(t => t.isAws && t.dns?.outcome === 'answered'))

/** Of the other names of the service, those that AWS certainly has. */
function isUsualName(o: DnsObservation): boolean {
  if (o.outcome !== 'answered' && o.outcome !== 'rejected') return false
  return o.seen?.nameKind === 'regional' || o.seen?.nameKind === 'global'
}

function privateParts(target: Parameters<Rule['judge']>[0]) {
  const dns = target.dns
  const seen = dns?.outcome === 'answered' ? dns.seen : undefined
  return { name: target.target.host, addresses: seen?.addresses.join(', ') ?? '', resolver: seen?.resolver ?? '' }
}

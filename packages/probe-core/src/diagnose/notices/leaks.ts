// What leaves the VPC. With --expect closed any leak is an error; else only traffic that passes by an endpoint is worth a warning.

import type { Confidence, Severity } from '../../model/finding.ts'
import type { VantageCheck } from '../../model/vantage.ts'
import { privateSibling } from '../facts.ts'
import { type Notice, type NoticeMatch, says, saysOfVantage } from '../rule.ts'
import type { NetworkView, TargetView } from '../view.ts'

export const internetReachable: Notice = {
  cause: 'internet-reachable',
  find(network) {
    if (network.vantage.expect !== 'closed') return []
    const out = network.check('internet').filter(c => c.outcome === 'answered')
    const reached = network.targets.filter(isOutside)
    if (out.length + reached.length === 0 && network.vantage.internet !== 'answered') return []
    const evidence = out.map(check => {
      const host = String(check.seen?.host ?? check.address)
      return saysOfVantage(isByProxy(check) ? 'leak.byProxy' : 'leak.internet', { host })
    })
    for (const target of reached) {
      evidence.push(saysOfVantage(target.viaProxy ? 'leak.byProxy' : 'leak.internet', { host: target.target.host }))
    }
    // On another port than 443 only a connection was seen, which a firewall may take in the far side's place.
    const isProven = reached.length > 0 || out.some(check => check.seen?.port === 443 || isByProxy(check))
    const told = evidence.length > 0 ? evidence : [saysOfVantage('leak.internet', { host: 'the canary' })]
    return [{ severity: 'error', targets: reached.map(t => t.id), confidence: isProven ? 'certain' : 'likely', evidence: told }]
  },
}

/** A host that is not AWS's and not of this network, which spoke TLS or HTTP with us: through a proxy, or at a public address. */
function isOutside(target: TargetView): boolean {
  if (target.isAws || !(target.answered('tls') || target.answered('http'))) return false
  return target.viaProxy ? /\./.test(target.target.host) : target.isPublic
}

function isByProxy(check: VantageCheck): boolean {
  return check.seen?.via === 'proxy'
}

export const trafficLeavesVpc: Notice = {
  cause: 'traffic-leaves-vpc',
  find(network) {
    const closed = network.vantage.expect === 'closed'
    const leaving = network.targets.filter(t => (closed ? leavesVpc(t, network) : passesByEndpoint(t, network)))
    // Public S3 and DynamoDB addresses go by a gateway endpoint, too: with a way out beside it, which of both they took is not seen.
    const isOpen = (target: TargetView) => target.service?.hasGatewayEndpoint === true && privateSibling(target) === undefined
    const sure = leaving.filter(t => !isOpen(t))
    const unsure = leaving.filter(isOpen)
    // Where the VPC's ranges are not known, an address that looks public may be its own.
    const confidence = network.vpcCidrs !== null ? 'certain' : 'likely'
    return [
      ...(sure.length > 0 ? [tell(sure, closed ? 'error' : 'warning', confidence)] : []),
      ...(unsure.length > 0 ? [tell(unsure, 'warning', 'possible')] : []),
    ]
  },
}

function tell(leaving: readonly TargetView[], severity: Severity, confidence: Confidence): NoticeMatch {
  const evidence = leaving.flatMap(t => {
    const sibling = privateSibling(t)
    const reached = says(t, 'tcp', 'leak.target', { host: t.target.host, address: publicAddress(t) ?? '' })
    return sibling ? [reached, says(t, 'dns', 'leak.siblingPrivate', { name: sibling.name })] : [reached]
  })
  return { severity, targets: leaving.map(t => t.id), confidence, evidence }
}

function publicAddress(target: TargetView): string | undefined {
  return target.addresses.find(a => a.scope === 'public' && a.outcome === 'answered')?.address
}

function leavesVpc(target: TargetView, network: NetworkView): boolean {
  if (publicAddress(target) === undefined || target.viaProxy) return false
  // Where the canary is silent, a public S3 or DynamoDB address that answers can only go by its gateway endpoint.
  return !(target.service?.hasGatewayEndpoint && network.vantage.internet !== 'answered')
}

function passesByEndpoint(target: TargetView, network: NetworkView): boolean {
  return leavesVpc(target, network) && target.isApi && privateSibling(target) !== undefined
}

// What leaves the VPC. With --expect closed any leak is an error; else only traffic that passes by an endpoint is worth a warning.

import { privateSibling } from '../facts.ts'
import { type Notice, says, saysOfVantage } from '../rule.ts'
import type { NetworkView, TargetView } from '../view.ts'

export const internetReachable: Notice = {
  cause: 'internet-reachable',
  find(network) {
    if (network.vantage.expect !== 'closed' || network.vantage.internet !== 'answered') return []
    const canary = network.check('internet').find(c => c.outcome === 'answered')
    const host = String(canary?.seen?.host ?? canary?.address ?? 'the canary')
    return [{ severity: 'error', targets: [], confidence: 'certain', evidence: [saysOfVantage('leak.internet', { host })] }]
  },
}

export const trafficLeavesVpc: Notice = {
  cause: 'traffic-leaves-vpc',
  find(network) {
    const closed = network.vantage.expect === 'closed'
    const leaving = network.targets.filter(t => (closed ? leavesVpc(t, network) : passesByEndpoint(t, network)))
    if (leaving.length === 0) return []
    return [
      {
        severity: closed ? 'error' : 'warning',
        targets: leaving.map(t => t.id),
        // Public S3 and DynamoDB addresses go by a gateway endpoint too: then a way out of the subnet makes a leak possible, not proven.
        // And where the VPC's ranges are not known, an address that looks public may be its own.
        confidence: network.vpcCidrs !== null && leaving.every(t => !t.service?.hasGatewayEndpoint) ? 'certain' : 'likely',
        evidence: leaving.flatMap(t => {
          const sibling = privateSibling(t)
          const reached = says(t, 'tcp', 'leak.target', { host: t.target.host, address: publicAddress(t) ?? '' })
          return sibling ? [reached, says(t, 'dns', 'leak.siblingPrivate', { name: sibling.name })] : [reached]
        }),
      },
    ]
  },
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

// Cause: this machine asks a DNS server that does not know the VPC's private names.
// Shows as: the system's resolver answers public or NXDOMAIN, the VPC's own resolver, asked beside it, answers a private address.
// Looks like, but is not: `interface-endpoint-missing`: the endpoint is there.

import { isBeyondVpc, liesBeyond } from '../beyond.ts'
import { needsInterfaceEndpoint } from '../endpoint.ts'
import { resolved, vpcAnswer, vpcSaysPrivate } from '../facts.ts'
import { excluded, fits, type Rule, says } from '../rule.ts'
import type { NetworkView, TargetView } from '../view.ts'

export const customDnsBypassesVpc: Rule = {
  cause: 'custom-dns-bypasses-vpc',
  severity: 'error',
  shows: ['tcp-silent', 'tcp-unreachable', 'dns-negative', 'tls-untrusted', 'tls-silent', 'tls-cut', 'certificate-name'],
  judge(target, network, symptom) {
    const answer = vpcAnswer(target)
    if (answer === undefined) return isAskedElsewhere(target, network) ? fits('weak', [resolved(target)]) : undefined
    const dns = target.dns
    // The hosts file answered: no DNS server was asked.
    if (dns?.outcome === 'answered' && dns.seen.resolver === 'hosts-file') return undefined
    const system = dns === undefined || dns.outcome === 'skipped' ? undefined : dns
    const negative =
      system?.outcome === 'rejected'
        ? says(target, 'dns', 'dns.rejected', {
            name: target.target.host,
            code: system.code,
            resolver: system.seen?.resolver ?? '?',
          })
        : undefined
    const own = vpcSaysPrivate(target)
    // Private too, and outside of the VPC: a record of that server's own.
    const isStray =
      liesBeyond(target) && answer.outcome === 'answered' && !answer.seen.addresses.some(a => isBeyondVpc(network, a))
    if (own && (!target.isPrivate || isStray)) return fits('strong', [resolved(target) ?? negative, own])
    if (symptom === 'dns-negative' && answer.outcome === 'answered') {
      return fits('strong', [negative, says(target, 'dns', 'dns.vpcResolves', { resolver: answer.seen.resolver })])
    }
    return excluded(says(target, 'dns', 'dns.vpcAlike', { resolver: answer.seen?.resolver ?? '' }))
  },
}

/** A name that an endpoint could serve, and the VPC's own resolver was not asked for it, neither by the system nor by us. */
function isAskedElsewhere(target: TargetView, network: NetworkView): boolean {
  const resolver = target.dns === undefined || target.dns.outcome === 'skipped' ? undefined : target.dns.seen?.resolver
  if (resolver === undefined || network.isVpcResolver(resolver) || isLocalStub(resolver)) return false
  return needsInterfaceEndpoint(target) || (target.isApi && target.dns?.outcome === 'rejected')
}

/** A resolver on this very machine passes questions on: to whom, it does not tell. */
function isLocalStub(resolver: string): boolean {
  return /^(127\.|169\.254\.|::1$|fe80:)/.test(resolver)
}

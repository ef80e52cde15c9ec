// Cause: the configured DNS server does not answer.
// Shows as: every question to it stays silent (or its port is closed), while the VPC's own resolver may well answer.
// Looks like, but is not: `dns-unreliable`, where some questions are answered; `vpc-dns-attributes-off`, where it is the VPC's own that is silent.

import { list, vpcResolverAnswers } from '../facts.ts'
import { excluded, fits, type Rule, says, saysOfVantage } from '../rule.ts'

export const dnsServerUnreachable: Rule = {
  cause: 'dns-server-unreachable',
  severity: 'error',
  shows: ['dns-silent'],
  judge(target, network) {
    const answered = network.targets.find(
      t => t !== target && t.dns?.outcome === 'answered' && network.vantage.resolvers.includes(t.dns.seen.resolver),
    )
    if (answered?.dns?.outcome === 'answered') {
      return excluded(
        says(answered, 'dns', 'dns.serverAnswered', { resolver: answered.dns.seen.resolver, name: answered.target.host }),
      )
    }
    const servers = network.vantage.resolvers
    const custom = servers.filter(r => !network.isVpcResolver(r))
    const alive = vpcResolverAnswers(network)
    const proof =
      servers.length > 0 ? saysOfVantage('dns.serversSilent', { resolvers: list(servers) }) : saysOfVantage('dns.noServers', {})
    // The VPC's own resolver cannot be filtered: where it answers and the configured one does not, it is the configured one.
    return fits(alive || custom.length > 0 ? 'strong' : 'plain', [proof, alive])
  },
}

// Cause: the configured DNS server does not answer.
// Shows as: every question to it stays silent (or its port is closed), while the VPC's own resolver may well answer.
// Looks like, but is not: `dns-unreliable`, where some questions are answered; `vpc-dns-attributes-off`, where it is the VPC's own that is silent.

import { lostQuestions } from '../classify.ts'
import { list, systemResolverAnswered, vpcResolverAnswers } from '../facts.ts'
import { proxyNameFails } from '../proxied.ts'
import { excluded, fits, type Rule, saysOfVantage } from '../rule.ts'

export const dnsServerUnreachable: Rule = {
  cause: 'dns-server-unreachable',
  severity: 'error',
  shows: ['dns-silent', 'dns-flaky', 'proxy-silent'],
  judge(target, network, symptom) {
    if (symptom === 'proxy-silent' && proxyNameFails(target)?.outcome !== 'silent') return undefined
    if (symptom === 'dns-flaky') {
      const { asked, lost } = lostQuestions(target)
      const [first, next] = network.vantage.resolvers
      // The next of the list answered in its place: where there is none, it was this one.
      const isDead = asked >= 4 && lost === asked && next !== undefined
      return isDead && first !== undefined
        ? fits('plain', [saysOfVantage('dns.firstServerSilent', { resolver: first, tries: asked })])
        : undefined
    }
    const answered = systemResolverAnswered(network, target)
    if (answered) return excluded(answered)
    const servers = network.vantage.resolvers
    const custom = servers.filter(r => !network.isVpcResolver(r))
    const alive = vpcResolverAnswers(network)
    const proof =
      servers.length > 0 ? saysOfVantage('dns.serversSilent', { resolvers: list(servers) }) : saysOfVantage('dns.noServers', {})
    // The VPC's own resolver cannot be filtered: where it answers and the configured one does not, it is the configured one.
    return fits(alive && custom.length > 0 ? 'strong' : 'plain', [proof, alive])
  },
}

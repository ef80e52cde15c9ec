// Cause: the security group of this ENI does not allow this traffic out.
// Shows as: every address is silent, private and public, while the VPC resolver and metadata (never filtered) answer.
// Looks like, but is not: a NACL on our subnet; with one endpoint only, that endpoint's own security group.

import {
  allSilent,
  otherPrivateAnswers,
  privateSibling,
  publicAnswers,
  resolved,
  serversSilent,
  silentAddress,
  somePortGetsThrough,
  vpcResolverAnswers,
  vpcSaysPrivate,
} from '../facts.ts'
import { proxyIsSilent } from '../proxied.ts'
import { remember } from '../remember.ts'
import { excluded, fits, type Rule, saysOfVantage } from '../rule.ts'
import { maySplitBySubnet } from '../subnets.ts'
import { type NetworkView, reached } from '../view.ts'

export const eniSecurityGroup: Rule = {
  cause: 'eni-security-group',
  severity: 'error',
  shows: ['tcp-silent', 'tcp-partly-silent', 'dns-silent', 'proxy-silent'],
  judge(target, network, symptom) {
    if (symptom === 'dns-silent') {
      // The VPC's own resolver is never filtered; any other DNS server is reached like any host.
      const servers = serversSilent(network)
      return servers && fits('weak', [servers, vpcResolverAnswers(network)])
    }
    if (symptom === 'proxy-silent') return proxyIsSilent(target) ? fits('weak', [vpcResolverAnswers(network)]) : undefined
    if (symptom === 'tcp-partly-silent') {
      // Rules that name the own subnet, and nothing beyond it, look like a NACL.
      const far = maySplitBySubnet(target) ? target.addresses.find(a => a.outcome === 'silent') : undefined
      return far && fits('weak', [silentAddress(target, far)])
    }
    if (target.addresses.some(a => a.scope === 'link-local' || a.scope === 'loopback')) return undefined
    const through = somePortGetsThrough(target)
    if (through) return excluded(through)
    // Where another name of the service is private, the public address of this one is not the way that was meant.
    const elsewhere = target.isPublic ? vpcSaysPrivate(target) : undefined
    if (elsewhere) return excluded(elsewhere)
    const sibling = target.isPublic && target.isApi ? privateSibling(target) : undefined
    if (sibling?.answers) return excluded(sibling.evidence)
    const leaves = target.isPublic ? publicAnswers(network, target) : otherPrivateAnswers(network, target)
    // Egress rules may name destinations one by one: that another one is reached speaks against this cause, and does not rule it out.
    if (leaves) return fits('weak', [resolved(target), allSilent(target)], [leaves])
    const silent = whollySilent(network).length
    const nothing = !isAnyReached(network) && network.vantage.internet !== 'answered' && !isOfWhatHangs(network)
    const privateToo = silentPlaces(network).size
    const evidence = [
      resolved(target),
      allSilent(target),
      nothing && silent > 1 ? nothingAnswers(network) : undefined,
      vpcResolverAnswers(network),
    ]
    // One closed endpoint, or closed public addresses alone, have likelier causes; all of it together has not.
    if (nothing && privateToo >= 2) return fits('plain', evidence)
    // Private addresses that answer are no argument: rules that allow the VPC's own range only leave public addresses silent.
    return fits('weak', evidence)
  },
}

const whollySilent = remember((network: NetworkView) =>
  network.targets.filter(t => t.addresses.length > 0 && t.addresses.every(a => a.outcome === 'silent')),
)
const nothingAnswers = remember((network: NetworkView) =>
  saysOfVantage('network.nothingAnswers', { count: whollySilent(network).length }),
)
/** Targets that were chosen because they hang are silent by that alone, unless others were asked beside them. */
const isOfWhatHangs = (network: NetworkView) =>
  network.report.stuck !== undefined && !network.check('control-endpoint').some(c => c.outcome === 'silent')
const isAnyReached = remember((network: NetworkView) => network.targets.some(t => t.addresses.some(reached)))

/** Private hosts or endpoints of which every address is silent; two names of one endpoint are one place. */
const silentPlaces = remember((network: NetworkView): ReadonlySet<string> => {
  const places = new Set<string>()
  const seen = new Set<string>()
  for (const { isPrivate, addresses } of network.targets) {
    if (!isPrivate || addresses.length === 0 || !addresses.every(a => a.outcome === 'silent')) continue
    places.add(
      addresses
        .map(a => a.address)
        .sort()
        .join(' '),
    )
    for (const { address } of addresses) seen.add(address)
  }
  for (const check of network.check('control-endpoint')) {
    if (check.outcome === 'silent' && !seen.has(check.address)) places.add(check.address)
  }
  return places
})

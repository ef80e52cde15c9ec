// Cause: the name offers addresses of a family (IPv4, IPv6) that does not work from this machine.
// Shows as: no address is usable; or every IPv6 address fails while IPv4 answers (or the reverse).
// Looks like, but is not: `endpoint-zone-unreachable`, where addresses of one family differ.

import { allSilent, answers, resolved } from '../facts.ts'
import { remember } from '../remember.ts'
import { fits, type Rule, says } from '../rule.ts'
import type { NetworkView } from '../view.ts'

export const addressFamilyMismatch: Rule = {
  cause: 'address-family-mismatch',
  severity: 'error',
  shows: ['no-usable-address', 'tcp-partly-silent', 'tcp-silent'],
  judge(target, network, symptom) {
    const hasV6 = network.vantage.interfaces.some(i => isV6(i.address) && !i.address.startsWith('fe80'))
    const hasV4 = network.vantage.interfaces.some(i => !isV6(i.address))
    const good = target.addresses.filter(a => a.outcome === 'answered')
    const bad = target.addresses.filter(a => a.outcome !== 'answered')
    const family = bad.every(a => isV6(a.address)) ? 'IPv6' : bad.every(a => !isV6(a.address)) ? 'IPv4' : undefined
    if (family === undefined) return undefined
    if (symptom === 'no-usable-address') {
      const machine = saysFamilies(hasV4, hasV6)
      return fits('strong', [resolved(target), says(target, 'tcp', 'family.none', { family, machine })])
    }
    if (symptom === 'tcp-silent') {
      // Only IPv6 addresses, while others answer over IPv4: the path, or the endpoint, carries one family.
      const overV4 = family === 'IPv6' ? answersOverV4(network) : undefined
      const proof = overV4?.addresses.find(a => a.outcome === 'answered')
      return overV4 && proof ? fits('plain', [resolved(target), allSilent(target), answers(overV4, proof)]) : undefined
    }
    const other = family === 'IPv6' ? 'IPv4' : 'IPv6'
    const split = good.length > 0 && good.every(a => isV6(a.address) === (other === 'IPv6'))
    return split ? fits('strong', [resolved(target), says(target, 'tcp', 'family.split', { family, other })]) : undefined
  },
}

const answersOverV4 = remember((network: NetworkView) =>
  network.targets.find(t => t.addresses.some(a => !isV6(a.address) && a.outcome === 'answered')),
)

function isV6(address: string): boolean {
  return address.includes(':')
}

function saysFamilies(v4: boolean, v6: boolean): string {
  return v4 && v6 ? 'IPv4, IPv6' : v6 ? 'IPv6' : 'IPv4'
}

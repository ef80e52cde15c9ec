// Cause: the VPC has no interface endpoint for this service.
// Shows as: its name resolves to a public address, which stays silent because the subnet has no way to the internet.
// Looks like, but is not: an endpoint whose private DNS is off (the same from inside); a name that the endpoint does not cover.

import { endpointNamesOf, isOfThisRegion, needsInterfaceEndpoint } from '../endpoint.ts'
import { exchange } from '../exchange.ts'
import { allSilent, internet, privateSibling, publicAnswers, resolved, vpcAgrees, vpcSaysPrivate } from '../facts.ts'
import { excluded, fits, type Rule, says } from '../rule.ts'
import type { Symptom } from '../symptom.ts'

export const interfaceEndpointMissing: Rule = {
  cause: 'interface-endpoint-missing',
  severity: 'error',
  shows: ['tcp-silent', 'tcp-unreachable', 'tls-silent', 'tls-cut', 'tcp-refused'],
  isOnePerTarget: true,
  judge(target, network, symptom) {
    if (!needsInterfaceEndpoint(target) || !isOfThisRegion(target)) return undefined
    const elsewhere = vpcSaysPrivate(target)
    if (elsewhere) return excluded(elsewhere)
    const sibling = privateSibling(target)
    if (sibling) return excluded(sibling.evidence)
    const seen = exchange(target)
    // TCP gets there, and the name in the ClientHello decides: that is a filter's doing, with or without an endpoint.
    if (isTls(symptom) && seen.otherName === 'answered' && (seen.smallAnswer === 'silent' || seen.smallAnswer === 'cut'))
      return excluded(says(target, 'tls', 'sni.otherAnswered', { host: target.target.host }))
    const catalogue = says(target, 'dns', 'catalogue.endpointServices', { names: endpointNamesOf(target).join(', ') })
    const evidence = [
      resolved(target),
      vpcAgrees(target),
      allSilent(target),
      network.vantage.internet === 'answered' ? undefined : internet(network),
      catalogue,
    ]
    // Where another public address answers there is a way out: then this silence wants another explanation first.
    const wayOut = publicAnswers(network, target)
    // A firewall that rejects instead of dropping refuses the canary as well: the same closed network, said aloud.
    const rejected = !isTls(symptom) && symptom !== 'tcp-silent' && network.vantage.internet === 'rejected'
    return fits(wayOut || (symptom !== 'tcp-silent' && !rejected) ? 'weak' : 'plain', evidence, [wayOut])
  },
}

function isTls(symptom: Symptom): boolean {
  return symptom === 'tls-silent' || symptom === 'tls-cut'
}

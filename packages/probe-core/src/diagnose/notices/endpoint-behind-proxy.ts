// NO_PROXY exempts an AWS name in a form that boto3 and the AWS CLI do not read (`*.amazonaws.com`, blanks between entries): they go
// through the proxy, others do not. Where the proxy fails them the rules of that failure say so.

import { findSymptom } from '../classify.ts'
import { exemptForOthers } from '../no-proxy.ts'
import type { Notice } from '../rule.ts'

const mostSaid = 4

export const endpointBehindProxy: Notice = {
  cause: 'proxy-captures-metadata',
  find(network) {
    const found = network.targets.flatMap(target => {
      if (['proxy-silent', 'proxy-refuses'].includes(findSymptom(target) ?? '')) return []
      const evidence = exemptForOthers(target)
      return evidence === undefined ? [] : [{ id: target.id, evidence }]
    })
    if (found.length === 0) return []
    const evidence = found.slice(0, mostSaid).map(each => each.evidence)
    return [{ severity: 'warning', targets: found.map(each => each.id), confidence: 'certain', evidence }]
  },
}

// A credential source is set up and gives nothing; this run went on to the next one and works, boto3 and the AWS CLI stop there.

import { type Notice, saysOfVantage } from '../rule.ts'
import { stoppingSources } from '../stopping-sources.ts'

export const sourceStopsClients: Notice = {
  cause: 'no-credentials',
  find(network) {
    const stopping = stoppingSources(network)
    if (stopping.length === 0) return []
    const evidence = [
      saysOfVantage('credentials.stopped', { source: network.vantage.credentials?.source ?? '-' }),
      ...stopping.map(({ source, why = '-' }) => saysOfVantage('credentials.tried', { source, why })),
    ]
    const confidence = stopping.some(each => each.stops === 'certain') ? 'certain' : 'likely'
    return [{ severity: 'warning', targets: [], confidence, evidence }]
  },
}

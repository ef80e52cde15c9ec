// Where the run stood: the machine's place in the network, who it is to AWS, and what it can reach at all.

import type { Vantage } from '@eniprobe/core'

type ProxySetting = NonNullable<Vantage['proxy']>

import { labelled, widthOf } from './layout.ts'
import type { Page } from './page.ts'
import { timeOf } from './quantities.ts'

/** Clocks differ by the length of an exchange; below this nobody needs to hear of it. */
const notableSkewMs = 5000

export function renderVantage(vantage: Vantage, page: Page): string[] {
  const { messages, paint, columns } = page
  const rows = vantageRows(vantage, page)
  const labelWidth = Math.max(...rows.map(([label]) => widthOf(label))) + 2
  const lines = rows.flatMap(([label, text]) => labelled(label, text, { indent: 2, labelWidth, columns }))
  return [paint.bold(messages.vantage.title), ...lines]
}

/** Label and text of each line. */
export function vantageRows(vantage: Vantage, page: Page): [string, string][] {
  const { messages, paint } = page
  const { vantage: words } = messages
  const { network } = vantage
  const rows: [string, string][] = []

  const region =
    vantage.region === null
      ? words.noRegion
      : [vantage.region, vantage.partition === 'aws' ? '' : vantage.partition, bracket(vantage.regionFrom, words.from)]
  rows.push([words.region, join(region)])
  const sign = vantage.signs?.find(({ workload }) => workload === vantage.workload)?.sign
  rows.push([words.workload, vantage.workload === null ? words.noWorkload : join([vantage.workload, bracket(sign, words.from)])])
  // A link-local IPv6 address is on every interface and leads nowhere.
  for (const { name, address, prefixLength } of vantage.interfaces.filter(each => !/^fe[89ab][0-9a-f]:/i.test(each.address)))
    rows.push([words.interface, `${name} ${address}/${prefixLength}`])
  const place = [
    network.eni,
    network.subnet,
    network.subnetCidr,
    network.vpc,
    network.vpcCidrs?.join(' ') ?? null,
    network.availabilityZone ?? null,
  ]
  if (place.some(part => part !== null)) rows.push([words.network, join(place)])
  if (network.securityGroups !== null && network.securityGroups.length > 0)
    rows.push([words.groups, network.securityGroups.join(', ')])
  if (vantage.resolvers.length > 0) rows.push([words.resolvers, vantage.resolvers.join(', ')])
  for (const [{ url, noProxy }, from] of proxiesOf(vantage, page)) {
    const exempt = noProxy === null ? words.noProxySet : words.noProxy(noProxy)
    rows.push([words.proxy, `${url} (${from})${messages.clauseGap}${exempt}`])
  }
  if (vantage.proxyProblem !== undefined) rows.push([words.proxy, vantage.proxyProblem])
  rows.push([words.identity, identityOf(vantage, page)])
  const internet = words.internetWords[vantage.internet]
  rows.push([words.internet, vantage.expect === 'closed' ? `${internet}${messages.clauseGap}${words.expectClosed}` : internet])
  if (vantage.clockSkewMs !== null && Math.abs(vantage.clockSkewMs) >= notableSkewMs) {
    // The server's Date less our clock: positive means that we are behind.
    const way = vantage.clockSkewMs > 0 ? 'behind' : 'ahead'
    rows.push([words.clock, paint.yellow(words.clockOff(timeOf(Math.abs(vantage.clockSkewMs), messages), way))])
  }
  const settings = settingsOf(vantage, page)
  if (settings.length > 0) rows.push([words.settings, settings.join(', ')])
  if (vantage.customCa !== undefined && vantage.customCa.length > 0)
    rows.push([words.customCa, words.from(vantage.customCa.join(', '))])
  for (const problem of vantage.customCaProblems ?? []) rows.push([words.customCa, paint.yellow(problem)])
  return rows
}

/** Each proxy, and what it is for where that is not plain. */
function proxiesOf({ proxy, httpProxy, allProxy }: Vantage, { messages }: Page): [ProxySetting, string][] {
  const { vantage: words } = messages
  return [
    ...(proxy === null ? [] : [[proxy, proxy.from] satisfies [ProxySetting, string]]),
    ...(httpProxy === undefined || httpProxy.url === proxy?.url
      ? []
      : [[httpProxy, words.forHttp(httpProxy.from)] satisfies [ProxySetting, string]]),
    ...(allProxy === undefined ? [] : [[allProxy, words.forSome(allProxy.from)] satisfies [ProxySetting, string]]),
  ]
}

function identityOf({ identity, credentials }: Vantage, { messages, verbose }: Page): string {
  const { vantage: words } = messages
  if (identity !== null) return join([identity.arn, bracket(identity.source, words.from)])
  if (credentials === undefined) return words.noIdentity
  if (credentials.source !== null) return join([words.noIdentity, bracket(credentials.source, words.from)])
  // Why each gave nothing is the evidence of a finding.
  const tried = credentials.tried.map(({ source, why }) => (why === undefined || !verbose ? source : `${source}: ${why}`))
  return join([words.noneGave, tried.length === 0 ? null : `(${tried.join(verbose ? messages.clauseGap : messages.listGap)})`])
}

function settingsOf({ sdk }: Vantage, { messages }: Page): string[] {
  const { vantage: words } = messages
  return [
    ...(sdk?.useDualstack ? [words.dualStack] : []),
    ...(sdk?.useFips ? [words.fips] : []),
    ...(sdk?.stsRegionalEndpoints === 'legacy' ? ['AWS_STS_REGIONAL_ENDPOINTS=legacy'] : []),
    ...Object.entries(sdk?.endpointUrls ?? {}).map(([service, url]) => words.endpointUrl(service, url)),
    ...(sdk?.conflictingRegions === undefined ? [] : [words.regionsDiffer(sdk.conflictingRegions.join(', '))]),
  ]
}

function bracket(text: string | undefined, say: (text: string) => string): string | null {
  return text === undefined ? null : `(${say(text)})`
}

function join(parts: string | readonly (string | null)[]): string {
  return typeof parts === 'string' ? parts : parts.filter(part => part !== null && part !== '').join(' ')
}

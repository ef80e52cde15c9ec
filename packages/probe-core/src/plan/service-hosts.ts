// Which host the SDK of this environment would ask for a service: settings first, then the catalogue's name.

import { withoutBrackets } from '../catalog/address.ts'
import { defaultHost, findService, hostsOf, remark, type Service } from '../catalog/index.ts'
import type { PackageSettings } from '../model/packages.ts'
import type { SdkSettings } from '../model/vantage.ts'

export interface HostChoice {
  /** Empty when no host can be named: no region is known, or the name holds an account id that is not known. */
  readonly host: string
  readonly port: number
  readonly scheme?: 'http' | 'https'
  readonly path?: string
  /** The setting that chose it, when it is not the plain regional name. */
  readonly hostFrom?: string
  readonly note?: string
  /** An endpoint URL was set: SDKs then put the bucket in the path. */
  readonly custom?: boolean
}

export interface HostContext {
  readonly region: string | null
  readonly settings?: SdkSettings
  readonly accountId?: string | null
  /** What package managers of this machine are configured to use, by their word. */
  readonly packages?: ReadonlyMap<string, PackageSettings>
}

/** Regions in which `sts_regional_endpoints = legacy` means the global name (botocore 1.43, `LEGACY_GLOBAL_STS_REGIONS`). */
const legacyStsRegions = new Set([
  'ap-northeast-1',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
])

/** The order of precedence is the SDKs': an endpoint URL (a service's own before the general one), FIPS and dual-stack, legacy STS. */
export function chooseHost(service: Service, context: HostContext): HostChoice {
  const { settings, region } = context
  const url = endpointUrlOf(service, settings ?? {})
  if (url !== undefined) return hostOfUrl(url)

  const useFips = settings?.useFips === true
  const useDualstack = settings?.useDualstack === true
  const legacySts = service.id === 'sts' && settings?.stsRegionalEndpoints === 'legacy'
  if (legacySts && !useFips && !useDualstack && region !== null && legacyStsRegions.has(region)) {
    return { host: 'sts.amazonaws.com', port: 443, hostFrom: 'AWS_STS_REGIONAL_ENDPOINTS=legacy' }
  }
  // Without a region no SDK can build a regional name. The target stays in the plan with an empty host, so that the
  // report shows it and `region-unset` has something to explain; guessing a region here would probe somebody else's network.
  // A service with one name for all regions has that one all the same; us-east-1 only names its partition.
  if (region === null && !service.isGlobal) return { host: '', port: 443, note: remark('noRegion', {}) }
  const accountId = context.accountId ?? undefined
  const host = defaultHost(service, region ?? 'us-east-1', {
    useFips,
    useDualstack,
    ...(accountId === undefined ? {} : { accountId }),
  })
  if (host === undefined) {
    // The endpoint's private DNS is a wildcard over accounts: a name of AWS's own takes the same way.
    const standIn = region === null ? undefined : hostsOf(service, region)[0]?.host
    if (standIn === undefined) return { host: '', port: 443, note: remark('unknownId', {}) }
    return {
      host: standIn,
      port: 443,
      note: remark('standIn', {}),
    }
  }
  const from = [useFips ? 'AWS_USE_FIPS_ENDPOINT' : '', useDualstack ? 'AWS_USE_DUALSTACK_ENDPOINT' : ''].filter(Boolean)
  return { host, port: 443, ...(from.length > 0 ? { hostFrom: from.join(' + ') } : {}) }
}

interface EndpointUrl {
  readonly url: string
  readonly from: string
}

function endpointUrlOf(service: Service, { endpointUrls: urls, endpointUrlsFrom: from }: SdkSettings): EndpointUrl | undefined {
  if (urls === undefined) return undefined
  for (const [key, url] of Object.entries(urls)) {
    // The variable spells the SDK's service id (`CLOUDWATCH_LOGS`), the catalogue the PrivateLink one (`logs`) and knows both.
    if (key === '*' || findService(key)?.id !== service.id) continue
    return { url, from: from?.[key] ?? `AWS_ENDPOINT_URL_${key.toUpperCase().replaceAll(/[ .-]/g, '_')}` }
  }
  const general = urls['*']
  return general === undefined ? undefined : { url: general, from: from?.['*'] ?? 'AWS_ENDPOINT_URL' }
}

function hostOfUrl({ url, from }: EndpointUrl): HostChoice {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol) || parsed.hostname === '') {
    return { host: '', port: 443, hostFrom: from, note: remark('settingNoUrl', { setting: from }) }
  }
  const secure = parsed.protocol === 'https:'
  return {
    host: withoutBrackets(parsed.hostname),
    port: parsed.port === '' ? (secure ? 443 : 80) : Number(parsed.port),
    hostFrom: from,
    custom: true,
    ...(secure ? {} : { scheme: 'http' as const }),
    ...(parsed.pathname === '/' ? {} : { path: parsed.pathname }),
  }
}

// The words for the planner that one error leads to: exactly the names in it, at the very host and region it names.

import { defaultHost, findService, isKnownRegion, isRegionName, readHost, type Service } from '../catalog/index.ts'
import { errorsAboutCaller, type WhyErrorClass, type WhyNotProbed } from '../model/why.ts'
import { withoutSecrets } from '../probe/text.ts'
import type { Place } from './places.ts'
import { findPort } from './ports.ts'

interface Subject {
  readonly errorClass: WhyErrorClass
  readonly tool: string | null
  readonly place: Place | undefined
  readonly service: Service | undefined
  readonly region: string | undefined
  readonly resource: string | undefined
  readonly text: string
}

interface Aim {
  readonly targets: readonly string[]
  readonly notProbed?: WhyNotProbed
}

/** The run looks at the metadata services itself, on its way to credentials: what needs them is the target. */
export const metadata = new Set(['169.254.169.254', '169.254.170.2', '169.254.170.23', 'fd00:ec2::254', 'fd00:ec2::23'])

/** These tools fetch with GET what they name: the path itself may be what is refused. */
const fetchers = new Set(['pip', 'uv', 'npm', 'conda', 'dnf', 'apt', 'curl', 'wget'])

const packageTools = new Set(['pip', 'npm', 'conda', 'dnf'])
const indexes = new Set(['pypi.org', 'files.pythonhosted.org', 'registry.npmjs.org', 'conda.anaconda.org', 'repo.anaconda.com'])

export function aimAt(subject: Subject): Aim {
  const { place, service, region, resource } = subject
  const named = resource === undefined ? undefined : resourceWord(resource, region)
  if (place !== undefined && place.host !== '') {
    if (metadata.has(place.host)) return { targets: ['sts'] }
    if (isLoopback(place.host)) return { targets: [], notProbed: 'loopback' }
    if (hasZoneForRegion(place.host)) return { targets: [], notProbed: 'zone-as-region' }
    const word = placeWord(place, subject)
    if (word === undefined) return named === undefined ? { targets: [], notProbed: 'no-port' } : { targets: [named] }
    // The tool's own word beside it: what it fetches files from, and which index it is set to use.
    if (subject.tool !== null && packageTools.has(subject.tool) && indexes.has(place.host))
      return { targets: [word, subject.tool] }
    // A bucket in the host is the bucket; another resource behind the same host is one more target.
    return {
      targets:
        named === undefined || named.startsWith('s3://') === (readHost(place.host)?.bucket !== undefined)
          ? [word]
          : [word, named],
    }
  }
  if (place?.scheme === 's3' && place.url !== undefined) return { targets: isBucket(place.url.slice(5)) ? [place.url] : ['s3'] }
  if (named !== undefined) return { targets: [named] }
  if (service?.id === 'execute-api') return aimAtApi(resource)
  if (service !== undefined) return { targets: [serviceWord(service, region)] }
  if (errorsAboutCaller.has(subject.errorClass)) return { targets: ['sts'] }
  // The tool's own word stands for the index it is set to use.
  if (subject.tool !== null && packageTools.has(subject.tool)) return { targets: [subject.tool] }
  return { targets: [], notProbed: 'names-nothing' }
}

/** `sts.ap-northeast-1a.amazonaws.com`: with the zone's region in its place it would be a service. */
function hasZoneForRegion(host: string): boolean {
  if (readHost(host)?.service !== null) return false
  const zone = host.split('.').find(label => /^[a-z]{2,4}(?:-[a-z]{2,12}){1,3}-\d{1,2}[a-z]$/.test(label))
  const region = zone?.slice(0, -1)
  return zone !== undefined && isKnownRegion(region ?? '') && readHost(host.replace(zone, region ?? ''))?.service != null
}

/** Undefined: a name that no HTTPS is spoken to, and nothing tells which of its ports is meant. */
function placeWord(place: Place, { errorClass, tool, text }: Subject): string | undefined {
  const aws = readHost(place.host)
  const host = place.host.includes(':') ? `[${place.host}]` : place.host
  const isUrl = place.scheme === 'http' || place.scheme === 'https'
  const known = isUrl ? undefined : findPort(place.host, `${tool ?? ''} ${text}`)
  const port = place.port ?? known
  // Of a name that was not found no port is needed: the name alone is looked up.
  if (port === null) return errorClass.startsWith('dns-') ? `dns://${host}` : undefined
  // No TLS, or not at once (SMTP): a connection is what can be asked for.
  if (known !== undefined) return `tcp://${host}:${port}`
  const path = errorClass === 'http-status' && tool !== null && fetchers.has(tool) ? pathOf(place.url) : '/'
  if (aws?.service != null && path === '/')
    return `aws://${host}${port === undefined || port === 443 || port === 80 ? '' : `:${port}`}`
  const authority = port === undefined ? host : `${host}:${port}`
  if (errorClass !== 'proxy' && isUrl) {
    return `${place.scheme}://${port === (place.scheme === 'https' ? 443 : 80) ? host : authority}${path}`
  }
  // At 443 it is the destination that is named, seldom the proxy.
  if (errorClass === 'proxy' && port !== undefined && port !== 443) return `tcp://${authority}`
  if (port === undefined && tool !== null && fetchers.has(tool)) return `https://${host}/`
  if (port === undefined || port === 443) return `tls://${host}${port === undefined ? '' : ':443'}`
  return `tcp://${authority}`
}

function pathOf(url: string | undefined): string {
  const path = url === undefined || !URL.canParse(url) ? '/' : new URL(url).pathname
  // An opaque part may be a token: the name is enough then.
  return path.length > 300 || /[A-Za-z0-9_=-]{40,}/.test(path) || withoutSecrets(path) !== path ? '/' : path
}

/** Every API has a name of its own: the service alone is no host. */
function aimAtApi(arn: string | undefined): Aim {
  const [, region, id] = /^arn:aws:execute-api:([a-z0-9-]{5,30}):\d{0,12}:([a-z0-9]{8,12})(?:\/|$)/.exec(arn ?? '') ?? []
  if (id === undefined || region === undefined || !isRegionName(region)) return { targets: [], notProbed: 'names-nothing' }
  return { targets: [`aws://${id}.execute-api.${region}.amazonaws.com`] }
}

/** Without a region of its own the planner's is meant. */
function serviceWord(service: Service, region: string | undefined): string {
  const host = region === undefined || !isRegionName(region) ? undefined : defaultHost(service, region)
  return host === undefined || readHost(host)?.service?.id !== service.id ? service.id : `aws://${host}`
}

/** The last part of the ARNs that the planner takes: a wildcard, an index or a subscription is none of them. */
const arnForms: readonly (readonly [service: string, prefix: string, name: RegExp])[] = [
  ['kms', 'kms', /^(?:key\/[\w-]{1,64}|alias\/[\w/-]{1,250})$/],
  ['secretsmanager', 'secret', /^secret:[\w/+=.@-]{1,519}$/],
  ['ssm', 'parameter', /^parameter\/[\w.-]{1,200}(?:\/[\w.-]{1,200}){0,15}$/],
  ['dynamodb', 'dynamodb', /^table\/[\w.-]{3,255}$/],
  ['sqs', 'sqs', /^(?:[\w-]{1,80}|[\w-]{1,75}\.fifo)$/],
  ['sns', 'sns', /^(?:[\w-]{1,256}|[\w-]{1,251}\.fifo)$/],
  ['lambda', 'lambda', /^function:[\w-]{1,64}(?::(?:\$LATEST|[\w-]{1,128}))?$/],
]

/** A target word for an ARN whose kind the planner knows by name; undefined for the others (a role, a log stream). */
function resourceWord(resource: string, region: string | undefined): string | undefined {
  const bucket = /^arn:aws[a-z-]*:s3:::([^/]{1,255})/.exec(resource)?.[1]
  if (bucket !== undefined) return isBucket(bucket) && region === undefined ? `s3://${bucket}` : undefined
  const arn = /^arn:aws[a-z-]{0,12}:([a-z0-9-]{2,30}):([a-z0-9-]{0,30}):\d{12}:([\w+=,.@:/$-]{1,600})$/.exec(resource)
  if (arn === null || !isRegionName(arn[2]!)) return undefined
  const form = arnForms.find(([service]) => service === arn[1])
  if (form === undefined || !form[2].test(arn[3]!)) return undefined
  return `${form[1]}:${resource}`
}

function isBucket(text: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text) && !text.includes('..')
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || host === '0.0.0.0' || /^127\./.test(host)
}

export function serviceOfArn(arn: string): Service | undefined {
  const id = /^arn:[a-z-]{3,20}:([a-z0-9-]{2,30}):/.exec(arn)?.[1]
  return id === undefined ? undefined : findService(id === 'ecr' ? 'ecr.api' : id === 'sagemaker' ? 'sagemaker.api' : id)
}

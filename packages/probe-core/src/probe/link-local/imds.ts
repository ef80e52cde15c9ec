// EC2's instance metadata, version 2. The token's PUT and the GETs are told apart: an instance whose hop limit is too
// small for a container loses the answer of the PUT alone.

import type { NetworkIds, VantageCheck } from '../../model/vantage.ts'
import type { ProbeContext } from '../context.ts'
import { askLinkLocal, type LinkLocalAnswer } from './ask.ts'
import { toCheck } from './check.ts'

export interface Imds {
  readonly checks: readonly VantageCheck[]
  readonly network?: NetworkIds
  readonly region?: string
  readonly availabilityZone?: string
  readonly instanceId?: string
  readonly iamRole?: string
}

/** Long enough for one run. */
const tokenTtlSeconds = '60'

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-categories.html */
export async function probeImds(env: NodeJS.ProcessEnv, context: ProbeContext): Promise<Imds> {
  const base = imdsEndpoint(env)
  const address = URL.canParse(base) ? new URL(base).host : base
  if (isImdsDisabled(env)) {
    return {
      checks: [
        {
          check: 'imds-token',
          address,
          outcome: 'skipped',
          because: 'not-asked',
          seen: { disabledBy: 'AWS_EC2_METADATA_DISABLED' },
        },
      ],
    }
  }
  if (!URL.canParse(base) || !base.startsWith('http:')) {
    const seen = { problem: 'AWS_EC2_METADATA_SERVICE_ENDPOINT is not an http URL' }
    return { checks: [{ check: 'imds-token', address, outcome: 'skipped', because: 'not-asked', seen }] }
  }
  const startMs = context.clock.sinceStartMs()
  const headers = { 'x-aws-ec2-metadata-token-ttl-seconds': tokenTtlSeconds }
  const put = await askLinkLocal({ url: `${base}/latest/api/token`, method: 'PUT', headers, maxBytes: 1024 }, context)
  const token = put.outcome === 'answered' ? readToken(put.body) : undefined
  const putCheck = toCheck('imds-token', address, put, startMs, context.clock)
  if (put.outcome === 'skipped' || isNoHost(put)) return { checks: [putCheck] }
  if (put.outcome === 'answered' && token === undefined) {
    return { checks: [{ ...putCheck, outcome: 'rejected', code: 'not-a-token' }] }
  }
  const getStartMs = context.clock.sinceStartMs()
  const ask = (path: string) =>
    askLinkLocal(
      { url: `${base}/latest/meta-data/${path}`, ...(token !== undefined && { headers: { 'x-aws-ec2-metadata-token': token } }) },
      context,
    )
  const instance = await ask('instance-id')
  const getCheck = toCheck('imds-get', address, instance, getStartMs, context.clock, { withToken: token !== undefined })
  if (token === undefined || instance.outcome !== 'answered') return { checks: [putCheck, getCheck] }
  const found = await readInstance(instance.body, ask)
  const seen = { ...getCheck.seen, ...(found.iamRole !== undefined && { role: found.iamRole }) }
  return { checks: [putCheck, { ...getCheck, seen }], ...found }
}

export function imdsEndpoint(env: NodeJS.ProcessEnv): string {
  const own = env.AWS_EC2_METADATA_SERVICE_ENDPOINT
  if (own) return own.replace(/\/+$/, '')
  const isV6 = env.AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE?.toLowerCase() === 'ipv6'
  return isV6 ? 'http://[fd00:ec2::254]' : 'http://169.254.169.254'
}

export function isImdsDisabled(env: NodeJS.ProcessEnv): boolean {
  return env.AWS_EC2_METADATA_DISABLED?.toLowerCase() === 'true'
}

type Ask = (path: string) => Promise<LinkLocalAnswer>

async function readInstance(instanceId: string, ask: Ask): Promise<Omit<Imds, 'checks'>> {
  const value = async (path: string) => {
    const answer = await ask(path)
    return answer.outcome === 'answered' ? answer.body : undefined
  }
  const [mac, region, availabilityZone, role] = await Promise.all([
    value('mac').then(word),
    value('placement/region').then(word),
    value('placement/availability-zone').then(word),
    value('iam/security-credentials/').then(text => lines(text)[0]),
  ])
  const id = word(instanceId)
  const network = mac && /^[0-9a-f:]{17}$/i.test(mac) ? await readNetwork(mac, availabilityZone, value) : undefined
  return {
    ...(network && { network }),
    ...(region && { region }),
    ...(availabilityZone && { availabilityZone }),
    ...(id && { instanceId: id }),
    ...(role && { iamRole: role }),
  }
}

async function readNetwork(
  mac: string,
  availabilityZone: string | undefined,
  value: (path: string) => Promise<string | undefined>,
): Promise<NetworkIds> {
  const of = (leaf: string) => value(`network/interfaces/macs/${mac}/${leaf}`)
  const [eni, subnet, subnetCidr, vpc, v4, v6, groups] = await Promise.all([
    of('interface-id').then(word),
    of('subnet-id').then(word),
    of('subnet-ipv4-cidr-block').then(word),
    of('vpc-id').then(word),
    of('vpc-ipv4-cidr-blocks').then(lines),
    of('vpc-ipv6-cidr-blocks').then(lines),
    of('security-group-ids').then(lines),
  ])
  const cidrs = [...v4, ...v6]
  return {
    eni: eni ?? null,
    vpc: vpc ?? null,
    subnet: subnet ?? null,
    subnetCidr: subnetCidr ?? null,
    vpcCidrs: cidrs.length > 0 ? cidrs : null,
    securityGroups: groups.length > 0 ? groups : null,
    availabilityZone: availabilityZone ?? null,
    from: 'imds',
  }
}

/**
 * Nothing there speaks for the address: asking again without a token would tell nothing new. A hop limit loses the answer of
 * the PUT alone, never the connection.
 */
function isNoHost(put: LinkLocalAnswer): boolean {
  return (put.outcome === 'rejected' && put.status === undefined) || (put.outcome === 'silent' && !put.connected)
}

function readToken(body: string): string | undefined {
  return /^[\x21-\x7e]{1,512}$/.test(body.trim()) ? body.trim() : undefined
}

/** One printable word, or nothing: whatever else answers here is not the metadata service. */
function word(text: string | undefined): string | undefined {
  return lines(text)[0]
}

function lines(text: string | undefined): string[] {
  return (text ?? '')
    .split('\n')
    .map(line => line.trim())
    .filter(line => /^[\w.:/@+=,-]{1,256}$/.test(line))
    .slice(0, 100)
}

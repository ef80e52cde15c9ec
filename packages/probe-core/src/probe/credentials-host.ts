// Credentials that this compute hands out: the container's and the instance's. Our own bounded request goes first, so that
// the reason of a failure is known and the SDK is only asked for what answers.

import { readContainerCredentialsUri } from './container-credentials.ts'
import type { LinkContext, LinkResult } from './credentials.ts'
import { whyOf } from './credentials-why.ts'
import { imdsEndpoint, isImdsDisabled } from './imds.ts'
import { askLinkLocal, type LinkLocalAnswer } from './link-local.ts'

export async function findContainerCredentials(context: LinkContext): Promise<LinkResult> {
  const uri = await readContainerCredentialsUri(context.env)
  if (uri === undefined)
    return { why: 'neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set' }
  if (uri.problem !== undefined) return { why: uri.problem }
  const headers: Record<string, string> = uri.token === undefined ? {} : { authorization: uri.token }
  const answer = await askLinkLocal({ url: uri.url, headers, maxBytes: 0 }, context)
  if (answer.outcome !== 'answered') return { why: `${uri.address} ${say(answer)}` }
  // fromContainerMetadata refuses Pod Identity's address; the HTTP provider knows it.
  const { fromHttp } = await import('@aws-sdk/credential-provider-http')
  const provider = fromHttp({
    ...{ awsContainerCredentialsFullUri: uri.url, awsContainerCredentialsRelativeUri: '' },
    ...{ awsContainerAuthorizationToken: uri.token ?? '', awsContainerAuthorizationTokenFile: '' },
    timeout: 1000,
    maxRetries: 0,
  })
  return take(provider)
}

export async function findInstanceCredentials(context: LinkContext): Promise<LinkResult> {
  const { env } = context
  // The SDK asks one or the other: a container that offers credentials and fails does not fall back to its host's role.
  if (env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || env.AWS_CONTAINER_CREDENTIALS_FULL_URI) {
    return { why: 'left aside: container credentials are configured' }
  }
  if (isImdsDisabled(env)) return { why: 'AWS_EC2_METADATA_DISABLED is true' }
  const base = imdsEndpoint(env)
  if (!URL.canParse(base) || !base.startsWith('http:')) return { why: 'AWS_EC2_METADATA_SERVICE_ENDPOINT is not an http URL' }
  const { host } = new URL(base)
  const ttl = { 'x-aws-ec2-metadata-token-ttl-seconds': '60' }
  const put = await askLinkLocal({ url: `${base}/latest/api/token`, method: 'PUT', headers: ttl, maxBytes: 1024 }, context)
  if (put.outcome !== 'answered') return { why: `${host} ${say(put)} (asked for a session token)` }
  const token = { 'x-aws-ec2-metadata-token': put.body.trim() }
  if (!/^[\x21-\x7e]{1,512}$/.test(put.body.trim())) return { why: `${host} answered something that is no session token` }
  const folder = `${base}/latest/meta-data/iam/security-credentials/`
  const roles = await askLinkLocal({ url: folder, headers: token, maxBytes: 4096 }, context)
  if (roles.outcome === 'rejected' && roles.status === 404) return { why: 'the instance has no role attached' }
  if (roles.outcome !== 'answered') return { why: `${host} ${say(roles)} (asked for the role)` }
  const role = roles.body.split('\n')[0]?.trim()
  if (!role) return { why: 'the instance has no role attached' }
  const answer = await askLinkLocal({ url: `${folder}${encodeURIComponent(role)}`, headers: token, maxBytes: 16 * 1024 }, context)
  if (answer.outcome !== 'answered') return { why: `${host} ${say(answer)} (asked for the role's credentials)` }
  return readInstanceCredentials(answer.body)
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html */
function readInstanceCredentials(body: string): LinkResult {
  let found: Readonly<Record<string, unknown>>
  try {
    found = Object(JSON.parse(body))
  } catch {
    return { why: 'the instance metadata answered something that is no credentials' }
  }
  const { AccessKeyId, SecretAccessKey, Token, Expiration, Code } = found
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string' || typeof Token !== 'string') {
    const code = typeof Code === 'string' && /^\w{1,60}$/.test(Code) ? ` (${Code})` : ''
    return { why: `the instance metadata has a role but no credentials of it${code}` }
  }
  const expiration = typeof Expiration === 'string' ? new Date(Expiration) : undefined
  const isDate = expiration && !Number.isNaN(expiration.getTime())
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: Token }
  return { credentials: { ...credentials, ...(isDate && { expiration }) } }
}

async function take(provider: () => Promise<{ accessKeyId: string; secretAccessKey: string }>): Promise<LinkResult> {
  try {
    return { credentials: await provider() }
  } catch (error) {
    return { why: whyOf(error) }
  }
}

function say(answer: LinkLocalAnswer): string {
  if (answer.outcome === 'silent') return answer.connected ? 'accepted the connection and did not answer' : 'did not answer'
  if (answer.outcome === 'rejected') return answer.status === undefined ? `refused (${answer.code})` : `answered ${answer.code}`
  return answer.outcome === 'skipped' ? 'was not asked: no time was left' : 'answered'
}

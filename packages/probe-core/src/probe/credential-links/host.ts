// Credentials that this compute hands out: the container's and the instance's, each request bounded and every reason told.
// The SDK's own providers are not used here: their sockets outlive a deadline, and they log to the console.

import { remark } from '../../catalog/remarks.ts'
import type { LinkContext, LinkResult } from '../credentials.ts'
import { askLinkLocal, type LinkLocalAnswer } from '../link-local/ask.ts'
import { imdsEndpoint, isImdsDisabled } from '../link-local/imds.ts'
import { readContainerCredentialsUri } from './container-uri.ts'

const maxBytes = 64 * 1024

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html */
export async function findContainerCredentials(context: LinkContext): Promise<LinkResult> {
  const uri = await readContainerCredentialsUri(context.env)
  if (uri === undefined) {
    return {
      why: remark('neitherSet', { name: 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', other: 'AWS_CONTAINER_CREDENTIALS_FULL_URI' }),
    }
  }
  if (uri.problem !== undefined) return { why: uri.problem }
  const headers: Record<string, string> = uri.token === undefined ? {} : { authorization: uri.token }
  const answer = await askLinkLocal({ url: uri.url, headers, maxBytes }, context)
  if (answer.outcome !== 'answered') return { why: say(uri.address, answer), isUnknown: true }
  return readHostCredentials(answer.body, uri.address)
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html */
export async function findInstanceCredentials(context: LinkContext): Promise<LinkResult> {
  const { env } = context
  // The SDK asks one or the other: a container that offers credentials and fails does not fall back to its host's role.
  if (env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || env.AWS_CONTAINER_CREDENTIALS_FULL_URI) {
    return { why: remark('containerConfigured', {}) }
  }
  if (isImdsDisabled(env)) return { why: remark('isTrue', { name: 'AWS_EC2_METADATA_DISABLED' }) }
  const base = imdsEndpoint(env)
  if (!URL.canParse(base) || !base.startsWith('http:'))
    return { why: remark('noHttpUrl', { name: 'AWS_EC2_METADATA_SERVICE_ENDPOINT' }) }
  const { host } = new URL(base)
  const ttl = { 'x-aws-ec2-metadata-token-ttl-seconds': '60' }
  const put = await askTwice({ url: `${base}/latest/api/token`, method: 'PUT', headers: ttl, maxBytes: 1024 }, context)
  const refusal = remark('askedForToken', { answer: say(host, put) })
  if (put.outcome !== 'answered' && !isFallbackAllowed(put, env)) return { why: refusal, isUnknown: true }
  const token = put.outcome === 'answered' ? put.body.trim() : ''
  if (put.outcome === 'answered' && !/^[\x21-\x7e]{1,512}$/.test(token))
    return { why: remark('noSessionToken', { host }), isUnknown: true }
  const told = (rest: string) => (put.outcome === 'answered' ? rest : remark('withoutToken', { refusal, rest }))
  const headers: Record<string, string> = token === '' ? {} : { 'x-aws-ec2-metadata-token': token }
  const folder = `${base}/latest/meta-data/iam/security-credentials/`
  const roles = await askTwice({ url: folder, headers, maxBytes: 4096 }, context)
  if (roles.outcome === 'rejected' && roles.status === 404) return { why: told(remark('noRoleAttached', {})) }
  if (roles.outcome !== 'answered') return { why: told(remark('askedForRole', { answer: say(host, roles) })), isUnknown: true }
  const role = roles.body.split('\n')[0]?.trim()
  if (!role) return { why: told(remark('noRoleAttached', {})) }
  const answer = await askTwice({ url: `${folder}${encodeURIComponent(role)}`, headers, maxBytes }, context)
  if (answer.outcome !== 'answered')
    return { why: told(remark('askedForCredentials', { answer: say(host, answer) })), isUnknown: true }
  return readHostCredentials(answer.body, host)
}

/** As the SDKs do it: a service that takes the connection and is slow gets a second chance. */
async function askTwice(request: Parameters<typeof askLinkLocal>[0], context: LinkContext): Promise<LinkLocalAnswer> {
  const first = await askLinkLocal(request, context)
  return first.outcome === 'silent' && first.connected ? askLinkLocal(request, context) : first
}

/** As the SDKs do it: a token that is refused or never comes is done without, unless version 1 is switched off. */
function isFallbackAllowed(put: LinkLocalAnswer, env: NodeJS.ProcessEnv): boolean {
  const isOff = env.AWS_EC2_METADATA_V1_DISABLED && env.AWS_EC2_METADATA_V1_DISABLED !== 'false'
  if (isOff || put.outcome === 'skipped') return false
  if (put.outcome === 'silent') return put.connected
  return put.outcome === 'rejected' && put.status !== undefined && [403, 404, 405].includes(put.status)
}

function readHostCredentials(body: string, host: string): LinkResult {
  let found: Readonly<Record<string, unknown>>
  try {
    found = Object(JSON.parse(body))
  } catch {
    return { why: remark('noCredentials', { host }), isUnknown: true }
  }
  const { AccessKeyId, SecretAccessKey, Token, Expiration, Code } = found
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string' || typeof Token !== 'string') {
    const isCode = typeof Code === 'string' && /^\w{1,60}$/.test(Code)
    const why = isCode ? remark('withoutCredentialsCode', { host, code: Code }) : remark('withoutCredentials', { host })
    return { why, isUnknown: true }
  }
  const expiration = typeof Expiration === 'string' ? new Date(Expiration) : undefined
  const isDate = expiration && !Number.isNaN(expiration.getTime())
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: Token }
  return { credentials: { ...credentials, ...(isDate && { expiration }) } }
}

function say(host: string, answer: LinkLocalAnswer): string {
  if (answer.outcome === 'silent') return answer.connected ? remark('acceptedOnly', { host }) : remark('didNotAnswer', { host })
  if (answer.outcome === 'skipped') return remark('notAsked', { host })
  if (answer.outcome === 'answered') return remark('answered', { host, code: '' }).trimEnd()
  return answer.status === undefined
    ? remark('refused', { host, code: answer.code })
    : remark('answered', { host, code: answer.code })
}

// Credentials that the config files or a web identity token name, through the AWS SDK's own providers. Some of them ask STS
// or the single sign-on portal: over sockets with short limits, closed when the answer is no longer waited for.

import { access, constants } from 'node:fs/promises'
import { remark } from '../../catalog/remarks.ts'
import type { LinkContext, LinkResult } from '../credentials.ts'
import { findObstacle } from '../file-systems.ts'
import { withQuietSdk } from '../quiet-sdk.ts'
import { configFiles } from '../settings.ts'
import { findProcessCredentials } from './process.ts'
import { whyOf } from './why.ts'

/** A profile's keys, role, single sign-on or process. */
export async function findProfileCredentials(context: LinkContext): Promise<LinkResult> {
  const { env } = context
  const name = context.profile ?? 'default'
  const files = configFiles(env)
  const { parseKnownFiles } = await import('@smithy/core/config')
  const where = { filepath: files.credentials, configFilepath: files.config, ignoreCache: true }
  const profile = (await parseKnownFiles(where))[name]
  if (!profile) return { why: remark('noProfile', { profile: name, file: files.config, otherFile: files.credentials }) }
  const isRole = profile.role_arn !== undefined || profile.aws_access_key_id !== undefined
  const source = isRole
    ? 'profile'
    : profile.sso_session || profile.sso_start_url
      ? 'sso'
      : profile.credential_process
        ? 'process'
        : 'profile'
  if (source === 'process') return { ...(await findProcessCredentials(profile.credential_process ?? '', env, context)), source }
  const { fromIni } = await import('@aws-sdk/credential-provider-ini')
  const found = await withClient(context, profile.region, clientConfig =>
    fromIni({ ...where, profile: name, clientConfig, parentClientConfig: clientConfig })(),
  )
  return 'credentials' in found ? { ...found, source } : { why: found.why, source, ...stopAt(profile, found.stops) }
}

type Profile = Readonly<Record<string, string | undefined>>

/** Half a pair of keys is an error to botocore before anybody is asked; what a role or a sign-on lacks, it meets when it first asks. */
function stopAt(profile: Profile, stops: LinkResult['stops']): Pick<LinkResult, 'stops'> {
  const { role_arn: role, aws_access_key_id: key, aws_secret_access_key: secret } = profile
  if (role === undefined && key && !secret) return { stops: 'certain' }
  const isSetUp = role !== undefined || key || profile.sso_session || profile.sso_start_url
  return isSetUp && stops ? { stops } : {}
}

/** The token that EKS (IRSA) or another identity provider writes to a file, changed for credentials at STS. */
export async function findWebIdentityCredentials(context: LinkContext): Promise<LinkResult> {
  const { AWS_WEB_IDENTITY_TOKEN_FILE: webIdentityTokenFile, AWS_ROLE_ARN: roleArn, AWS_ROLE_SESSION_NAME } = context.env
  if (!webIdentityTokenFile) return { why: remark('notSet', { name: 'AWS_WEB_IDENTITY_TOKEN_FILE' }) }
  // A profile may hold the role's ARN, and botocore leaves these variables aside for one that is named in code or by --profile.
  if (!roleArn)
    return { why: remark('setWithoutOther', { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', other: 'AWS_ROLE_ARN' }), stops: 'likely' }
  // The SDK reads it with a call that stops this whole process while it waits.
  const obstacle = await findObstacle(webIdentityTokenFile)
  const unreadable = obstacle ?? (await whyUnreadable(webIdentityTokenFile))
  if (unreadable !== undefined) {
    const why = remark('cannotRead', { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', code: unreadable })
    // A pipe may give to whoever opens it; a file system that hangs may come back.
    if (obstacle === 'ENOTREG') return { why }
    return { why, stops: obstacle === undefined && context.profile === undefined ? 'certain' : 'likely' }
  }
  const { fromTokenFile } = await import('@aws-sdk/credential-provider-web-identity')
  const roleSessionName = AWS_ROLE_SESSION_NAME || 'eniprobe'
  return withClient(context, undefined, clientConfig =>
    fromTokenFile({ webIdentityTokenFile, roleArn, roleSessionName, clientConfig, parentClientConfig: clientConfig })(),
  )
}

/** The errno, where this user cannot read the file. */
async function whyUnreadable(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.R_OK)
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unreadable'
  }
}

interface ClientConfig {
  readonly [setting: string]: unknown
  readonly region: string
  readonly maxAttempts: number
  readonly requestHandler: { destroy(): void }
}

/** Runs a provider with a client whose sockets end with the deadline, not when the far side feels like it. */
async function withClient(
  context: LinkContext,
  profileRegion: string | undefined,
  run: (config: ClientConfig) => Promise<{ accessKeyId: string; secretAccessKey: string }>,
): Promise<LinkResult> {
  const { NodeHttpHandler } = await import('@smithy/node-http-handler')
  const limitMs = Math.max(1, Math.min(5000, context.deadline.remainingMs()))
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: Math.min(3000, limitMs),
    requestTimeout: limitMs,
    socketTimeout: limitMs,
    throwOnRequestTimeout: true,
  })
  const close = () => requestHandler.destroy()
  context.deadline.signal.addEventListener('abort', close, { once: true })
  const region = context.region ?? profileRegion ?? context.env.AWS_REGION ?? context.env.AWS_DEFAULT_REGION ?? 'us-east-1'
  try {
    return { credentials: await withQuietSdk(() => run({ region, maxAttempts: 1, requestHandler })) }
  } catch (error) {
    // Where our own time was up, the provider might have given.
    return { why: whyOf(error), ...(!context.deadline.spent() && { stops: 'likely' }) }
  } finally {
    context.deadline.signal.removeEventListener('abort', close)
    close()
  }
}

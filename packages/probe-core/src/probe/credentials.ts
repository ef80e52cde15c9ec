// Looks for credentials in the order of the AWS SDKs, and says for every link what it gave, or why nothing.
// It does not say that they are valid: only a signed call does.

import { remark } from '../catalog/remarks.ts'
import type { CredentialAttempt } from '../model/vantage.ts'
import type { ProbeContext } from './context.ts'
import { findContainerCredentials, findInstanceCredentials } from './credential-links/host.ts'
import { findProfileCredentials, findWebIdentityCredentials } from './credential-links/profile.ts'
import type { Credentials } from './sign.ts'

export type { Credentials } from './sign.ts'

interface CredentialOptions {
  /** `--profile`; else AWS_PROFILE. Naming one leaves static keys of the environment aside, as the SDK does. */
  readonly profile?: string | undefined
  readonly env: NodeJS.ProcessEnv
  /** Where STS is asked for a role's credentials. */
  readonly region?: string | undefined
}

export interface CredentialsResult {
  readonly credentials?: Credentials
  readonly source: CredentialAttempt['source'] | null
  /** In the order tried; ends with the link that gave. */
  readonly tried: readonly CredentialAttempt[]
  /** Keys in the environment hide a role that it offers too. An instance role is not looked for: see `findOverriddenRole`. */
  readonly overriddenRole?: 'web-identity' | 'container' | 'imds'
}

/** What one link gave: credentials, or one line that says why nothing. */
export type LinkResult = ({ readonly credentials: Credentials } | { readonly why: string; readonly isUnknown?: true }) & {
  /** Of one that gave nothing: see `CredentialAttempt`. */
  readonly stops?: 'certain' | 'likely'
  /** More exactly than the link: a profile may use single sign-on, or a process. */
  readonly source?: CredentialAttempt['source']
}

/** What every link is handed. */
export interface LinkContext extends ProbeContext {
  readonly env: NodeJS.ProcessEnv
  readonly profile: string | undefined
  readonly region: string | undefined
}

interface Link {
  readonly source: CredentialAttempt['source']
  find(context: LinkContext): Promise<LinkResult>
}

const links: readonly Link[] = [
  { source: 'environment', find: findEnvironmentCredentials },
  { source: 'profile', find: findProfileCredentials },
  { source: 'web-identity', find: findWebIdentityCredentials },
  { source: 'container', find: findContainerCredentials },
  { source: 'imds', find: findInstanceCredentials },
]

/**
 * Tries the links in turn until one gives. A profile that uses single sign-on or a process is told as `sso` or `process`.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export async function findCredentials(options: CredentialOptions, context: ProbeContext): Promise<CredentialsResult> {
  const { env } = options
  const handed: LinkContext = {
    ...context,
    env,
    profile: options.profile || env.AWS_PROFILE || undefined,
    region: options.region,
  }
  const tried: CredentialAttempt[] = []
  for (const link of links) {
    const found = await bounded(link, handed)
    const source = found.source ?? link.source
    if (!('credentials' in found)) {
      const { why, isUnknown, stops } = found
      tried.push({ source, gave: false, why, ...(isUnknown && { isUnknown }), ...(stops && { stops }) })
      continue
    }
    tried.push(describe(source, found.credentials))
    const overridden = link.source === 'environment' ? findOverriddenRole(env) : undefined
    return { credentials: found.credentials, source, tried, ...(overridden && { overriddenRole: overridden }) }
  }
  return { source: null, tried }
}

function bounded(link: Link, context: LinkContext): Promise<LinkResult> {
  const { signal } = context.deadline
  if (context.deadline.spent()) return Promise.resolve({ why: remark('noTimeLeft', {}) })
  return new Promise((resolve, reject) => {
    const giveUp = () => resolve({ why: remark('noAnswerInTime', {}) })
    signal.addEventListener('abort', giveUp, { once: true })
    link
      .find(context)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', giveUp))
  })
}

function findEnvironmentCredentials({ env, profile }: LinkContext): Promise<LinkResult> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = env
  if (profile) return Promise.resolve({ why: remark('profileNamed', { profile }) })
  if (!accessKeyId) return Promise.resolve({ why: remark('notSet', { name: 'AWS_ACCESS_KEY_ID' }) })
  // A line break from a file of variables: no header can carry it, and no SDK sends it.
  const odd = Object.entries({ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SESSION_TOKEN: sessionToken }).find(
    ([, value]) => value && /[^\x21-\x7e]/.test(value),
  )
  if (odd) return Promise.resolve({ why: remark('oddLetter', { name: odd[0] }) })
  if (!secretAccessKey)
    return Promise.resolve({
      why: remark('setWithoutOther', { name: 'AWS_ACCESS_KEY_ID', other: 'AWS_SECRET_ACCESS_KEY' }),
      stops: 'certain',
    })
  const expiration = findDate(env.AWS_CREDENTIAL_EXPIRATION)
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }), ...(expiration && { expiration }) }
  return Promise.resolve({ credentials })
}

function describe(source: CredentialAttempt['source'], credentials: Credentials): CredentialAttempt {
  const expiresAt = credentials.expiration
  return {
    source,
    gave: true,
    ...(expiresAt && !Number.isNaN(expiresAt.getTime()) && { expiresAt: expiresAt.toISOString() }),
    ...(/^[A-Z]{4}/.test(credentials.accessKeyId) && { keyKind: credentials.accessKeyId.slice(0, 4) }),
  }
}

/**
 * The role that keys of the environment hide, if the environment or the instance (`iamRole`, from the metadata) offers one.
 * Lambda hands its own role over as environment keys, so there they hide nothing.
 */
export function findOverriddenRole(env: NodeJS.ProcessEnv, iamRole?: string | undefined): CredentialsResult['overriddenRole'] {
  if (env.AWS_LAMBDA_FUNCTION_NAME) return undefined
  if (env.AWS_WEB_IDENTITY_TOKEN_FILE && env.AWS_ROLE_ARN) return 'web-identity'
  if (env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || env.AWS_CONTAINER_CREDENTIALS_FULL_URI) return 'container'
  return iamRole ? 'imds' : undefined
}

function findDate(text: string | undefined): Date | undefined {
  const date = new Date(text ?? '')
  return Number.isNaN(date.getTime()) ? undefined : date
}

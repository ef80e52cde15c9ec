// Looks for credentials in the order of boto3 and the AWS CLI, and says for every link what it gave, or why nothing.
// It does not say that they are valid: only a signed call does.

import { remark } from '../catalog/remarks.ts'
import type { CredentialAttempt } from '../model/vantage.ts'
import type { ProbeContext } from './context.ts'
import { findContainerCredentials, findInstanceCredentials } from './credential-links/host.ts'
import { findProfileCredentials, findWebIdentityCredentials, readProfile } from './credential-links/profile.ts'
import type { Credentials } from './sign.ts'

export type { Credentials } from './sign.ts'

interface CredentialOptions {
  /** `--profile`; else AWS_PROFILE. Naming one here leaves keys of the environment aside, and asks it first; AWS_PROFILE does neither. */
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
  /** A remark: other clients take other credentials of those that are set here. */
  readonly clientsDiffer?: string
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
  /** Named by the caller, not by AWS_PROFILE. */
  readonly isProfileGiven: boolean
  /** boto3 asks the web identity of this environment before this profile. */
  readonly isWebIdentityFirst: boolean
  readonly region: string | undefined
}

interface Link {
  readonly source: CredentialAttempt['source']
  find(context: LinkContext): Promise<LinkResult>
}

const environment: Link = { source: 'environment', find: findEnvironmentCredentials }
const profile: Link = { source: 'profile', find: findProfileCredentials }
const webIdentity: Link = { source: 'web-identity', find: findWebIdentityCredentials }
const ofHost: readonly Link[] = [
  { source: 'container', find: findContainerCredentials },
  { source: 'imds', find: findInstanceCredentials },
]

/**
 * Tries the links in turn until one gives, in botocore's order (credentials.py, create_credential_resolver). A profile that uses
 * single sign-on or a process is told as `sso` or `process`.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export async function findCredentials(options: CredentialOptions, context: ProbeContext): Promise<CredentialsResult> {
  const { env } = options
  const named = options.profile || env.AWS_PROFILE || undefined
  const isProfileGiven = Boolean(options.profile)
  const isWebIdentityFirst = !isProfileGiven && (await asksWebIdentityFirst(env, named, context))
  const handed: LinkContext = {
    ...context,
    env,
    profile: named,
    isProfileGiven,
    isWebIdentityFirst,
    region: options.region,
  }
  const links = [environment, ...(isWebIdentityFirst ? [webIdentity, profile] : [profile, webIdentity]), ...ofHost]
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
    const differ = link === environment && env.AWS_PROFILE ? remark('keysBesideProfile', {}) : undefined
    return {
      credentials: found.credentials,
      source,
      tried,
      ...(overridden && { overriddenRole: overridden }),
      ...(differ && { clientsDiffer: differ }),
    }
  }
  return { source: null, tried }
}

/** A role that a profile names is asked before it; keys, single sign-on and a process of a profile are asked after. */
async function asksWebIdentityFirst(env: NodeJS.ProcessEnv, named: string | undefined, { deadline }: ProbeContext) {
  if (!env.AWS_WEB_IDENTITY_TOKEN_FILE) return false
  // What cannot be read has its reason told when its turn comes.
  const section = await deadline.until(readProfile(env, named).catch(() => undefined))
  return section !== undefined && section.role_arn === undefined
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

function findEnvironmentCredentials({ env, profile, isProfileGiven }: LinkContext): Promise<LinkResult> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = env
  if (isProfileGiven && profile) return Promise.resolve({ why: remark('profileNamed', { profile }) })
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

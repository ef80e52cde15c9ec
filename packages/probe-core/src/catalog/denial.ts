// What an AWS error says about access: its kind, and, where AWS tells, which policy denies what to whom.
// It reads words only: whether they can be believed is the caller's judgement, and `caveat` says where they often lie.

import { findKindOfCode } from './denial-codes.ts'
import { type DenialSentence, isLambdaAuthorizer, isThreeInOne, type PolicyType, readDenialSentence } from './denial-sentence.ts'

export type { PolicyType } from './denial-sentence.ts'

export type DenialKind =
  | 'access-denied'
  | 'expired'
  | 'invalid-credentials'
  | 'signature-mismatch'
  | 'clock-skew'
  | 'malformed-signature'
  | 'missing-auth'
  | 'not-opted-in'
  | 'account-not-authorized'
  | 'all-access-disabled'
  | 'region-mismatch'
  | 'forbidden-no-detail'
  | 'dry-run-ok'
  | 'past-authorization' // an error that the service only gives to a caller whom it has let in
  | 'not-found'
  | 'not-found-or-denied'
  | 'throttled'
  | 'block-public-access'
  | 'kms' // the key cannot be used, for another reason than a policy
  | 'other'

/**
 * Where the words are known to mislead:
 * - `kms-delegates-to-identity`: "no resource-based policy" of a key that delegates to the account: an identity policy may cure it
 * - `cross-account`: a missing identity policy is worded as a missing resource policy
 * - `missing-repository-looks-denied`: ECR across accounts, when the repository does not exist
 * - `access-point-other-vpc`: an S3 access point bound to another VPC is worded as an explicit deny
 * - `three-in-one`: the key is not in this Region, or its policy allows nothing, or denies
 * - `unsigned`: the caller was anonymous
 * - `lambda-authorizer`: the API's own authorizer said no; no IAM policy is involved
 * - `presigned-url-expired`, `headers-not-signed`: AccessDenied that no policy caused
 * - `expired-or-clock`: an expired token or a wrong clock
 * - `credentials-clock-or-region`: EC2's AuthFailure: bad or expired keys, a wrong clock, a Region not enabled
 * - `unavailable-or-throttled`: a bare 503
 * - `quarantined-key`: AWS has flagged the key as leaked
 * - `bare`: a denial with no word about the reason
 */
export type DenialCaveat =
  | 'kms-delegates-to-identity'
  | 'cross-account'
  | 'missing-repository-looks-denied'
  | 'access-point-other-vpc'
  | 'three-in-one'
  | 'unsigned'
  | 'lambda-authorizer'
  | 'presigned-url-expired'
  | 'headers-not-signed'
  | 'expired-or-clock'
  | 'credentials-clock-or-region'
  | 'unavailable-or-throttled'
  | 'quarantined-key'
  | 'bare'

export interface DenialInput {
  readonly code: string
  readonly message?: string
  readonly status?: number
  /** Catalogue id of the service asked. */
  readonly service?: string | null
  readonly action?: string
  /** AwsSeen.region, when the answer named one. */
  readonly region?: string
  /** AwsSeen.signingRegion: the region that the request was signed for. */
  readonly signingRegion?: string
}

export interface Denial extends DenialSentence {
  readonly kind: DenialKind
  readonly policyType?: PolicyType
  /** The region that the answer says is the right one. */
  readonly region?: string
  /** The server's clock, when the message tells it; ISO 8601. */
  readonly serverTime?: string
  /** Server's time less ours, milliseconds: negative when our clock is ahead. */
  readonly skewMs?: number
  readonly kmsInvolved: boolean
  readonly caveat?: DenialCaveat
}

/** A saved report may be anyone's: what is longer is no message of AWS. */
const longestRead = 4000

/**
 * Reads an AWS error. Never throws; `other` when the error says nothing about access.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function readDenial(error: DenialInput): Denial {
  const message = decodeEntities((error.message ?? '').slice(0, longestRead)).replace(
    /\.?\s*Encoded authorization failure message:.*$/is,
    '',
  )
  const code = error.code.replace(/^.*#/, '')
  const sentence = readDenialSentence(message)
  const region = findRegion(message) ?? error.region
  const skew = readSkew(message)
  const kind = findKind(code, message, sentence, error)
  const named = kind === 'access-denied' ? nameKmsAction(code, message, sentence) : sentence
  const caveat = findCaveat(kind, code, message, named, error)
  return {
    ...(kind === 'access-denied' || kind === 'block-public-access' ? named : {}),
    kind,
    ...(kind === 'region-mismatch' && region !== undefined && { region }),
    ...(skew ?? {}),
    kmsInvolved: isKmsInvolved(code, message, named),
    ...(caveat && { caveat }),
  }
}

function findKind(code: string, message: string, sentence: DenialSentence, error: DenialInput): DenialKind {
  const kind = findKindOfCode(code)
  if (/BlockPublic(?:Acls|Policy)|S3 Block Public Access/i.test(message)) return 'block-public-access'
  // "Signature expired" alone is what a library says of any signed thing: AWS tells both times.
  if (
    /Signature (?:expired|not\s+yet current):\s*\d{8}T\d{6}Z|difference between the request time and the current time/i.test(
      message,
    )
  ) {
    return 'clock-skew'
  }
  if (/the region '[^']*' is wrong|Credential should be scoped to a valid region/i.test(message)) return 'region-mismatch'
  if (/does not exist or you do not have access/i.test(message)) return 'not-found-or-denied'
  if (/your account is not authorized to invoke|don't have access to the model/i.test(message)) return 'account-not-authorized'
  if (/token (?:included in the request is expired|has expired)/i.test(message)) return 'expired'
  // A service that asked KMS for the caller quotes KMS's answer: it is no word about the caller's credentials.
  if (/security token included in the request is invalid/i.test(message) && !/^KMS/i.test(code)) return 'invalid-credentials'
  if (kind === 'access-denied') return findKindOfDenial(code, message)
  if (kind === 'forbidden-no-detail' && sentence.action !== undefined) return 'access-denied'
  if (kind !== undefined) return kind
  if (/^Forbidden(?:\.|$)/i.test(message.trim())) return 'forbidden-no-detail'
  // A HEAD's bare 400 is a wrong region only when the answer names another one: an expired token gives a bare 400 too.
  if (code === '400' && error.region !== undefined && error.region !== error.signingRegion) return 'region-mismatch'
  if (/^(?:503|ServiceUnavailable(?:Exception)?)$/.test(code)) return 'throttled'
  if (/^(?:Endpoint|Function|Table|Queue|Topic|Stream) \S+ (?:of account \S+ )?not found/i.test(message))
    return 'past-authorization'
  // Some front ends put the sentence under a code of their own.
  if (sentence.action !== undefined && /not authorized to perform/i.test(message)) return 'access-denied'
  return 'other'
}

function findKindOfDenial(code: string, message: string): DenialKind {
  if (/^Forbidden(?:\.|$)/i.test(message.trim()) && code === '403') return 'forbidden-no-detail'
  if (/^Request has expired/i.test(message)) return 'expired'
  if (/headers present in the request which were not signed/i.test(message)) return 'signature-mismatch'
  return 'access-denied'
}

/** Services that decrypt for the caller say that KMS refused, and not which call: reading is kms:Decrypt. */
function nameKmsAction(code: string, message: string, sentence: DenialSentence): DenialSentence {
  if (sentence.action !== undefined) return sentence
  const reading = /Access to KMS is not allowed|The ciphertext refers to a customer master key/i.test(message)
  return reading || /^KMS.?AccessDenied/i.test(code) ? { ...sentence, ...(reading && { action: 'kms:Decrypt' }) } : sentence
}

function isKmsInvolved(code: string, message: string, sentence: DenialSentence): boolean {
  if (/^KMS/i.test(code) || /^kms:/i.test(sentence.action ?? '')) return true
  // A sentence that names another action is about that: "kms" in it is a part of some role's or bucket's name.
  if (sentence.action !== undefined) return /^arn:aws[a-z-]*:kms:/i.test(sentence.resource ?? '')
  return /\bkms:|\bKMS\b|arn:aws[a-z-]*:kms:|customer master key/i.test(message)
}

function findCaveat(
  kind: DenialKind,
  code: string,
  message: string,
  found: DenialSentence,
  error: DenialInput,
): DenialCaveat | undefined {
  if (/^Request has expired/i.test(message) && /^AccessDenied/i.test(code)) return 'presigned-url-expired'
  if (/headers present in the request which were not signed/i.test(message)) return 'headers-not-signed'
  if (/^RequestExpired$/i.test(code)) return 'expired-or-clock'
  if (/^AuthFailure$/i.test(code)) return 'credentials-clock-or-region'
  if (kind === 'throttled' && /^(?:503|ServiceUnavailable)/.test(code)) return 'unavailable-or-throttled'
  if (kind !== 'access-denied') return undefined
  if (/AWSCompromisedKeyQuarantine/i.test(message)) return 'quarantined-key'
  if (isLambdaAuthorizer(message)) return 'lambda-authorizer'
  if (isThreeInOne(message)) return 'three-in-one'
  if (/^anonymous$/i.test(found.principal ?? '')) return 'unsigned'
  if (found.policyType === 'resource') return findResourcePolicyCaveat(found, error)
  return found.policyType === undefined && found.explicit === undefined ? 'bare' : undefined
}

function findResourcePolicyCaveat(found: DenialSentence, error: DenialInput): DenialCaveat | undefined {
  const resource = found.resource ?? ''
  if (found.explicit) return /^arn:aws[a-z-]*:s3:[^:]*:\d*:accesspoint\//.test(resource) ? 'access-point-other-vpc' : undefined
  if (/^kms:/i.test(found.action ?? '')) return 'kms-delegates-to-identity'
  const crosses = isOtherAccount(found.principal, resource)
  if (crosses && (/^ecr:/i.test(found.action ?? '') || /^ecr\b/.test(error.service ?? '')))
    return 'missing-repository-looks-denied'
  return crosses ? 'cross-account' : undefined
}

/** False when either account is not told: bucket ARNs name none. */
function isOtherAccount(principal: string | undefined, resource: string): boolean {
  const caller = principal?.split(':')[4] ?? ''
  const owner = resource.startsWith('arn:') ? (resource.split(':')[4] ?? '') : ''
  return /^\d+$/.test(caller) && /^\d+$/.test(owner) && caller !== owner
}

function findRegion(message: string): string | undefined {
  return /expecting '([a-z0-9-]+)'/i.exec(message)?.[1]
}

// The last stamp is the server's clock, the first is ours: "expired: OURS is now earlier than LIMIT (SERVER - 5 min.)".
const skewed =
  /Signature (?:expired|not\s+yet current):\s*(\d{8}T\d{6}Z)\s+is\s+\S+\s+\S+\s+than\s+\d{8}T\d{6}Z\s*\((\d{8}T\d{6}Z)\s*[-+]/i

function readSkew(message: string): { serverTime: string; skewMs: number } | undefined {
  const found = skewed.exec(message)
  const ours = findTime(found?.[1])
  const server = findTime(found?.[2])
  if (ours === undefined || server === undefined) return undefined
  return { serverTime: new Date(server).toISOString(), skewMs: server - ours }
}

function findTime(stamp: string | undefined): number | undefined {
  const part = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp ?? '')
  if (!part) return undefined
  const ms = Date.parse(`${part[1]}-${part[2]}-${part[3]}T${part[4]}:${part[5]}:${part[6]}Z`)
  return Number.isNaN(ms) ? undefined : ms
}

const entities: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&', '#34': '"', '#39': "'" }

function decodeEntities(text: string): string {
  return text.replace(/&(quot|apos|lt|gt|amp|#34|#39);/g, (whole, name: string) => entities[name] ?? whole)
}

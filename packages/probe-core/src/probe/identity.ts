// Asks STS who the caller is, over a connection of our own. It needs no permission, so it proves none; and without an
// STS endpoint it cannot be asked, so nothing else may wait for it.

import { findNoop } from '../catalog/index.ts'
import type { AwsObservation, HttpObservation } from '../model/observation.ts'
import { type AwsConnection, type AwsContext, type AwsDestination, probeAws } from './aws.ts'
import { makeXmlReader } from './aws-xml.ts'
import { decodeEntities } from './envelope.ts'
import type { Credentials } from './sign.ts'

export interface Identity {
  readonly arn: string
  readonly account: string
}

export interface IdentityResult {
  readonly observation: AwsObservation
  readonly http?: HttpObservation
  readonly identity: Identity | null
}

/** Far more than an ARN takes. */
const longestBytes = 16 * 1024
const xml = makeXmlReader(8)

/**
 * GetCallerIdentity over `connection`, which is a connection to `to.host`.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function probeIdentity(
  connection: AwsConnection,
  credentials: Credentials,
  to: AwsDestination,
  context: AwsContext,
): Promise<IdentityResult> {
  if (context.deadline.spent()) return { observation: { layer: 'aws', outcome: 'skipped', because: 'no-time' }, identity: null }
  const call = findNoop('sts')
  if (call === undefined) throw new Error('the catalogue has no call of STS')
  const { observation, http, answer } = await probeAws(connection, call, to, credentials, context)
  if (observation.outcome !== 'answered') return { observation, http, identity: null }
  const identity = answer && answer.body.length <= longestBytes ? findIdentity(answer.body.toString('utf8')) : undefined
  // A success that names nobody did not come from STS.
  if (identity === undefined)
    return { observation: { layer: 'aws', outcome: 'skipped', because: 'below-failed' }, http, identity: null }
  return { observation: { ...observation, seen: { ...observation.seen, ...identity } }, http, identity }
}

function findIdentity(body: string): Identity | undefined {
  // Nothing of AWS's declares entities, and the reader is not asked to look at what does.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(body)) return undefined
  try {
    const read = xml.parse(body) as {
      GetCallerIdentityResponse?: { GetCallerIdentityResult?: { Arn?: unknown; Account?: unknown } }
    }
    const { Arn, Account: account } = read.GetCallerIdentityResponse?.GetCallerIdentityResult ?? {}
    // A path may hold any printable character, and XML writes some of them as entities.
    const arn = typeof Arn === 'string' ? decodeEntities(Arn) : Arn
    const isArn = typeof arn === 'string' && /^arn:[a-z-]{3,20}:(?:iam|sts)::\d{12}:[\x21-\x7e]{1,600}$/.test(arn)
    const isAccount = typeof account === 'string' && /^\d{12}$/.test(account)
    return isArn && isAccount ? { arn, account } : undefined
  } catch {
    return undefined
  }
}

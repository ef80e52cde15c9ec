// Asks STS who the caller is, over a connection of our own. It needs no permission, so it proves none; and without an
// STS endpoint it cannot be asked, so nothing else may wait for it.

import { Readable } from 'node:stream'
import type { AwsObservation, AwsSeen, HttpObservation } from '../model/observation.ts'
import { type AwsCall, type AwsConnection, type AwsContext, observe } from './aws.ts'
import type { Answer } from './envelope.ts'
import { withQuietSdk } from './quiet-sdk.ts'
import type { Credentials } from './sign.ts'

interface IdentityResult {
  readonly observation: AwsObservation
  readonly http?: HttpObservation
  readonly identity: { readonly arn: string; readonly account: string } | null
}

const call: AwsCall = {
  service: 'sts',
  action: 'GetCallerIdentity',
  method: 'POST',
  path: '/',
  signingName: 'sts',
  protocol: 'query',
}

/**
 * GetCallerIdentity over `connection`, which is a connection to `to.host`.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function probeIdentity(
  connection: AwsConnection,
  credentials: Credentials,
  to: { readonly host: string; readonly port?: number; readonly region: string },
  context: AwsContext,
): Promise<IdentityResult> {
  if (context.deadline.spent()) return { observation: { layer: 'aws', outcome: 'skipped', because: 'no-time' }, identity: null }
  const [{ STSClient, GetCallerIdentityCommand }, { HttpResponse }] = await Promise.all([
    import('@aws-sdk/client-sts'),
    import('@smithy/protocol-http'),
  ])
  let sent: { readonly observation: HttpObservation; readonly answer?: Answer | undefined } | undefined
  const port = to.port === undefined || to.port === 443 ? '' : `:${to.port}`
  const makeClient = () =>
    new STSClient({
      region: to.region,
      endpoint: `https://${to.host}${port}`,
      credentials: { ...credentials },
      maxAttempts: 1,
      requestHandler: {
        // The SDK's request goes out over our own connection: the one whose layers below were observed.
        async handle(request: { method: string; path: string; headers: Record<string, string>; body?: unknown }) {
          const body = typeof request.body === 'string' || Buffer.isBuffer(request.body) ? request.body : ''
          sent = await connection.request({ method: request.method, path: request.path, headers: request.headers, body }, context)
          if (!sent.answer) throw new Error('no answer')
          const { status, headers } = sent.answer
          return {
            response: new HttpResponse({ statusCode: status, headers: { ...headers }, body: Readable.from([sent.answer.body]) }),
          }
        },
      },
    })
  const client = await withQuietSdk(async () => makeClient())
  const seen = { action: 'sts:GetCallerIdentity', signed: true, signingRegion: to.region }
  try {
    const { Arn, Account } = await client.send(new GetCallerIdentityCommand({}))
    const told = { ...seen, ...(Arn && { arn: Arn }), ...(Account && { account: Account }) }
    return finish(sent, told, Arn && Account ? { arn: Arn, account: Account } : null)
  } catch (error) {
    // Before anything was sent there is nothing to observe: then the fault is ours, or the SDK's.
    if (!sent) throw error
    return finish(sent, seen, null)
  } finally {
    client.destroy()
  }
}

function finish(
  sent: { readonly observation: HttpObservation; readonly answer?: Answer | undefined } | undefined,
  seen: AwsSeen,
  identity: IdentityResult['identity'],
): IdentityResult {
  if (!sent) return { observation: { layer: 'aws', outcome: 'skipped', because: 'below-failed' }, identity: null }
  const observation = observe(sent.observation, sent.answer, call, seen)
  // A success that names nobody did not come from STS.
  if (observation.outcome === 'answered' && !identity) {
    return { observation: { layer: 'aws', outcome: 'skipped', because: 'below-failed' }, http: sent.observation, identity }
  }
  return { observation, http: sent.observation, identity }
}

// Sends one call that changes nothing, signed or not, and says what AWS answered. What the answer proves is not judged here.

import type { AwsObservation, AwsSeen, HttpObservation, Variant } from '../model/observation.ts'
import type { ProbeContext } from './context.ts'
import { type Answer, readEnvelope } from './envelope.ts'
import { type Credentials, signRequest, unsignedHeaders } from './sign.ts'

/** The part of a connection of the http layer that this layer needs. */
export interface AwsConnection {
  request(
    request: AwsRequest,
    context: AwsContext,
  ): Promise<{ readonly observation: HttpObservation; readonly answer?: Answer | undefined }>
}

interface AwsRequest {
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export interface AwsContext extends ProbeContext {
  readonly timeoutMs: number
  readonly variant?: Variant
  readonly longestBodyBytes?: number
}

/** The part of a catalogued call that this layer needs. */
export interface AwsCall {
  readonly service: string
  /** As IAM writes it, `logs:DescribeLogGroups`, or the operation alone. */
  readonly action: string
  readonly method: string
  readonly path: string
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  readonly signingName: string
  readonly protocol: string
  /** Error codes that only a caller whom the service let in can get. */
  readonly allowedCodes?: readonly string[]
  /** The same, where the code alone does not tell. */
  allows?(error: { readonly code: string; readonly message: string }): boolean
  /** It carries a token of its own: it is sent as it is. */
  readonly carriesToken?: true
}

export interface AwsDestination {
  readonly host: string
  /** Left out of the Host header when 443. */
  readonly port?: number
  readonly signingRegion: string
  /** What the user named, for the report. */
  readonly resource?: string
}

export interface AwsResult {
  readonly observation: AwsObservation
  readonly http: HttpObservation
  /** The answer, for readers of its body. Never put it in a report. */
  readonly answer?: Answer
}

/**
 * `answered`: 2xx, or an error code of `call.allowedCodes`. `rejected`: the AWS error code, or the status when there is none.
 * `credentials` null sends the call unsigned. A redirect is an answer: a signature never follows one to another host.
 */
export async function probeAws(
  connection: AwsConnection,
  call: AwsCall,
  to: AwsDestination,
  credentials: Credentials | null,
  context: AwsContext,
): Promise<AwsResult> {
  const host = to.port === undefined || to.port === 443 ? to.host : `${to.host}:${to.port}`
  const request = { ...call, host }
  const scope = { service: call.signingName, region: to.signingRegion }
  const headers = credentials && !call.carriesToken ? await signRequest(request, credentials, scope) : unsignedHeaders(request)
  const path = call.query ? `${call.path}?${call.query}` : call.path
  const sent = await connection.request(
    { method: call.method, path, headers, ...(call.body !== undefined && { body: call.body }) },
    context,
  )
  const seen: AwsSeen = {
    action: call.action.includes(':') ? call.action : `${call.service}:${call.action}`,
    ...(!call.carriesToken && { signed: credentials !== null }),
    ...(credentials && !call.carriesToken && { signingRegion: to.signingRegion }),
    ...(call.carriesToken && { host: to.host }),
    ...(to.resource !== undefined && { resource: to.resource }),
  }
  const observation = observe(sent.observation, sent.answer, call, seen)
  return { observation, http: sent.observation, ...(sent.answer && { answer: sent.answer }) }
}

/** What an answer of the http layer says at the aws layer; no answer says what the http layer's silence says. */
export function observe(http: HttpObservation, answer: Answer | undefined, call: AwsCall, seen: AwsSeen): AwsObservation {
  const base = {
    layer: 'aws' as const,
    ...(http.startMs !== undefined && { startMs: http.startMs }),
    ...(http.durationMs !== undefined && { durationMs: http.durationMs }),
    ...(http.address !== undefined && { address: http.address }),
    ...(http.variant !== undefined && { variant: http.variant }),
    ...(http.via !== undefined && { via: http.via }),
  }
  if (http.outcome === 'skipped') return { ...base, outcome: 'skipped', because: http.because }
  if (!answer) {
    if (http.outcome === 'silent') return { ...base, outcome: 'silent', waitedMs: http.waitedMs, seen }
    return { ...base, outcome: 'skipped', because: 'below-failed' }
  }
  const error = readEnvelope(answer, call.protocol)
  if (isNotAws(http, answer, error?.code)) return { ...base, outcome: 'skipped', because: 'below-failed' }
  const requestId = error?.requestId ?? findHeader(answer, /^x-amzn?-request-?id$/i)
  const region = error?.region ?? findHeader(answer, /^x-amz-bucket-region$/i)
  const told: AwsSeen = {
    ...seen,
    status: answer.status,
    ...(requestId && { requestId }),
    ...(region && { region }),
    ...(error?.encodedMessage && { encodedMessage: true }),
  }
  const good = answer.status >= 200 && answer.status < 300
  if (good || (error && (call.allowedCodes?.includes(error.code) || call.allows?.(error))))
    return { ...base, outcome: 'answered', seen: told }
  return {
    ...base,
    outcome: 'rejected',
    code: error?.code ?? String(answer.status),
    ...(error?.message && { message: error.message }),
    seen: told,
  }
}

/**
 * AWS marks every answer with a request id. A page, or a bare "OK", without any mark and without an error code of AWS's own is
 * somebody else's, whatever its status: then nobody spoke to AWS, and this layer has nothing to say.
 */
function isNotAws(http: HttpObservation, answer: Answer, code: string | undefined): boolean {
  const marks = 'seen' in http ? http.seen?.awsMarks : undefined
  if (marks === undefined || marks.length > 0) return false
  if (answer.status >= 200 && answer.status < 300) return true
  return code === undefined || code === String(answer.status)
}

function findHeader(answer: Answer, name: RegExp): string | undefined {
  const value = Object.entries(answer.headers).find(([key]) => name.test(key))?.[1]
  return value === undefined ? undefined : String(value).slice(0, 128)
}

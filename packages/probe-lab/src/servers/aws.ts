// AWS's front door: unsigned requests are turned away as AWS turns them away, signed ones go through the checks that the
// plan asks for and then to moto, or are answered here where moto is not installed.
import type { IncomingMessage } from 'node:http'
import { principalArn } from '../plan/identity.ts'
import type { VpcPlan } from '../plan/vpc-plan.ts'
import { awsError, awsSuccess, type HttpAnswer, requestIdHeaders, unsignedAnswer, xmlAnswer } from './aws-answer.ts'
import { type AwsRequest, readAwsRequest } from './aws-request.ts'
import { denialError, findDenial, findIdentityDenial } from './denials.ts'
import { describeFromPlan } from './ec2-describe.ts'
import { askMoto } from './moto-client.ts'

const minuteMs = 60_000

export interface AwsSide {
  readonly plan: VpcPlan
  readonly motoSocket: string | undefined
  /** Access key ids that AWS knows in this scenario. */
  readonly knownKeys: readonly string[]
}

export async function answerAsAws(side: AwsSide, incoming: IncomingMessage, body: Buffer): Promise<HttpAnswer> {
  const request = readAwsRequest(incoming, body)
  if (request.accessKeyId === undefined) return registryAnswer(incoming) ?? unsignedAnswer(request)
  const refused = findSkew(side.plan, request) ?? findCredentialError(side, request) ?? findRegionError(side.plan, request)
  if (refused) return refused
  const denial = findDenial(side.plan, request)
  if (denial) return awsError(request, denialError(side.plan, request, denial))
  const fromMoto = side.motoSocket === undefined ? undefined : await askMoto(side.motoSocket, incoming, body)
  const deniedAction = fromMoto ? findDeniedAction(fromMoto) : side.motoSocket === undefined ? request.action : undefined
  // moto decides; AWS's sentence goes on to say which policy it was.
  const byIdentity = deniedAction === undefined ? undefined : findIdentityDenial(side.plan, deniedAction, fromMoto !== undefined)
  if (byIdentity) return awsError(request, denialError(side.plan, { ...request, action: byIdentity.action }, byIdentity))
  // moto knows no dry runs of KMS, and takes them for the real call: its judgement of the permission is what counts here.
  if (
    request.service === 'kms' &&
    fromMoto !== undefined &&
    !isCredentialError(fromMoto) &&
    /"DryRun":\s*true/.test(body.toString('utf8'))
  )
    return awsError(request, {
      status: 400,
      code: 'DryRunOperationException',
      message: 'The request would have succeeded, but the DryRun option is set.',
    })
  const described =
    request.service === 'ec2' ? describeFromPlan(side.plan, request.action.split(':')[1] ?? '', formOf(body)) : undefined
  if (described !== undefined && !isCredentialError(fromMoto)) return xmlAnswer(request, described)
  const identity = { account: side.plan.aws.account, arn: principalArn(side.plan) }
  const answer = fromMoto ?? awsSuccess(request, identity)
  const bucketRegion = side.plan.aws.buckets.find(bucket => bucket.name === request.bucket)?.region
  return {
    ...answer,
    headers: {
      ...requestIdHeaders(request),
      ...answer.headers,
      ...(bucketRegion ? { 'x-amz-bucket-region': bucketRegion } : {}),
    },
  }
}

/** ECR's registry to whoever brings a token of its own: repositories of the lab hold no image. */
function registryAnswer(incoming: IncomingMessage): HttpAnswer | undefined {
  const token = /^Basic (.+)$/.exec(incoming.headers.authorization ?? '')?.[1]
  const isManifest = /^\/v2\/.+\/manifests\/[^/]+$/.test(incoming.url ?? '')
  if (token === undefined || !isManifest || !Buffer.from(token, 'base64').toString().startsWith('AWS:')) return undefined
  return {
    status: 404,
    headers: { 'docker-distribution-api-version': 'registry/2.0', 'content-type': 'application/json' },
    body: '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"Requested image not found"}]}',
  }
}

function formOf(body: Buffer): URLSearchParams {
  return new URLSearchParams(body.toString('utf8'))
}

/** moto did not believe the signature: then nothing else is said. Its own view of the network does not count. */
function isCredentialError(answer: HttpAnswer | undefined): boolean {
  return answer !== undefined && answer.status >= 400 && /AuthFailure|Signature|ClientToken|AuthenticationToken/.test(answer.body)
}

/** The action that moto's IAM refused, if this is such an answer. */
function findDeniedAction(answer: HttpAnswer): string | undefined {
  if (answer.status < 400 || !/AccessDenied|UnauthorizedOperation/.test(answer.body)) return undefined
  const action = /not authorized to perform: ([\w-]+:\w+)/.exec(answer.body)?.[1]
  // moto calls an action by its operation, IAM by a name of its own.
  return action === 'lambda:Invoke' ? 'lambda:InvokeFunction' : action
}

function findSkew(plan: VpcPlan, request: AwsRequest): HttpAnswer | undefined {
  if (request.signedAt === undefined) return undefined
  const now = Date.now() + plan.aws.clockOffsetMs
  const skewMs = request.signedAt - now
  const allowedMs = request.protocol === 's3' ? 15 * minuteMs : 5 * minuteMs
  if (Math.abs(skewMs) <= allowedMs) return undefined
  if (request.protocol === 's3')
    return awsError(request, {
      status: 403,
      code: 'RequestTimeTooSkewed',
      message: 'The difference between the request time and the current time is too large.',
      extra: { ServerTime: new Date(now).toISOString(), MaxAllowedSkewMilliseconds: '900000' },
    })
  const [signed, limit, server] = [request.signedAt, skewMs > 0 ? now + allowedMs : now - allowedMs, now].map(amzDate)
  const message =
    skewMs > 0
      ? `Signature not yet current: ${signed} is still later than ${limit} (${server} + 5 min.)`
      : `Signature expired: ${signed} is now earlier than ${limit} (${server} - 5 min.)`
  return awsError(request, { status: 403, code: 'SignatureDoesNotMatch', jsonCode: 'InvalidSignatureException', message })
}

function findCredentialError(side: AwsSide, request: AwsRequest): HttpAnswer | undefined {
  const state = side.plan.aws.credentials
  if (state === 'expired')
    return awsError(request, {
      status: request.protocol === 's3' ? 400 : 403,
      code: 'ExpiredToken',
      jsonCode: 'ExpiredTokenException',
      message:
        request.protocol === 's3' ? 'The provided token has expired.' : 'The security token included in the request is expired',
    })
  if (state === 'valid' && side.knownKeys.includes(request.accessKeyId ?? '')) return undefined
  if (request.protocol === 's3')
    return awsError(request, {
      status: 403,
      code: 'InvalidAccessKeyId',
      message: 'The AWS Access Key Id you provided does not exist in our records.',
    })
  if (request.protocol === 'ec2')
    return awsError(request, {
      status: 401,
      code: 'AuthFailure',
      message: 'AWS was not able to validate the provided access credentials',
    })
  return awsError(request, {
    status: 403,
    code: 'InvalidClientTokenId',
    jsonCode: 'UnrecognizedClientException',
    message: 'The security token included in the request is invalid.',
  })
}

function findRegionError(plan: VpcPlan, request: AwsRequest): HttpAnswer | undefined {
  const bucket = plan.aws.buckets.find(one => one.name === request.bucket)
  if (!bucket || bucket.region === request.signingRegion) return undefined
  const answer = awsError(request, {
    status: 301,
    code: 'PermanentRedirect',
    message:
      'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    extra: { Endpoint: `${bucket.name}.s3.${bucket.region}.amazonaws.com`, Bucket: bucket.name },
  })
  return { ...answer, headers: { ...answer.headers, 'x-amz-bucket-region': bucket.region } }
}

function amzDate(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '')
}

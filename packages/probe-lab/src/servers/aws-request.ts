// Reads a request as an AWS front end does: which service, which action, which protocol, who signed. Believes nothing.
import type { IncomingMessage } from 'node:http'

export type AwsProtocol = 'json' | 'query' | 'ec2' | 'rest-json' | 's3' | 'cbor'

export interface AwsRequest {
  readonly host: string
  readonly method: string
  readonly path: string
  readonly service: string
  readonly protocol: AwsProtocol
  /** `service:Operation` as IAM writes it. */
  readonly action: string
  readonly bucket: string | undefined
  readonly accessKeyId: string | undefined
  readonly signingRegion: string | undefined
  /** Milliseconds since 1970 of the signature, when there is one. */
  readonly signedAt: number | undefined
}

/** REST calls are named by method and path; others carry their name. */
const restActions: readonly (readonly [string, RegExp, string])[] = [
  ['GET', /^\/2015-03-31\/functions\/?$/, 'lambda:ListFunctions'],
  ['POST', /^\/2015-03-31\/functions\/[^/]+\/invocations/, 'lambda:InvokeFunction'],
  ['GET', /^\/2016-08-19\/account-settings/, 'lambda:GetAccountSettings'],
  ['GET', /^\/clusters\/[^/]+/, 'eks:DescribeCluster'],
  ['GET', /^\/clusters/, 'eks:ListClusters'],
  ['POST', /^\/endpoints\/[^/]+\/invocations/, 'sagemaker:InvokeEndpoint'],
  ['GET', /^\/foundation-models/, 'bedrock:ListFoundationModels'],
  ['POST', /^\/v1\/domains/, 'codeartifact:ListDomains'],
  ['POST', /^\/v1\/authorization-token/, 'codeartifact:GetAuthorizationToken'],
  ['GET', /^\/2015-02-01\/file-systems/, 'elasticfilesystem:DescribeFileSystems'],
  ['GET', /^\/restapis/, 'apigateway:GET'],
  ['GET', /^\/2021-01-01\/domain/, 'es:ListDomainNames'],
]

const xmlQueryServices = new Set(['ec2'])
const queryServices = new Set([
  'sts',
  'iam',
  'sns',
  'autoscaling',
  'rds',
  'cloudformation',
  'elasticloadbalancing',
  'monitoring',
  'sqs',
])

export function readAwsRequest(request: IncomingMessage, body: Buffer): AwsRequest {
  const host = (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
  const path = request.url ?? '/'
  const method = request.method ?? 'GET'
  const scope = /Credential=([^/\s]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request/.exec(request.headers.authorization ?? '')
  const target = String(request.headers['x-amz-target'] ?? '')
  const form = /^[^{<]*\bAction=(\w+)/.exec(body.toString('latin1', 0, 400))?.[1] ?? /[?&]Action=(\w+)/.exec(path)?.[1]
  const s3 = /(^|\.)s3[.-]/.test(host)
  const service = scope?.[4] ?? (s3 ? 's3' : serviceOfHost(host))
  const protocol = s3
    ? 's3'
    : request.headers['smithy-protocol'] === 'rpc-v2-cbor'
      ? 'cbor'
      : target
        ? 'json'
        : form || queryServices.has(service) || xmlQueryServices.has(service)
          ? xmlQueryServices.has(service)
            ? 'ec2'
            : 'query'
          : 'rest-json'
  const bucket = s3 ? bucketOf(host, path) : undefined
  return {
    host,
    method,
    path,
    service,
    protocol,
    action: s3
      ? s3Action(method, path, bucket, host)
      : target
        ? `${iamPrefix(service)}:${target.split('.').at(-1)}`
        : form
          ? `${iamPrefix(service)}:${form}`
          : (restActions.find(([verb, at]) => verb === method && at.test(path))?.[2] ??
            /\/operation\/(\w+)/.exec(path)?.[1]?.replace(/^/, `${iamPrefix(service)}:`) ??
            `${iamPrefix(service)}:Unknown`),
    bucket,
    accessKeyId: scope?.[1],
    signingRegion: scope?.[3],
    signedAt: readAmzDate(String(request.headers['x-amz-date'] ?? '')),
  }
}

function serviceOfHost(host: string): string {
  return host.split('.')[0] ?? ''
}

/** Signing names that IAM spells otherwise. */
function iamPrefix(service: string): string {
  return ({ monitoring: 'cloudwatch', email: 'ses' } as Record<string, string>)[service] ?? service
}

function bucketOf(host: string, path: string): string | undefined {
  const virtual = /^(.+)\.s3[.-]/.exec(host)?.[1]
  return virtual ?? (/^\/([^/?]+)/.exec(path)?.[1] || undefined)
}

function s3Action(method: string, path: string, bucket: string | undefined, host: string): string {
  if (bucket === undefined) return 's3:ListAllMyBuckets'
  const key = host.startsWith(`${bucket}.`)
    ? path.replace(/\?.*$/, '').slice(1)
    : path.replace(/\?.*$/, '').slice(bucket.length + 2)
  if (key === '') return /[?&]location/.test(path) ? 's3:GetBucketLocation' : 's3:ListBucket'
  if (method === 'PUT' || method === 'POST') return 's3:PutObject'
  return method === 'DELETE' ? 's3:AbortMultipartUpload' : 's3:GetObject'
}

function readAmzDate(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour, minute, second] = match.map(Number)
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second)
}

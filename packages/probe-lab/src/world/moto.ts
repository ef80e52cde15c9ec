// One moto server for each scenario, on a Unix socket: an AWS that verifies signatures and IAM and is not ours.
import { request } from 'node:http'
import { join } from 'node:path'
import type { VpcPlan } from '../plan/vpc-plan.ts'
import type { HandedCredentials } from '../servers/metadata.ts'
import type { LabFolder } from './authorities.ts'
import { apiVersions, bearMoto } from './moto-nursery.ts'

export interface Moto {
  readonly socketPath: string
  /** Makes the workload's principal and buckets, then verifies from the first call on. */
  prepare(plan: VpcPlan, setUp?: SetUp): Promise<Prepared>
  /** Ends the server. */
  end(): void
}

/** One call of any service while moto asks nobody who they are: a form for the query protocols, an object for JSON. */
export type SetUpCall = (
  service: string,
  operation: string,
  input: Readonly<Record<string, string>> | { readonly json: object; readonly target: string },
) => Promise<string>

/** Makes what a test needs there, before the network stands; what it gives changes the plan by then. */
export type SetUp = (call: SetUpCall, plan: VpcPlan) => Promise<Partial<VpcPlan>> | Promise<void>

export interface Prepared {
  readonly credentials: HandedCredentials
  readonly plan: VpcPlan
}

let born = 0

/** A moto server with an empty account, or undefined where moto is not installed. */
export async function findMoto({ path, nursery }: LabFolder): Promise<Moto | undefined> {
  if (nursery === undefined) return undefined
  const socketPath = join(path, `moto-${born++}.sock`)
  const { end } = await bearMoto(nursery, socketPath)
  return { socketPath, prepare: (plan, setUp) => prepare(socketPath, plan, setUp), end }
}

async function prepare(socketPath: string, plan: VpcPlan, setUp: SetUp = async () => {}): Promise<Prepared> {
  const { principal, policy, buckets } = plan.aws
  const document = JSON.stringify(policy)
  let credentials: HandedCredentials
  if (plan.workload.credentialsFrom === 'environment') {
    await query(socketPath, 'iam', { Action: 'CreateUser', UserName: principal })
    await query(socketPath, 'iam', { Action: 'PutUserPolicy', UserName: principal, PolicyName: 'lab', PolicyDocument: document })
    credentials = keysIn(await query(socketPath, 'iam', { Action: 'CreateAccessKey', UserName: principal }))
  } else {
    const trust = '{"Version":"2012-10-17","Statement":[]}'
    await query(socketPath, 'iam', { Action: 'CreateRole', RoleName: principal, AssumeRolePolicyDocument: trust })
    await query(socketPath, 'iam', { Action: 'PutRolePolicy', RoleName: principal, PolicyName: 'lab', PolicyDocument: document })
    const roleArn = `arn:aws:iam::${plan.aws.account}:role/${principal}`
    credentials = keysIn(
      await query(socketPath, 'sts', { Action: 'AssumeRole', RoleArn: roleArn, RoleSessionName: 'i-0lab0000000000001' }),
    )
  }
  for (const bucket of buckets.filter(one => one.region === plan.region)) await makeBucket(socketPath, bucket.name, plan.region)
  const changed = await setUp(setUpCall(socketPath, plan.region), plan)
  await post(socketPath, 'moto-api', '/moto-api/reset-auth', '0', 'text/plain')
  return { credentials, plan: { ...plan, ...changed } }
}

function setUpCall(socketPath: string, region: string): SetUpCall {
  return (service, operation, input) => {
    const host = `${service}.${region}.amazonaws.com`
    const at = { host, region }
    if ('json' in input && typeof input.json === 'object') {
      const headers = { 'x-amz-target': `${input.target}.${operation}` }
      return post(socketPath, service, '/', JSON.stringify(input.json), 'application/x-amz-json-1.1', { ...at, headers })
    }
    const form = new URLSearchParams({
      Action: operation,
      Version: apiVersions[service] ?? '',
      ...(input as Record<string, string>),
    })
    return post(socketPath, service, '/', form.toString(), 'application/x-www-form-urlencoded', at)
  }
}

function keysIn(xml: string): HandedCredentials {
  const text = (tag: string) => new RegExp(`<${tag}>([^<]+)</${tag}>`).exec(xml)?.[1]
  const accessKeyId = text('AccessKeyId')
  const secretAccessKey = text('SecretAccessKey')
  const sessionToken = text('SessionToken')
  if (!accessKeyId || !secretAccessKey) throw new Error(`moto gave no keys: ${xml.slice(0, 300)}`)
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) }
}

function query(socketPath: string, service: 'iam' | 'sts', form: Record<string, string>): Promise<string> {
  const body = new URLSearchParams({ ...form, Version: apiVersions[service] ?? '' }).toString()
  return post(socketPath, service, '/', body, 'application/x-www-form-urlencoded')
}

function makeBucket(socketPath: string, name: string, region: string): Promise<string> {
  const body = `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`
  return post(socketPath, 's3', `/${name}`, body, 'application/xml', { method: 'PUT', host: `s3.${region}.amazonaws.com` })
}

function post(
  socketPath: string,
  service: string,
  path: string,
  body: string,
  type: string,
  {
    method = 'POST',
    host = `${service}.amazonaws.com`,
    region = 'us-east-1',
    headers: more = {},
  }: {
    readonly method?: string
    readonly host?: string
    readonly region?: string
    readonly headers?: Readonly<Record<string, string>>
  } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=LAB/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`
    const length = Buffer.byteLength(body)
    const headers = { host, authorization, 'content-type': type, 'content-length': length, connection: 'close', ...more }
    const sent = request({ socketPath, path, method, headers }, answer => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', chunk => (text += chunk))
      answer.on('end', () =>
        (answer.statusCode ?? 500) < 300
          ? resolve(text)
          : reject(new Error(`moto ${path}: ${answer.statusCode} ${text.slice(0, 300)}`)),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

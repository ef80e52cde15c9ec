// Signs a request with the very credentials that the workload is handed, so that moto's verification means something.
import { Hash } from '@smithy/hash-node'
import { SignatureV4 } from '@smithy/signature-v4'
import type { Vpc } from '../src/world/vpc.ts'
import { type Asked, type Exchanged, look, requestInside } from './look-inside.ts'

interface Keys {
  readonly AccessKeyId: string
  readonly SecretAccessKey: string
  readonly Token: string
}

/** Keys as instance metadata gives them, asked for from inside. */
export function keysInside(vpc: Vpc): Promise<Keys> {
  return look(
    vpc,
    `const base = 'http://169.254.169.254/latest';
     (async () => {
       const token = await (await fetch(base + '/api/token', { method: 'PUT', headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '60' } })).text();
       const get = async path => (await fetch(base + path, { headers: { 'x-aws-ec2-metadata-token': token } })).text();
       const role = await get('/meta-data/iam/security-credentials/');
       give(JSON.parse(await get('/meta-data/iam/security-credentials/' + role)));
     })()`,
  )
}

export interface Call extends Asked {
  readonly service: string
  readonly host: string
  readonly path?: string
  /** Wrong on purpose. */
  readonly secret?: string
}

export async function callInside(vpc: Vpc, call: Call): Promise<Exchanged> {
  const keys = await keysInside(vpc)
  const signer = new SignatureV4({
    service: call.service,
    region: vpc.plan.region,
    sha256: Hash.bind(null, 'sha256'),
    credentials: {
      accessKeyId: keys.AccessKeyId,
      secretAccessKey: call.secret ?? keys.SecretAccessKey,
      sessionToken: keys.Token,
    },
  })
  const [path = '/', search = ''] = (call.path ?? '/').split('?')
  const signed = await signer.sign({
    method: call.method ?? 'GET',
    protocol: 'https:',
    hostname: call.host,
    path,
    query: Object.fromEntries(new URLSearchParams(search)),
    headers: { host: call.host, ...call.headers },
    ...(call.body === undefined ? {} : { body: call.body }),
  })
  return requestInside(vpc, `https://${call.host}${call.path ?? '/'}`, {
    method: signed.method,
    headers: signed.headers,
    ...(call.body === undefined ? {} : { body: call.body }),
  })
}

export const whoAmI: Call = {
  service: 'sts',
  host: 'sts.ap-northeast-1.amazonaws.com',
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
  body: 'Action=GetCallerIdentity&Version=2011-06-15',
}

export const describeLogGroups: Call = {
  service: 'logs',
  host: 'logs.ap-northeast-1.amazonaws.com',
  method: 'POST',
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Logs_20140328.DescribeLogGroups' },
  body: '{"limit":1}',
}

export const listBucket: Call = {
  service: 's3',
  host: 'lab-data.s3.ap-northeast-1.amazonaws.com',
  path: '/?list-type=2&max-keys=1',
  headers: { 'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
}

export const getObject: Call = { ...listBucket, path: '/nothing-here' }

export const listSecrets: Call = {
  service: 'secretsmanager',
  host: 'secretsmanager.ap-northeast-1.amazonaws.com',
  method: 'POST',
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'secretsmanager.ListSecrets' },
  body: '{"MaxResults":1}',
}

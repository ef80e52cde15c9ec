// What `s3://…` means: a bucket in its host name or in the path, an access point by ARN or alias, a directory bucket. Words only.

import { findPartition, findService, readArn } from '../catalog/index.ts'
import type { PlannedTarget } from '../model/target.ts'
import { ProbeUsageError } from '../model/usage-error.ts'
import { quote } from './addresses.ts'
import { chooseHost, type HostChoice, type HostContext } from './service-hosts.ts'

/**
 * Bucket names: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 * @throws ProbeUsageError for what is no bucket and no access point
 */
export function readBucketWord(word: string, rest: string, context: HostContext): PlannedTarget {
  if ([...rest].some(char => char < ' ' || char === '\u007f') || rest.length > 1400 || /\p{Surrogate}/u.test(rest))
    throw noBucket(word)
  if (rest.startsWith('arn:')) return readAccessPoint(word, rest, context)
  const [bucket = '', ...prefix] = rest.split('/')
  if (!/^[a-zA-Z0-9][a-zA-Z0-9._-]{1,253}[a-zA-Z0-9]$/.test(bucket))
    throw hasWrongLength(bucket) ? noBucketOfLength(word, bucket) : noBucket(word)
  const key = prefix.join('/')
  const choice = s3Host(context)
  const zone = /^[a-z0-9-]+--([a-z0-9-]+)--x-s3$/.exec(bucket)?.[1]
  if (zone !== undefined && choice.custom !== true && context.region !== null) {
    const suffix = findPartition(context.region).dnsSuffix
    const host = `${bucket}.s3express-${zone}.${context.region}.${suffix}`
    return bucketTarget(bucket, key, context, { host, port: 443 })
  }
  // SDKs put the bucket in front of the host, unless an endpoint URL is set or a dot or capital would not match the certificate.
  const inPath = choice.custom === true || !/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(bucket)
  const host = choice.host === '' || inPath ? choice.host : `${bucket}.${choice.host}`
  const path = `${(choice.path ?? '').replace(/\/$/, '')}/${bucket}`
  return bucketTarget(bucket, key, context, { ...choice, host, ...(inPath ? { path } : {}) })
}

/** The account is in the host's name; so is the region, which need not be ours. */
function readAccessPoint(word: string, rest: string, context: HostContext): PlannedTarget {
  const arn = readArn(rest)
  const [, point = '', key = ''] = /^accesspoint[/:]([a-z0-9][a-z0-9-]{1,48}[a-z0-9])(?:\/(.*))?$/s.exec(arn?.rest ?? '') ?? []
  if (arn === undefined || arn.service !== 's3' || arn.region === '' || !/^\d{12}$/.test(arn.account) || point === '') {
    throw new ProbeUsageError(
      'bad-bucket',
      {
        en: `${quote(word)} names no access point of one region`,
        ja: `${quote(word)} は一つのリージョンのアクセスポイントを示していません`,
      },
      {
        en: 'write it like s3://arn:aws:s3:eu-west-1:111122223333:accesspoint/my-access-point/prefix',
        ja: 's3://arn:aws:s3:eu-west-1:111122223333:accesspoint/my-access-point/prefix のように書いてください',
      },
    )
  }
  const there = { ...context, region: arn.region }
  const choice = s3Host(there)
  const own = choice.custom === true ? choice.host : choice.host.replace(/^s3(?=[.-])/, 's3-accesspoint')
  const name = `arn:${arn.partition}:s3:${arn.region}:${arn.account}:accesspoint/${point}`
  return bucketTarget(name, key, there, { ...choice, host: `${point}-${arn.account}.${own}` })
}

function bucketTarget(bucket: string, key: string, context: HostContext, choice: HostChoice): PlannedTarget {
  const { custom: _, ...where } = choice
  const resource = key === '' ? bucket : `${bucket}/${key}`
  return {
    kind: 'service',
    service: 's3',
    region: context.region,
    ...where,
    id: `s3://${resource}`,
    wantedBy: ['command-line'],
    resource,
  }
}

function s3Host(context: HostContext): HostChoice {
  const service = findService('s3')
  if (service === undefined) throw new Error('the catalogue has no service s3')
  return chooseHost(service, context)
}

function noBucket(word: string): ProbeUsageError {
  return new ProbeUsageError(
    'bad-bucket',
    { en: `${quote(word)} names no bucket`, ja: `${quote(word)} はバケットを示していません` },
    {
      en: 'write it like s3://my-bucket or s3://my-bucket/prefix',
      ja: 's3://my-bucket または s3://my-bucket/prefix のように書いてください',
    },
  )
}

/** Nothing in it but what a bucket's name may hold, and too little or too much of that (old names of us-east-1 have up to 255). */
export function hasWrongLength(bucket: string): boolean {
  return /^[a-zA-Z0-9](?:[a-zA-Z0-9._-]*[a-zA-Z0-9])?$/.test(bucket) && (bucket.length < 3 || bucket.length > 255)
}

export function noBucketOfLength(word: string, bucket: string): ProbeUsageError {
  const count = bucket.length
  return new ProbeUsageError(
    'bad-bucket',
    {
      en: `${quote(word)} names no bucket (${quote(bucket)} has ${count} ${count === 1 ? 'character' : 'characters'})`,
      ja: `${quote(word)} はバケットを示していません（${quote(bucket)} は ${count} 文字です）`,
    },
    {
      en: 'bucket names have 3 to 63 characters; write it like s3://my-bucket',
      ja: 'バケット名は 3～63 文字です。s3://my-bucket のように書いてください',
    },
  )
}

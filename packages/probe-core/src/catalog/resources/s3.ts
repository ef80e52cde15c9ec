// A bucket, an access point, or one object: listed, and one byte of one object read. Writing is proven by a part for an upload
// that does not exist: S3 has no place to put it. No header ever accepts the charges of a bucket whose reader pays.

import { restXml } from '../noop-rows.ts'
import { below, encode, type Known, type NamedResource, noName, type ResourceStep, readArn } from './resource.ts'

interface Place {
  readonly key: string
  /** ARN patterns of the bucket (or access point) and of the objects that the calls name. */
  readonly arn: string
  readonly objectArn: string
}

const noBucket = [{ code: 'NoSuchBucket' }, { code: 'NoSuchAccessPoint' }]

export function s3Steps(named: NamedResource): readonly ResourceStep[] {
  const { key, arn, objectArn } = readS3Place(named)
  if (/--x-s3$/.test(named.name.split('/')[0] ?? '')) return directoryBucketSteps(named)
  const isFolder = key === '' || key.endsWith('/')
  const missingKey = `${key}${isFolder ? '' : '/'}${noName}`
  const base = { signingName: 's3' } as const
  return [
    {
      ...base,
      action: 's3:ListBucket',
      kind: 'read',
      // Who names one object may well be allowed that object and no listing.
      purpose: isFolder ? 'use' : 'look',
      evidence: 'documented',
      permissions: [{ action: 's3:ListBucket', resource: arn }],
      missing: noBucket,
      request: () => {
        const query = `list-type=2&max-keys=1${key === '' ? '' : `&prefix=${encode(key)}`}`
        return { ...restXml('GET', below(named.basePath, '/')), query }
      },
      learn: ({ body }) => {
        const first = /<Contents>(?:(?!<\/Contents>).)*?<Key>([^<]{1,4096})<\/Key>/s.exec(body)?.[1]
        return { listed: 'yes', ...(first === undefined ? { state: 'empty' } : { first: decodeXml(first) }) }
      },
    },
    {
      ...base,
      action: 's3:GetObject',
      kind: 'read',
      purpose: 'use',
      evidence: 'documented',
      permissions: [{ action: 's3:GetObject', resource: objectArn }],
      // An object of no bytes has no first byte; an archived one is kept, not read. Both are told after authorization.
      // Where listing passed and a folder was named, 404 for the made-up key is the whole proof.
      allowed: [{ code: 'InvalidRange' }, { code: 'InvalidObjectState' }, ...(isFolder ? [{ code: 'NoSuchKey' }] : [])],
      missing: isFolder ? noBucket : [...noBucket, { code: 'NoSuchKey' }],
      request: (known: Known) => {
        // Without a listing, S3 says 403 for a key that is not there: for a made-up one that would mean nothing.
        if (known.listed === undefined && isFolder) return undefined
        const asked = known.first ?? (isFolder ? missingKey : key)
        return { ...getObject(named, asked), headers: { range: 'bytes=0-0' } }
      },
      learn: ({ headers }) => {
        const keyId = headers['x-amz-server-side-encryption-aws-kms-key-id']
        return keyId === undefined ? {} : { kmsKey: keyId.slice(0, 300) }
      },
    },
    {
      ...base,
      action: 's3:PutObject',
      kind: 'write',
      purpose: 'use',
      evidence: 'recorded',
      permissions: [{ action: 's3:PutObject', resource: objectArn }],
      allowed: [{ code: 'NoSuchUpload' }],
      missing: noBucket,
      request: () => ({
        method: 'PUT',
        path: below(named.basePath, `/${encodeKey(missingKey)}`),
        query: 'partNumber=1&uploadId=eniprobe-does-not-exist',
        headers: {},
        body: 'x',
        protocol: 'rest-xml',
      }),
    },
  ]
}

/** Asked beside a refused listing: HEAD carries the bucket's region even where it is refused, and needs the same permission. */
export function headBucket(basePath: string) {
  return { ...restXml('HEAD', below(basePath, '/')), action: 's3:HeadBucket', signingName: 's3' }
}

/** A directory bucket lets in by sessions; the session that is given is dropped unread. */
function directoryBucketSteps(named: NamedResource): readonly ResourceStep[] {
  const bucket = named.name.split('/')[0] ?? ''
  return [
    {
      action: 's3express:CreateSession',
      kind: 'read',
      purpose: 'use',
      evidence: 'documented',
      signingName: 's3express',
      permissions: [
        {
          action: 's3express:CreateSession',
          resource: `arn:${named.partition}:s3express:${named.region}:${named.account ?? '*'}:bucket/${bucket}`,
        },
      ],
      missing: noBucket,
      request: () => ({
        ...restXml('GET', below(named.basePath, '/')),
        query: 'session=',
        headers: { 'x-amz-create-session-mode': 'ReadOnly' },
      }),
    },
  ]
}

/** `BUCKET[/KEY]`, or the ARN of an access point with `/KEY` behind it. */
function readS3Place(named: Pick<NamedResource, 'name' | 'partition' | 'region' | 'account'>): Place {
  const arn = readArn(named.name)
  if (arn !== undefined) {
    const [, point = '', key = ''] = /^accesspoint[/:]([^/]+)\/?(.*)$/s.exec(arn.rest) ?? []
    const own = `arn:${arn.partition}:s3:${arn.region}:${arn.account}:accesspoint/${point}`
    return { key, arn: own, objectArn: `${own}/object/${literal(key)}*` }
  }
  const [bucket = '', ...rest] = named.name.split('/')
  const key = rest.join('/')
  const alias = /^(.+)-[a-z0-9]{34}-s3alias$/.exec(bucket)?.[1]
  if (alias !== undefined) {
    // The alias holds the beginning of the access point's name, whose ARN is what policies see.
    const own = `arn:${named.partition}:s3:${named.region}:${named.account ?? '*'}:accesspoint/${alias}*`
    return { key, arn: own, objectArn: `${own}/object/${literal(key)}*` }
  }
  const own = `arn:${named.partition}:s3:::${bucket}`
  return { key, arn: own, objectArn: `${own}/${literal(key)}*` }
}

/**
 * A key as a policy means it letter by letter: what is a wildcard or a variable there is escaped, and what a policy document cannot
 * hold is any.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
function literal(key: string): string {
  return key.replace(/[*?$]/g, wild => `\${${wild}}`).replace(/[^\x20-\xff]+/g, '*')
}

function getObject(named: NamedResource, key: string) {
  return restXml('GET', below(named.basePath, `/${encodeKey(key)}`))
}

/** Each part on its own: the slashes are the path's. */
function encodeKey(key: string): string {
  return key.split('/').map(encode).join('/')
}

const entities: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&' }

function decodeXml(text: string): string {
  return text.replace(/&(?:(quot|apos|lt|gt|amp)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi, (whole, name, decimal, hex) => {
    if (name) return entities[String(name).toLowerCase()] ?? whole
    const point = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    // Half a pair is no character, and cannot be written into a path.
    const isHalf = point >= 0xd800 && point <= 0xdfff
    return point <= 0x10ffff && !isHalf ? String.fromCodePoint(point) : whole
  })
}

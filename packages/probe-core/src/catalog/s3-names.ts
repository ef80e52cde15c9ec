// S3's many forms of names, without the partition's suffix: path and bucket style, dash and dot, access points, Express, websites.

import type { NameKind } from '../model/observation.ts'
import { isRegionName } from './partitions.ts'

interface S3Name {
  /** Catalogue id. */
  readonly service: 's3' | 's3control' | 's3-outposts' | 's3-global.accesspoint'
  readonly region: string | null
  readonly kind: NameKind
  readonly bucket?: string
  readonly accountId?: string
}

/** The last label that starts S3's own part; a bucket may hold dots, and even a label `s3`. */
const ownPart =
  /^(?:(.+)\.)?(s3|s3-fips|s3-accesspoint|s3-accesspoint-fips|s3-object-lambda|s3-control|s3-control-fips|s3express-[a-z0-9-]+|s3-website|s3-accelerate|s3-external-1)((?:\.dualstack)?)(?:\.([a-z0-9-]+))?$/

/** Undefined: not a name of S3's. `rest` is lower case. */
export function readS3Name(rest: string): S3Name | undefined {
  if (rest === 'accesspoint.s3-global' || rest.endsWith('.accesspoint.s3-global')) {
    return { service: 's3-global.accesspoint', region: null, kind: 'global' }
  }
  const dashed = /^(?:(.+)\.)?s3-(?:website-|fips-)?([a-z]{2,4}(?:-[a-z]+)+-\d)$/.exec(rest)
  if (dashed !== null && isRegionName(dashed[2]!)) return named('s3', dashed[2]!, 'legacy', dashed[1])
  const match = ownPart.exec(rest)
  if (match === null) return undefined
  const [, above, own, dualstack, place] = match
  if (place !== undefined && !isRegionName(place)) return undefined
  const region = place ?? null
  const isFips = own!.includes('-fips')
  const kind = kindOf(own!, region, dualstack !== '', isFips)
  if (own!.startsWith('s3-control')) {
    const name = { service: 's3control', region, kind } as const
    return above !== undefined && /^\d{12}$/.test(above) ? { ...name, accountId: above } : name
  }
  if (own!.startsWith('s3-accesspoint') || own === 's3-object-lambda') {
    const accountId = above === undefined ? undefined : /-(\d{12})$/.exec(above)?.[1]
    return { service: 's3', region, kind, ...(accountId === undefined ? {} : { accountId }) }
  }
  return named('s3', region, kind, above)
}

function named(service: S3Name['service'], region: string | null, kind: NameKind, bucket: string | undefined): S3Name {
  return { service, region, kind, ...(bucket === undefined ? {} : { bucket }) }
}

function kindOf(own: string, region: string | null, isDualstack: boolean, isFips: boolean): NameKind {
  if (own === 's3-external-1') return 'legacy'
  if (isDualstack) return isFips ? 'dualstack-fips' : 'dualstack'
  if (isFips) return 'fips'
  return region === null ? 'global' : 'regional'
}

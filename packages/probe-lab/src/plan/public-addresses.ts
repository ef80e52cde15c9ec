// Which public address a name has: made up, the same every time, from ranges that look like Amazon's.
// No packet to them ever leaves the lab's namespaces.
import { createHash } from 'node:crypto'
import { dualstackNames, globalNames, regionalNames } from './public-names.ts'

/** Ranges by service family, as a managed prefix list would give them. */
export const publicRanges = {
  s3: '52.219.0.0/17',
  dynamodb: '52.119.208.0/20',
  other: '54.239.96.0/19',
} as const

/** Addresses of an AWS name in the public DNS, or undefined when the public DNS knows no such name. */
export function findPublicAddresses(name: string, region: string): readonly string[] | undefined {
  const family = findFamily(name, region)
  if (family === undefined) return undefined
  const count = family === 's3' ? 3 : 1
  return Array.from({ length: count }, (_, index) => addressFrom(publicRanges[family], `${name}#${index}`))
}

/** Whether the name also has AAAA records. */
export function isDualstackName(name: string): boolean {
  return name.endsWith('.api.aws') || name.includes('.dualstack.') || name.startsWith('dualstack.')
}

export function ipv6AddressOf(name: string): string {
  const digest = createHash('sha256').update(name).digest('hex')
  return `2600:9000:53aa:0:${digest.slice(0, 4)}:${digest.slice(4, 8)}:${digest.slice(8, 12)}:1`
}

function findFamily(name: string, region: string): keyof typeof publicRanges | undefined {
  const parts = name.split('.')
  if (globalNames.has(name)) return name === 's3.amazonaws.com' ? 's3' : 'other'
  if (name.endsWith('.s3.amazonaws.com')) return 's3'
  for (const [suffix, known] of [
    [`.${region}.amazonaws.com`, regionalNames],
    [`.${region}.api.aws`, dualstackNames],
  ] as const) {
    if (!name.endsWith(suffix)) continue
    const head = name.slice(0, -suffix.length)
    if (head === 's3' || head === 's3.dualstack' || head.endsWith('.s3') || head.endsWith('.s3.dualstack')) return 's3'
    if (head === 'dynamodb' || head.endsWith('.ddb')) return 'dynamodb'
    if (known.has(head) || /(^|\.)(dkr\.ecr|d\.codeartifact|execute-api|gr7)$/.test(head) || /^vpce-/.test(head)) return 'other'
    return undefined
  }
  // The same services in other regions: the first part decides.
  if (name === `s3-${region}.amazonaws.com` || name.endsWith(`.s3-${region}.amazonaws.com`)) return 's3'
  const other = /^(.+)\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com$/.exec(name)
  if (other && regionalNames.has(other[1] ?? '')) return other[1] === 's3' ? 's3' : 'other'
  if (other && (parts[1] === 's3' || parts[0]?.startsWith('s3-'))) return 's3'
  return undefined
}

function addressFrom(range: string, seed: string): string {
  const [base = '', prefix = '32'] = range.split('/')
  const start = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const size = 2 ** (32 - Number(prefix))
  const offset = 1 + (createHash('sha256').update(seed).digest().readUInt32BE() % (size - 2))
  const value = start + offset
  return [24, 16, 8, 0].map(shift => Math.floor(value / 2 ** shift) % 256).join('.')
}

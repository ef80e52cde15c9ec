// The body of a control plane's answer as plain objects, whatever its protocol. Bounded in size and depth: who answers may be
// anybody that TLS lets in. It gives no meaning to what it reads.

import { isRecord } from '../model/json.ts'
import { makeXmlReader } from '../probe/aws-xml.ts'
import { decodeEntities } from '../probe/envelope.ts'

export type Body = Readonly<Record<string, unknown>>

/** An answer of a thousand endpoints is about 2 MB. */
export const longestBodyBytes = 4 * 1024 * 1024
const deepest = 24

/** Elements that stand for one item of the list around them, beside `item` and `member`. */
const items = new Set([
  'item',
  'member',
  'DBInstance',
  'DBCluster',
  'DBClusterMember',
  'VpcSecurityGroupMembership',
  'Subnet',
  'Event',
  'EventCategory',
  'ResourcePendingMaintenanceActions',
  'PendingMaintenanceAction',
  'ReadReplicaDBInstanceIdentifier',
  'DBInstanceStatusInfo',
  'AvailabilityZone',
  'Tag',
])

const xml = makeXmlReader(deepest)

/** Undefined: unreadable, or too large, or too deep. An S3 bucket policy comes as it is and stands under `Policy`. */
export function readBody(bytes: Buffer, protocol: string): Body | undefined {
  if (bytes.length > longestBodyBytes) return undefined
  const text = bytes.toString('utf8').trim()
  if (protocol === 'rest-xml') return text.startsWith('{') ? { Policy: text } : undefined
  return protocol === 'json' ? readJson(text) : readXml(text)
}

function readJson(text: string): Body | undefined {
  try {
    const value: unknown = JSON.parse(text, (key, inner) => (key === '__proto__' ? undefined : inner))
    return isRecord(value) && depthOf(value) <= deepest ? value : undefined
  } catch {
    return undefined
  }
}

/** The element inside the root, without the query protocol's `…Result` around it. */
function readXml(text: string): Body | undefined {
  // A document that declares entities is not from AWS, and expanding them is how such a document attacks.
  if (!text.startsWith('<') || /<!(?:DOCTYPE|ENTITY)/i.test(text)) return undefined
  try {
    const parsed: unknown = xml.parse(text)
    if (!isRecord(parsed)) return undefined
    const [name, root] = Object.entries(parsed)[0] ?? []
    if (name === undefined || !name.endsWith('Response') || !isRecord(root)) return undefined
    const result = root[name.replace(/Response$/, 'Result')]
    const plain = plainOf(result === undefined ? root : result)
    // A result with no element in it is an empty answer.
    return isRecord(plain) ? plain : {}
  } catch {
    return undefined
  }
}

/** Lists as arrays, however many items they have; a list of none is the empty text that `listOf` reads. */
function plainOf(value: unknown): unknown {
  if (typeof value === 'string') return decodeEntities(value)
  if (Array.isArray(value)) return value.map(plainOf)
  if (!isRecord(value)) return value
  const keys = Object.keys(value)
  const [only] = keys
  if (keys.length === 1 && only !== undefined && items.has(only)) return [value[only]].flat().map(plainOf)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainOf(inner)]))
}

function depthOf(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null || depth > deepest) return depth
  return Math.max(depth, ...Object.values(value).map(inner => depthOf(inner, depth + 1)))
}

/** The records of a list; an absent or empty list has none. */
export function recordsOf(value: unknown): readonly Body[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Of XML, where all is text, as of JSON. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  return Number.isFinite(number) ? number : undefined
}

export function flagOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  return value === 'true' ? true : value === 'false' ? false : undefined
}

/** Two pages as one answer: lists one after the other, everything else as the later says. */
export function joinPages(before: Body, page: Body): Body {
  const joined: Record<string, unknown> = { ...before }
  for (const [key, value] of Object.entries(page)) {
    const earlier = joined[key]
    joined[key] = Array.isArray(earlier) ? (Array.isArray(value) ? [...earlier, ...value] : earlier) : value
  }
  return joined
}

// Lines that tell one failure several times, as chains of exceptions do: the wrapped error first or last, one with the
// class, one with the name. Joins what two lines of one chain say.

import type { WhyErrorClass } from '../model/why.ts'
import type { Said } from './read-line.ts'
import { nearerTool } from './tools.ts'

/** A line that ties the exception around it to another one: Python, Java, Go, Rust, Node, .NET. */
export const link =
  /^\s*(?:During handling of the above|The above exception was|[Cc]aused by\b|\[cause\]|--->|╰─▶|[├└]─▶)|^\s{0,20}\d{1,3}: |\[cause\]:| ---> /

/** Says that it failed, not how: whatever else stands in the chain says more. */
const vague: ReadonlySet<WhyErrorClass> = new Set(['connect-failed', 'timeout', 'image-pull', 'resource-init', 'service-error'])
/** The far side was reached, and says so. */
const answers: ReadonlySet<WhyErrorClass> = new Set(['http-status', 'server-refused', 'denied', 'not-found', 'throttled', 'kms'])
const network: ReadonlySet<WhyErrorClass> = new Set([
  'dns-not-found',
  'dns-timeout',
  'connect-timeout',
  'connect-failed',
  'refused',
  'unreachable',
  'reset',
  'read-timeout',
  'timeout',
  'tls-untrusted',
  'tls-expired',
  'tls-name',
  'tls-failed',
  'proxy',
  'image-pull',
  'resource-init',
])

/**
 * Whether the two can be one failure told twice.
 * @param isTied something says so: a link between exceptions, or the same pull again; two lines of a log may be neighbours by chance
 */
export function areOne(first: Said, second: Said, isTied: boolean): boolean {
  if (
    first.errorClass !== second.errorClass &&
    !(network.has(first.errorClass) && network.has(second.errorClass)) &&
    !isAboutCredentials(first, second) &&
    !((isTied || continuation.test(second.text)) && isAnswerBehind(first, second))
  )
    return false
  const [a, b] = [first.place?.host, second.place?.host]
  if (a === undefined || b === undefined || a === b) return true
  return first.place?.address === b || second.place?.address === a || isAddress(a) !== isAddress(b)
}

/** A line that goes on with the one before: indented, the body of an answer, and how .NET ends a request that failed. */
const continuation = /^\s{1,40}\S|^<Error>|: {1,8}Response status code does not indicate success/

/** "Failed to fetch", because of status 401; status 403, because AWS denied it. */
function isAnswerBehind(first: Said, second: Said): boolean {
  const [a, b] = [first.errorClass, second.errorClass]
  return (
    (vague.has(a) && answers.has(b)) ||
    (vague.has(b) && answers.has(a)) ||
    ((a === 'http-status') !== (b === 'http-status') && answers.has(a) && answers.has(b))
  )
}

/** No credentials, because their source could not be reached. */
function isAboutCredentials(first: Said, second: Said): boolean {
  return (
    [first, second].some(({ errorClass }) => errorClass === 'no-credentials') &&
    [first, second].some(({ errorClass }) => network.has(errorClass))
  )
}

/** What both say: the more special class, the name rather than the address, the tool that is nobody else's. */
export function joinSaid(first: Said, second: Said): Said {
  const telling = weightOf(second) < weightOf(first) ? first : second
  const other = telling === first ? second : first
  const placed =
    [second, first].find(({ place }) => place !== undefined && place.host !== '' && !isAddress(place.host)) ??
    (second.place !== undefined ? second : first)
  const tool = nearerTool(first.tool, second.tool)
  const aside = placed === first ? second.place : first.place
  const address =
    placed.place?.address ??
    (aside !== undefined && isAddress(aside.host) && aside.host !== placed.place?.host ? aside.host : undefined)
  return {
    ...other,
    ...telling,
    tool,
    // The line that holds the name is the one a person recognises.
    text: placed.text,
    ...(placed.place !== undefined && { place: { ...placed.place, ...(address !== undefined && { address }) } }),
  }
}

/** How much the class says of what happened. */
function weightOf({ errorClass }: Said): number {
  return vague.has(errorClass) ? 0 : errorClass === 'http-status' ? 1 : 2
}

function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(':')
}

// Lines that tell one failure several times, as chains of exceptions do: the wrapped error first or last, one with the
// class, one with the name. Joins what two lines of one chain say.

import type { WhyErrorClass } from '../model/why.ts'
import type { Said } from './read-line.ts'
import { nearerTool } from './tools.ts'

/** A line that ties the exception around it to another one: Python, Java, Go, Rust, Node, .NET. */
const link =
  /^\s*(?:During handling of the above|The above exception was|[Cc]aused by\b|\[cause\]|--->|╰─▶|[├└]─▶)|^.{0,160}?(?:\]:?|\d\dZ?|[A-Z]{4,8}) {1,4}(?:During handling of the above|The above exception was|[Cc]aused by: )|\[cause\]:|\[errors\]: \[| ---> /
/** Rust numbers its causes under a bare heading; numbers anywhere else are those of a printout's lines. */
const causesHead = /^\s{0,20}(?:Caused by|Error):?\s*$/
const numbered = /^\s{0,20}\d{1,3}: /
/** What a logger writes before an entry of its own: the time, the severity, the field of a structured line. */
const stamp =
  /^(?:[\w.-]{1,64} {1,20}\| |\[pod\/[^\]]{1,200}\] )?\s{0,20}(?:\d{1,6}[:-]\s{0,4})?(?:[[(<]?\d{4}[-/]\d\d[-/]\d\d[T ]|[[(]?\d\d:\d\d:\d\d\b|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d |\[?(?:ERROR|WARN|INFO|FATAL|DEBUG|TRACE|CRITICAL)\b|(?:level|time|ts)=|\{"|[IWEF]\d{4} \d\d:\d\d)/

/** Whether a line goes on with the exception before it; knows of the lines above only what `next` was told. */
export interface ChainReader {
  /** To be told every line that says something, in order. */
  next(line: string): { readonly isLink: boolean; readonly opens: boolean }
}

export function createChainReader(): ChainReader {
  let isUnderHead = false
  return {
    next(line) {
      const isNumbered = isUnderHead && numbered.test(line)
      isUnderHead = isNumbered || causesHead.test(line)
      const isLink = isNumbered || link.test(line)
      return { isLink, opens: !isLink && stamp.test(line) }
    },
  }
}

/** Whether any line of the text opens an entry of its own. */
export function holdsOpening(text: string): boolean {
  return text.split('\n', mostLinesBetween).some(line => stamp.test(line))
}
const mostLinesBetween = 400

/** Says that it failed, not how: whatever else stands in the chain says more. */
const vague: ReadonlySet<WhyErrorClass> = new Set(['connect-failed', 'timeout', 'image-pull', 'resource-init', 'service-error'])
/** The far side was reached, and says so. */
const answers: ReadonlySet<WhyErrorClass> = new Set([
  'http-status',
  'server-refused',
  'denied',
  'not-found',
  'throttled',
  'kms',
  'expired-credentials',
  'invalid-credentials',
  'region-mismatch',
])
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
  const isCloser = isTied || continuation.test(second.text)
  if (
    first.errorClass !== second.errorClass &&
    !(network.has(first.errorClass) && network.has(second.errorClass) && isSameTrouble(first, second)) &&
    !isAboutCredentials(first, second, isTied) &&
    !(isCloser && isAnswerBehind(first, second))
  )
    return false
  return isSameAnswer(first, second, isCloser) && isSamePlace(first, second)
}

function isSamePlace({ place: first }: Said, { place: second }: Said): boolean {
  const [a, b] = [first?.host, second?.host]
  if (a === undefined || b === undefined || a === b) return true
  if (first?.address === b || second?.address === a) return true
  // A name and an address on different ports are two connections.
  const isOnePort = first?.port === undefined || second?.port === undefined || first.port === second.port
  return isAddress(a) !== isAddress(b) && isOnePort
}

/** Of two special classes neither says more than the other: they are two failures. */
function isSameTrouble(first: Said, second: Said): boolean {
  const [a, b] = [first.errorClass, second.errorClass]
  return vague.has(a) || vague.has(b) || alike.some(([one, other]) => (a === one && b === other) || (a === other && b === one))
}

/** What one program calls this and its library that; the right one says more, or is as good. */
const alike: readonly (readonly [WhyErrorClass, WhyErrorClass])[] = [
  ['read-timeout', 'connect-timeout'],
  ['tls-failed', 'reset'],
  ['tls-failed', 'tls-untrusted'],
  ['tls-failed', 'tls-expired'],
  ['tls-failed', 'tls-name'],
  ['tls-failed', 'read-timeout'],
  ['tls-untrusted', 'tls-expired'],
  ['tls-untrusted', 'tls-name'],
  ['dns-timeout', 'dns-not-found'],
  ['proxy', 'connect-timeout'],
  ['proxy', 'refused'],
  ['proxy', 'dns-not-found'],
  ['proxy', 'dns-timeout'],
  ['proxy', 'unreachable'],
  ['proxy', 'reset'],
]

/** Two answers of AWS about other calls, or other callers, are two; and a bare one takes nothing from the next line's sentence. */
function isSameAnswer(first: Said, second: Said, isCloser: boolean): boolean {
  if (first.denial === undefined || second.denial === undefined) return true
  if (differ(first.service?.id, second.service?.id)) return false
  if (differ(verbOf(first.action), verbOf(second.action))) return false
  if (differ(first.denial.principal, second.denial.principal)) return false
  return isCloser || (first.denial.action === undefined) === (second.denial.action === undefined)
}

function differ(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b
}

/** `s3:GetObject` of a policy and `GetObject` of an SDK are one. */
function verbOf(action: string | undefined): string | undefined {
  return action?.slice(action.indexOf(':') + 1).toLowerCase()
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

/** No credentials, because their source could not be reached, or refused. */
function isAboutCredentials(first: Said, second: Said, isTied: boolean): boolean {
  return (
    [first, second].some(({ errorClass }) => errorClass === 'no-credentials') &&
    [first, second].some(({ errorClass }) => network.has(errorClass) || (isTied && answers.has(errorClass)))
  )
}

/** What both say: the more special class, the name rather than the address, the tool that is nobody else's. */
export function joinSaid(first: Said, second: Said): Said {
  const isFirst =
    weightOf(second) < weightOf(first) || (first.errorClass === 'dns-not-found' && second.errorClass === 'dns-timeout')
  const telling = isFirst ? first : second
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

/** The next line about the same host that says more, or as little. */
export function isVagueThenSpecial(first: Said, second: Said): boolean {
  return (
    first.place !== undefined &&
    first.place.host === second.place?.host &&
    vague.has(first.errorClass) &&
    network.has(second.errorClass)
  )
}

/** Something more special may stand behind these. */
const lessTelling: ReadonlySet<WhyErrorClass> = new Set(['http-status', 'tls-failed', 'no-credentials'])

/** How much the class says of what happened. */
function weightOf({ errorClass }: Said): number {
  return vague.has(errorClass) ? 0 : lessTelling.has(errorClass) ? 1 : 2
}

function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(':')
}

// What was read in an error text or a log, and what a run says to each error in it.

import type { CauseCode } from './cause.ts'

/**
 * What an error is about, as the one who met it saw it. Which cause stands behind it is the diagnosis' business.
 * `timeout`: time was up, and the text does not say on what; `connect-failed`: no connection, and the text does not say why;
 * `service-error`: AWS answered, with an error that is about the request itself; `server-refused`: a database, a broker or a cluster
 * answered, and does not let the client in (a login, a limit, TLS that it insists on).
 */
export const whyErrorClasses = [
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
  'http-status',
  'server-refused',
  'denied',
  'no-credentials',
  'expired-credentials',
  'invalid-credentials',
  'clock-skew',
  'region-mismatch',
  'region-unset',
  'region-not-enabled',
  'throttled',
  'not-found',
  'kms',
  'image-pull',
  'resource-init',
  'service-error',
] as const
export type WhyErrorClass = (typeof whyErrorClasses)[number]

/** Errors about who asks: STS is the target where the text names none, and its answer to a signed call is what counts. */
export const errorsAboutCaller: ReadonlySet<WhyErrorClass> = new Set([
  'no-credentials',
  'expired-credentials',
  'invalid-credentials',
  'clock-skew',
  'region-not-enabled',
])

/**
 * Why an error leads to no target: no name stands in it, the name means this machine itself, its service uses several ports and the
 * text tells none, or the name holds an Availability Zone where its region belongs, so that it is nobody's.
 */
export const whyNotProbed = ['names-nothing', 'loopback', 'no-port', 'zone-as-region'] as const
export type WhyNotProbed = (typeof whyNotProbed)[number]

export interface WhyError {
  readonly errorClass: WhyErrorClass
  /** The program or SDK by its wording; null when the wording is anybody's. */
  readonly tool: string | null
  /** One line of it, cut, without control characters, secrets and the queries of URLs. */
  readonly said: string
  /** Line of its last occurrence, from 1. */
  readonly line: number
  readonly count: number
  readonly host?: string
  readonly port?: number
  /** The address that was tried for the host, when the text tells it. */
  readonly address?: string
  /** Without user, query and fragment. */
  readonly url?: string
  /** Catalogue id. */
  readonly service?: string
  readonly region?: string
  /** As said: `PutObject`, `s3:PutObject`. */
  readonly action?: string
  readonly resource?: string
  readonly account?: string
  readonly principal?: string
  /** Error code of AWS, or of a registry. */
  readonly code?: string
  readonly status?: number
  /** Of a denial: which policy, and whether it denies or merely does not allow. */
  readonly policyType?: string
  readonly explicit?: boolean
  /** The text alone decides: AWS itself names it. */
  readonly decided?: CauseCode
  /** Target words for the planner; empty when there is nothing to look at. */
  readonly targets: readonly string[]
  readonly notProbed?: WhyNotProbed
}

/** What stands in a text: most frequent first; of equals those that name a place, and then the latest. */
export interface WhyReading {
  readonly lines: number
  readonly errors: readonly WhyError[]
  /** Occurrences of errors that are not listed, because the list is full. */
  readonly more: number
  /** Words of all listed errors, without repeats, in their order. */
  readonly targets: readonly string[]
  /** Words left out of `targets`, because nobody means to look at that many. */
  readonly moreTargets: number
}

/**
 * - `decided`: the text itself says which cause it is
 * - `explained`: its name fails here and now, at the layer the error speaks of, and the findings say why
 * - `fails-otherwise`: its name fails here and now, but at another layer
 * - `unexplained`: its name fails, and no cause fits
 * - `healthy-now`: its name works here and now
 * - `path-healthy`: the way there is healthy; the error is about a call that was not repeated
 * - `not-judged`: too little was seen of its name
 * - `nothing-to-probe`: the error names nothing that can be looked at
 */
export const whyVerdicts = [
  'decided',
  'explained',
  'fails-otherwise',
  'unexplained',
  'healthy-now',
  'path-healthy',
  'not-judged',
  'nothing-to-probe',
] as const
export type WhyVerdict = (typeof whyVerdicts)[number]

export interface WhyAnswer {
  /** Index into `errors`. */
  readonly error: number
  readonly answer: WhyVerdict
  /** Ids of the targets looked at for it. */
  readonly targets: readonly string[]
  /** Ids of the findings about those. */
  readonly findings: readonly string[]
}

/** The part of a report that `why` adds. */
export interface Why extends WhyReading {
  readonly answers: readonly WhyAnswer[]
}

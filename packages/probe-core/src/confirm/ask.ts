// One question to the control plane: read-only, signed, bounded by the run's deadline. What the answer means is not judged here.

import pLimit from 'p-limit'
import { findService, signingRegionOf } from '../catalog/index.ts'
import type { ControlCall } from '../model/control-plane.ts'
import { chooseHost, type HostChoice } from '../plan/service-hosts.ts'
import { probeAws } from '../probe/aws.ts'
import type { ProbeContext } from '../probe/context.ts'
import type { Lent, LineEnd } from '../probe/control-line.ts'
import type { CredentialsResult } from '../probe/credentials.ts'
import { LocalResourceError } from '../probe/local-resource-error.ts'
import { baseOf, callOf, readResult } from './control-call.ts'
import { type Line, makeLines } from './lines.ts'
import { findApi, requestOf } from './protocols.ts'
import { type Body, joinPages, longestBodyBytes, textOf } from './read-body.ts'

export interface ControlQuestion {
  /** Catalogue id of the service that is asked: `ec2`, `rds`, `ecs`, `autoscaling`, `application-autoscaling`, `s3`. */
  readonly service: string
  /** The operation, e.g. `DescribeVpcEndpoints`. */
  readonly operation: string
  /** Parameters of a query protocol, flattened as AWS spells them (`Filter.1.Name`), or the body of a JSON protocol. */
  readonly input: Readonly<Record<string, unknown>>
  /** What it is asked about, for the report. */
  readonly about?: readonly string[]
}

interface ControlAnswer {
  readonly call: ControlCall
  /** The parsed answer when it was answered: XML and JSON alike as plain objects, a repeated or listed element as an array. */
  readonly body?: Readonly<Record<string, unknown>>
}

/** Never throws for what the network or AWS says: that stands in `call`. */
export type Ask = (question: ControlQuestion) => Promise<ControlAnswer>

interface Asking {
  readonly ask: Ask
  /** The same, over the same connections, within a shorter time. */
  within(deadline: ProbeContext['deadline']): Ask
  /** Begins to connect to a service, so that it is known by the time somebody asks. Sends no request. */
  prepare(service: string): void
  close(): void
}

const mostAtOnce = 4
/** A VPC of more than a few thousand groups is not read: nothing is better than a part that passes for the whole. */
const mostPages = 12

/**
 * Whoever made it closes it. An answer whose pages did not all come is not told at all: `TOO_MANY_PAGES`, or how the failing
 * page ended. `UNREADABLE`: an answer that is too large or none of the protocol.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html
 */
export function makeAsking(context: Lent): Asking {
  const lines = makeLines(context.open)
  const limit = pLimit(mostAtOnce)
  const hostOf = (id: string): HostChoice | undefined => {
    const service = findService(id)
    const choice = service && chooseHost(service, { region: context.region, settings: context.settings })
    return choice === undefined || choice.host === '' ? undefined : choice
  }
  return {
    prepare: id => {
      const choice = findApi(id) && hostOf(id)
      if (choice !== undefined) void lines.to(choice).catch(() => {})
    },
    close: lines.close,
    ask: question => askOne(question, context),
    within: deadline => question => askOne(question, { ...context, deadline }),
  }

  function askOne(question: ControlQuestion, context: Lent): Promise<ControlAnswer> {
    return limit(async () => {
      const base = baseOf(question)
      const skipped = (because: NonNullable<ControlCall['because']>): ControlAnswer => ({
        call: { ...base, outcome: 'skipped', because },
      })
      const first = requestOf(question)
      if (first === undefined) throw new RangeError(`${base.action} is not a question that is asked`)
      if (context.credentials === null) return skipped('not-asked')
      if (context.deadline.spent()) return skipped('no-time')
      const choice = hostOf(question.service)
      if (choice === undefined) return skipped('not-asked')
      const place = placeOf(question, choice)
      const { credentials } = (await context.deadline.until(context.credentials)) ?? {}
      if (credentials === undefined) return skipped(context.deadline.spent() ? 'no-time' : 'no-credentials')
      try {
        const line = await context.deadline.until(lines.to(place))
        if (line === undefined) return skipped('no-time')
        if ('end' in line) return { call: { ...base, host: place.host, ...line.end } }
        return await askPages(question, place, line, { base, context, credentials })
      } catch (error) {
        // This machine had no socket to spare: what the API would have said stays untold.
        if (error instanceof LocalResourceError) return skipped('not-asked')
        throw error
      }
    })
  }
}

interface Place extends HostChoice {
  readonly bucketPath: string
}

/** A bucket stands in the name, as every SDK has it, unless its own dots or an endpoint URL of the user's forbid that. */
function placeOf({ service, input }: ControlQuestion, choice: HostChoice): Place {
  const bucket = service === 's3' && typeof input.Bucket === 'string' ? input.Bucket : undefined
  if (bucket === undefined) return { ...choice, bucketPath: '' }
  return choice.custom || bucket.includes('.')
    ? { ...choice, bucketPath: `/${encodeURIComponent(bucket)}` }
    : { ...choice, host: `${bucket}.${choice.host}`, bucketPath: '' }
}

interface With {
  readonly base: Pick<ControlCall, 'action' | 'about'>
  readonly context: Lent
  readonly credentials: NonNullable<CredentialsResult['credentials']>
}

async function askPages(question: ControlQuestion, place: Place, line: Line, from: With): Promise<ControlAnswer> {
  const { base, context } = from
  const startMs = context.clock.sinceStartMs()
  const told = (end: LineEnd, body?: Body): ControlAnswer => ({
    call: {
      ...base,
      host: place.host,
      ...end,
      startMs,
      durationMs: Math.round((context.clock.sinceStartMs() - startMs) * 10) / 10,
    },
    ...(body && { body }),
  })
  const tokenName = findApi(question.service)?.nextPage?.[1]
  let whole: Body = {}
  let page: string | undefined
  for (let count = 0; count < mostPages; count += 1) {
    const { end, body } = await askPage(question, page, place, line, from)
    if (body === undefined) return told(end)
    whole = joinPages(whole, body)
    const next = tokenName === undefined ? undefined : textOf(body[tokenName])
    if (next === undefined) return told(end, whole)
    // A page that names itself as the next would be asked for ever.
    if (next === page) break
    page = next
  }
  return told({ outcome: 'rejected', code: 'TOO_MANY_PAGES' })
}

async function askPage(
  question: ControlQuestion,
  page: string | undefined,
  place: Place,
  line: Line,
  { context, credentials }: With,
): Promise<ReturnType<typeof readResult>> {
  const service = findService(question.service)
  if (service === undefined || context.region === null) throw new RangeError('not a question')
  const prefix = `${place.path?.replace(/\/$/, '') ?? ''}${place.bucketPath}`
  const plain = callOf(question, service.signingName, page)
  const call = { ...plain, path: `${prefix}${prefix !== '' && plain.path === '/' ? '' : plain.path}` || '/' }
  const to = { host: place.host, port: place.port, signingRegion: signingRegionOf(service, context.region) }
  const waiting = { deadline: context.deadline, clock: context.clock, timeoutMs: context.timeoutMs, longestBodyBytes }
  return readResult(await line.use(connection => probeAws(connection, call, to, credentials, waiting)), call.protocol)
}

// The event as a request: every field checked, unknown ones refused with the nearest that exists. CloudFormation hands over all
// numbers and booleans as strings; both spellings are read.

import { type Language, languages, type ProbeOptions, ProbeUsageError } from '@eniprobe/core'
import { distance } from 'fastest-levenshtein'

export interface Request {
  readonly options: ProbeOptions
  readonly redact: boolean
  /** Of the words for people in the report and what is published; codes and commands have none. */
  readonly language: Language
  /** What the answer may hold; a larger report loses observations, healthy targets' first, and says so. */
  readonly answerBytes: number
  /** `error`: the invocation fails when a finding is an error, as Step Functions and alarms on errors want it. */
  readonly failOn: 'never' | 'error'
  readonly publish: Publish
}

export interface Publish {
  /** Metrics in the embedded metric format, as a line of the function's own log: it needs no network. */
  readonly metrics?: { readonly namespace: string; readonly perTarget: boolean }
  /** Name of a log group. */
  readonly logGroup?: string
  readonly s3?: { readonly bucket: string; readonly prefix: string }
  readonly sns?: { readonly topic: string; readonly when: 'error' | 'always' }
}

type Read<T> = (value: unknown, where: string) => T

const fields = {
  targets: list,
  for: list,
  region: text,
  deadlineMs: count,
  connectTimeoutMs: count,
  concurrency: count,
  sign: flag,
  writeChecks: flag,
  confirm: flag,
  expect: oneOf('closed'),
  internetCanary: (value: unknown, where: string) => (value === false || value === 'off' ? (false as const) : text(value, where)),
  resolvers: list,
  // Of the rest, two are for programs, and a profile is nothing a function has.
} satisfies Readonly<Record<Exclude<keyof ProbeOptions, 'profile' | 'signal' | 'onProgress'>, Read<unknown>>>

/** 6 MB for an answer: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html; less what JSON in JSON adds. */
export const mostAnswerBytes = 5_500_000

const own = {
  redact: flag,
  language: oneOf(...languages),
  answerBytes: count,
  failOn: oneOf('never', 'error'),
  publish: readPublish,
} satisfies Readonly<Record<string, Read<unknown>>>

/** @throws ProbeUsageError `bad-event`, naming the field */
export function readRequest(event: unknown): Request {
  const given = record(event, 'the event')
  const known = [...Object.keys(fields), ...Object.keys(own)]
  refuseUnknown(given, known, '')
  const options = Object.fromEntries(
    Object.entries(fields).flatMap(([name, read]) => (given[name] === undefined ? [] : [[name, read(given[name], name)]])),
  ) as ProbeOptions
  return {
    options,
    redact: given.redact === undefined ? false : own.redact(given.redact, 'redact'),
    language: given.language === undefined ? 'en' : own.language(given.language, 'language'),
    answerBytes:
      given.answerBytes === undefined
        ? mostAnswerBytes
        : Math.min(mostAnswerBytes, own.answerBytes(given.answerBytes, 'answerBytes')),
    failOn: given.failOn === undefined ? 'never' : own.failOn(given.failOn, 'failOn'),
    publish: given.publish === undefined ? {} : readPublish(given.publish, 'publish'),
  }
}

function readPublish(value: unknown, where: string): Publish {
  const given = record(value, where)
  refuseUnknown(given, ['metrics', 'logGroup', 's3', 'sns'], `${where}.`)
  const { metrics, logGroup, s3, sns } = given
  return {
    ...(isOff(metrics) ? {} : { metrics: readMetrics(metrics, `${where}.metrics`) }),
    ...(logGroup === undefined ? {} : { logGroup: matching(/^[\w./#-]{1,512}$/, 'a log group')(logGroup, `${where}.logGroup`) }),
    ...(s3 === undefined ? {} : { s3: readPlace(s3, `${where}.s3`) }),
    ...(sns === undefined ? {} : { sns: readTopic(sns, `${where}.sns`) }),
  }
}

function isOff(value: unknown): boolean {
  return value === undefined || value === false || value === 'false'
}

function readMetrics(value: unknown, where: string): NonNullable<Publish['metrics']> {
  const standard = { namespace: 'eniprobe', perTarget: false }
  if (value === true || value === 'true') return standard
  const given = record(value, where)
  refuseUnknown(given, ['namespace', 'perTarget'], `${where}.`)
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html
  const name = matching(/^(?!AWS\/)[\w./#:-]{1,255}$/, 'a metric namespace outside of AWS/')
  return {
    namespace: given.namespace === undefined ? standard.namespace : name(given.namespace, `${where}.namespace`),
    perTarget: given.perTarget === undefined ? false : flag(given.perTarget, `${where}.perTarget`),
  }
}

function readPlace(value: unknown, where: string): NonNullable<Publish['s3']> {
  const [, bucket = '', prefix = ''] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([\w!.*'()/=-]*))?$/.exec(text(value, where)) ??
    refuse(value, where, 'write it like s3://my-bucket/reports')
  return { bucket, prefix: prefix.replace(/\/+$/, '') }
}

function readTopic(value: unknown, where: string): NonNullable<Publish['sns']> {
  const arn = matching(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/, 'the ARN of an SNS topic')
  if (typeof value === 'string') return { topic: arn(value, where), when: 'error' }
  const given = record(value, where)
  refuseUnknown(given, ['topic', 'when'], `${where}.`)
  return {
    topic: arn(given.topic, `${where}.topic`),
    when: given.when === undefined ? 'error' : oneOf('error', 'always')(given.when, `${where}.when`),
  }
}

function record(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  return refuse(value, where, 'give an object')
}

function refuseUnknown(given: Readonly<Record<string, unknown>>, known: readonly string[], where: string): void {
  const stray = Object.keys(given).find(name => !known.includes(name))
  if (stray === undefined) return
  const nearest = [...known].sort((a, b) => distance(a, stray) - distance(b, stray))[0] ?? ''
  const isSlip = distance(nearest.toLowerCase(), stray.toLowerCase()) <= Math.max(2, Math.floor(stray.length / 3))
  throw new ProbeUsageError(
    'bad-event',
    `the event has a field ${shown(`${where}${stray}`)} that nobody reads`,
    isSlip ? `did you mean ${where}${nearest}?` : `known are ${known.join(', ')}`,
  )
}

function text(value: unknown, where: string): string {
  if (typeof value === 'string' && value !== '' && value.length <= 2000) return value
  return refuse(value, where, 'give a word')
}

/** One word is a list of one; CloudFormation's comma lists stay as they are. */
function list(value: unknown, where: string): readonly string[] {
  const items = Array.isArray(value) ? value : [value]
  if (items.length > 1000) refuse(items.length, where, 'give at most 1000 words')
  return items.map((item, index) => text(item, Array.isArray(value) ? `${where}[${index}]` : where))
}

function count(value: unknown, where: string): number {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value
  if (typeof number === 'number' && Number.isSafeInteger(number) && number > 0) return number
  return refuse(value, where, 'give a whole number above 0')
}

function flag(value: unknown, where: string): boolean {
  if (value === true || value === 'true') return true
  if (value === false || value === 'false') return false
  return refuse(value, where, 'write true or false')
}

function oneOf<const T extends string>(...words: readonly T[]): Read<T> {
  return (value, where) =>
    words.find(word => word === value) ?? refuse(value, where, `write ${words.map(word => `"${word}"`).join(' or ')}`)
}

function matching(pattern: RegExp, what: string): Read<string> {
  return (value, where) => (typeof value === 'string' && pattern.test(value) ? value : refuse(value, where, `give ${what}`))
}

function refuse(value: unknown, where: string, mend: string): never {
  throw new ProbeUsageError('bad-event', `${where} is ${shown(JSON.stringify(value) ?? 'undefined')}`, mend)
}

function shown(word: string): string {
  return word.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?').slice(0, 80)
}

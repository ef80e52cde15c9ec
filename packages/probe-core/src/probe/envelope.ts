// Reads the error in an AWS answer, whatever the service's protocol. It does not judge the error.

import { decode } from 'cborg'
import { isRecord } from '../model/json.ts'
import { makeXmlReader } from './aws-xml.ts'
import { cleanMessage } from './error-message.ts'

interface AwsError {
  /** Without namespace or suffix; the HTTP status when the answer carries no code. */
  readonly code: string
  readonly message: string
  readonly requestId?: string
  /** The region that the answer names as the right one. */
  readonly region?: string
  /** An encoded authorization message was there, and was left out. */
  readonly encodedMessage: boolean
  /** Harmless further parts of an S3 error: times, bucket, endpoint. */
  readonly fields?: Readonly<Record<string, string>>
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** An error's envelope is small; what is larger is a page, an object or an attack, and is not parsed. */
const maxBytes = 64 * 1024
const keptFields = ['Bucket', 'Endpoint', 'Region', 'Resource', 'ServerTime', 'RequestTime', 'MaxAllowedSkewMilliseconds']

interface Parts {
  readonly code?: string
  readonly message?: string
  readonly requestId?: string
  readonly fields?: Readonly<Record<string, string>>
}

/**
 * The error of an answer that is not 2xx: query, ec2, json, rest-json, rest-xml, smithy-rpc-v2-cbor, OCI registries, API Gateway.
 * Undefined for 2xx, and for a body that is no error of AWS (a block page).
 * @see https://smithy.io/2.0/aws/protocols/index.html
 */
export function readEnvelope(answer: Answer, protocol?: string): AwsError | undefined {
  if (answer.status >= 200 && answer.status < 300) return undefined
  const headers = lowerCased(answer.headers)
  const parts = readBody(answer.body, headers, protocol) ?? readOwnWords(answer, headers)
  // Of a query-compatible service the header carries the code that its users know; __type is another one.
  const headerCode = headers['x-amzn-query-error']?.split(';')[0] || headers['x-amzn-errortype']?.split(':')[0]
  const found = headerCode || parts?.code
  if (!found && parts === undefined) return undefined
  const { message, encodedMessage } = cleanMessage(parts?.message ?? '')
  const requestId = headers['x-amzn-requestid'] ?? headers['x-amz-request-id'] ?? headers['apigw-requestid'] ?? parts?.requestId
  const region = headers['x-amz-bucket-region'] ?? parts?.fields?.Region ?? /expecting '([a-z0-9-]{1,40})'/.exec(message)?.[1]
  return {
    code: cutCode(found || String(answer.status)),
    message,
    ...(requestId && { requestId: cleanMessage(requestId, 128).message }),
    ...(region && /^[a-z0-9-]{1,40}$/.test(region) && { region }),
    encodedMessage,
    ...(parts?.fields && Object.keys(parts.fields).length > 0 && { fields: parts.fields }),
  }
}

/** An empty body is an empty envelope (HEAD answers); undefined is a body that is none. */
function readBody(body: Buffer, headers: Readonly<Record<string, string>>, protocol: string | undefined): Parts | undefined {
  if (body.length === 0) return {}
  if (body.length > maxBytes) return undefined
  if (headers['smithy-protocol'] === 'rpc-v2-cbor' || /\bcbor\b/.test(headers['content-type'] ?? '') || isCbor(body, protocol)) {
    return readCbor(body)
  }
  const text = body.toString('utf8').trim()
  if (text.startsWith('{')) return readJson(text)
  if (text.startsWith('<')) return readXml(text)
  return undefined
}

/** A body in no error form, of an answer that is AWS's by its headers: ECR's 401 is plain text, and HTML comes with request ids too. */
function readOwnWords(answer: Answer, headers: Readonly<Record<string, string>>): Parts | undefined {
  const isRegistry = /service="ecr\.amazonaws\.com"/.test(headers['www-authenticate'] ?? '')
  if (isRegistry && answer.status === 401) return { code: 'UNAUTHORIZED' }
  return headers['x-amzn-requestid'] || headers['x-amz-request-id'] ? {} : undefined
}

function isCbor(body: Buffer, protocol: string | undefined): boolean {
  const first = body[0] ?? 0
  return protocol === 'smithy-rpc-v2-cbor' && first >= 0xa0 && first <= 0xbf
}

function readJson(text: string): Parts | undefined {
  try {
    return readObject(JSON.parse(text))
  } catch {
    return undefined
  }
}

function readCbor(body: Buffer): Parts | undefined {
  try {
    const seconds = (value: () => unknown) => value()
    return readObject(decode(body, { tags: Object.assign([], { 1: seconds }), allowUndefined: true }))
  } catch {
    return undefined
  }
}

function readObject(value: unknown): Parts | undefined {
  if (!isRecord(value)) return undefined
  const errors = Array.isArray(value.errors) ? value.errors[0] : undefined
  const inner = isRecord(errors) ? errors : value
  const code = text(inner.__type) ?? text(inner.code) ?? text(inner.Code)
  const message = text(inner.message) ?? text(inner.Message) ?? text(inner.errorMessage)
  // A JSON object without either is some other server's answer.
  if (code === undefined && message === undefined && !hasNullMessage(inner)) return undefined
  return { ...(code && { code }), ...(message && { message }) }
}

/** Lambda refuses a caller of another account with a message of null. */
function hasNullMessage(value: Record<string, unknown>): boolean {
  return ['message', 'Message'].some(key => value[key] === null)
}

const xml = makeXmlReader(16)

function readXml(body: string): Parts | undefined {
  // A document that declares entities is not from AWS, and expanding them is how such a document attacks.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(body)) return undefined
  let root: unknown
  try {
    root = xml.parse(body)
  } catch {
    return undefined
  }
  if (!isRecord(root)) return undefined
  const name = Object.keys(root)[0] ?? ''
  const top = isRecord(root[name]) ? root[name] : {}
  if (/Exception$/.test(name)) return { code: name, ...partsOf(top) }
  const list = isRecord(top.Errors) ? top.Errors : top
  const error = name === 'Error' ? top : [list.Error].flat()[0]
  if (!isRecord(error) || text(error.Code) === undefined) return undefined
  const requestId = text(error.RequestId) ?? text(top.RequestId) ?? text(top.RequestID)
  return { ...partsOf(error), ...(requestId && { requestId }) }
}

function partsOf(error: Record<string, unknown>): Parts {
  const code = text(error.Code)
  const message = text(error.Message) ?? text(error.message)
  const fields = Object.fromEntries(
    keptFields.flatMap(key => {
      const value = text(error[key])
      return value ? [[key, cleanMessage(decodeEntities(value), 300).message]] : []
    }),
  )
  return { ...(code && { code }), ...(message && { message: decodeEntities(message) }), fields }
}

const named: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&' }

/** The five named entities and numbers; nothing that a document declares itself. */
export function decodeEntities(value: string): string {
  return value.replace(/&(?:(quot|apos|lt|gt|amp)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi, (whole, name, decimal, hex) => {
    if (name) return named[String(name).toLowerCase()] ?? whole
    const point = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })
}

function cutCode(code: string): string {
  const bare = code.replace(/^.*#/, '').replace(/:.*$/, '')
  return cleanMessage(bare, 120).message
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]))
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

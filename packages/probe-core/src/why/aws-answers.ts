// Errors that AWS itself answered, out of the many forms in which SDKs and tools print them. What the words mean is
// catalog/denial.ts's knowledge; here they are only found.

import { type Denial, type DenialKind, readDenial } from '../catalog/denial.ts'
import { findKindOfCode } from '../catalog/denial-codes.ts'
import type { WhyErrorClass } from '../model/why.ts'

interface AwsError {
  readonly errorClass: WhyErrorClass
  readonly denial: Denial
  readonly code?: string
  readonly status?: number
  readonly operation?: string
  /** As the SDK spells the service: `AmazonS3`, `Secrets Manager`. */
  readonly serviceWord?: string
  /** As it stands in the line. A URL in it is what AWS speaks of, and not where the call went. */
  readonly message?: string
  /** Words or a form that nobody but AWS and its SDKs print: its cause may be decided by them. */
  readonly isCertain: boolean
}

interface Found {
  readonly code: string
  readonly message: string
  readonly status?: number
  readonly operation?: string
  readonly serviceWord?: string
  /** A form that only AWS SDKs print: an unknown code in it is still an answer of AWS. */
  readonly sure?: boolean
}

const classes: Partial<Record<DenialKind, WhyErrorClass>> = {
  'access-denied': 'denied',
  'forbidden-no-detail': 'denied',
  'block-public-access': 'denied',
  'all-access-disabled': 'denied',
  'account-not-authorized': 'denied',
  expired: 'expired-credentials',
  'invalid-credentials': 'invalid-credentials',
  'signature-mismatch': 'invalid-credentials',
  'malformed-signature': 'invalid-credentials',
  'missing-auth': 'no-credentials',
  'clock-skew': 'clock-skew',
  'region-mismatch': 'region-mismatch',
  'not-opted-in': 'region-not-enabled',
  throttled: 'throttled',
  'not-found': 'not-found',
  'not-found-or-denied': 'not-found',
  kms: 'kms',
}

/** Undefined when the line holds no answer of AWS. */
export function findAwsError(line: string): AwsError | undefined {
  const found = findCode(line)
  if (found === undefined) return undefined
  const denial = readDenial({
    code: bareCode(found.code === '' ? codeOf(found.message, found.status) : found.code),
    message: found.message,
    ...(found.status !== undefined && { status: found.status }),
  })
  const errorClass = classes[denial.kind] ?? (found.sure && denial.kind !== 'dry-run-ok' ? 'service-error' : undefined)
  if (errorClass === undefined) return undefined
  return {
    errorClass,
    denial,
    isCertain: found.sure === true || awsWords.test(found.message),
    ...(found.code !== '' && { code: found.code }),
    ...(found.status !== undefined && { status: found.status }),
    ...(found.operation !== undefined && { operation: found.operation }),
    ...(found.serviceWord !== undefined && { serviceWord: found.serviceWord }),
    ...(found.message !== '' && found.message !== line && { message: found.message }),
  }
}

/** Sentences of AWS's own that name their cause. */
const awsWords =
  /security token included in the request is|provided token has expired|Token expired: current date|is now (?:earlier|later) than \d{8}T\d{6}Z|request time and the current time|Credential should be scoped to a valid region|is wrong; expecting '|must be addressed using the specified endpoint|is not authorized to perform|You are not authorized to perform|level of configured provisioned throughput for the table was exceeded/

const codesOfWords: readonly (readonly [RegExp, string])[] = [
  [/must be addressed using the specified endpoint/, 'PermanentRedirect'],
  [/^Please reduce your request rate/, 'SlowDown'],
  [/^Rate exceeded/, 'ThrottlingException'],
  [/^Access Denied$/, 'AccessDenied'],
  [/Access Key Id you provided does not exist/, 'InvalidAccessKeyId'],
  [/signature we calculated does not match/, 'SignatureDoesNotMatch'],
  [/specified bucket does not exist/, 'NoSuchBucket'],
  [/specified key does not exist/, 'NoSuchKey'],
  [/^Request has expired/, 'AccessDenied'],
]

/** The SDK for Java v2 prints no code: the words tell it, or, of what the words do not tell, the status. */
function codeOf(message: string, status: number | undefined): string {
  const told = codesOfWords.find(([words]) => words.test(message))?.[1]
  return told ?? (status !== undefined && /^(?:30[17]|40[134]|429)$/.test(String(status)) ? String(status) : '')
}

// A wrong code is worse than none: each form holds words around the code that nothing else prints.
const botocore =
  /An error occurred \(([\w.#]{1,80})\) when calling the '?(\w{1,80})'? operation(?: \(reached max retries: \d{1,3}\))?: ?(.*)/
const oldCli = /A client error \(([\w.]{1,80})\) occurred(?: when calling the '?(\w{1,80})'? operation)?: ?(.*)/
const java = /\(Service: ([A-Za-z0-9 ]{1,60})[;,] Status Code: (\d{3})(?:[;,] Error Code: ([\w.]{1,80}))?/
const goApi = /api error ([\w.#]{1,80}): (.*)/
const xml = /<Code>([\w.]{1,80})<\/Code>(?:\s{0,20}<Message>([^<]{0,2000}))?/
const jsonCode = /"(?:__type|[Cc]ode|errorType)"\s{0,4}:\s{0,4}"(?:[^"#]{1,200}#)?([\w.]{1,80})"/
const jsonMessage = /"(?:[Mm]essage|errorMessage)"\s{0,4}:\s{0,4}"([^"]{0,2000})/
// What stands before a dot or dollar holds neither, or a row of dollars could be parted in more ways than there is time for.
const codeAndColon = /(?:^|[\s[{(':,>"])((?:\w{1,80}[.$]){0,8})([A-Z]\w{2,78})(?: \[\w{1,80}\])?:(?= |$)/g
/** Whose classes are called like AWS's codes and are not: `java.nio.file.AccessDeniedException`. */
const awsPackage = /amazon|aws|boto|KMS[.$]|^SimpleQueueService|^(?:\w{1,30}[.$])?errorfactory|^exceptions\./i
/** The file system says it, in the words of Java and .NET. */
const fileDenied = /(?:AccessDenied|UnauthorizedAccess)Exception: (?:Access to the path '|\/|[A-Za-z]:\\)/
/** The wrappers that one line names before the error itself. */
const mostWrappers = 6
const ociDenial = /\b(denied|unauthorized|toomanyrequests): (.{1,2000})/
/** The SDK for C++ inside of pyarrow names its codes in capitals. */
const pyarrow = /AWS Error ([A-Z_]{2,60}) during (\w{1,80}) operation(?:: (.{0,2000}))?/
const arrowCodes: Readonly<Record<string, string>> = {
  ACCESSDENIED: 'AccessDenied',
  NOSUCHBUCKET: 'NoSuchBucket',
  NOSUCHKEY: 'NoSuchKey',
  SLOWDOWN: 'SlowDown',
  THROTTLING: 'Throttling',
  INVALIDACCESSKEYID: 'InvalidAccessKeyId',
  SIGNATUREDOESNOTMATCH: 'SignatureDoesNotMatch',
}
/** s3fs turns S3's refusal into one of Python's own errors; the system's says "Permission denied" and a number. */
const s3fs = /\bPermissionError: (Access Denied|Forbidden)\.?\s{0,8}$/
/** Ruby's class and Rust's structure hold the code where no colon follows it. */
const structured =
  /\bAws::(\w{1,60})::Errors::(\w{1,80})\b(?: \(([^)]{1,300})\))?|\bcode: Some\("(\w{1,80})"\)(?:, message: Some\("([^"]{1,500})"\))?/
/** COPY, UNLOAD and Spectrum of Redshift tell S3's answer like this. */
const redshift = /S3ServiceException:(.{1,600}?),Status (\d{3}),Error (\w{1,80})/
const sentence =
  /is not authorized to perform|not authorized to access this resource|security token included in the request|Signature (?:expired|not yet current): \d{8}T|Credential should be scoped to a valid region|request time and the current time|is wrong; expecting '|authorization token has expired|provided token has expired|You are not authorized to perform this operation|Access to KMS is not allowed|ciphertext refers to a customer master key|signature we calculated does not match|Access Key Id you provided does not exist|not able to validate the provided access credentials/i

function findCode(line: string): Found | undefined {
  const called = botocore.exec(line) ?? oldCli.exec(line)
  if (called !== null)
    return { code: called[1]!, message: called[3] ?? '', sure: true, ...(called[2] !== undefined && { operation: called[2] }) }
  const served = java.exec(line)
  if (served !== null) {
    const before = line
      .slice(0, served.index)
      .replace(/^.{0,400}?(?:Exception|Error): /, '')
      .trim()
    return {
      code: served[3] ?? codeBefore(line.slice(0, served.index)),
      message: before === 'null' ? '' : before,
      status: Number(served[2]),
      serviceWord: served[1]!,
      sure: true,
    }
  }
  const operation = findGoOperation(line)
  const api = goApi.exec(line)
  if (api !== null) {
    const status = /StatusCode: (\d{3})/.exec(line)?.[1]
    return {
      code: api[1]!,
      message: api[2] ?? '',
      sure: true,
      ...operation,
      ...(status !== undefined && { status: Number(status) }),
    }
  }
  const copied = redshift.exec(line)
  if (copied !== null) return { code: copied[3]!, message: copied[1]!, status: Number(copied[2]), serviceWord: 'S3', sure: true }
  const arrow = pyarrow.exec(line)
  if (arrow !== null) {
    const code = arrow[1]!.replaceAll('_', '')
    return {
      code: isAwsCode(code) ? (arrowCodes[code] ?? code) : '',
      message: arrow[3] ?? '',
      serviceWord: 'S3',
      operation: arrow[2]!,
      ...(isAwsCode(code) && { sure: true }),
    }
  }
  const tag = xml.exec(line)
  if (tag !== null) return { code: tag[1]!, message: tag[2] ?? '', sure: isOfAws(line) }
  const member = jsonCode.exec(line)
  if (member !== null && isAwsCode(member[1]!))
    return { code: member[1]!, message: jsonMessage.exec(line)?.[1] ?? '', sure: line.includes('"__type"') }
  if (sentence.test(line)) {
    const code = codeBefore(line)
    return { code, message: messageOf(line, code), ...statusAfter(line) }
  }
  const plain = findPlain(line)
  if (plain !== undefined) return plain
  const refused = s3fs.exec(line)
  if (refused !== null) return { code: '', message: 'Access Denied', serviceWord: 'S3' }
  const held = structured.exec(line)
  const heldCode = held?.[2] ?? held?.[4]
  if (heldCode !== undefined && isAwsCode(heldCode))
    return {
      code: heldCode,
      message: held?.[3] ?? held?.[5] ?? '',
      sure: true,
      ...(held?.[1] !== undefined && { serviceWord: held[1] }),
    }
  const assumed = /\bNot authorized to perform (sts:\w{1,60})/.exec(line)
  if (assumed !== null) return { code: '', message: `Not authorized to perform: ${assumed[1]}` }
  if (/Amazon\.\w{1,60}\.\w{1,60}Exception: Access Denied/.test(line)) return { code: 'AccessDenied', message: 'Access Denied' }
  const registry = ociDenial.exec(line)
  if (registry !== null && /docker|containerd|dkr\.ecr|registry|pull|push|rpc error/.test(line))
    return { code: registry[1]!.toUpperCase(), message: registry[2]! }
  return undefined
}

/** Stores of others speak S3's language, its identifiers included: AWS's name has to be there, and nobody else's. */
function isOfAws(line: string): boolean {
  return /amazonaws|<(?:RequestId|HostId)>/.test(line) && !otherStores.test(line)
}

const otherStores =
  /\bazure\b|windows\.net|googleapis|aliyuncs|minio|digitaloceanspaces|cloudflarestorage|wasabisys|backblaze|myqcloud|:9000\b/i

function findPlain(line: string): Found | undefined {
  // Other clouds have codes of the same names.
  if (/\bazure\b|googleapis/i.test(line) || fileDenied.test(line)) return undefined
  let tries = 0
  for (const match of line.matchAll(codeAndColon)) {
    const [whole, owner = '', code = ''] = match
    if (isAwsCode(code) && (owner === '' || awsPackage.test(owner)))
      return {
        code,
        message: line.slice(match.index + whole.length).trimStart(),
        sure: /https response error StatusCode/.test(line),
        ...statusAfter(line),
      }
    tries += 1
    if (tries >= mostWrappers) return undefined
  }
  return undefined
}

/** Codes that other programs print too say nothing without the words of AWS beside them. */
function isAwsCode(code: string): boolean {
  return (
    findKindOfCode(bareCode(code)) !== undefined &&
    !/^(?:\d+|NotFound|NotFoundException|Forbidden|Redirect|Blocked|DENIED|UNAUTHORIZED|FileNotFound\w*|ModuleNotFound\w*|ClassNotFound\w*|CommandNotFound\w*|\w*NotFoundError)$/i.test(
      code,
    )
  )
}

/** The SDK for JavaScript names its classes after the codes: `InvalidIdentityTokenException`. */
function bareCode(code: string): string {
  const bare = code.replace(/Exception$/, '')
  return findKindOfCode(code) === undefined && findKindOfCode(bare) !== undefined ? bare : code
}

function codeBefore(text: string): string {
  for (const [, word = ''] of text.matchAll(/([A-Z]\w{2,78})(?=: )/g)) if (isAwsCode(word)) return word
  return ''
}

function messageOf(line: string, code: string): string {
  const at = code === '' ? -1 : line.indexOf(`${code}: `)
  const rest = at < 0 ? line : line.slice(at + code.length + 2)
  const user = rest.indexOf('User: ')
  return user > 0 ? rest.slice(user) : rest
}

/** The last of nested ones: what was called first needed the others' credentials. */
export function findGoOperation(line: string): { serviceWord: string; operation: string } | undefined {
  if (!line.includes('operation error ')) return undefined
  const found = [...line.matchAll(/operation error ([A-Za-z0-9 ]{1,60}): ([A-Za-z0-9]{1,80}),/g)].at(-1)
  return found === undefined ? undefined : { serviceWord: found[1]!, operation: found[2]! }
}

function statusAfter(line: string): { status?: number } {
  const digits = /[Ss]tatus ?[Cc]ode: (\d{3})\b/.exec(line)?.[1]
  return digits === undefined ? {} : { status: Number(digits) }
}

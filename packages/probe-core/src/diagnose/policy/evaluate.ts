// One policy document against one request, as IAM evaluates it, as far as this version understands it. Whatever it does not
// understand (a condition key, an operator, a form of principal) is unknown, and unknown never decides.

import { isRecord } from '../../model/json.ts'

export interface PolicyRequest {
  /** `s3:ListBucket` */
  readonly action: string
  /** ARNs the call is on; undefined: not known. */
  readonly resource?: string | undefined
  /** Caller's ARN as STS tells it. */
  readonly principal?: string | undefined
  /** Values of condition keys, by lower-case name. `null`: the key is certainly absent; a key that is not here is not known. */
  readonly context: Readonly<Record<string, string | null>>
}

export type Deciding = { readonly sid: string; readonly effect: 'Allow' | 'Deny'; readonly condition?: string }

type PolicyVerdict =
  | { readonly is: 'deny' | 'allow'; readonly statement: Deciding }
  /** No statement says anything of it. */
  | { readonly is: 'nothing' }
  | { readonly is: 'unknown' }

type Trit = 'yes' | 'no' | 'unknown'
type Json = Readonly<Record<string, unknown>>

const mostStatements = 200

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
export function evaluatePolicy(document: string, request: PolicyRequest): PolicyVerdict {
  const statements = readStatements(document)
  if (statements === undefined) return { is: 'unknown' }
  const matched = statements.map((statement, index) => ({
    effect: statement.Effect,
    match: matchStatement(statement, request),
    statement,
    index,
  }))
  const find = (effect: string, match: Trit) => matched.find(one => one.effect === effect && one.match === match)
  const denied = find('Deny', 'yes')
  if (denied) return { is: 'deny', statement: cite(denied.statement, denied.index, 'Deny') }
  if (matched.some(one => one.effect !== 'Allow' && one.match !== 'no')) return { is: 'unknown' }
  const allowed = find('Allow', 'yes')
  if (allowed) return { is: 'allow', statement: cite(allowed.statement, allowed.index, 'Allow') }
  return { is: find('Allow', 'unknown') ? 'unknown' : 'nothing' }
}

function readStatements(document: string): readonly Json[] | undefined {
  if (document.length > 64 * 1024) return undefined
  try {
    const parsed: unknown = JSON.parse(document)
    if (!isRecord(parsed)) return undefined
    const statements = [parsed.Statement].flat()
    if (statements.length > mostStatements || !statements.every(isRecord)) return undefined
    return statements as readonly Json[]
  } catch {
    return undefined
  }
}

function cite(statement: Json, index: number, effect: 'Allow' | 'Deny'): Deciding {
  const sid = typeof statement.Sid === 'string' && statement.Sid !== '' ? statement.Sid : `#${index + 1}`
  const condition = isRecord(statement.Condition) ? JSON.stringify(statement.Condition) : undefined
  return { sid: clean(sid, 100), effect, ...(condition && { condition: clean(condition, 300) }) }
}

/** Text of whoever wrote the policy. */
function clean(text: string, most: number): string {
  const safe = text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?')
  return safe.length > most ? `${safe.slice(0, most)}…` : safe
}

function matchStatement(statement: Json, request: PolicyRequest): Trit {
  return all([
    matchAction(statement, request.action),
    matchResource(statement, request.resource),
    matchPrincipal(statement, request.principal),
    matchConditions(statement.Condition, request),
  ])
}

function all(parts: readonly Trit[]): Trit {
  if (parts.includes('no')) return 'no'
  return parts.includes('unknown') ? 'unknown' : 'yes'
}

function not(trit: Trit): Trit {
  return trit === 'yes' ? 'no' : trit === 'no' ? 'yes' : 'unknown'
}

function matchAction(statement: Json, action: string): Trit {
  const isNot = statement.Action === undefined
  const patterns = textsOf(isNot ? statement.NotAction : statement.Action)
  if (patterns === undefined) return 'unknown'
  const found: Trit = patterns.some(pattern => isLike(action.toLowerCase(), pattern.toLowerCase())) ? 'yes' : 'no'
  return isNot ? not(found) : found
}

/** A policy variable in a resource is not filled in here. */
function matchResource(statement: Json, resource: string | undefined): Trit {
  const isNot = statement.Resource === undefined
  const patterns = textsOf(isNot ? statement.NotResource : statement.Resource)
  if (patterns === undefined) return 'unknown'
  if (patterns.includes('*')) return isNot ? 'no' : 'yes'
  if (resource === undefined || patterns.some(pattern => pattern.includes('${'))) return 'unknown'
  const found: Trit = patterns.some(pattern => isLike(resource, pattern)) ? 'yes' : 'no'
  return isNot ? not(found) : found
}

/** Endpoint and bucket policies name principals; without any, a statement is malformed. */
function matchPrincipal(statement: Json, principal: string | undefined): Trit {
  const { Principal: named } = statement
  if (named === undefined) return 'unknown'
  if (named === '*') return 'yes'
  if (!isRecord(named)) return 'unknown'
  const names = textsOf(named.AWS)
  // Services and federated users are not who we are.
  if (names === undefined)
    return named.AWS === undefined && Object.keys(named).every(kind => kind === 'Service') ? 'no' : 'unknown'
  if (names.includes('*')) return 'yes'
  if (principal === undefined) return 'unknown'
  const matches = names.map(name => isPrincipal(name, principal))
  return matches.includes('yes') ? 'yes' : matches.includes('unknown') ? 'unknown' : 'no'
}

function isPrincipal(name: string, principal: string): Trit {
  const caller = /^arn:[^:]+:(?:sts|iam)::(\d{12}):(assumed-role|user|federated-user|root)\/?(.*)$/.exec(principal)
  if (caller === null) return 'unknown'
  const [, account = '', kind, rest = ''] = caller
  if (name === principal) return 'yes'
  if (name === account || new RegExp(`^arn:[^:]+:iam::${account}:root$`).test(name)) return 'yes'
  if (/^\d{12}$/.test(name) || /^arn:[^:]+:iam::\d{12}:root$/.test(name)) return 'no'
  const role = /^arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(name)
  if (role !== null && kind === 'assumed-role') return role[1] === account && role[2] === rest.split('/')[0] ? 'yes' : 'no'
  // Principals take no wildcards inside; ids of deleted principals (AROA…) match nobody's ARN.
  return name.startsWith('arn:') ? 'no' : 'unknown'
}

const operators: Readonly<Record<string, (value: string, pattern: string) => boolean>> = {
  stringequals: (value, pattern) => value === pattern,
  stringequalsignorecase: (value, pattern) => value.toLowerCase() === pattern.toLowerCase(),
  stringlike: isLike,
  arnequals: isLike,
  arnlike: isLike,
  bool: (value, pattern) => value.toLowerCase() === pattern.toLowerCase(),
}

const negated: Readonly<Record<string, string>> = {
  stringnotequals: 'stringequals',
  stringnotequalsignorecase: 'stringequalsignorecase',
  stringnotlike: 'stringlike',
  arnnotequals: 'arnequals',
  arnnotlike: 'arnlike',
}

function matchConditions(condition: unknown, { context }: PolicyRequest): Trit {
  if (condition === undefined) return 'yes'
  if (!isRecord(condition)) return 'unknown'
  return all(
    Object.entries(condition).flatMap(([operator, keys]) =>
      isRecord(keys)
        ? Object.entries(keys).map(([key, values]) => matchCondition(operator, key, values, context))
        : ['unknown' as const],
    ),
  )
}

function matchCondition(operator: string, key: string, values: unknown, context: PolicyRequest['context']): Trit {
  const lower = operator.toLowerCase()
  const ifExists = lower.endsWith('ifexists')
  const bare = ifExists ? lower.slice(0, -'ifexists'.length) : lower
  const patterns = textsOf(values)
  const value = Object.hasOwn(context, key.toLowerCase()) ? context[key.toLowerCase()] : undefined
  if (patterns === undefined || value === undefined) return 'unknown'
  if (bare === 'null') {
    const [wanted] = patterns
    return wanted === 'true' || wanted === 'false' ? ((value === null) === (wanted === 'true') ? 'yes' : 'no') : 'unknown'
  }
  const isNegated = Object.hasOwn(negated, bare)
  const compare = operators[isNegated ? (negated[bare] ?? '') : bare]
  if (compare === undefined || patterns.some(pattern => pattern.includes('${'))) return 'unknown'
  // An absent key fails what asks for a value, and passes what asks for its absence.
  if (value === null) return ifExists || isNegated ? 'yes' : 'no'
  const found = patterns.some(pattern => compare(value, pattern))
  return found !== isNegated ? 'yes' : 'no'
}

/** `*` any text, `?` one character. Linear in the product of the lengths, whatever the pattern. */
export function isLike(text: string, pattern: string): boolean {
  let at = 0
  let in_ = 0
  let star = -1
  let mark = 0
  while (at < text.length) {
    if (in_ < pattern.length && pattern[in_] !== '*' && (pattern[in_] === '?' || pattern[in_] === text[at])) {
      at += 1
      in_ += 1
    } else if (pattern[in_] === '*') {
      star = in_
      mark = at
      in_ += 1
    } else if (star >= 0) {
      in_ = star + 1
      mark += 1
      at = mark
    } else return false
  }
  while (pattern[in_] === '*') in_ += 1
  return in_ === pattern.length
}

function textsOf(value: unknown): readonly string[] | undefined {
  const list = [value].flat().map(one => (typeof one === 'boolean' ? String(one) : one))
  return value !== undefined && list.every((one): one is string => typeof one === 'string') ? list : undefined
}

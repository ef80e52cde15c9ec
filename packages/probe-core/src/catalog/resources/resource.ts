// What a signed call on a resource of the user's is, as data: how it is worded, which permission it needs, and what its answers
// prove. Nothing is sent here.

import { findRecord } from '../../model/json.ts'
import type { NoopCall } from '../noop-rows.ts'

/** The resource as the plan has it. What is not known stays open, and a permission then holds a `*` in its place. */
export interface NamedResource {
  /** Catalogue id of the target's service. */
  readonly service: string
  /** As the user wrote it, without the word in front. */
  readonly name: string
  /** Where the service's own paths begin: `/`, the path of an endpoint URL, or a bucket's. */
  readonly basePath: string
  readonly region: string
  readonly partition: string
  readonly account?: string
}

export interface Permission {
  readonly action: string
  /** An ARN, a pattern of one, or `*`. */
  readonly resource: string
}

/** What earlier calls told, for later ones: names and, in memory only, tokens. Never part of a report. */
export type Known = Readonly<Record<string, string>>

/** An error by its code and, where one code means several things, by its words. */
interface AnswerForm {
  readonly code: string
  readonly says?: RegExp
}

type ResourceRequest = Pick<NoopCall, 'method' | 'path' | 'query' | 'headers' | 'body' | 'protocol'> & {
  /** Where it must go; a connection of its own is opened where that is not the target's host. */
  readonly host?: string
  /** The request carries a token of its own, or none, in place of a signature. */
  readonly unsigned?: true
}

export interface ResourceStep {
  /** As IAM writes it. */
  readonly action: string
  readonly kind: 'read' | 'write'
  /** `use`: workloads make this very call. `look`: it only shows that the resource is there, and many roles lack it. */
  readonly purpose: 'use' | 'look'
  /** Whether AWS documents that this form changes nothing and what it answers; else recorded against AWS, or inferred from its API model. */
  readonly evidence: 'documented' | 'recorded' | 'inferred'
  readonly signingName: string
  readonly permissions: readonly Permission[]
  /** What the run knows otherwise, and must be waited for. */
  readonly needs?: 'account'
  /** Undefined: what it needs was not told by an earlier call. */
  request(known: Known): ResourceRequest | undefined
  /** Errors that only a caller gets whom the service let in, although nothing was done. A 2xx always proves it. */
  readonly allowed?: readonly AnswerForm[]
  /** The named resource is not there. */
  readonly missing?: readonly AnswerForm[]
  /** Says neither: validation that may come before authorization, or an answer that hides whether the resource exists. */
  readonly unclear?: readonly AnswerForm[]
  /** From a 2xx: what a later call needs. */
  learn?(answer: LearnedFrom): Known
}

interface LearnedFrom {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** Stands where a name must be that cannot exist. */
export const noName = 'eniprobe-does-not-exist'

export function matches(forms: readonly AnswerForm[] | undefined, error: { code: string; message?: string }): boolean {
  return forms?.some(({ code, says }) => code === error.code && (says === undefined || says.test(error.message ?? ''))) ?? false
}

/** `arn:PARTITION:SERVICE:REGION:ACCOUNT:REST`; an account that is not known is any. */
export function arnOf(named: NamedResource, service: string, rest: string): string {
  return `arn:${named.partition}:${service}:${named.region}:${named.account ?? '*'}:${rest}`
}

/** The parts of an ARN that the user wrote. */
export function readArn(name: string):
  | {
      readonly partition: string
      readonly service: string
      readonly region: string
      readonly account: string
      readonly rest: string
    }
  | undefined {
  const parts = /^arn:([a-z-]+):([a-z0-9-]+):([a-z0-9-]*):(\d*):(.+)$/.exec(name)
  if (parts === null) return undefined
  const [, partition = '', service = '', region = '', account = '', rest = ''] = parts
  return { partition, service, region, account, rest }
}

/** A JSON body as an object; `{}` for anything else. A service's answer may be anybody's. */
export function readJson(body: string): Readonly<Record<string, unknown>> {
  return findRecord(body) ?? {}
}

/** A string of the object, if it is one of a sensible length. */
export function textOf(record: Readonly<Record<string, unknown>>, name: string, longest = 8192): string | undefined {
  const value = record[name]
  return typeof value === 'string' && value !== '' && value.length <= longest ? value : undefined
}

/** A path below the base; each part of a name is encoded once. */
export function below(basePath: string, path: string): string {
  return `${basePath.replace(/\/$/, '')}${path}`
}

/** As RFC 3986 wants it in a path or query: what encodeURIComponent leaves too. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

// Templates as text: Terraform's language and CloudFormation's YAML, written from plain values so that whatever stands in a value
// stays a value. What a resource needs is said by whoever calls.

import { printable } from './shell.ts'

export type Value = string | number | boolean | Expression | readonly Value[] | { readonly [name: string]: Value }

/** Terraform's own text: a reference or a call. Never made from what a report says. */
export class Expression {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export interface Resource {
  readonly type: string
  readonly name: string
  readonly has: { readonly [name: string]: Value }
  /** Nested blocks of Terraform's. */
  readonly blocks?: { readonly [name: string]: { readonly [name: string]: Value } }
  /** What is to be known before it is pasted. */
  readonly note?: string
}

export function terraform(resources: readonly Resource[]): string {
  return named(resources, '_')
    .map(({ type, name, has, blocks, note }) => {
      const nested = Object.entries(blocks ?? {}).map(([key, inner]) => `\n  ${key} {\n${attributes(inner, '    ')}\n  }`)
      return `${comment(note)}resource "${type}" "${name}" {\n${[attributes(has, '  '), ...nested].join('\n')}\n}`
    })
    .join('\n\n')
}

/** Aligned as `terraform fmt` does: neighbours of one line each. */
function attributes(has: { readonly [name: string]: Value }, indent: string): string {
  const lines = Object.entries(has).map(([key, value]) => ({
    key: /^[A-Za-z_]\w*$/.test(key) ? key : hclString(key),
    text: hcl(value, indent),
  }))
  const isLong = (at: number) => lines[at]?.text.includes('\n') !== false
  return lines
    .map(({ key, text }, at) => {
      let from = at
      let to = at
      while (!isLong(at) && !isLong(from - 1)) from -= 1
      while (!isLong(at) && !isLong(to + 1)) to += 1
      const width = Math.max(...lines.slice(from, to + 1).map(line => line.key.length))
      return `${indent}${key.padEnd(isLong(at) ? key.length : width)} = ${text}`
    })
    .join('\n')
}

/** Terraform's `jsonencode`, of a policy. */
export function jsonEncoded(value: Value): Expression {
  return new Expression(`jsonencode(${hcl(value, '  ')})`)
}

function hcl(value: Value, indent: string): string {
  if (value instanceof Expression) return value.text
  if (typeof value === 'string') return hclString(value)
  if (typeof value !== 'object') return String(value)
  if (isList(value)) return `[${value.map(each => hcl(each, indent)).join(', ')}]`
  return `{\n${attributes(value, `${indent}  `)}\n${indent}}`
}

/** @see https://developer.hashicorp.com/terraform/language/expressions/strings */
function hclString(text: string): string {
  return JSON.stringify(printable(text)).replaceAll('${', '$${').replaceAll('%{', '%%{')
}

export function cloudFormation(resources: readonly Resource[]): string {
  const parts = named(resources, '').map(({ type, name, has, note }) => {
    const properties = Object.entries(has).flatMap(([key, value]) => yaml(key, value, '      '))
    return [
      ...comment(note, '  ').trimEnd().split('\n').filter(Boolean),
      `  ${name}:`,
      `    Type: ${type}`,
      '    Properties:',
      ...properties,
    ].join('\n')
  })
  return `Resources:\n${parts.join('\n')}`
}

function yaml(key: string, value: Value, indent: string): readonly string[] {
  const head = `${indent}${scalar(key)}:`
  if (typeof value !== 'object') return [`${head} ${scalar(value)}`]
  if (value instanceof Expression) return [`${head} ${scalar(value.text)}`]
  if (!isList(value)) return [head, ...Object.entries(value).flatMap(([k, v]) => yaml(k, v, `${indent}  `))]
  return [
    head,
    ...value.flatMap(each => {
      if (typeof each !== 'object') return [`${indent}  - ${scalar(each)}`]
      const [first = '', ...rest] = Object.entries(each).flatMap(([k, v]) => yaml(k, v as Value, `${indent}    `))
      return [`${indent}  - ${first.trimStart()}`, ...rest]
    }),
  ]
}

function scalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value)
  const isPlain =
    /^[A-Za-z][\w./-]*(?::[\w./-]+)*$/.test(value) && !/^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i.test(value)
  return isPlain ? value : JSON.stringify(printable(value))
}

function comment(note: string | undefined, indent = ''): string {
  return note === undefined
    ? ''
    : `${note
        .split('\n')
        .map(line => `${indent}# ${printable(line)}`)
        .join('\n')}\n`
}

/** Two resources of one type cannot have one name. */
function named(resources: readonly Resource[], joint: string): readonly Resource[] {
  const taken = new Map<string, number>()
  return resources.map(resource => {
    const key = joint === '' ? resource.name : `${resource.type} ${resource.name}`
    const count = (taken.get(key) ?? 0) + 1
    taken.set(key, count)
    return count === 1 ? resource : { ...resource, name: `${resource.name}${joint}${count}` }
  })
}

function isList(value: object): value is readonly Value[] {
  return Array.isArray(value)
}

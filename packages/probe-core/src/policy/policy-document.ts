// An IAM policy from single permissions: statements by what they are for, actions of the same resources together. Pure.

import type { Permission, PermissionPhase } from '../catalog/index.ts'

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export interface PolicyDocument {
  readonly Version: '2012-10-17'
  readonly Statement: readonly PolicyStatement[]
}

export interface PolicyStatement {
  /** `EniprobeReads`, `EniprobeConfirm` or `EniprobeWriteChecks`, with a number from the second of its kind on. */
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
}

type PhasedPermission = Permission & { readonly phase: PermissionPhase }

/** In this order: what an earlier statement allows, a later one does not repeat. */
const sids = { read: 'EniprobeReads', confirm: 'EniprobeConfirm', write: 'EniprobeWriteChecks' } as const
const phases = ['read', 'confirm', 'write'] as const satisfies readonly PermissionPhase[]

/** Characters of a managed policy, white space not counted. */
export const mostPolicyCharacters = 6144

/** Always the same document for the same permissions, in whatever order they come. */
export function makePolicyDocument(permissions: readonly PhasedPermission[]): PolicyDocument {
  const granted: Permission[] = []
  const statements = phases.flatMap(phase => {
    const wanted = permissions.filter(each => each.phase === phase)
    const own = wanted.filter(
      (one, index) =>
        !granted.some(other => covers(other, one)) &&
        // The broader stays; of two alike, the first.
        !wanted.some((other, at) => at !== index && covers(other, one) && (at < index || !covers(one, other))),
    )
    granted.push(...own)
    return groupByResource(own).map(
      ([actions, resources], index): PolicyStatement => ({
        Sid: `${sids[phase]}${index === 0 ? '' : index + 1}`,
        Effect: 'Allow',
        Action: oneOrMany(actions),
        Resource: oneOrMany(resources),
      }),
    )
  })
  return { Version: '2012-10-17', Statement: statements }
}

/** As IAM counts it. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export function policyCharacters(document: PolicyDocument): number {
  return JSON.stringify(document).replaceAll(/\s/g, '').length
}

/** Resources that allow the very same actions share a statement: nothing is allowed that was not asked for. */
function groupByResource(permissions: readonly Permission[]): readonly (readonly [readonly string[], readonly string[]])[] {
  const actionsOf = new Map<string, Set<string>>()
  for (const { action, resource } of permissions) {
    const actions = actionsOf.get(resource) ?? new Set()
    actionsOf.set(resource, actions.add(action))
  }
  const groups = new Map<string, { readonly actions: readonly string[]; readonly resources: string[] }>()
  for (const [resource, all] of actionsOf) {
    const actions = [...all].sort()
    const key = actions.join(' ')
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { actions, resources: [resource] })
    else group.resources.push(resource)
  }
  return [...groups.values()]
    .map(({ actions, resources }) => [actions, resources.sort()] as const)
    .sort(([, a], [, b]) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1))
}

/** Whatever the second allows, the first allows. */
export function covers(first: Permission, second: Permission): boolean {
  return first.action === second.action && matches(first.resource, second.resource)
}

/** More wildcards than this in a pattern are not weighed: trying them in turn could take for ever, and allowing twice harms nobody. */
const mostWildcards = 4

/** One pattern against another, letter by letter: a `*` takes anything, patterns too; a `?` takes one letter, never a `*`. */
function matches(pattern: string, text: string): boolean {
  if (pattern === text) return true
  // `${*}` is an asterisk, no wildcard.
  const parts = pattern.split(/(\$\{[*?$]\}|[*?])/)
  if (parts.filter(part => part === '*').length > mostWildcards) return false
  const expressions = parts.map(part => {
    if (part === '*') return '.*'
    return part === '?' ? '[^*]' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${expressions.join('')}$`, 's').test(text)
}

function oneOrMany(all: readonly string[]): string | readonly string[] {
  const [only] = all
  return all.length === 1 && only !== undefined ? only : all
}

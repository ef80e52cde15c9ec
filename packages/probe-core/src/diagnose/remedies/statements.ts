// The statement that a denial lacks: the refused action on the resource that AWS named, and nothing wider. What AWS did not name is
// a placeholder, never `*`.

import { denialOf } from '../classify.ts'
import type { TargetView } from '../view.ts'
import { arnOr, bucketOf, idOr, unique, withoutRepeats } from './ids.ts'

export interface Grant {
  readonly actions: readonly string[]
  readonly resource: string
}

/** One a resource, so that no action is allowed on a resource that it was not refused on. */
export function grantsOf(targets: readonly TargetView[]): readonly Grant[] {
  const refused = targets.map(target => ({ action: actionOf(target), resource: resourceOf(target) }))
  return unique(refused.map(({ resource }) => resource)).map(resource => ({
    resource,
    actions: unique(refused.filter(one => one.resource === resource).map(({ action }) => action)),
  }))
}

function actionOf(target: TargetView): string {
  const aws = target.aws
  const seen = aws !== undefined && aws.outcome !== 'skipped' ? aws.seen?.action : undefined
  const action = denialOf(target)?.action ?? seen ?? ''
  return /^[a-z][a-z0-9-]*:[A-Za-z][A-Za-z0-9]*$/.test(action) ? action : '<service:Action>'
}

function resourceOf(target: TargetView): string {
  const named = arnOr(denialOf(target)?.resource, undefined)
  if (named !== undefined && !/[*]/.test(named)) return named
  const bucket = bucketOf([target])
  if (bucket.startsWith('<') || target.service?.signingName !== 's3') return named ?? '<arn-of-the-resource>'
  const arn = `arn:${target.network.partition}:s3:::${bucket}`
  return /^s3:(?:List|GetBucket)/.test(actionOf(target)) ? arn : `${arn}/<key>`
}

/** A Deny that matches: then no Allow beside it helps. */
export function isExplicit(targets: readonly TargetView[]): boolean {
  return targets.some(target => denialOf(target)?.explicit === true)
}

interface Principal {
  readonly kind: 'role' | 'user'
  readonly name: string
  readonly arn: string
}

/** Whom AWS refused; every role that appears, once. */
export function principalsOf(targets: readonly TargetView[]): readonly Principal[] {
  const found = targets.map(target => readPrincipal(denialOf(target)?.principal ?? target.network.vantage.identity?.arn))
  return withoutRepeats(found)
}

function readPrincipal(arn: string | undefined): Principal {
  const nobody = { kind: 'role', name: '<role-name>', arn: '<arn-of-the-role>' } as const
  const safe = arnOr(arn, undefined)
  const [, partition = '', account = '', kind, path = ''] =
    /^arn:([a-z-]+):(?:sts|iam)::(\d{12}):(assumed-role|role|user)\/(.+)$/.exec(safe ?? '') ?? []
  const parts = path.split('/')
  const name = kind === 'assumed-role' ? parts[0] : parts.at(-1)
  if (kind === undefined || name === undefined || !/^[A-Za-z0-9_][\w+=,.@-]{0,63}$/.test(name)) return nobody
  const shown = kind === 'assumed-role' ? name : path
  const one = kind === 'user' ? 'user' : 'role'
  return { kind: one, name, arn: `arn:${partition}:iam::${account}:${one}/${shown}` }
}

export function accountOf(targets: readonly TargetView[]): string {
  return idOr(targets[0]?.network.vantage.identity?.account, '<account-id>')
}

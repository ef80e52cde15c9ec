// What remedies for denials share: what was refused, whose policies are looked at, and how one that stands there is added to.

import type { Said } from '../../model/language.ts'
import { denialOf } from '../classify.ts'
import type { TargetView } from '../view.ts'
import { arnOr, bucketOf, idOr, unique } from './ids.ts'
import { sh } from './shell.ts'
import { type Grant, grantsOf, isExplicit, principalsOf } from './statements.ts'

export function namedActions(targets: readonly TargetView[]): string {
  const named = targets.map(
    t => denialOf(t)?.action ?? (t.aws !== undefined && t.aws.outcome !== 'skipped' ? t.aws.seen?.action : undefined),
  )
  return unique(named.filter(a => a !== undefined)).join(', ')
}

/** A resource that AWS did not name has to be: what an action may be narrowed to, IAM's reference says. */
const whichResource: Said = {
  en: 'AWS named no resource: put in the ARN that the workload uses. Only an action that knows no resources takes "*" (Service Authorization Reference).',
  ja: 'AWS はリソースを示していません。ワークロードが使う ARN を記入してください。「*」を指定するのは、リソースを指定できないアクションだけです（サービス認可リファレンス）。',
}

export function nameResource(targets: readonly TargetView[]): readonly Said[] {
  return !isExplicit(targets) && grantsOf(targets).some(({ resource }) => resource.startsWith('<')) ? [whichResource] : []
}

/** What to add is shown beside what stands there, which is never replaced unread. */
export const addsToPolicy: Said = {
  en: 'The command saves the policy, shows what to change, and writes the file back: edit it in between, and keep a copy.',
  ja: 'コマンドは、ポリシーをファイルに保存し、変更箇所を示し、そのファイルを書き戻します。書き戻す前に編集し、元の内容も控えておいてください。',
}

export const boundaryArn = (targets: readonly TargetView[]) => {
  const arn = targets.map(t => denialOf(t)?.policyArn).find(each => each !== undefined)
  return arnOr(arn, '<arn-of-the-boundary>')
}

export const policyArn = (targets: readonly TargetView[]) =>
  arnOr(
    targets.map(t => denialOf(t)?.policyArn).find(each => each !== undefined),
    undefined,
  )

/** The names of the policies of whoever was refused. */
export function policiesOf(targets: readonly TargetView[]): string {
  const [first] = principalsOf(targets)
  const name = first?.name ?? '<role-name>'
  return first?.kind === 'user'
    ? sh`aws iam list-attached-user-policies --user-name ${name}; aws iam list-user-policies --user-name ${name}`
    : sh`aws iam list-attached-role-policies --role-name ${name}; aws iam list-role-policies --role-name ${name}`
}

export function boundaryOf(targets: readonly TargetView[]): string {
  const [first] = principalsOf(targets)
  const name = first?.name ?? '<role-name>'
  return first?.kind === 'user'
    ? sh`aws iam get-user --user-name ${name} --query User.PermissionsBoundary`
    : sh`aws iam get-role --role-name ${name} --query Role.PermissionsBoundary`
}

/** As CloudTrail names it, without the service. */
export function operationOf(targets: readonly TargetView[]): string {
  return idOr(namedActions(targets).split(', ')[0]?.split(':')[1], '<Operation>')
}

/** So that S3 says which of the two it is. */
export function listing(targets: readonly TargetView[]): readonly Grant[] {
  const buckets = unique(targets.map(t => bucketOf([t])))
  const partition = targets[0]?.network.partition ?? 'aws'
  return buckets.map(bucket => ({ actions: ['s3:ListBucket'], resource: `arn:${partition}:s3:::${bucket}` }))
}

export function who(targets: readonly TargetView[]): string {
  for (const target of targets) {
    const arn = denialOf(target)?.principal ?? target.network.vantage.identity?.arn
    if (arn) return arn
  }
  return '<role>'
}

// Denials in AWS's own wording, for the policy types that moto cannot enforce. Says who denies in one sentence, or in none.
import { principalArn } from '../plan/identity.ts'
import type { Denial, VpcPlan } from '../plan/vpc-plan.ts'
import type { AwsError } from './aws-answer.ts'
import type { AwsRequest } from './aws-request.ts'

const policyNames = {
  identity: 'identity-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
  endpoint: 'VPC endpoint policy',
  bucket: 'resource-based policy',
  resource: 'resource-based policy',
  kms: 'resource-based policy',
} as const

/** The denial that applies to the request, if any does. */
export function findDenial(plan: VpcPlan, request: AwsRequest): Denial | undefined {
  return plan.aws.denials.find(
    denial => matchesAction(denial.action, request.action) && (denial.bucket === undefined || denial.bucket === request.bucket),
  )
}

/** How the workload's own policy denies `action`; `denied`: it is known that it does. Undefined when it does not. */
export function findIdentityDenial(plan: VpcPlan, action: string, denied: boolean): Denial | undefined {
  const { Statement } = plan.aws.policy
  const hits = Statement.filter(statement => [statement.Action].flat().some(pattern => matchesAction(pattern, action)))
  const explicit = hits.some(statement => statement.Effect === 'Deny')
  if (!denied && !explicit && hits.length > 0) return undefined
  return { action, by: 'identity', explicit }
}

export function denialError(plan: VpcPlan, request: AwsRequest, denial: Denial): AwsError {
  const code =
    request.protocol === 'ec2' ? 'UnauthorizedOperation' : request.service === 'sns' ? 'AuthorizationError' : 'AccessDenied'
  const message = denialMessage(plan, request, denial)
  return { status: 403, jsonStatus: 400, code, jsonCode: 'AccessDeniedException', message }
}

function denialMessage(plan: VpcPlan, request: AwsRequest, denial: Denial): string {
  if (denial.by === 'unattributed')
    return request.protocol === 's3' ? 'Access Denied' : 'User is not authorized to perform this action'
  const action = denial.by === 'kms' && !request.action.startsWith('kms:') ? 'kms:Decrypt' : request.action
  const resource =
    denial.by === 'kms'
      ? `arn:aws:kms:${plan.region}:${plan.aws.account}:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0`
      : resourceOf(plan, request)
  const policy = policyNames[denial.by]
  const reason = denial.explicit
    ? `with an explicit deny in ${denial.by === 'identity' ? 'an' : 'a'} ${policy}`
    : `because no ${policy} allows the ${action} action`
  const quoted = request.protocol === 's3' ? `"${resource}"` : resource
  return `User: ${principalArn(plan)} is not authorized to perform: ${action} on resource: ${quoted} ${reason}`
}

function resourceOf(plan: VpcPlan, request: AwsRequest): string {
  if (request.protocol === 's3') return `arn:aws:s3:::${request.bucket ?? '*'}`
  if (request.service === 'logs') return `arn:aws:logs:${plan.region}:${plan.aws.account}:log-group::log-stream:`
  return '*'
}

function matchesAction(pattern: string, action: string): boolean {
  const expression = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${expression}$`, 'i').test(action)
}

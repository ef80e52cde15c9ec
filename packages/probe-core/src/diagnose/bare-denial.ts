// Which policies can stand behind a denial that names none: what is said in place of AWS's reason, and never surely.

import type { Denial, PolicyType } from '../catalog/denial.ts'
import { isCoveredByNothing, takesEndpointPolicy } from './endpoint.ts'
import { isNamed } from './refusal.ts'
import type { TargetView } from './view.ts'

/** Services whose resources carry policies of their own, by signing name. */
const withResourcePolicies = new Set([
  's3',
  'kms',
  'sqs',
  'sns',
  'secretsmanager',
  'lambda',
  'ecr',
  'codeartifact',
  'dynamodb',
  'execute-api',
  'events',
  'es',
  'sts',
])

/** AccessDenied that no policy caused, or whose only policy is the API's own. */
const notOfPolicies = new Set(['lambda-authorizer', 'presigned-url-expired', 'headers-not-signed'])

export function mayDeny(type: PolicyType, target: TargetView, denial: Denial): boolean {
  if (
    denial.policyType !== undefined ||
    !['access-denied', 'not-found-or-denied'].includes(denial.kind) ||
    notOfPolicies.has(denial.caveat ?? '')
  )
    return false
  switch (type) {
    case 'identity':
      return !isAnonymous(target) && !isPermissionless(target)
    case 'endpoint':
      return mayPassEndpoint(target) && takesEndpointPolicy(target)
    case 'resource':
      return isNamed(target) && withResourcePolicies.has(target.service?.signingName ?? '')
    default:
      // Boundaries, sessions and the organization's policies are named where they deny, in all services that name anything.
      return false
  }
}

/** sts:GetCallerIdentity is allowed to every identity, whatever its policies say: only an endpoint policy can stop it. */
export function isPermissionless(target: TargetView): boolean {
  const aws = target.aws
  return aws !== undefined && aws.outcome !== 'skipped' && aws.seen?.action === 'sts:GetCallerIdentity'
}

function isAnonymous(target: TargetView): boolean {
  const aws = target.aws
  return aws !== undefined && aws.outcome !== 'skipped' && aws.seen?.signed === false
}

/** Over private addresses, or over the public ones that a gateway endpoint carries. */
function mayPassEndpoint(target: TargetView): boolean {
  if (target.viaProxy || isCoveredByNothing(target)) return false
  return target.isPrivate || (target.service?.hasGatewayEndpoint ?? false)
}

// A denial against the policies that may be read: the endpoint's document and the bucket's. The statement that decides is quoted.

import type { ControlPlane, EndpointFacts } from '../../model/control-plane.ts'
import { denialOf } from '../classify.ts'
import { endpointServices } from '../endpoint.ts'
import { endpointsFor } from '../path/endpoints.ts'
import type { Opinions } from '../path/opinion.ts'
import { routeTableOf } from '../path/route.ts'
import type { Own } from '../path/steps.ts'
import { says } from '../rule.ts'
import type { NetworkView, TargetView } from '../view.ts'
import { type Deciding, evaluatePolicy, type PolicyRequest } from './evaluate.ts'

export function judgePolicies(
  opinions: Opinions,
  target: TargetView,
  network: NetworkView,
  told: ControlPlane,
  own: Own | undefined,
): void {
  const aws = target.aws
  const action = aws === undefined || aws.outcome === 'skipped' ? undefined : aws.seen?.action
  if (action === undefined) return
  const endpoint = own && passedEndpoint(target, told, own)
  const request = requestOf(target, network, action, endpoint)
  judgeEndpoint(opinions, target, endpoint, request)
  judgeBucket(opinions, target, told, request)
  const proof = [...opinions.on.values()].find(o => o.is === 'proven')
  const [by] = proof?.is === 'proven' ? proof.evidence : []
  if (by) opinions.cleared('denied-unattributed', by)
}

function judgeEndpoint(
  opinions: Opinions,
  target: TargetView,
  endpoint: EndpointFacts | undefined,
  request: PolicyRequest,
): void {
  if (endpoint?.policy === undefined) return
  const verdict = evaluatePolicy(endpoint.policy, request)
  const policy = endpoint.id
  if (verdict.is === 'deny')
    opinions.proven(
      'endpoint-policy-denies',
      says(target, 'aws', 'confirm.policyDenies', { policy, statement: quote(verdict.statement) }),
    )
  // What an endpoint policy does not allow does not pass.
  else if (verdict.is === 'nothing')
    opinions.proven('endpoint-policy-denies', says(target, 'aws', 'confirm.policyAllowsNot', { policy, action: request.action }))
  else if (verdict.is === 'allow')
    opinions.cleared(
      'endpoint-policy-denies',
      says(target, 'aws', 'confirm.policyAllows', { policy, statement: quote(verdict.statement) }),
    )
  else opinions.unknown('endpoint-policy-denies')
}

function judgeBucket(opinions: Opinions, target: TargetView, told: ControlPlane, request: PolicyRequest): void {
  const bucket = bucketOf(target)
  const found = told.bucketPolicies?.find(each => each.resource === bucket)
  if (bucket === undefined || found === undefined || found.policy === null) return
  const policy = `s3://${bucket}`
  const verdict = evaluatePolicy(found.policy, request)
  if (verdict.is === 'deny')
    opinions.proven(
      'bucket-policy-denies',
      says(target, 'aws', 'confirm.policyDenies', { policy, statement: quote(verdict.statement) }),
    )
  else if (verdict.is === 'allow')
    opinions.cleared(
      'bucket-policy-denies',
      says(target, 'aws', 'confirm.policyAllows', { policy, statement: quote(verdict.statement) }),
    )
  // That a bucket policy says nothing denies nobody of its own account, and everybody else: whose it is was not told.
  else opinions.unknown('bucket-policy-denies')
}

function quote({ sid, effect, condition }: Deciding): string {
  return `${sid} (${effect}${condition === undefined ? '' : ` ${condition}`})`
}

function bucketOf(target: TargetView): string | undefined {
  return target.service?.signingName === 's3' ? target.target.resource?.split('/')[0] : undefined
}

/** The endpoint that the call went through: by the address it was made to, or by the route to the gateway. Only where it is one. */
function passedEndpoint(target: TargetView, told: ControlPlane, own: Own): EndpointFacts | undefined {
  if (target.viaProxy) return undefined
  if (target.isPrivate) {
    const used = target.addresses.filter(a => a.outcome === 'answered').map(a => a.address)
    const holding = (endpointsFor(target, { told, own }) ?? []).filter(e =>
      told.interfaces?.some(i => used.some(a => i.addresses.includes(a)) && e.interfaces?.includes(i.id)),
    )
    return holding.length === 1 ? holding[0] : undefined
  }
  const names = endpointServices(target)
    .filter(e => e.type === 'Gateway')
    .map(e => e.serviceName)
  const table = routeTableOf(told, own.subnet, own.vpc)
  const gateways = told.endpoints?.filter(
    e => e.vpc === own.vpc && e.type === 'Gateway' && names.includes(e.service) && (!table || e.routeTables?.includes(table.id)),
  )
  // Without the route table it is not known that this subnet's packets take it.
  return target.isPublic && table !== undefined && gateways?.length === 1 ? gateways[0] : undefined
}

function requestOf(target: TargetView, network: NetworkView, action: string, endpoint: EndpointFacts | undefined): PolicyRequest {
  const { identity, region, partition } = network.vantage
  const bucket = bucketOf(target)
  const denial = denialOf(target)
  // ListBucket is on the bucket itself; what other calls are on, AWS's sentence says or nobody.
  const resource = action === 's3:ListBucket' && bucket !== undefined ? `arn:${partition}:s3:::${bucket}` : denial?.resource
  const known: Record<string, string | null> = {
    'aws:securetransport': target.target.scheme === 'http' ? 'false' : 'true',
    ...(region !== null && { 'aws:requestedregion': target.target.region ?? region }),
    ...(identity && { 'aws:principalaccount': identity.account }),
    ...(endpoint && { 'aws:sourcevpce': endpoint.id, 'aws:sourcevpc': endpoint.vpc }),
  }
  const role = identity && /^arn:([^:]+):sts::(\d{12}):assumed-role\//.exec(identity.arn) ? undefined : identity?.arn
  // A role's ARN may hold a path that STS does not tell.
  return {
    action,
    resource,
    principal: identity?.arn,
    context: { ...known, ...(role && { 'aws:principalarn': role }) },
  }
}

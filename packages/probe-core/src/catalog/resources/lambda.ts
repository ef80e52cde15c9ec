// A function: looked at by the call that returns least (no configuration, which may hold secrets), and invoked in a dry run, which
// Lambda documents: the permission is judged and nothing runs.

import { rest } from '../noop-rows.ts'
import { arnOf, encode, type NamedResource, type ResourceStep, readArn } from './resource.ts'

const noFunction = [{ code: 'ResourceNotFoundException' }]

export function lambdaSteps(named: NamedResource): readonly ResourceStep[] {
  const { unqualified, qualifier, resource } = readFunction(named)
  const invoked = qualifier === undefined ? resource : `${resource}:${qualifier}`
  return [
    {
      action: 'lambda:GetFunctionConcurrency',
      kind: 'read',
      purpose: 'look',
      evidence: 'documented',
      signingName: 'lambda',
      permissions: [{ action: 'lambda:GetFunctionConcurrency', resource }],
      missing: noFunction,
      request: () => rest('GET', `/2019-09-30/functions/${encode(unqualified)}/concurrency`),
    },
    {
      action: 'lambda:InvokeFunction',
      kind: 'write',
      purpose: 'use',
      evidence: 'documented',
      signingName: 'lambda',
      permissions: [{ action: 'lambda:InvokeFunction', resource: invoked }],
      missing: noFunction,
      request: () =>
        rest(
          'POST',
          `/2015-03-31/functions/${encode(unqualified)}/invocations${qualifier === undefined ? '' : `?Qualifier=${encode(qualifier)}`}`,
          '{}',
          { 'x-amz-invocation-type': 'DryRun' },
        ),
    },
  ]
}

function readFunction(named: NamedResource) {
  const arn = readArn(named.name)
  const [name = '', qualifier] = (arn === undefined ? named.name : arn.rest.replace(/^function:/, '')).split(':')
  const resource =
    arn === undefined
      ? arnOf(named, 'lambda', `function:${name}`)
      : `arn:${arn.partition}:lambda:${arn.region}:${arn.account}:function:${name}`
  return { unqualified: arn === undefined ? name : resource, qualifier, resource }
}

// An inference endpoint: looked at. Invoking it runs the model, and no form of it that runs nothing is documented: of the host
// that is invoked, only the way to it is proven.

import { json } from '../noop-rows.ts'
import { arnOf, type NamedResource, type ResourceStep, readJson, textOf } from './resource.ts'

export function sagemakerEndpointSteps(named: NamedResource): readonly ResourceStep[] {
  return [
    {
      action: 'sagemaker:DescribeEndpoint',
      kind: 'read',
      purpose: 'look',
      evidence: 'documented',
      signingName: 'sagemaker',
      permissions: [
        { action: 'sagemaker:DescribeEndpoint', resource: arnOf(named, 'sagemaker', `endpoint/${named.name.toLowerCase()}`) },
      ],
      missing: [{ code: 'ValidationException', says: /could not find endpoint/i }, { code: 'ResourceNotFound' }],
      request: () => json('SageMaker.DescribeEndpoint', { EndpointName: named.name }),
      learn: ({ body }) => {
        const state = textOf(readJson(body), 'EndpointStatus', 40)
        return state === undefined ? {} : { state }
      },
    },
  ]
}

// A parameter: a version of it that cannot exist, asked for as workloads ask. Its value never leaves AWS. No harmless write on a
// parameter that exists is known: PutParameter stores, and every other call changes or needs a real version.

import { json } from '../noop-rows.ts'
import { arnOf, type NamedResource, type ResourceStep, readArn } from './resource.ts'

/** Versions count up from 1 by one a change. */
const noVersion = 2_147_483_647

export function parameterSteps(named: NamedResource): readonly ResourceStep[] {
  return [
    {
      action: 'ssm:GetParameter',
      kind: 'read',
      purpose: 'use',
      evidence: 'inferred',
      signingName: 'ssm',
      permissions: [{ action: 'ssm:GetParameter', resource: parameterArn(named) }],
      allowed: [{ code: 'ParameterVersionNotFound' }],
      missing: [{ code: 'ParameterNotFound' }],
      unclear: [{ code: 'ValidationException' }],
      request: () => json('AmazonSSM.GetParameter', { Name: `${named.name}:${noVersion}`, WithDecryption: false }),
    },
  ]
}

function parameterArn(named: NamedResource): string {
  return readArn(named.name) === undefined ? arnOf(named, 'ssm', `parameter/${named.name.replace(/^\//, '')}`) : named.name
}

// A model: looked up at the control plane, and its tokens of one letter counted at the runtime, which Bedrock documents as free.
// Invoking has no form without a charge, so it is not proven.

import { rest } from '../noop-rows.ts'
import { arnOf, encode, type NamedResource, type ResourceStep, readArn } from './resource.ts'

/** An inference profile's id begins with the area whose regions it spreads over. */
const profile = /^(?:us|us-gov|eu|apac|jp|au|ca|global)\./
const notThere = [{ code: 'ResourceNotFoundException' }]

export function bedrockSteps(named: NamedResource): readonly ResourceStep[] {
  const arn = readArn(named.name)
  const isProfile = arn === undefined ? profile.test(named.name) : /^(?:application-)?inference-profile\//.test(arn.rest)
  const action = isProfile ? 'bedrock:GetInferenceProfile' : 'bedrock:GetFoundationModel'
  const isOther = arn !== undefined && !isProfile && !arn.rest.startsWith('foundation-model/')
  if (isOther) return []
  return [
    {
      action,
      kind: 'read',
      purpose: 'look',
      evidence: 'documented',
      signingName: 'bedrock',
      permissions: [{ action, resource: modelArn(named, isProfile) }],
      missing: isProfile ? notThere : [...notThere, { code: 'ValidationException', says: /model identifier is invalid/i }],
      request: () => rest('GET', `/${isProfile ? 'inference-profiles' : 'foundation-models'}/${encode(named.name)}`),
    },
  ]
}

export function bedrockRuntimeSteps(named: NamedResource): readonly ResourceStep[] {
  // Tokens are counted for a model, in one region: of a profile's id the area is no part of the model's, and is refused as invalid.
  const isArn = readArn(named.name) !== undefined
  const name = isArn ? named.name : named.name.replace(profile, '')
  return [
    {
      action: 'bedrock:CountTokens',
      kind: 'read',
      purpose: 'look',
      evidence: 'documented',
      signingName: 'bedrock',
      permissions: [{ action: 'bedrock:CountTokens', resource: modelArn({ ...named, name }, false) }],
      missing: notThere,
      // Many models count no tokens, and Bedrock says so with the code of a malformed request; to a profile it says "invalid".
      unclear: [{ code: 'ValidationException' }],
      request: () =>
        rest(
          'POST',
          `/model/${encode(name)}/count-tokens`,
          JSON.stringify({ input: { converse: { messages: [{ role: 'user', content: [{ text: 'x' }] }] } } }),
        ),
    },
  ]
}

function modelArn(named: NamedResource, isProfile: boolean): string {
  if (readArn(named.name) !== undefined) return named.name
  return isProfile
    ? arnOf(named, 'bedrock', `inference-profile/${named.name}`)
    : `arn:${named.partition}:bedrock:${named.region}::foundation-model/${named.name}`
}

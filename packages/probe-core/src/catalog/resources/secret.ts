// A secret: only looked at. Its value is never asked for, and no harmless write on a secret that exists is known.

import { json } from '../noop-rows.ts'
import { arnOf, type NamedResource, type ResourceStep, readArn } from './resource.ts'

export function secretSteps(named: NamedResource): readonly ResourceStep[] {
  return [
    {
      action: 'secretsmanager:DescribeSecret',
      kind: 'read',
      purpose: 'look',
      evidence: 'documented',
      signingName: 'secretsmanager',
      permissions: [{ action: 'secretsmanager:DescribeSecret', resource: secretArn(named) }],
      missing: [{ code: 'ResourceNotFoundException' }],
      request: () => json('secretsmanager.DescribeSecret', { SecretId: named.name }),
    },
  ]
}

/** Six random characters end every secret's ARN. */
function secretArn(named: NamedResource): string {
  return readArn(named.name) === undefined ? arnOf(named, 'secretsmanager', `secret:${named.name}-??????`) : named.name
}

/**
 * The refusal names the secret's own ARN, with the six characters at its end that the caller did not write: so it exists. A name
 * that is not there is judged without them, and then an allowed caller is refused too.
 */
export function isSecretProven(name: string, deniedResource: string | undefined): boolean {
  const asked = name.startsWith('arn:') ? name : `:secret:${name}`
  const at = deniedResource?.lastIndexOf(asked) ?? -1
  return at >= 0 && /^-[A-Za-z0-9]{6}$/.test(deniedResource?.slice(at + asked.length) ?? '')
}

// A key: looked at, and used in dry runs, which KMS documents and answers with an error of their own. Nothing is encrypted.

import { isRecord } from '../../model/json.ts'
import { json } from '../noop-rows.ts'
import { arnOf, type Known, type NamedResource, type ResourceStep, readArn, readJson, textOf } from './resource.ts'

const noKey = [{ code: 'NotFoundException' }]
const dryRun = [{ code: 'DryRunOperationException' }]
/** A key of another use (signing, MAC, asymmetric) takes none of these calls. */
const otherUse = [
  { code: 'InvalidKeyUsageException' },
  { code: 'ValidationException' },
  { code: 'UnsupportedOperationException' },
]

export function kmsSteps(named: NamedResource): readonly ResourceStep[] {
  const KeyId = named.name
  const resource = keyArn(named)
  const use = (operation: string, parameters: object): ResourceStep => ({
    action: `kms:${operation}`,
    kind: 'write',
    purpose: 'use',
    evidence: 'documented',
    signingName: 'kms',
    permissions: [{ action: `kms:${operation}`, resource }],
    allowed: dryRun,
    missing: noKey,
    unclear: otherUse,
    request: known =>
      isSymmetric(known) ? json(`TrentService.${operation}`, { KeyId, ...parameters, DryRun: true }) : undefined,
  })
  return [
    {
      action: 'kms:DescribeKey',
      kind: 'read',
      purpose: 'look',
      evidence: 'documented',
      signingName: 'kms',
      permissions: [{ action: 'kms:DescribeKey', resource }],
      missing: noKey,
      request: () => json('TrentService.DescribeKey', { KeyId }),
      learn: ({ body }) => readKey(body),
    },
    use('Encrypt', { Plaintext: 'eA==' }),
    use('GenerateDataKey', { KeySpec: 'AES_256' }),
    // Without a ciphertext, only the permission is looked at.
    use('Decrypt', { DryRunModifiers: ['IGNORE_CIPHERTEXT'] }),
  ]
}

/** Not told to be something else. */
function isSymmetric({ keySpec }: Known): boolean {
  return keySpec === undefined || keySpec === 'SYMMETRIC_DEFAULT'
}

function readKey(body: string): Known {
  const metadata = readJson(body).KeyMetadata
  if (!isRecord(metadata)) return {}
  const keySpec = textOf(metadata, 'KeySpec', 40) ?? textOf(metadata, 'CustomerMasterKeySpec', 40)
  const state = textOf(metadata, 'KeyState', 40)
  return { ...(keySpec !== undefined && { keySpec }), ...(state !== undefined && { state }) }
}

/** A policy sees the key's ARN, never its alias: of an alias the key is not known, so any key of the account. */
function keyArn(named: NamedResource): string {
  const arn = readArn(named.name)
  if (arn !== undefined) return arn.rest.startsWith('alias/') ? named.name.replace(/:alias\/.*$/, ':key/*') : named.name
  return arnOf(named, 'kms', named.name.startsWith('alias/') ? 'key/*' : `key/${named.name}`)
}

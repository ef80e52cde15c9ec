// Answers of AWS with the truth about them, in the forms in which five tools print them: what is read, and what the text
// alone is taken to decide. A wrong word of decision would be a wrong certainty.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readEnvelope } from '../../src/probe/envelope.ts'
import { readErrors } from '../../src/why/read-errors.ts'
import { type Recorded, recorded } from './denial-vectors.ts'

interface Vector extends Recorded {
  readonly code: string
  readonly message: string
}

const vectors = recorded.flatMap((each): Vector[] => {
  const error = readEnvelope({ status: each.status, headers: each.headers, body: Buffer.from(each.body) }, each.protocol)
  return error?.message === undefined || error.message === '' ? [] : [{ ...each, code: error.code, message: error.message }]
})

const carriers: Readonly<Record<string, (vector: Vector) => string>> = {
  boto3: ({ code, message }) =>
    `botocore.exceptions.ClientError: An error occurred (${code}) when calling the Do operation: ${message}`,
  'Java 1': ({ code, message, status, service }) =>
    `com.amazonaws.AmazonServiceException: ${message} (Service: ${service}; Status Code: ${status}; Error Code: ${code}; Request ID: 0a1b; Proxy: null)`,
  'Go 2': ({ code, message, status }) =>
    `operation error X: Do, https response error StatusCode: ${status}, RequestID: 0a1b, api error ${code}: ${message}`,
  'JavaScript 3': ({ code, message }) => `${code}: ${message}`,
  'a JSON log': ({ code, message }) =>
    JSON.stringify({
      level: 'error',
      msg: `An error occurred (${code}) when calling the Do operation: ${message}`,
    }),
}

for (const [tool, print] of Object.entries(carriers)) {
  test(`${tool}: the policy type of a denial is read as AWS wrote it`, () => {
    let read = 0
    for (const vector of vectors) {
      const { policyType, explicit, kind } = vector.truth
      if (kind !== 'access-denied' || policyType === undefined || policyType === null) continue
      const [error] = readErrors(print(vector)).errors
      assert.equal(error?.errorClass, 'denied', vector.name)
      assert.equal(error?.policyType, policyType, vector.name)
      if (typeof explicit === 'boolean') assert.equal(error?.explicit, explicit, vector.name)
      read += 1
    }
    assert.ok(read >= 40, `${read}`)
  })
}

/** What may be decided from each truth; whatever is not here must be left open. */
const decisions: Readonly<Record<string, readonly string[]>> = {
  'access-denied identity': ['identity-policy-denies'],
  'access-denied boundary': ['permissions-boundary-denies'],
  'access-denied session': ['session-policy-denies'],
  'access-denied scp': ['scp-denies'],
  'access-denied rcp': ['rcp-denies'],
  'access-denied endpoint': ['endpoint-policy-denies'],
  'access-denied resource': ['bucket-policy-denies', 'resource-policy-denies', 'kms-denies'],
  'expired ': ['credentials-expired'],
  'clock-skew ': ['clock-skew'],
  'region-mismatch ': ['region-mismatch'],
}

test('what the text alone decides is the truth in every carrier', () => {
  let decided = 0
  for (const vector of vectors)
    for (const print of Object.values(carriers))
      for (const error of readErrors(print(vector)).errors) {
        if (error.decided === undefined) continue
        decided += 1
        const { kind, policyType, explicit } = vector.truth
        assert.ok(decisions[`${kind} ${policyType ?? ''}`]?.includes(error.decided), `${vector.name}: ${error.decided}`)
        // The absence of an allow is worded as the resource's whichever side lacks it.
        if (policyType === 'resource') assert.equal(explicit, true, vector.name)
      }
  assert.ok(decided > 150, `${decided}`)
})

// Secrets that nobody else has: planted where real ones stand, and looked for in whatever is told.
import assert from 'node:assert/strict'
import type { Fault } from '../src/faults/fault.ts'

export const secrets = {
  secretKey: 'CanarySecretKeyCanarySecretKey0123456789',
  sessionToken: 'CanarySessionTokenCanarySessionToken0123456789',
  proxyPassword: 'CanaryProxyPassword',
  webIdentityToken: 'eyJDYW5hcnlXZWJJZGVudGl0eSI6MX0.Q2FuYXJ5V2ViSWRlbnRpdHlUb2tlbg.Q2FuYXJ5U2lnbmF0dXJl',
  podToken: 'CanaryPodIdentityToken',
  indexToken: 'CanaryIndexTokenCanaryIndexToken',
  registryToken: 'npm_CanaryRegistryToken0123456789',
  netrcPassword: 'CanaryNetrcPassword',
  presigned: 'CanaryPresigned0123456789abcdef0123456789abcdef0123456789abcdef01',
  urlPassword: 'CanaryUrlPassword',
  urlToken: 'CanaryUrlToken0123456789',
}

export const keyId = 'ASIACANARY0000000001'

export const withEnv =
  (env: Readonly<Record<string, string>>): Fault =>
  plan => ({ ...plan, workload: { ...plan.workload, env: { ...plan.workload.env, ...env } } })

/** Keys of nobody's account, in the environment. */
export const keys = withEnv({
  AWS_ACCESS_KEY_ID: keyId,
  AWS_SECRET_ACCESS_KEY: secrets.secretKey,
  AWS_SESSION_TOKEN: secrets.sessionToken,
})

export const webIdentity: Fault = plan => ({
  ...plan,
  workload: {
    ...plan.workload,
    files: { ...plan.workload.files, '/run/lab/web-identity': secrets.webIdentityToken },
    env: {
      ...plan.workload.env,
      AWS_WEB_IDENTITY_TOKEN_FILE: '/run/lab/web-identity',
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/lab-workload',
    },
  },
})

export function assertNoSecret(told: string): void {
  for (const [what, secret] of Object.entries(secrets)) {
    assert.ok(!told.includes(secret), `${what} is printed: ${around(told, secret)}`)
    assert.ok(!told.includes(encodeURIComponent(Buffer.from(secret).toString('base64'))), `${what} is printed in base64`)
    assert.ok(!told.includes(Buffer.from(secret).toString('base64')), `${what} is printed in base64`)
    assert.ok(!told.includes(Buffer.from(`aws:${secret}`).toString('base64')), `${what} is printed as an Authorization header`)
  }
  assert.doesNotMatch(told, /Signature=|X-Amz-Security-Token|AWS4-HMAC-SHA256 Credential/i)
  assert.doesNotMatch(told, /\bA(?:KIA|SIA)[A-Z0-9]{16}\b/)
}

function around(told: string, secret: string): string {
  const at = told.indexOf(secret)
  return told.slice(Math.max(0, at - 120), at + secret.length + 40)
}

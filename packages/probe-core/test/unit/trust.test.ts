import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import tls from 'node:tls'
import { readTrust } from '../../src/probe/trust.ts'
import { makeAuthority } from '../wire/certificates.ts'

test('without a variable the default store is left alone', () => {
  const { ca, customCa, problems } = readTrust({})
  assert.deepEqual({ ca, customCa, problems }, { ca: undefined, customCa: [], problems: [] })
})

test('a bundle adds what the public roots do not hold, under the name of its variable', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const { pem } = await makeAuthority('Corporate Root')
  const trust = readTrust({
    AWS_CA_BUNDLE: path('both.pem', `# corporate\n${tls.rootCertificates[0]}\n${pem}\n`),
    SSL_CERT_FILE: path('public.pem', tls.rootCertificates[1]!),
    REQUESTS_CA_BUNDLE: path('broken.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'),
  })
  assert.deepEqual(trust.customCa, ['AWS_CA_BUNDLE'])
  assert.equal(trust.ca?.length, tls.rootCertificates.length + 1)
  assert.deepEqual(trust.problems, ['REQUESTS_CA_BUNDLE: certificates in its file that cannot be read: 1'])
})

test('a bundle that is missing, a folder, or empty of certificates is a problem and not a failure', () => {
  const { problems } = readTrust({
    NODE_EXTRA_CA_CERTS: '/nowhere/ca.pem',
    REQUESTS_CA_BUNDLE: tmpdir(),
    SSL_CERT_FILE: '/dev/null',
  })
  assert.deepEqual(problems, [
    'NODE_EXTRA_CA_CERTS names a file that does not exist: Node.js goes on without it',
    'REQUESTS_CA_BUNDLE names a directory, which not every client reads, and this run does not',
    'SSL_CERT_FILE names something that is not a file',
  ])
})

test('whom a bundle that cannot be used stops is told; Node.js goes on without one', () => {
  const said = (env: Record<string, string>) => readTrust(env).stoppers.map(each => each.replace(/ names .*\((.*)\)$/, ': $1'))
  assert.deepEqual(said({ AWS_CA_BUNDLE: '/nowhere/ca.pem' }), ['AWS_CA_BUNDLE: boto3, AWS CLI'])
  assert.deepEqual(said({ AWS_CA_BUNDLE: tmpdir() }), ['AWS_CA_BUNDLE: boto3, AWS CLI'])
  assert.deepEqual(said({ AWS_CA_BUNDLE: '/dev/null' }), ['AWS_CA_BUNDLE: boto3, AWS CLI'])
  assert.deepEqual(said({ REQUESTS_CA_BUNDLE: '/nowhere/ca.pem' }), ['REQUESTS_CA_BUNDLE: boto3, AWS CLI, pip'])
  assert.deepEqual(said({ REQUESTS_CA_BUNDLE: tmpdir() }), ['REQUESTS_CA_BUNDLE: boto3, AWS CLI'])
  assert.deepEqual(said({ SSL_CERT_FILE: '/nowhere/ca.pem' }), ['SSL_CERT_FILE: curl'])
  assert.deepEqual(said({ NODE_EXTRA_CA_CERTS: '/nowhere/ca.pem' }), [])
  assert.deepEqual(said({}), [])
  assert.match(readTrust({}, '/nowhere/ca.pem').stoppers[0] ?? '', /^ca_bundle names .*\(boto3, AWS CLI\)$/)
  assert.deepEqual(readTrust({ AWS_CA_BUNDLE: '/dev/null' }, '/nowhere/ca.pem').stoppers.length, 1)
})

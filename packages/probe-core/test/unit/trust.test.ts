import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
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
  assert.equal(
    said({ SSL_CERT_FILE: '/nowhere/ca.pem', CURL_CA_BUNDLE: '/nowhere/else.pem' }).some(each => each.includes('curl')),
    false,
    'curl reads its own variable first',
  )
  assert.deepEqual(said({ NODE_EXTRA_CA_CERTS: '/nowhere/ca.pem' }), [])
  assert.deepEqual(said({}), [])
  assert.match(readTrust({}, '/nowhere/ca.pem').stoppers[0] ?? '', /^ca_bundle names .*\(boto3, AWS CLI\)$/)
  assert.deepEqual(readTrust({ AWS_CA_BUNDLE: '/dev/null' }, '/nowhere/ca.pem').stoppers.length, 1)
})

/** A root, an intermediate under it, and a leaf under that: as a server sends them, and as bundles hold them. */
async function hierarchy() {
  const root = await makeAuthority('Public Root')
  const middle = await makeAuthority('Issuing CA')
  const issuing = await root.vouchFor(middle)
  const { cert: leaf } = await middle.issue({ name: 'logs.example' })
  const raw = (...pems: readonly string[]) => pems.map(pem => new X509Certificate(pem).raw)
  return { root, issuing, leaf, raw, other: await makeAuthority('Corporate Root') }
}

function bundles(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-'))
  t.after(() => rmSync(folder, { recursive: true }))
  let count = 0
  return (...pems: readonly string[]) => {
    count += 1
    const path = join(folder, `${count}.pem`)
    writeFileSync(path, pems.join('\n'))
    return path
  }
}

test('a chain is held against the bundle that boto3 takes alone', async t => {
  const { root, issuing, leaf, raw, other } = await hierarchy()
  const bundle = bundles(t)
  const sent = raw(leaf, issuing)
  const by = (...pems: string[]) => readTrust({ AWS_CA_BUNDLE: bundle(...pems) }).notVerifiedBy(sent)
  assert.equal(by(root.pem), undefined)
  assert.equal(by(other.pem, root.pem), undefined)
  assert.equal(by(other.pem), 'AWS_CA_BUNDLE')
  assert.equal(by(...tls.rootCertificates), 'AWS_CA_BUNDLE')
  assert.equal(by(issuing), 'AWS_CA_BUNDLE', 'no way ends at an intermediate')
  assert.equal(by(leaf), 'AWS_CA_BUNDLE', 'nor at the leaf')
  const namesake = await makeAuthority('Public Root')
  assert.equal(by(namesake.pem), 'AWS_CA_BUNDLE', 'a name is not a key')
  assert.equal(by(namesake.pem, root.pem), undefined)
  // What the server leaves out may lie in the bundle.
  const unsent = readTrust({ AWS_CA_BUNDLE: bundle(issuing, root.pem) })
  assert.equal(unsent.notVerifiedBy(raw(leaf)), undefined)
})

test('a root that an older one vouches for is verified by either, where the server sends the way', async t => {
  const { root, issuing, leaf, raw, other: older } = await hierarchy()
  const cross = await older.vouchFor(root)
  const bundle = bundles(t)
  const long = raw(leaf, issuing, cross)
  assert.equal(readTrust({ AWS_CA_BUNDLE: bundle(older.pem) }).notVerifiedBy(long), undefined)
  assert.equal(readTrust({ AWS_CA_BUNDLE: bundle(root.pem) }).notVerifiedBy(long), undefined)
  assert.equal(readTrust({ AWS_CA_BUNDLE: bundle(cross) }).notVerifiedBy(long), 'AWS_CA_BUNDLE')
  assert.equal(readTrust({ AWS_CA_BUNDLE: bundle(older.pem) }).notVerifiedBy(raw(leaf, issuing)), 'AWS_CA_BUNDLE')
  // Two that vouch for one another end nowhere, and the search ends.
  const back = await root.vouchFor(older)
  assert.equal(readTrust({ AWS_CA_BUNDLE: bundle(cross, back) }).notVerifiedBy(long), 'AWS_CA_BUNDLE')
})

test('the first variable that botocore reads counts, and no other client is spoken for', async t => {
  const { root, issuing, leaf, raw, other } = await hierarchy()
  const bundle = bundles(t)
  const [right, wrong] = [bundle(root.pem), bundle(other.pem)]
  const by = (env: Record<string, string>, ofProfile?: string) => readTrust(env, ofProfile).notVerifiedBy(raw(leaf, issuing))
  assert.equal(by({ REQUESTS_CA_BUNDLE: wrong }), 'REQUESTS_CA_BUNDLE')
  assert.equal(by({}, wrong), 'ca_bundle')
  assert.equal(by({ AWS_CA_BUNDLE: right, REQUESTS_CA_BUNDLE: wrong }, wrong), undefined)
  assert.equal(by({ AWS_CA_BUNDLE: wrong, REQUESTS_CA_BUNDLE: right }, right), 'AWS_CA_BUNDLE')
  assert.equal(by({ REQUESTS_CA_BUNDLE: wrong }, right), undefined)
  assert.equal(by({ SSL_CERT_FILE: wrong, NODE_EXTRA_CA_CERTS: wrong, CURL_CA_BUNDLE: wrong }), undefined)
  assert.equal(by({}), undefined)
})

test('of a bundle that was not read whole nothing is said', async t => {
  const { issuing, leaf, raw, other } = await hierarchy()
  const bundle = bundles(t)
  const garbage = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'
  const anchor = issuing.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE')
  const odd = '-----BEGIN CERTIFICATE-----\nProc-Type: 4\n'
  for (const path of [
    bundle(other.pem, garbage),
    bundle(other.pem, anchor),
    bundle(other.pem, odd),
    bundle(),
    tmpdir(),
    '/nowhere',
  ])
    assert.equal(readTrust({ AWS_CA_BUNDLE: path }).notVerifiedBy(raw(leaf, issuing)), undefined)
})

test('a certificate under its older mark is one', async t => {
  const { root, issuing, leaf, raw } = await hierarchy()
  const trust = readTrust({ AWS_CA_BUNDLE: bundles(t)(root.pem.replaceAll('CERTIFICATE', 'X509 CERTIFICATE')) })
  assert.deepEqual([trust.problems, trust.customCa], [[], ['AWS_CA_BUNDLE']])
  assert.equal(trust.notVerifiedBy(raw(leaf, issuing)), undefined)
})

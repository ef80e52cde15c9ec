// Each DNS fault shows the raw symptom that it promises.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as faults from '../src/faults/index.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { look, resolveInside } from './look-inside.ts'

const logs = 'logs.ap-northeast-1.amazonaws.com'
const vpcResolver = { server: '169.254.169.253' }

test('a healthy resolver says NXDOMAIN for a name that nobody has and NODATA for a missing type', async t => {
  const vpc = await vpcLab(t)
  if (!vpc) return
  assert.equal((await resolveInside(vpc, 'no-such-service.ap-northeast-1.amazonaws.com')).code, 'ENOTFOUND')
  assert.equal((await resolveInside(vpc, logs, { type: 'AAAA' })).code, 'ENODATA')
  assert.deepEqual(await resolveInside(vpc, logs, vpcResolver), await resolveInside(vpc, logs))
})

test("a silent custom resolver leaves the VPC's own answering", async t => {
  const vpc = await vpcLab(t, faults.dnsServerUnreachable('custom'))
  if (!vpc) return
  assert.equal((await resolveInside(vpc, logs)).code, 'ETIMEOUT')
  assert.equal((await resolveInside(vpc, logs, vpcResolver)).code, 'NOERROR')
})

test("the VPC's own resolver can be silent at both its addresses", async t => {
  const vpc = await vpcLab(t, faults.dnsServerUnreachable('vpc'))
  if (!vpc) return
  assert.equal((await resolveInside(vpc, logs)).code, 'ETIMEOUT')
  assert.equal((await resolveInside(vpc, logs, vpcResolver)).code, 'ETIMEOUT')
})

for (const [rcode, code] of [
  ['servfail', 'ESERVFAIL'],
  ['refused', 'EREFUSED'],
] as const)
  test(`a failing custom resolver answers ${rcode}`, async t => {
    const vpc = await vpcLab(t, faults.dnsServerFails(rcode))
    if (!vpc) return
    assert.equal((await resolveInside(vpc, logs)).code, code)
    assert.equal((await resolveInside(vpc, logs, vpcResolver)).code, 'NOERROR')
  })

test("a custom resolver that bypasses the VPC gives the public address where the VPC's gives the private one", async t => {
  const vpc = await vpcLab(t, faults.customDnsBypassesVpc())
  if (!vpc) return
  assert.match((await resolveInside(vpc, logs)).addresses[0] ?? '', /^54\.239\./)
  assert.match((await resolveInside(vpc, logs, vpcResolver)).addresses[0] ?? '', /^10\.20\./)
})

test('a private zone over amazonaws.com denies every name in it and none outside', async t => {
  const vpc = await vpcLab(t, faults.privateZoneShadows())
  if (!vpc) return
  assert.equal((await resolveInside(vpc, logs)).code, 'ENOTFOUND')
  assert.equal((await resolveInside(vpc, 'sts.amazonaws.com')).code, 'ENOTFOUND')
  assert.equal((await resolveInside(vpc, 'pypi.org')).code, 'NOERROR')
})

test('a DNS Firewall can block with NODATA', async t => {
  const vpc = await vpcLab(t, faults.privateZoneShadows('amazonaws.com', 'firewall-nodata'))
  if (!vpc) return
  assert.equal((await resolveInside(vpc, logs)).code, 'ENODATA')
})

test('a host without a record is NXDOMAIN', async t => {
  const vpc = await vpcLab(t, faults.dnsNameUnknown())
  if (!vpc) return
  assert.equal((await resolveInside(vpc, 'db.internal')).code, 'ENOTFOUND')
})

test('without DNS host names every endpoint name is public', async t => {
  const vpc = await vpcLab(t, faults.vpcDnsAttributesOff())
  if (!vpc) return
  for (const service of ['logs', 'sts', 'kms'])
    assert.match((await resolveInside(vpc, `${service}.ap-northeast-1.amazonaws.com`)).addresses[0] ?? '', /^54\.239\./)
})

test('an overloaded resolver answers every second question', async t => {
  const vpc = await vpcLab(t, faults.dnsUnreliable())
  if (!vpc) return
  const codes = []
  for (let times = 0; times < 4; times += 1) codes.push((await resolveInside(vpc, logs)).code)
  assert.deepEqual(codes, ['ETIMEOUT', 'NOERROR', 'ETIMEOUT', 'NOERROR'])
})

test('the hosts file changes what an application gets, not what DNS says', async t => {
  const vpc = await vpcLab(t, faults.hostsFileOverrides())
  if (!vpc) return
  assert.equal(await look(vpc, `require('dns').lookup('${logs}', (_, address) => give(address))`), '10.20.9.9')
  assert.match((await resolveInside(vpc, logs)).addresses[0] ?? '', /^10\.20\.1\./)
})

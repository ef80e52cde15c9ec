// The far side with programs that are not ours.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asksResolver, goesThroughProxy } from '../src/faults/real-parts.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import type { Vpc } from '../src/world/vpc.ts'
import { judgeRun, told } from './judge-run.ts'
import { look, resolveInside } from './look-inside.ts'

const logs = 'logs.ap-northeast-1.amazonaws.com'

test('dnsmasq forwards to the VPC resolver and gives its private answers', async t => {
  const vpc = await vpcLab(t, asksResolver('dnsmasq'))
  if (!vpc) return
  assert.deepEqual([...(await resolveInside(vpc, logs)).addresses].sort(), ['10.20.1.21', '10.20.2.21'])
  assert.equal((await resolveInside(vpc, 'no-such-service.ap-northeast-1.amazonaws.com')).code, 'ENOTFOUND')
})

for (const [does, status] of [
  ['works', 200],
  ['refuses', 403],
] as const)
  test(`tinyproxy that ${does} answers CONNECT with ${status}`, async t => {
    const vpc = await vpcLab(t, goesThroughProxy('tinyproxy', does))
    if (!vpc) return
    assert.equal(await connectThroughProxy(vpc, '10.20.1.21:443'), status)
  })

for (const software of ['dnsmasq', 'unbound'] as const)
  test(`the CLI finds nothing wrong with ${software} in front of the VPC's resolver`, async t => {
    const vpc = await vpcLab(t, asksResolver(software))
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(['logs', 'sts', 's3']))
    assert.deepEqual(report.findings, [], told(report.findings))
    assert.deepEqual(report.vantage.resolvers, [vpc.plan.dns.customAddress])
  })

for (const software of ['lab', 'tinyproxy'] as const)
  test(`the CLI goes through ${software === 'lab' ? 'a proxy' : software} to https and to http`, async t => {
    const vpc = await vpcLab(t, goesThroughProxy(software))
    if (!vpc) return
    const report = judgeRun(await vpc.eniprobe(['logs', 's3', 'http://example.com']))
    assert.deepEqual(report.findings, [], told(report.findings))
    assert.deepEqual(new Set(report.targets.map(({ via }) => via)), new Set(['proxy']))
  })

test('a proxy that opens TLS with its own CA is told as inspection', async t => {
  const vpc = await vpcLab(t, goesThroughProxy('lab', 'inspects'))
  if (!vpc) return
  const { findings } = judgeRun(await vpc.eniprobe(['logs', 'sts']))
  assert.equal(findings.length, 1, told(findings))
  assert.equal(findings[0]?.causes[0]?.cause, 'tls-inspected')
  assert.deepEqual(findings[0]?.targets, ['logs', 'sts'])
})

function connectThroughProxy(vpc: Vpc, to: string): Promise<number | string> {
  return look(
    vpc,
    `const { hostname, port } = new URL(process.env.HTTPS_PROXY);
     const sent = require('http').request({ host: hostname, port, method: 'CONNECT', path: '${to}' });
     setTimeout(() => give('silent'), 1500);
     sent.on('connect', answer => give(answer.statusCode)); sent.on('error', error => give(error.code)); sent.end()`,
  )
}

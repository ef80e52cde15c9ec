// The far side with programs that are not ours.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asksResolver, goesThroughProxy } from '../src/faults/real-parts.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import type { Vpc } from '../src/world/vpc.ts'
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

function connectThroughProxy(vpc: Vpc, to: string): Promise<number | string> {
  return look(
    vpc,
    `const { hostname, port } = new URL(process.env.HTTPS_PROXY);
     const sent = require('http').request({ host: hostname, port, method: 'CONNECT', path: '${to}' });
     setTimeout(() => give('silent'), 1500);
     sent.on('connect', answer => give(answer.statusCode)); sent.on('error', error => give(error.code)); sent.end()`,
  )
}

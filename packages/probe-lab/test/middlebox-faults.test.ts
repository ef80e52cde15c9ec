// Each middlebox, TLS and HTTP fault shows the raw symptom that it promises.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as faults from '../src/faults/index.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { connectInside, handshakeInside, look, requestInside } from './look-inside.ts'

const logs = 'logs.ap-northeast-1.amazonaws.com'
const address = '10.20.1.21'

test('a healthy service shows a certificate of Amazon that the workload trusts', async t => {
  const vpc = await vpcLab(t)
  if (!vpc) return
  const seen = await handshakeInside(vpc, address, logs)
  assert.equal(seen.authorized, true)
  assert.equal(seen.issuer, 'Amazon RSA 2048 M01')
})

for (const [form, outcome] of [
  ['drop', 'silent'],
  ['reset', 'ECONNRESET'],
] as const) {
  test(`a firewall that ${form}s a server name does so after TCP, and for that name alone`, async t => {
    const vpc = await vpcLab(t, faults.firewallDropsName(logs, form))
    if (!vpc) return
    assert.equal(await connectInside(vpc, address, 443), 'connected')
    assert.equal((await handshakeInside(vpc, address, logs)).outcome, outcome)
    assert.equal((await handshakeInside(vpc, address, 'aws.amazon.com')).outcome, 'answered')
  })

  test(`a firewall that ${form}s large hellos lets small ones through`, async t => {
    const vpc = await vpcLab(t, faults.firewallDropsLargeHello(logs, form))
    if (!vpc) return
    assert.equal((await handshakeInside(vpc, address, logs)).outcome, 'answered')
    const large = await look<string>(
      vpc,
      `const tls = require('tls');
       const socket = tls.connect({ host: '${address}', port: 443, servername: '${logs}', rejectUnauthorized: false, ALPNProtocols: Array.from({ length: 40 }, (_, at) => 'x'.repeat(50) + at) });
       setTimeout(() => give('silent'), 700);
       socket.on('secureConnect', () => give('answered'));
       socket.on('error', error => give(error.code))`,
    )
    assert.equal(large, outcome)
  })
}

test("inspected TLS shows the firewall's CA: untrusted, or trusted through the company's bundle", async t => {
  const untrusted = await vpcLab(t, faults.tlsInspected('untrusted'))
  if (!untrusted) return
  const seen = await handshakeInside(untrusted, address, logs)
  assert.equal(seen.issuer, 'Lab Inspection CA')
  assert.equal(seen.authorized, false)
  const trusted = await vpcLab(t, faults.tlsInspected('trusted'))
  if (!trusted) return
  assert.equal((await handshakeInside(trusted, address, logs)).authorized, true)
})

test('an expired certificate and one of another host fail to verify for that reason', async t => {
  const expired = await vpcLab(t, faults.certificateExpired())
  if (!expired) return
  assert.deepEqual(
    await look(
      expired,
      `require('tls').connect({ host: '${address}', port: 443, servername: '${logs}' }).on('error', error => give(error.code))`,
    ),
    'CERT_HAS_EXPIRED',
  )
  const other = await vpcLab(t, faults.certificateOtherHost())
  if (!other) return
  assert.equal((await requestInside(other, `https://${logs}/`)).status, 403)
  assert.equal((await handshakeInside(other, address, logs)).subject, 'vault.corp.example')
})

test('what listens on 443 need not speak TLS', async t => {
  const vpc = await vpcLab(t, faults.notTls())
  if (!vpc) return
  assert.match((await handshakeInside(vpc, address, logs)).outcome, /SSL/)
})

test('a service can be mute behind its TLS', async t => {
  const vpc = await vpcLab(t, faults.httpSilent())
  if (!vpc) return
  assert.equal((await handshakeInside(vpc, address, logs)).outcome, 'answered')
  assert.equal((await requestInside(vpc, `https://${logs}/`)).status, 'silent')
})

test('block pages and foreign web servers bear no mark of AWS', async t => {
  const blocked = await vpcLab(t, faults.webGatewayBlocks())
  if (!blocked) return
  const page = await requestInside(blocked, `https://${logs}/`)
  assert.equal(page.status, 403)
  assert.match(page.body, /blocked/)
  assert.ok(!page.headers['x-amzn-requestid'])
  const foreign = await vpcLab(t, faults.answeredByOther())
  if (!foreign) return
  assert.match((await requestInside(foreign, `https://${logs}/`)).headers.server ?? '', /nginx/)
})

test('an API captured by private DNS is forbidden from a private address', async t => {
  const vpc = await vpcLab(t, faults.privateDnsCapturesPublicApi())
  if (!vpc) return
  const answer = await requestInside(vpc, 'https://a1b2c3.execute-api.ap-northeast-1.amazonaws.com/prod')
  assert.equal(answer.status, 403)
  assert.equal(answer.body, '{"message":"Forbidden"}')
})

const throughProxy = `const { hostname, port } = new URL(process.env.HTTPS_PROXY);
  const sent = require('http').request({ host: hostname, port, method: 'CONNECT', path: '${logs}:443' });
  setTimeout(() => give('silent'), 900);
  sent.on('connect', answer => give(answer.statusCode)); sent.on('error', error => give(error.code)); sent.end()`

test('a proxy can be silent, refuse, or serve everything including metadata', async t => {
  const silent = await vpcLab(t, faults.proxyUnreachable())
  if (!silent) return
  assert.equal(await look(silent, throughProxy), 'silent')
  const refusing = await vpcLab(t, faults.proxyRefuses())
  if (!refusing) return
  assert.equal(await look(refusing, throughProxy), 403)
  const capturing = await vpcLab(t, faults.proxyCapturesMetadata())
  if (!capturing) return
  assert.equal(await look(capturing, throughProxy), 200)
  assert.ok(!(await capturing.run(['env'])).stdout.includes('NO_PROXY'))
})

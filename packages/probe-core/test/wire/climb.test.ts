import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import https from 'node:https'
import type net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openHttp } from '../../src/probe/http.ts'
import { probeTcp } from '../../src/probe/tcp.ts'
import { probeTls } from '../../src/probe/tls.ts'
import { readTrust } from '../../src/probe/trust.ts'
import { makeAuthority } from './certificates.ts'
import { makeContext } from './loopback.ts'

test('TCP, TLS and HTTP share one connection, and a closed one is climbed again', async t => {
  const host = 'logs.ap-northeast-1.amazonaws.com'
  const authority = await makeAuthority('Corporate Root')
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'ca.pem'), authority.pem)
  const trust = readTrust({ AWS_CA_BUNDLE: join(folder, 'ca.pem') })

  let connections = 0
  const server = https.createServer(await authority.issue({ name: host }), (request, response) => {
    if (request.url === '/close') response.setHeader('connection', 'close')
    response.setHeader('x-amzn-requestid', `r${request.url}`)
    response.end('{}')
  })
  server.on('connection', () => connections++)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as net.AddressInfo

  const context = { ...makeContext(t), trust }
  const climb = async () => {
    const tcp = await probeTcp({ address: '127.0.0.1', port }, context)
    const tls = await probeTls(tcp.socket!, { serverName: host, address: '127.0.0.1', port }, context)
    return tls.socket
  }
  const first = await climb()
  assert.ok(first)
  const connection = await openHttp(first, { host, port, scheme: 'https', address: '127.0.0.1' }, climb)
  t.after(() => connection.close())
  for (const path of ['/one', '/close']) {
    const { observation } = await connection.request({ method: 'GET', path }, context)
    assert.equal(observation.outcome === 'answered' && observation.seen.requestId, `r${path}`)
  }
  assert.equal(connections, 1)
  const again = await connection.request({ method: 'GET', path: '/three' }, context)
  assert.equal(again.observation.outcome, 'answered')
  assert.equal(connections, 2)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findProxy, proxyAuthorization, proxyPort } from '../../src/probe/proxy.ts'

const to = { scheme: 'https', host: 'logs.ap-northeast-1.amazonaws.com', port: 443 } as const
const set = { HTTPS_PROXY: 'http://proxy.example:3128' }

test('the proxy of the scheme is taken, the lower-case name before the upper-case one, and ALL_PROXY last', () => {
  assert.equal(findProxy(to, set).proxy?.from, 'HTTPS_PROXY')
  assert.equal(findProxy(to, { ...set, https_proxy: 'http://other.example:8080' }).proxy?.url.host, 'other.example:8080')
  assert.equal(findProxy(to, { ALL_PROXY: 'proxy.example:1' }).proxy?.from, 'ALL_PROXY')
  assert.equal(findProxy(to, { ALL_PROXY: 'proxy.example:1' }, 'pip').proxy?.from, 'ALL_PROXY')
  assert.deepEqual(findProxy(to, { ALL_PROXY: 'proxy.example:1' }, 'boto3'), {})
  assert.deepEqual(findProxy(to, { HTTP_PROXY: 'http://proxy.example:3128' }), {})
  assert.deepEqual(findProxy(to, {}), {})
})

test('an empty lower-case variable switches the proxy off', () => {
  assert.deepEqual(findProxy(to, { ...set, https_proxy: '' }), {})
})

test('user and password are kept apart from the URL', () => {
  const { proxy } = findProxy(to, { HTTPS_PROXY: 'https://user:p%40ss@proxy.example' })
  assert.equal(proxy?.url.href, 'https://proxy.example/')
  assert.equal(proxy && proxyAuthorization(proxy), `Basic ${Buffer.from('user:p@ss').toString('base64')}`)
  assert.equal(proxy && proxyPort(proxy), 443)
})

const bypasses: readonly (readonly [string, string, number, boolean])[] = [
  ['*', 'a.example', 443, true],
  ['amazonaws.com', 'logs.amazonaws.com', 443, true],
  ['.amazonaws.com', 'logs.amazonaws.com', 443, true],
  ['*.amazonaws.com', 'logs.amazonaws.com', 443, true],
  ['amazonaws.com', 'notamazonaws.com', 443, false],
  ['LOGS.Amazonaws.com', 'logs.amazonaws.com', 443, true],
  ['a.example:8443', 'a.example', 443, false],
  ['a.example:443', 'a.example', 443, true],
  ['x, 169.254.169.254', '169.254.169.254', 80, true],
  ['169.254.0.0/16', '169.254.169.254', 80, true],
  ['10.0.0.0/8', 'a.example', 80, false],
  ['[::1]', '::1', 80, true],
  ['0.0.1', '10.0.0.1', 80, false],
  ['', 'a.example', 443, false],
]
for (const [noProxy, host, port, isBypassed] of bypasses) {
  test(`NO_PROXY=${noProxy || '(empty)'} ${isBypassed ? 'keeps' : 'does not keep'} ${host}:${port} off the proxy`, () => {
    const choice = findProxy({ scheme: 'https', host, port }, { ...set, NO_PROXY: noProxy })
    assert.equal(choice.proxy === undefined, isBypassed)
  })
}

test('a form of NO_PROXY that boto3 does not read leaves its requests to the proxy', () => {
  const env = { ...set, NO_PROXY: '*.amazonaws.com' }
  assert.deepEqual(findProxy(to, env), {})
  assert.equal(findProxy(to, env, 'boto3').proxy?.from, 'HTTPS_PROXY')
  assert.deepEqual(findProxy(to, { ...set, NO_PROXY: '.amazonaws.com' }, 'boto3'), {})
})

test('instance metadata goes to the proxy unless NO_PROXY says otherwise', () => {
  assert.ok(findProxy({ scheme: 'http', host: '169.254.169.254', port: 80 }, { http_proxy: 'http://proxy.example:3128' }).proxy)
})

test('a proxy that cannot be used is a problem that does not show its value', () => {
  for (const value of ['socks5://user:hidden@proxy.example', 'http://user:hidden@[bad']) {
    const choice = findProxy(to, { HTTPS_PROXY: value })
    assert.match(choice.problem ?? '', /^HTTPS_PROXY/)
    assert.ok(!JSON.stringify(choice).includes('hidden'))
  }
})

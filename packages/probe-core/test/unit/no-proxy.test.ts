// Which client reads which form of NO_PROXY, as the clients themselves do.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, it, test } from 'node:test'
import { isExempt, type ProxiedUrl, type ProxyReader, readersExempted, readingOf } from '../../src/catalog/no-proxy.ts'
import { plainNoProxy } from '../../src/diagnose/no-proxy.ts'

const logs = 'logs.ap-northeast-1.amazonaws.com'
const everyone = 'boto3 pip curl Go Node'

// The list, the host (with a port where it is not that of https), and who goes past the proxy.
const forms: readonly (readonly [string, string, string])[] = [
  ['.amazonaws.com', logs, everyone],
  ['amazonaws.com', logs, everyone],
  ['.AMAZONAWS.com', logs, everyone],
  ['169.254.169.254', '169.254.169.254', everyone],
  ['x , 169.254.169.254', '169.254.169.254', everyone],
  ['*', logs, everyone],
  ['*,x', logs, 'Go'],
  ['*.amazonaws.com', logs, 'Go Node'],
  ['.amazonaws.com 169.254.169.254', logs, 'curl Node'],
  ['169.254.0.0/16', '169.254.169.254', 'pip curl Go'],
  ['169.254.169.254/32', '169.254.169.254', 'pip curl Go'],
  ['amazonaws.com:443', logs, 'Go Node'],
  ['app.internal:8443', 'app.internal:8443', 'boto3 pip Go Node'],
  ['app.internal:80', 'app.internal', ''],
  ['.app.internal', 'app.internal', 'boto3 pip curl Node'],
  ['ws.com', logs, 'pip'],
  ['notamazonaws.com', logs, ''],
  ['[fd00:ec2::254]', '[fd00:ec2::254]', everyone],
  ['', 'localhost', 'Go'],
  // An address is a name to urllib: what it ends in.
  ['169.254', '169.254.169.254', 'boto3 pip Node'],
  ['10.0.0.0/8', logs, ''],
  ['', logs, ''],
]

function to(host: string): ProxiedUrl {
  const [, name = host, port] = /^([^:]+):(\d+)$/.exec(host) ?? []
  return { scheme: 'https', host: name, port: Number(port) || 443 }
}

describe('NO_PROXY', () => {
  for (const [list, host, readers] of forms)
    it(`${list || '(empty)'} keeps ${host} off the proxy for ${readers || 'nobody'}`, () => {
      assert.equal(readersExempted(to(host), list).join(' '), readers)
    })

  it('keeps off the proxy, where the client is not known, what curl or Go reads in it and no client’s oddities', () => {
    for (const [list, host, readers] of forms)
      if (list !== '') assert.equal(isExempt(to(host), list, 'any'), /curl|Go/.test(readers), list)
    assert.equal(isExempt(to('localhost'), '', 'any'), false)
  })

  it('is read here as Python reads it', t => {
    const script = `
import json, sys, urllib.request as r
print(json.dumps([bool(r.proxy_bypass_environment(h, {'no': l} if l else {})) for l, h in json.load(sys.stdin)]))`
    const asked = forms.map(([list, host]) => [list, host])
    const { status, stdout } = spawnSync('python3', ['-c', script], { input: JSON.stringify(asked), encoding: 'utf8' })
    if (status !== 0) return t.skip('no Python here')
    assert.deepEqual(
      forms.map(([list, host]) => isExempt(to(host), list, 'boto3')),
      JSON.parse(stdout),
    )
  })

  it('written so that all read it alike keeps what the list meant', () => {
    const readers = (list: string) => readersExempted(to(logs), list).join(' ')
    for (const list of ['*.amazonaws.com', '.amazonaws.com 169.254.169.254', 'amazonaws.com:443', '*,x', '10.0.0.0/8'])
      assert.equal(readers(plainNoProxy(list, [logs])), everyone, list)
    assert.equal(plainNoProxy('*.amazonaws.com, 169.254.169.254', [logs]), '.amazonaws.com,169.254.169.254')
  })
})

const deciding: readonly (readonly [Parameters<typeof readingOf>[0], ProxyReader | 'any'])[] = [
  [{ service: 'logs', host: logs }, 'boto3'],
  [{ service: null, host: logs }, 'boto3'],
  [{ service: 'ecr.dkr', host: '111122223333.dkr.ecr.ap-northeast-1.amazonaws.com' }, 'Go'],
  [{ service: null, host: 'app.internal' }, 'any'],
  [{ service: null, host: 'pypi.org', packages: { manager: 'pip', role: 'index', configuredBy: 'x' } }, 'pip'],
  [{ service: null, host: 'registry.npmjs.org', packages: { manager: 'npm', role: 'registry', configuredBy: 'x' } }, 'any'],
]
test('boto3 decides the way to what is AWS’s, container runtimes the way to their registry, a package manager the way to its places', () => {
  for (const [target, reader] of deciding) assert.equal(readingOf(target), reader, target.host)
})

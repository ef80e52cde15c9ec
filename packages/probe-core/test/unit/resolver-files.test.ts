import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHostsFile, readResolvConf } from '../../src/probe/dns.ts'

test('a hosts file gives the addresses of names and aliases in any case, without its comments', () => {
  const hosts = readHostsFile(
    '127.0.0.1 localhost\n# 1.1.1.1 no\n10.0.0.5\tS3.Example alias # why\n::1 localhost\r\nbroken line\n',
  )
  assert.deepEqual(hosts.get('localhost'), ['127.0.0.1', '::1'])
  assert.deepEqual(hosts.get('s3.example'), ['10.0.0.5'])
  assert.deepEqual(hosts.get('alias'), ['10.0.0.5'])
  assert.equal(hosts.size, 3)
})

test('resolv.conf gives resolvers, the last search list and the dots of a full name, with its default', () => {
  const conf = readResolvConf(
    'domain a.example\nsearch b.example c.example\nnameserver 10.20.0.2\nnameserver fd00:ec2::253\nnameserver nonsense\noptions ndots:5 timeout:2 rotate\n; comment\n',
  )
  assert.deepEqual(conf, {
    nameservers: ['10.20.0.2', 'fd00:ec2::253'],
    search: ['b.example', 'c.example'],
    ndots: 5,
  })
  assert.deepEqual(readResolvConf(''), { nameservers: [], search: [], ndots: 1 })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { classifyAddress, isSameSubnet, sortAddresses } from '../../src/catalog/address.ts'

test('the CIDRs of the VPC decide before any other range, whatever space they are in', () => {
  assert.equal(classifyAddress('10.20.1.5', ['10.20.0.0/16']), 'vpc')
  assert.equal(classifyAddress('100.64.3.4', ['100.64.0.0/16']), 'vpc')
  assert.equal(classifyAddress('52.1.2.3', ['52.1.0.0/16']), 'vpc')
  assert.equal(classifyAddress('2600:1f14::5', ['10.0.0.0/8', '2600:1f14::/56']), 'vpc')
})

test('outside them, or when they are unknown, the range of the address decides', () => {
  for (const address of ['10.1.1.1', '172.16.0.1', '192.168.0.1', '100.64.0.1', 'fd00:ec2::253']) {
    assert.equal(classifyAddress(address, null), 'private')
    assert.equal(classifyAddress(address, ['10.20.0.0/16']), 'private')
  }
  assert.equal(classifyAddress('3.112.64.90', null), 'public')
  assert.equal(classifyAddress('2600:1f14::5', null), 'public')
  assert.equal(classifyAddress('169.254.169.254', null), 'link-local')
  assert.equal(classifyAddress('fe80::1%eth0', null), 'link-local')
  assert.equal(classifyAddress('127.0.0.1', null), 'loopback')
  assert.equal(classifyAddress('::1', null), 'loopback')
  assert.equal(classifyAddress('0.0.0.0', null), 'unspecified')
  assert.equal(classifyAddress('::', null), 'unspecified')
  assert.equal(classifyAddress('::ffff:10.0.0.1', null), 'private')
})

test('what is no literal address is a mistake of the caller', () => {
  for (const text of ['10.1', 'example.com', '', '0x0a000001']) assert.throws(() => classifyAddress(text, null), RangeError)
})

test('IPv4 comes first, each family in the order of the answer, without repeats', () => {
  assert.deepEqual(sortAddresses(['::2', '10.0.0.2', '::1', '10.0.0.1', '10.0.0.2']), ['10.0.0.2', '10.0.0.1', '::2', '::1'])
})

test('an address is in a subnet only of its own family', () => {
  assert.equal(isSameSubnet('10.20.1.10', '10.20.1.0/24'), true)
  assert.equal(isSameSubnet('10.20.2.10', '10.20.1.0/24'), false)
  assert.equal(isSameSubnet('::1', '0.0.0.0/0'), false)
  assert.equal(isSameSubnet('10.20.1.10', 'nonsense'), false)
})

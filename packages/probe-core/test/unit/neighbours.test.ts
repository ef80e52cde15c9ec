// The kernel's tables of an instance: whose hardware address is known, and whose is still asked for.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isKnownIn } from '../../src/probe/neighbours.ts'

const routes = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t0101140A\t0003\t0\t0\t100\t00000000\t0\t0\t0
eth1\t00000000\t0102140A\t0003\t0\t0\t200\t00000000\t0\t0\t0
eth0\t0001140A\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
eth0\t0003140A\t0201140A\t0003\t0\t0\t100\t00FFFFFF\t0\t0\t0
`
const neighbours = `IP address       HW type     Flags       HW address            Mask     Device
10.20.1.1        0x1         0x2         0a:00:00:00:00:01     *        eth0
10.20.1.2        0x1         0x0         00:00:00:00:00:00     *        eth0
10.20.1.20       0x1         0x6         0a:00:00:00:00:14     *        eth0
10.20.1.21       0x1         0x0         00:00:00:00:00:00     *        eth0
10.20.1.22       0x1         0x2         0a:00:00:00:00:16     *        eth1
`
const tables = { routes, neighbours }

const expected: readonly (readonly [string, boolean, string])[] = [
  ['10.20.1.20', true, 'on the link, and known'],
  ['10.20.1.21', false, 'on the link, and still asked for'],
  ['10.20.1.22', false, 'known on another link only'],
  ['10.20.1.99', false, 'on the link, and not in the table'],
  ['192.0.2.7', true, 'behind the default gateway, which is known'],
  ['10.20.3.9', false, 'behind a gateway that is still asked for'],
  ['127.0.0.3', true, 'this machine itself'],
  ['2001:db8::1', false, 'IPv6, whose neighbours stand in no file'],
]
for (const [address, isKnown, why] of expected) {
  test(`${address} is ${isKnown ? '' : 'not '}a known neighbour: ${why}`, () => {
    assert.equal(isKnownIn(tables, address), isKnown)
  })
}

test('where the tables cannot be read, or hold nothing, no neighbour is known', () => {
  assert.equal(isKnownIn({ routes: undefined, neighbours }, '10.20.1.20'), false)
  assert.equal(isKnownIn({ routes, neighbours: undefined }, '10.20.1.20'), false)
  assert.equal(isKnownIn({ routes: '', neighbours: '' }, '10.20.1.20'), false)
  assert.equal(isKnownIn({ routes: 'x\n\0', neighbours: 'y' }, '10.20.1.20'), false)
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findDefaultRoute, findDefaultRoute6, readLocalNetwork } from '../../src/probe/interfaces.ts'

const head = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n'

describe('the default route', () => {
  it('is read from the kernel’s little-endian table, the lowest metric first', () => {
    const table = `${head}eth1\t00000000\t0102140A\t0003\t0\t0\t200\t00000000\t0\t0\t0\neth0\t00000000\t0101140A\t0003\t0\t0\t100\t00000000\t0\t0\t0\neth0\t0001140A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n`
    assert.deepEqual(findDefaultRoute(table), { gateway: '10.20.1.1', interface: 'eth0' })
  })

  it('is none when the table has none, or is nothing of the kind', () => {
    for (const table of [head, '', 'garbage\n\n\t\t\n', `${head}eth0\t00000000\tzz\t0003\t0\t0\t0\t00000000\n`]) {
      assert.equal(findDefaultRoute(table), undefined)
    }
  })

  it('of IPv6 is not the one that the kernel keeps on loopback', () => {
    const zero = '0'.repeat(32)
    const table = `${zero} 00 ${zero} 00 ${zero} ffffffff 00000001 00000000 00200200       lo\n${zero} 00 ${zero} 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003     eth0\n`
    assert.deepEqual(findDefaultRoute6(table), { gateway: 'fe80:0:0:0:0:0:0:1', interface: 'eth0' })
  })

  it('is left out where there is no /proc', async () => {
    const told = await readLocalNetwork('/no/such/file', '/no/such/file')
    assert.ok(!('defaultRoute' in told))
    assert.ok(told.interfaces.every(each => !each.address.startsWith('127.') && Number.isInteger(each.prefixLength)))
  })
})

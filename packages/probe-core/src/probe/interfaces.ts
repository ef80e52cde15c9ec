// This machine's own network: interfaces and the default route. Facts of the kernel; nothing is asked of the network.

import { readFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import type { NetworkInterface } from '../model/vantage.ts'

export interface LocalNetwork {
  /** Loopback left out. */
  readonly interfaces: readonly NetworkInterface[]
  /** Null: there is none, which proves that nothing outside the subnet is reachable. Undefined: not to be read here. */
  readonly defaultRoute?: { readonly gateway: string; readonly interface: string } | null
}

export async function readLocalNetwork(
  routeFile = '/proc/net/route',
  route6File = '/proc/net/ipv6_route',
): Promise<LocalNetwork> {
  const interfaces = listInterfaces()
  const [v4, v6] = await Promise.all([readText(routeFile), readText(route6File)])
  if (v4 === undefined) return { interfaces }
  return { interfaces, defaultRoute: findDefaultRoute(v4) ?? findDefaultRoute6(v6 ?? '') ?? null }
}

function listInterfaces(): NetworkInterface[] {
  let all: ReturnType<typeof networkInterfaces>
  try {
    all = networkInterfaces()
  } catch {
    // Some sandboxes forbid the question.
    return []
  }
  return Object.entries(all).flatMap(([name, addresses]) =>
    (addresses ?? [])
      .filter(each => !each.internal)
      .map(each => ({
        name,
        address: each.address,
        prefixLength: Number(each.cidr?.split('/')[1] ?? (each.family === 'IPv4' ? 32 : 128)),
        ...(each.mac && each.mac !== '00:00:00:00:00:00' && { mac: each.mac }),
      })),
  )
}

/** The kernel prints addresses as little-endian hexadecimal words. */
export function findDefaultRoute(table: string): { gateway: string; interface: string } | undefined {
  const routes = table
    .split('\n')
    .slice(1)
    .map(line => line.trim().split(/\s+/))
    .filter(([name, destination, , flags, , , , mask]) => {
      const isUp = (Number.parseInt(flags ?? '0', 16) & 1) === 1
      return name && destination === '00000000' && mask === '00000000' && isUp
    })
    .sort((a, b) => Number(a[6]) - Number(b[6]))
  const [name, , gateway] = routes[0] ?? []
  if (!name || !/^[0-9A-F]{8}$/i.test(gateway ?? '')) return undefined
  const bytes = (gateway?.match(/../g) ?? []).map(byte => Number.parseInt(byte, 16)).reverse()
  return { gateway: bytes.join('.'), interface: name }
}

export function findDefaultRoute6(table: string): { gateway: string; interface: string } | undefined {
  const route = table
    .split('\n')
    .map(line => line.trim().split(/\s+/))
    .find(([destination, length, , , gateway, , , , , name]) => {
      return /^0{32}$/.test(destination ?? '') && length === '00' && name !== 'lo' && /[1-9a-f]/i.test(gateway ?? '')
    })
  const [gateway, name] = [route?.[4], route?.[9]]
  if (!gateway || !name) return undefined
  return {
    gateway: (gateway.match(/..../g) ?? []).map(part => Number.parseInt(part, 16).toString(16)).join(':'),
    interface: name,
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).slice(0, 1024 * 1024)
  } catch {
    return undefined
  }
}

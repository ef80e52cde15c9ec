// Addresses of a report, which may hold anything: what is no address counts as public, never as a crash.

import { classifyAddress, isLiteral, isSameSubnet } from '../catalog/address.ts'
import type { AddressScope } from '../model/observation.ts'

export function scopeOf(address: string, vpcCidrs: readonly string[] | null): AddressScope {
  return isLiteral(address) ? classifyAddress(address, vpcCidrs) : 'public'
}

export function isInside(address: string, cidr: string): boolean {
  return isLiteral(address) && isSameSubnet(address, cidr)
}

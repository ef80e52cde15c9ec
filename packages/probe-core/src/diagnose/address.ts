// Addresses of a report, which may hold anything: what is no address counts as public, never as a crash. Each is read once.

import { classifyAddress, isLiteral, isSameSubnet } from '../catalog/address.ts'
import type { AddressScope } from '../model/observation.ts'

export class Addresses {
  private readonly vpcCidrs: readonly string[] | null
  private readonly scopes = new Map<string, AddressScope>()
  private readonly places = new Map<string, boolean>()

  constructor(vpcCidrs: readonly string[] | null) {
    this.vpcCidrs = vpcCidrs
  }

  scopeOf(address: string): AddressScope {
    const known = this.scopes.get(address)
    if (known !== undefined) return known
    const scope = isLiteral(address) ? classifyAddress(address, this.vpcCidrs) : 'public'
    this.scopes.set(address, scope)
    return scope
  }

  isInside(address: string, cidr: string): boolean {
    const key = `${address} ${cidr}`
    const known = this.places.get(key)
    if (known !== undefined) return known
    const inside = isLiteral(address) && isSameSubnet(address, cidr)
    this.places.set(key, inside)
    return inside
  }
}

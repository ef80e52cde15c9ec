// Addresses under another network's numbers. What the diagnosis reads of an address stays: which kind it is, which addresses
// share a network, and its place within a network of the VPC (base plus two, our own subnet). Public addresses stay as they are:
// those of AWS say nothing of whose network this is, and no rule could be followed without them.

import { classifyAddress, isLiteral, isSameSubnet } from '../../catalog/address.ts'
import { readBits, writeBits } from './bits.ts'

export type RandomBit = () => 0 | 1

export class AddressMask {
  readonly #known: readonly string[]
  readonly #random: RandomBit
  /** One coin for every prefix that occurs: two addresses share as many leading bits as before, and no more. */
  readonly #coins = new Map<string, 0 | 1>()

  /** `known`: CIDRs within which the host part is kept. */
  constructor(known: readonly string[], random: RandomBit) {
    this.#known = known.filter(cidr => isLiteral(cidr.split('/')[0] ?? ''))
    this.#random = random
  }

  /** The same address always gives the same; what is not private stays. */
  address(text: string): string {
    if (!isLiteral(text)) return text
    const bits = readBits(text)
    const kept = keptBits(bits, this.#scopeOf(text))
    return kept === undefined ? text : writeBits(this.#flip(bits, kept, this.#networkLength(text, bits.length)))
  }

  cidr(text: string): string {
    const [base = '', length = ''] = text.split('/')
    const prefix = Number(length)
    if (!isLiteral(base) || !/^\d{1,3}$/.test(length)) return text
    const bits = readBits(base)
    if (prefix > bits.length) return text
    const kept = keptBits(bits, this.#scopeOf(base))
    if (kept === undefined || prefix <= kept) return text
    const flipped = this.#flip(bits, kept, Math.min(prefix, this.#networkLength(base, bits.length)))
    return `${writeBits([...flipped.slice(0, prefix), ...bits.slice(prefix)])}/${length}`
  }

  #scopeOf(address: string) {
    return classifyAddress(address, this.#known)
  }

  /** How many leading bits are replaced: those of the widest network of ours that holds it, else all but the last octet's. */
  #networkLength(address: string, size: number): number {
    const lengths = this.#known.filter(cidr => isSameSubnet(address, cidr)).map(cidr => Number(cidr.split('/')[1]))
    return lengths.length > 0 ? Math.min(...lengths) : size === 32 ? 24 : 64
  }

  #flip(bits: readonly number[], from: number, to: number): readonly number[] {
    return bits.map((bit, index) => {
      if (index < from || index >= to) return bit
      const prefix = `${bits.length}:${bits.slice(0, index).join('')}`
      let coin = this.#coins.get(prefix)
      if (coin === undefined) {
        // The first bit that may change always does: no network keeps its numbers by chance.
        coin = index === from ? 1 : this.#random()
        this.#coins.set(prefix, coin)
      }
      return bit ^ coin
    })
  }
}

/** The leading bits that make an address private and must stay; undefined: the whole address stays. */
function keptBits(bits: readonly number[], scope: ReturnType<typeof classifyAddress>): number | undefined {
  if (scope !== 'private' && scope !== 'vpc') return undefined
  const first = bits.slice(0, 16).reduce((sum, bit) => sum * 2 + bit, 0)
  if (bits.length === 128) {
    // fd00:ec2::/32 is AWS's own, the same in every VPC.
    if (first === 0xfd00 && bits.slice(16, 32).reduce((sum, bit) => sum * 2 + bit, 0) === 0x0ec2) return undefined
    return first >>> 9 === 0x7e ? 8 : 3
  }
  if (first >>> 8 === 10) return 8
  if (first >>> 4 === 0xac1) return 12
  if (first === 0xc0a8) return 16
  if (first >>> 6 === 0x191) return 10
  // A VPC on public or benchmark space: its first octet tells which.
  return 8
}

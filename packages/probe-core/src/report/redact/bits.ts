// A literal address as its bits and back.

import ipaddr from 'ipaddr.js'

export function readBits(address: string): readonly number[] {
  return ipaddr
    .parse(address.split('%', 1)[0] ?? '')
    .toByteArray()
    .flatMap(byte => [7, 6, 5, 4, 3, 2, 1, 0].map(place => (byte >>> place) & 1))
}

export function writeBits(bits: readonly number[]): string {
  const bytes = Array.from({ length: bits.length / 8 }, (_, index) =>
    bits.slice(index * 8, index * 8 + 8).reduce((sum, bit) => sum * 2 + bit, 0),
  )
  return ipaddr.fromByteArray(bytes).toString()
}

// Reads a TLS ClientHello as a firewall does: how large it is and which server it names. Reads nothing else of it.

export interface ClientHello {
  /** Bytes of the whole hello with its record headers. */
  readonly bytes: number
  readonly serverName: string | undefined
}

/** `incomplete` while more bytes are needed, `not-tls` when they cannot become a hello. */
export function readClientHello(data: Buffer): ClientHello | 'incomplete' | 'not-tls' {
  if (data.length >= 1 && data[0] !== 0x16) return 'not-tls'
  const handshake: Buffer[] = []
  let offset = 0
  let wanted = Number.POSITIVE_INFINITY
  let have = 0
  while (have < wanted) {
    if (data.length < offset + 5) return 'incomplete'
    if (data[offset] !== 0x16) return 'not-tls'
    const length = data.readUInt16BE(offset + 3)
    if (data.length < offset + 5 + length) return 'incomplete'
    handshake.push(data.subarray(offset + 5, offset + 5 + length))
    have += length
    offset += 5 + length
    if (wanted === Number.POSITIVE_INFINITY && have >= 4) wanted = 4 + Buffer.concat(handshake).readUIntBE(1, 3)
  }
  const hello = Buffer.concat(handshake)
  if (hello[0] !== 1) return 'not-tls'
  try {
    return { bytes: offset, serverName: findServerName(hello) }
  } catch {
    return 'not-tls'
  }
}

function findServerName(hello: Buffer): string | undefined {
  let at = 4 + 2 + 32
  at += 1 + hello.readUInt8(at)
  at += 2 + hello.readUInt16BE(at)
  at += 1 + hello.readUInt8(at)
  if (at + 2 > hello.length) return undefined
  const end = at + 2 + hello.readUInt16BE(at)
  at += 2
  while (at + 4 <= end) {
    const type = hello.readUInt16BE(at)
    const length = hello.readUInt16BE(at + 2)
    // server_name: list length, name type, name length, name
    if (type === 0) return hello.toString('ascii', at + 9, at + 9 + hello.readUInt16BE(at + 7)).toLowerCase()
    at += 4 + length
  }
  return undefined
}

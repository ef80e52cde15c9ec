// The bytes of a ClientHello of our own making, to tell what a path does to its size and its server name. Pure, and of no
// use for a real session: no key can be agreed with it.

import { generateKeyPairSync, randomBytes, randomInt } from 'node:crypto'
import { isIP } from 'node:net'

interface HelloForm {
  readonly serverName: string
  /** `small`: one TCP segment on any path. `large`: with a post-quantum key share, two segments at an MTU of 1500. */
  readonly size: 'small' | 'large'
  /**
   * No key share: a TLS 1.3 server must ask for one (HelloRetryRequest, RFC 8446 §4.1.4), some hundred bytes instead of its
   * certificates. What comes back then fits any path.
   */
  readonly withoutKeyShare?: boolean
  /** 32 bytes of the hello's random; for tests. */
  readonly random?: Buffer
}

/**
 * The bytes of a TLS 1.3 and 1.2 ClientHello in one record (RFC 8446 §4.1.2). `large` offers X25519MLKEM768 as browsers and
 * OpenSSL 3.5 do (draft-ietf-tls-ecdhe-mlkem): about 1.7 KB. Key shares are validly encoded; their private halves are thrown away.
 */
export function makeClientHello(form: HelloForm): Buffer {
  const x25519 = Buffer.from(generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const shares = form.withoutKeyShare
    ? []
    : form.size === 'large'
      ? [keyShare(groups.x25519MlKem768, Buffer.concat([makeMlKem768Key(), x25519])), keyShare(groups.x25519, x25519)]
      : [keyShare(groups.x25519, x25519)]
  const offered = form.size === 'large' ? [groups.x25519MlKem768, ...classicGroups] : classicGroups
  const extensions = [
    ...(isIP(form.serverName) === 0
      ? [extension(0, sized(2, Buffer.from([0]), sized(2, Buffer.from(form.serverName, 'latin1'))))]
      : []),
    extension(23), // extended_master_secret
    extension(0xff01, Buffer.from([0])), // renegotiation_info
    extension(10, sized(2, ...offered.map(u16))), // supported_groups
    extension(11, Buffer.from([1, 0])), // ec_point_formats: uncompressed
    extension(35), // session_ticket
    extension(16, sized(2, sized(1, Buffer.from('http/1.1')))), // application_layer_protocol_negotiation
    extension(13, sized(2, ...signatureSchemes.map(u16))), // signature_algorithms
    extension(51, sized(2, ...shares)), // key_share
    extension(45, Buffer.from([1, 1])), // psk_key_exchange_modes: psk_dhe_ke
    extension(43, sized(1, u16(0x0304), u16(0x0303))), // supported_versions
    // padding (RFC 7685), to the size of a browser's post-quantum hello: past one segment even with room for TCP options.
    ...(form.size === 'large' ? [extension(21, Buffer.alloc(300))] : []),
  ]
  const body = Buffer.concat([
    u16(0x0303),
    form.random ?? randomBytes(32),
    sized(1, randomBytes(32)), // legacy_session_id: middleboxes expect one (RFC 8446 appendix D.4)
    sized(2, ...cipherSuites.map(u16)),
    Buffer.from([1, 0]), // no compression
    sized(2, ...extensions),
  ])
  const handshake = Buffer.concat([Buffer.from([1]), sized(3, body)])
  return Buffer.concat([Buffer.from([0x16, 0x03, 0x01]), sized(2, handshake)])
}

const groups = { x25519: 0x001d, secp256r1: 0x0017, secp384r1: 0x0018, x25519MlKem768: 0x11ec } as const
const classicGroups = [groups.x25519, groups.secp256r1, groups.secp384r1]
const cipherSuites = [
  0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c, 0x009d, 0x002f, 0x0035,
]
const signatureSchemes = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601, 0x0807]

/** A key that passes FIPS 203's check (every coefficient below q), so that a strict server does not refuse it. */
function makeMlKem768Key(): Buffer {
  const key = Buffer.alloc(1184)
  const q = 3329
  // 3 polynomials of 256 coefficients, 12 bits each: two in three bytes. Then a 32-byte seed.
  for (let at = 0; at < 1152; at += 3) {
    const [low, high] = [randomInt(q), randomInt(q)]
    key[at] = low & 0xff
    key[at + 1] = (low >> 8) | ((high & 0x0f) << 4)
    key[at + 2] = high >> 4
  }
  randomBytes(32).copy(key, 1152)
  return key
}

function keyShare(group: number, key: Buffer): Buffer {
  return Buffer.concat([u16(group), sized(2, key)])
}

function extension(type: number, data: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([u16(type), sized(2, data)])
}

/** The parts behind their length in `bytes` octets. */
function sized(bytes: 1 | 2 | 3, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const length = Buffer.alloc(bytes)
  length.writeUIntBE(content.length, 0, bytes)
  return Buffer.concat([length, content])
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

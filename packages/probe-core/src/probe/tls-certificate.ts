// What a server's certificate chain says, and whether it holds for the name that was asked for. Pure: works on what the
// handshake left. It never decides who issued a chain on purpose and who intercepts: the issuer's name is there to read.

import type tls from 'node:tls'
import { checkServerIdentity } from 'node:tls'
import type { TlsSeen } from '../model/observation.ts'
import { safeText } from './text.ts'
import type { Trust } from './trust.ts'

export type CertificateFacts = Pick<
  TlsSeen,
  | 'issuer'
  | 'issuers'
  | 'subject'
  | 'names'
  | 'validFrom'
  | 'validTo'
  | 'trusted'
  | 'trustedBy'
  | 'notVerifiedBy'
  | 'untrustedBecause'
>

export interface CertificateCheck {
  readonly facts: CertificateFacts
  /** Undefined when all is well. Untrusted comes first, then the name, then the dates. */
  readonly code?: string
}

const mostNames = 20
const deepestChain = 10
/** OpenSSL reports the last error only, and dates come after trust: these codes leave trust open. */
const dateCodes = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'])

/** `openSslCode` is OpenSSL's word on the chain (TLSSocket.authorizationError), undefined when it verified. */
export function checkCertificate(
  leaf: tls.DetailedPeerCertificate,
  openSslCode: string | undefined,
  serverName: string,
  trust: Trust,
): CertificateCheck {
  const facts = factsOf(walkChain(leaf), openSslCode, trust)
  const code = facts.untrustedBecause ?? findMismatch(serverName, leaf) ?? openSslCode
  return { facts, ...(code && { code }) }
}

/** By the store and the fingerprints of a chain: a thousand hosts with one certificate are told with the same words. */
const known = new WeakMap<Trust, Map<string, CertificateFacts>>()
const mostKnown = 256

function factsOf(chain: readonly tls.DetailedPeerCertificate[], openSslCode: string | undefined, trust: Trust): CertificateFacts {
  const ofTrust = known.get(trust) ?? new Map<string, CertificateFacts>()
  known.set(trust, ofTrust)
  const key = `${openSslCode} ${chain.map(certificate => certificate.fingerprint256).join(' ')}`
  const before = ofTrust.get(key)
  if (before !== undefined) return before
  // Made anew of its text: what is cut out of a longer text would keep that.
  const facts: CertificateFacts = JSON.parse(JSON.stringify(readFacts(chain, openSslCode, trust)))
  if (ofTrust.size >= mostKnown) ofTrust.clear()
  ofTrust.set(key, facts)
  return facts
}

function readFacts(
  chain: readonly tls.DetailedPeerCertificate[],
  openSslCode: string | undefined,
  trust: Trust,
): CertificateFacts {
  const leaf = chain[0]!
  const top = chain.at(-1)!
  const untrustedBecause = findUntrusted(chain, openSslCode, trust)
  const trusted = untrustedBecause === undefined
  const trustedBy = trusted ? (trust.trustedBy(top.raw) ?? (trust.customCa.length === 0 ? 'public' : undefined)) : undefined
  const notVerifiedBy = trusted ? trust.notVerifiedBy(chain.map(certificate => certificate.raw)) : undefined
  return {
    issuer: renderName(leaf.issuer),
    issuers: [...new Set(chain.map(certificate => renderName(certificate.issuer)))],
    subject: renderName(leaf.subject),
    names: readNames(leaf.subjectaltname ?? ''),
    ...isoDate('validFrom', leaf.valid_from),
    ...isoDate('validTo', leaf.valid_to),
    trusted,
    ...(trustedBy && { trustedBy }),
    ...(notVerifiedBy && { notVerifiedBy }),
    ...(untrustedBecause && { untrustedBecause }),
  }
}

/** Leaf first; the last is the topmost certificate that was sent or found in the store. */
function walkChain(leaf: tls.DetailedPeerCertificate): tls.DetailedPeerCertificate[] {
  const chain = [leaf]
  for (let next = leaf.issuerCertificate; next && chain.length < deepestChain; next = next.issuerCertificate) {
    if (next === chain.at(-1) || next.fingerprint256 === chain.at(-1)!.fingerprint256) break
    chain.push(next)
  }
  return chain
}

function findUntrusted(chain: readonly tls.DetailedPeerCertificate[], openSslCode: string | undefined, trust: Trust) {
  if (openSslCode === undefined) return undefined
  if (!dateCodes.has(openSslCode)) return openSslCode
  const top = chain.at(-1)!
  if (trust.trustedBy(top.raw)) return undefined
  const isSelfIssued = renderName(top.issuer) === renderName(top.subject)
  if (isSelfIssued) return chain.length === 1 ? 'DEPTH_ZERO_SELF_SIGNED_CERT' : 'SELF_SIGNED_CERT_IN_CHAIN'
  return chain.length === 1 ? 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' : 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'
}

function findMismatch(serverName: string, leaf: tls.PeerCertificate): string | undefined {
  try {
    return checkServerIdentity(serverName, leaf) ? 'ERR_TLS_CERT_ALTNAME_INVALID' : undefined
  } catch {
    // A name list that cannot be parsed matches nothing.
    return 'ERR_TLS_CERT_ALTNAME_INVALID'
  }
}

/** A distinguished name as `CN=…, O=…, C=…`; several values of one part are joined by ` + `. */
function renderName(name: tls.Certificate | undefined): string {
  const parts: Record<string, string | string[] | undefined> = { ...name }
  const rendered = ['CN', 'OU', 'O', 'L', 'ST', 'C'].flatMap(key => {
    const value = parts[key]
    if (value === undefined || value.length === 0) return []
    return `${key}=${safeText(Array.isArray(value) ? value.slice(0, 5).join(' + ') : String(value), 100)}`
  })
  return rendered.join(', ')
}

/** Node writes `DNS:a, DNS:b, IP Address:c`, with unusual values as JSON strings. */
function readNames(subjectAltName: string): string[] {
  const names: string[] = []
  for (const match of subjectAltName.slice(0, 65_536).matchAll(/(?:DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]*)/g)) {
    names.push(safeText(match[1]!.replace(/^"|"$/g, ''), 253))
    if (names.length === mostNames) break
  }
  return names
}

function isoDate<K extends string>(key: K, text: string | undefined): Partial<Record<K, string>> {
  const at = Date.parse(text ?? '')
  return Number.isNaN(at) ? {} : ({ [key]: new Date(at).toISOString() } as Record<K, string>)
}

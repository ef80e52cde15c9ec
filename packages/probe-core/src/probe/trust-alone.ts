// Whether a chain can verify by the certificates of one bundle alone, for clients to which a bundle replaces every other store.
// It asks nobody. It looks for a way that names, key ids and signatures allow: dates, purposes and strengths are left to the
// handshake, so "no" is certain, and "yes" is not.

import { X509Certificate } from 'node:crypto'

/**
 * The way has to end at a certificate of the bundle that issued itself, as OpenSSL asks of boto3 (no X509_V_FLAG_PARTIAL_CHAIN):
 * an intermediate or the leaf in the bundle leads nowhere by itself.
 * @param chain leaf first, in DER: what the server sent, and what another store had to add
 */
export function canVerifyAlone(chain: readonly Buffer[], bundle: readonly X509Certificate[]): boolean {
  const sent = chain.map(raw => new X509Certificate(raw))
  const [leaf] = sent
  if (leaf === undefined) return true
  const anchors = new Set(bundle.map(each => each.fingerprint256))
  const issuers = [...bundle, ...sent]
  const seen = new Set<string>()
  const waiting = [leaf]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const certificate = next
    if (seen.has(certificate.fingerprint256)) continue
    seen.add(certificate.fingerprint256)
    if (anchors.has(certificate.fingerprint256) && isSelfIssued(certificate)) return true
    waiting.push(...issuers.filter(issuer => certificate.checkIssued(issuer) && isSignedBy(certificate, issuer)))
  }
  return false
}

function isSelfIssued(certificate: X509Certificate): boolean {
  return certificate.subject === certificate.issuer || certificate.checkIssued(certificate)
}

/** A key that cannot be read here may be read elsewhere. */
function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.verify(issuer.publicKey)
  } catch {
    return true
  }
}

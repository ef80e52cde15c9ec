// Certificates made for one test run: a root, and leaves for any name and dates. Nothing outside the test trusts them.

import 'reflect-metadata'
import { randomBytes, webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import * as x509 from '@peculiar/x509'

export interface Authority {
  readonly pem: string
  readonly subject: string
  readonly publicKey: webcrypto.CryptoKey
  /** Another authority's name and key under this root: an intermediate, or a root cross-signed. In PEM. */
  vouchFor(other: Authority): Promise<string>
  issue(leaf: { name: string; names?: readonly string[]; from?: Date; to?: Date; organization?: string }): Promise<Credentials>
}

/** What a TLS server of node:tls takes. `cert` holds the leaf alone. */
export interface Credentials {
  readonly key: string
  readonly cert: string
}

const dayMs = 86_400_000
const signing = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

export async function makeAuthority(commonName: string): Promise<Authority> {
  const keys = (await webcrypto.subtle.generateKey(signing, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: randomBytes(8).toString('hex'),
    name: `CN=${commonName}, O=Test Authority, C=JP`,
    notBefore: new Date(Date.now() - 400 * dayMs),
    notAfter: new Date(Date.now() + 400 * dayMs),
    signingAlgorithm: signing,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return {
    pem: root.toString('pem'),
    subject: root.subject,
    publicKey: keys.publicKey,
    vouchFor: async other => {
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: randomBytes(8).toString('hex'),
        subject: other.subject,
        issuer: root.subject,
        notBefore: new Date(Date.now() - 400 * dayMs),
        notAfter: new Date(Date.now() + 400 * dayMs),
        signingAlgorithm: signing,
        publicKey: other.publicKey,
        signingKey: keys.privateKey,
        extensions: [
          new x509.BasicConstraintsExtension(true, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
          await x509.SubjectKeyIdentifierExtension.create(other.publicKey),
          await x509.AuthorityKeyIdentifierExtension.create(root),
        ],
      })
      return certificate.toString('pem')
    },
    issue: async leaf => {
      const leafKeys = (await webcrypto.subtle.generateKey(signing, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair
      const names = (leaf.names ?? [leaf.name]).map(value => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value }))
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: randomBytes(8).toString('hex'),
        subject: `CN=${leaf.name}${leaf.organization ? `, O=${leaf.organization}` : ''}`,
        issuer: root.subject,
        notBefore: leaf.from ?? new Date(Date.now() - dayMs),
        notAfter: leaf.to ?? new Date(Date.now() + dayMs),
        signingAlgorithm: signing,
        publicKey: leafKeys.publicKey,
        signingKey: keys.privateKey,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.SubjectAlternativeNameExtension(names),
          await x509.AuthorityKeyIdentifierExtension.create(root),
        ],
      })
      const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', leafKeys.privateKey)).toString('base64')
      return {
        key: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
        cert: certificate.toString('pem'),
      }
    },
  }
}

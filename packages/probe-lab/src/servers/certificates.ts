// Certificates that look like Amazon's, under a root made for one test process. Nothing trusts that root but the workload
// of the lab. Also the ones that are wrong on purpose: expired, another host's, an inspecting firewall's.
import 'reflect-metadata'
import { X509Certificate as NodeCertificate, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import type { CertificateKind, LeafPem } from './certificate-shelf.ts'

type Key = webcrypto.CryptoKey

x509.cryptoProvider.set(webcrypto)

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const dayMs = 86_400_000

/** One CA with its key, as PEM: travels by file from the test process to the far side. */
export interface AuthorityPem {
  readonly certificate: string
  readonly privateKey: string
}

export interface LabAuthorities {
  readonly root: AuthorityPem
  readonly issuing: AuthorityPem
  /** A company's inspecting firewall: a root of its own. */
  readonly inspecting: AuthorityPem
}

/** Makes the three authorities of one test process. */
export async function makeAuthorities(): Promise<LabAuthorities> {
  const root = await makeAuthority('CN=Amazon Root CA 1, O=Amazon, C=US')
  const issuing = await makeAuthority('CN=Amazon RSA 2048 M01, O=Amazon, C=US', root)
  const inspecting = await makeAuthority('CN=Lab Inspection CA, O=Example Network Security')
  return { root, issuing, inspecting }
}

/** A certificate for `name`, with what stands above it. */
export async function makeLeaf(authorities: LabAuthorities, name: string, kind: CertificateKind): Promise<LeafPem> {
  const issuer = kind === 'inspected' ? authorities.inspecting : authorities.issuing
  const named = kind === 'other-host' ? 'vault.corp.example' : name
  const from = kind === 'expired' ? Date.now() - 400 * dayMs : Date.now() - 30 * dayMs
  const until = kind === 'expired' ? Date.now() - 3 * dayMs : Date.now() + 300 * dayMs
  const names = [...namesIn(named), ...(kind === 'huge' ? manyNames : [])]
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const leaf = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: `CN=${named}`,
    issuer: subjectOf(issuer),
    notBefore: new Date(from),
    notAfter: new Date(until),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: await keyOf(issuer),
    extensions: [
      new x509.BasicConstraintsExtension(false),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names.map(value => ({ type: 'dns', value }))),
    ],
  })
  const chain = [leaf.toString('pem'), issuer.certificate, ...(kind === 'inspected' ? [] : [authorities.root.certificate])]
  if (kind === 'long') chain.push(...Array.from({ length: 2000 }, () => issuer.certificate))
  return { privateKey: await pemOf(keys.privateKey), chain: chain.join('\n') }
}

/** As many as OpenSSL's clients take: 100 KiB of certificates. */
const manyNames = Array.from({ length: 4500 }, (_, at) => `n${at}.odd.internal`)

/** A service's certificate covers its children too, as those of S3 and of ECR do. */
function namesIn(name: string): readonly string[] {
  const child = /^[^.]+\.((?:s3|dkr\.ecr|execute-api|d\.codeartifact|vpce)\..+)$/.exec(name)
  return child?.[1] ? [child[1], `*.${child[1]}`] : [name, `*.${name}`]
}

async function makeAuthority(subject: string, parent?: AuthorityPem): Promise<AuthorityPem> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject,
    issuer: parent ? subjectOf(parent) : subject,
    notBefore: new Date(Date.now() - 400 * dayMs * 2),
    notAfter: new Date(Date.now() + 3650 * dayMs),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: parent ? await keyOf(parent) : keys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  })
  return { certificate: certificate.toString('pem'), privateKey: await pemOf(keys.privateKey) }
}

function subjectOf(authority: AuthorityPem): string {
  return new NodeCertificate(authority.certificate).subject.split('\n').join(', ')
}

async function keyOf(authority: AuthorityPem): Promise<Key> {
  const der = Buffer.from(authority.privateKey.replace(/-----[^-]+-----|\s/g, ''), 'base64')
  return webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign'])
}

async function pemOf(key: Key): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key))
  return `-----BEGIN PRIVATE KEY-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`
}

function serial(): string {
  return Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString('hex')
}

// Which certificate authorities this environment trusts: Node's bundled public roots and what the usual variables add.
// The union of all variables: a chain trusted here is trusted by some client of this environment, not by every one.

import { X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import tls from 'node:tls'
import { remark } from '../catalog/index.ts'
import { answersAtOnce } from './file-systems.ts'
import { canVerifyAlone } from './trust-alone.ts'

export interface Trust {
  /** For `tls.createSecureContext`: bundled roots and custom ones; undefined where Node's default is all there is. */
  readonly ca: string[] | undefined
  /** Names of the variables whose bundle adds authorities beyond the bundled ones. */
  readonly customCa: readonly string[]
  /** A remark each: a bundle that is named but cannot be used, or not whole. */
  readonly problems: readonly string[]
  /** A remark each: a bundle without which the clients that read its variable cannot make a TLS connection at all. */
  readonly stoppers: readonly string[]
  /** Which store a root is in; undefined when in neither. */
  trustedBy(root: Buffer): 'public' | 'custom-ca' | undefined
  /**
   * The variable whose bundle boto3 and the AWS CLI take in the place of every other store, where a chain (leaf first, in DER) cannot
   * verify by it. Undefined where it can, where there is none, and where that cannot be told: a directory, a bundle not read whole.
   */
  notVerifiedBy(chain: readonly Buffer[]): BundleOfBoto3 | undefined
}

/** In the order in which botocore takes them: the first that is set. pip, curl and Go may read the system's store beside theirs. */
const ofBoto3 = ['AWS_CA_BUNDLE', 'ca_bundle', 'REQUESTS_CA_BUNDLE'] as const
export type BundleOfBoto3 = (typeof ofBoto3)[number]

type Environment = Readonly<Record<string, string | undefined>>

/** Node.js warns of these and goes on. */
const nodesWords: Readonly<Record<string, 'caMissingNode' | 'caUnreadableNode'>> = {
  caMissing: 'caMissingNode',
  caUnreadable: 'caUnreadableNode',
}
const variables = ['NODE_EXTRA_CA_CERTS', 'AWS_CA_BUNDLE', 'ca_bundle', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE'] as const
const mostBundleBytes = 8 * 1024 * 1024
/** Nothing else is done meanwhile; what is under way looks again before it calls anybody silent. */
const mostMs = 500

/**
 * Reads the bundles that the environment names, and the one of the profile in use (`ca_bundle`, which AWS_CA_BUNDLE hides). A file that
 * cannot be read is a problem to report, never a throw.
 */
export function readTrust(environment: Environment, ofProfile?: string): Trust {
  const env: Environment = { ...environment, ca_bundle: environment.AWS_CA_BUNDLE ? undefined : ofProfile }
  const custom = new Map<string, string>()
  const customCa: string[] = []
  const problems: string[] = []
  const stoppers: string[] = []
  const stop = (variable: string, problem: Unusable | 'caEmpty') => {
    const clients = stoppedBy(variable, problem, env)
    if (clients.length > 0) stoppers.push(remark('caStops', { name: variable, list: clients.join(', ') }))
  }
  const gone = new Set<string>()
  const taken = ofBoto3.find(variable => env[variable])
  let alone: readonly string[] | undefined
  for (const variable of variables) {
    const path = env[variable]
    if (!path) continue
    const bundle = readBundle(path, gone)
    if (typeof bundle === 'string') {
      problems.push(remark((variable === 'NODE_EXTRA_CA_CERTS' ? nodesWords[bundle] : undefined) ?? bundle, { name: variable }))
      stop(variable, bundle)
      continue
    }
    if (variable === taken && bundle.isWhole) alone = bundle.certificates
    const added = bundle.certificates.filter(pem => !isPublic(pemBody(pem)))
    for (const pem of added) custom.set(pemBody(pem), pem)
    if (added.length > 0) customCa.push(variable)
    if (bundle.unreadable > 0) problems.push(remark('caPartly', { name: variable, count: bundle.unreadable }))
    if (bundle.certificates.length + bundle.unreadable === 0) {
      problems.push(remark('caEmpty', { name: variable }))
      stop(variable, 'caEmpty')
    }
  }
  let parsed: readonly X509Certificate[] | undefined
  return {
    ca: custom.size > 0 ? [...tls.rootCertificates, ...custom.values()] : undefined,
    customCa,
    problems,
    stoppers,
    trustedBy: root => {
      const body = root.toString('base64')
      if (isPublic(body)) return 'public'
      return custom.has(body) ? 'custom-ca' : undefined
    },
    notVerifiedBy: chain => {
      if (alone === undefined || taken === undefined) return undefined
      parsed ??= alone.map(pem => new X509Certificate(pem))
      return canVerifyAlone(chain, parsed) ? undefined : taken
    },
  }
}

type Unusable = 'caGone' | 'caDirectory' | 'caNoFile' | 'caTooLarge' | 'caMissing' | 'caUnreadable'

/**
 * Who cannot do without the bundle. boto3 and the AWS CLI read REQUESTS_CA_BUNDLE where AWS_CA_BUNDLE is not set (botocore, endpoint.py);
 * pip and requests take a directory, too; Node.js goes on without one.
 */
function stoppedBy(variable: string, problem: Unusable | 'caEmpty', env: Environment): readonly string[] {
  const ofAws = ['boto3', 'AWS CLI']
  const isThere = problem === 'caDirectory' || problem === 'caNoFile' || problem === 'caTooLarge' || problem === 'caEmpty'
  if (variable === 'AWS_CA_BUNDLE' || variable === 'ca_bundle') return problem === 'caTooLarge' ? [] : ofAws
  if (variable === 'REQUESTS_CA_BUNDLE' && problem !== 'caTooLarge')
    return [...(env.AWS_CA_BUNDLE || env.ca_bundle ? [] : ofAws), ...(isThere ? [] : ['pip'])]
  return variable === 'SSL_CERT_FILE' && !isThere && !env.CURL_CA_BUNDLE ? ['curl'] : []
}

interface Bundle {
  readonly certificates: readonly string[]
  readonly unreadable: number
  /** Some certificates, each read, none with trust settings of its own (OpenSSL's TRUSTED form makes an anchor of any). */
  readonly isWhole: boolean
}

function readBundle(path: string, gone: Set<string>): Bundle | Unusable {
  if (!answersAtOnce(path, mostMs, gone)) return 'caGone'
  let text: string
  try {
    // A pipe or device would block or never end; some clients take a directory here, Node does not.
    // As bigints: after the other kind of answer, of a pipe, Node resolves no link any more on its way to a module (realpathSync).
    const status = statSync(path, { bigint: true })
    if (status.isDirectory()) return 'caDirectory'
    if (!status.isFile()) return 'caNoFile'
    if (status.size > mostBundleBytes) return 'caTooLarge'
    text = readFileSync(path, 'latin1')
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '') ? 'caMissing' : 'caUnreadable'
  }
  const blocks =
    text.match(/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g) ?? []
  const certificates = blocks.flatMap(block => findCertificate(block) ?? [])
  // Every block, whatever its form: text of another's making between the marks is none that was read.
  const begun = text.split(/-----BEGIN [A-Z0-9 ]*CERTIFICATE-----/).length - 1
  const isWhole = begun > 0 && certificates.length === begun && !text.includes('BEGIN TRUSTED')
  return { certificates, unreadable: blocks.length - certificates.length, isWhole }
}

/** The block as plain PEM (OpenSSL's TRUSTED form loses its extra part), or undefined when it is no certificate. */
function findCertificate(block: string): string | undefined {
  try {
    return new X509Certificate(block.replaceAll('X509 CERTIFICATE', 'CERTIFICATE')).toString()
  } catch {
    return undefined
  }
}

let publicBodies: ReadonlySet<string> | undefined

/** Read when the first certificate is seen: a run that comes to no handshake has no use for it. */
function isPublic(body: string): boolean {
  publicBodies ??= new Set(tls.rootCertificates.map(pemBody))
  return publicBodies.has(body)
}

/** What stands between the two marks, in one line. */
function pemBody(pem: string): string {
  return pem.slice(pem.indexOf('\n'), pem.lastIndexOf('\n-----END')).replaceAll('\n', '')
}

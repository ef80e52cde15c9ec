// From the observations of one target to its symptom: the lowest layer that fails, and how. Undefined = nothing fails.

import type { Observation } from '../model/observation.ts'
import { isMissing, isUnclear, readRefused, unusableKeyState } from './named.ts'
import { refusesManager } from './packages.ts'
import { remember } from './remember.ts'
import { isSaidToBeDown } from './state/found.ts'
import { sourcePortSweep } from './sweep.ts'
import type { Symptom } from './symptom.ts'
import { type AddressView, type NetworkView, reached, type TargetView } from './view.ts'

export const findSymptom = remember((view: TargetView): Symptom | undefined => {
  if (view.target.host === '') return view.network.vantage.region === null ? 'region-unset' : undefined
  return (
    proxySymptom(view) ??
    dnsSymptom(view) ??
    tcpSymptom(view) ??
    tlsSymptom(view) ??
    httpSymptom(view) ??
    awsSymptom(view) ??
    (isSaidToBeDown(view) ? 'not-running' : undefined) ??
    softSymptom(view)
  )
})

/** Our own socket's word, not a far side's. */
export function isErrno(code: string): boolean {
  return /^E[A-Z]+$/.test(code)
}

function proxySymptom(view: TargetView): Symptom | undefined {
  const tcp = view.layer('tcp').filter(o => o.via === 'proxy' && o.outcome !== 'skipped')
  const proxyDns = view.layer('dns').filter(o => o.via === 'proxy' && o.outcome !== 'skipped')
  if (proxyDns.length > 0 && proxyDns.every(o => o.outcome !== 'answered')) return 'proxy-silent'
  if (tcp.length > 0 && tcp.every(o => o.outcome !== 'answered')) return 'proxy-silent'
  const connect = view.connect
  if (connect === undefined || connect.outcome === 'skipped' || connect.outcome === 'answered') return undefined
  return connect.outcome === 'silent' ? 'proxy-silent' : 'proxy-refuses'
}

function dnsSymptom(view: TargetView): Symptom | undefined {
  if (view.viaProxy) return undefined
  const dns = view.dns
  if (dns === undefined || dns.outcome === 'answered' || dns.outcome === 'skipped') return undefined
  if (dns.outcome === 'silent') return 'dns-silent'
  if (dns.code === 'NXDOMAIN' || dns.code === 'NODATA') return 'dns-negative'
  if (dns.code === 'ENOTFOUND') return 'dns-negative'
  // Nobody listens on the resolver's port, or no way to it: no DNS server answers, whatever the errno.
  return isErrno(dns.code) ? 'dns-silent' : 'dns-failed'
}

function tcpSymptom(view: TargetView): Symptom | undefined {
  const addresses = view.addresses
  if (addresses.length === 0 || addresses.some(a => a.outcome === 'answered')) return undefined
  const meaningful = addresses.filter(a => !lacksFamily(view, a.address, a.tcp))
  if (meaningful.length === 0) return 'no-usable-address'
  if (meaningful.every(a => a.outcome === 'silent')) return 'tcp-silent'
  if (meaningful.some(a => a.outcome === 'silent') && meaningful.some(reached)) return 'tcp-partly-silent'
  return meaningful.some(reached) ? 'tcp-refused' : 'tcp-unreachable'
}

/**
 * This machine has no address of that family at all (and one of the other): the refusal was our own, and says nothing about
 * the path. Where it has one, ENETUNREACH is a missing route.
 */
function lacksFamily(view: TargetView, address: string, tcp: Observation): boolean {
  const refusedHere = tcp.outcome === 'rejected' && ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ENETUNREACH', 'EINVAL'].includes(tcp.code)
  if (!refusedHere && tcp.outcome !== 'silent') return false
  const isV6 = address.includes(':')
  const own = view.network.vantage.interfaces.filter(i => !i.address.startsWith('fe80'))
  if (own.length === 0) return refusedHere && isV6
  return !own.some(i => i.address.includes(':') === isV6)
}

function tlsSymptom(view: TargetView): Symptom | undefined {
  const tls = view.tls
  if (tls === undefined || tls.outcome === 'answered' || tls.outcome === 'skipped') return undefined
  if (tls.outcome === 'silent') return 'tls-silent'
  const code = tls.code
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'certificate-name'
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return 'certificate-dates'
  if (code === 'NOT_TLS' || code === 'ERR_SSL_WRONG_VERSION_NUMBER') return 'not-tls'
  if (code.startsWith('ALERT_')) return 'tls-alert'
  if (['ECONNRESET', 'EOF', 'EPIPE', 'ECONNABORTED'].includes(code)) return 'tls-cut'
  return 'tls-untrusted'
}

function httpSymptom(view: TargetView): Symptom | undefined {
  const http = view.http
  if (http === undefined || http.outcome === 'skipped') return undefined
  if (refusesManager(view) !== undefined) return 'index-refuses'
  if (http.outcome === 'silent') return 'http-silent'
  if (http.outcome === 'rejected' && ['HTTP_PARSE_ERROR', 'HEADERS_TOO_LARGE', 'HTTP_INCOMPLETE'].includes(http.code))
    return 'http-foreign'
  if (http.outcome === 'rejected') return http.seen?.status === undefined ? 'http-cut' : httpStatusSymptom(view, http.seen.status)
  // An answer at the aws layer is one that carries AWS's own form: it outweighs an unsigned one without marks.
  if (view.aws?.outcome === 'answered' || view.aws?.outcome === 'rejected') return undefined
  if (view.isAws && http.seen.awsMarks !== undefined && http.seen.awsMarks.length === 0) return 'http-foreign'
  return view.isAws ? undefined : httpStatusSymptom(view, http.seen.status)
}

function httpStatusSymptom(view: TargetView, status: number): Symptom | undefined {
  if (view.isAws) return status >= 500 ? 'http-foreign' : undefined
  // 401 to a request without credentials is how a healthy private index answers.
  return status >= 500 || status === 403 || status === 407 || status === 511 ? 'http-status' : undefined
}

function awsSymptom(view: TargetView): Symptom | undefined {
  const aws = view.aws
  if (aws === undefined) return undefined
  if (aws.outcome === 'answered') return unusableKeyState(view) === undefined ? undefined : 'aws-error'
  if (aws.outcome === 'skipped') return aws.because === 'no-credentials' ? 'aws-no-credentials' : undefined
  if (aws.outcome === 'silent') return 'aws-silent'
  if (isUnclear(view, aws)) return undefined
  if (isMissing(view, aws)) return 'aws-not-found'
  switch (denialOf(view)?.kind) {
    case 'access-denied':
    case 'kms':
    case 'forbidden-no-detail':
    case 'account-not-authorized':
    case 'all-access-disabled':
    case 'block-public-access':
    case 'not-found-or-denied':
      return 'aws-denied'
    case 'missing-auth':
      // Nothing was signed, and AWS says so: it was reached, which is all that was asked.
      return aws.seen?.signed === false ? undefined : 'aws-denied'
    case 'past-authorization':
      return undefined
    case 'expired':
    case 'invalid-credentials':
    case 'signature-mismatch':
    case 'malformed-signature':
    case 'not-opted-in':
      return 'aws-credentials'
    case 'clock-skew':
      return 'aws-clock'
    case 'region-mismatch':
      return 'aws-region'
    case 'throttled':
      return 'aws-throttled'
    case 'not-found':
      return 'aws-not-found'
    case 'dry-run-ok':
      return undefined
    default:
      return 'aws-error'
  }
}

/** AWS's own refusal, read. Undefined when the signed call was not refused. */
export function denialOf(view: TargetView) {
  const aws = view.aws
  if (aws?.outcome !== 'rejected') return undefined
  return readRefused(view, aws)
}

function softSymptom(view: TargetView): Symptom | undefined {
  const { addresses } = view
  if (addresses.some(a => a.outcome === 'answered') && addresses.some(a => isOther(view, a))) return 'tcp-partly-silent'
  if (isFlaky(view)) return 'tcp-flaky'
  const { asked, lost } = lostQuestions(view)
  // Where the deadline came before the first question's end, and nothing has ever answered, it is silence, however often it was asked.
  if (lost >= 2) return view.dns?.outcome === 'answered' || lost < asked ? 'dns-flaky' : 'dns-silent'
  // Only a few names are asked again and again; another that needed a second try shares what they showed of the server.
  const isSlow = view.dns?.outcome === 'answered' && (view.dns.seen.tries ?? 1) > 1
  if (isSlow && isAnyNameFlaky(view.network)) return 'dns-flaky'
  const hellos = view.variants('tls', 'large-hello')
  if (hellos.some(o => o.outcome === 'silent' || isCut(o))) return 'large-hello-fails'
  return undefined
}

function isOther(view: TargetView, { address, tcp }: AddressView): boolean {
  return (tcp.outcome === 'silent' || tcp.outcome === 'rejected') && !lacksFamily(view, address, tcp)
}

const isAnyNameFlaky = remember((network: NetworkView) => network.targets.some(t => lostQuestions(t).lost >= 2))

/** Of the questions asked again and again: how many went out, and how many were not answered at once. */
export function lostQuestions(view: TargetView): { readonly asked: number; readonly lost: number } {
  const repeats = view.variants('dns', 'repeat').filter(o => o.outcome !== 'skipped')
  return { asked: repeats.length, lost: repeats.filter(o => o.outcome === 'silent' || (o.seen?.tries ?? 1) > 1).length }
}

export function isCut(observation: Observation): boolean {
  return observation.outcome === 'rejected' && ['ECONNRESET', 'EOF', 'EPIPE', 'ECONNABORTED'].includes(observation.code)
}

/** A second SYN goes out after a second: who connects only then lost the first. */
const retransmittedMs = 900

/** Of the connections tried again to one address, from whatever port: how many were not answered at once. */
export function lostConnections(view: TargetView): { readonly tried: number; readonly lost: number } {
  const again = view.variants('tcp', 'repeat', 'source-port').filter(o => o.outcome === 'answered' || o.outcome === 'silent')
  const fastestMs = Math.min(...again.flatMap(o => (o.outcome === 'answered' ? (o.durationMs ?? 0) : [])))
  // Far away is not lost: where the fastest takes long, whoever lost the first takes a second longer than that.
  const lateMs = fastestMs < retransmittedMs ? retransmittedMs + fastestMs : retransmittedMs
  const lost = again.filter(o => o.outcome === 'silent' || (o.durationMs ?? 0) >= lateMs)
  return { tried: again.length, lost: lost.length }
}

/** Some of them answered and some lost, or decided by the source port. One lost SYN is loss, not a flaky path. */
function isFlaky(view: TargetView): boolean {
  const { tried, lost } = lostConnections(view)
  return (lost >= 2 && lost < tried) || (tried > lost && sourcePortSweep(view).dependsOnPort)
}

// What a run says to the errors that somebody brought along: does what was observed here and now explain them?
// An error may come from another place or time, so "works now" is an answer of its own and never "there was no fault".

import { findKindOfCode } from '../catalog/denial-codes.ts'
import type { Finding } from '../model/finding.ts'
import { type Layer, layers } from '../model/layer.ts'
import type { Target } from '../model/target.ts'
import {
  errorsAboutCaller,
  type WhyAnswer,
  type WhyError,
  type WhyErrorClass,
  type WhyReading,
  type WhyVerdict,
} from '../model/why.ts'

/** The layers at which a target fails when it does to a client what the error says. */
const speaksOf: Readonly<Record<WhyErrorClass, readonly Layer[]>> = {
  'dns-not-found': ['dns'],
  'dns-timeout': ['dns'],
  // SDKs count the TLS handshake into the time of connecting.
  'connect-timeout': ['tcp', 'tls'],
  'connect-failed': ['dns', 'tcp', 'tls'],
  refused: ['tcp'],
  unreachable: ['tcp'],
  reset: ['tcp', 'tls', 'http', 'aws'],
  'read-timeout': ['tls', 'http', 'aws'],
  timeout: layers,
  'tls-untrusted': ['tls'],
  'tls-expired': ['tls'],
  'tls-name': ['tls'],
  'tls-failed': ['tls'],
  proxy: layers,
  'http-status': ['http', 'aws'],
  // Nobody logs in here: what fails is below what was refused.
  'server-refused': [],
  denied: ['http', 'aws'],
  'no-credentials': ['aws'],
  'expired-credentials': ['aws'],
  'invalid-credentials': ['aws'],
  'clock-skew': ['aws'],
  'region-mismatch': ['aws'],
  'region-unset': layers,
  'region-not-enabled': ['dns', 'aws'],
  throttled: ['http', 'aws'],
  'not-found': ['http', 'aws'],
  kms: ['aws'],
  'image-pull': layers,
  'resource-init': layers,
  'service-error': ['http', 'aws'],
}

/** One answer an error, in the order of the errors. */
export function answerErrors(reading: WhyReading, targets: readonly Target[], findings: readonly Finding[]): WhyAnswer[] {
  return reading.errors.map((error, index) => {
    const looked = targets.filter(target => isOf(error, target))
    const about = findings.filter(finding => finding.targets.some(id => looked.some(target => target.id === id)))
    return {
      error: index,
      answer: answerOf(error, looked, about),
      targets: looked.map(({ id }) => id),
      findings: about.map(({ id }) => id),
    }
  })
}

function answerOf(error: WhyError, looked: readonly Target[], about: readonly Finding[]): WhyVerdict {
  if (error.decided !== undefined) return 'decided'
  if (error.targets.length === 0) return 'nothing-to-probe'
  const bad = looked.filter(({ verdict }) => verdict === 'failing' || verdict === 'denied')
  if (bad.length === 0) return answerOfHealthy(error, looked)
  if (!about.some(finding => finding.targets.some(id => bad.some(target => target.id === id)))) return 'unexplained'
  // A general call that is refused says nothing of the call in the error: only the way there is proven.
  if (aboutCall.has(error.errorClass) && bad.every(({ verdict }) => verdict === 'denied') && !about.some(isError))
    return 'path-healthy'
  const isSo = (target: Target) => speaksOf[error.errorClass].includes(failingLayer(target)) && !isOtherAnswer(error, target)
  return bad.some(isSo) ? 'explained' : 'fails-otherwise'
}

/** AWS denied it then and does not find it now, or the other way round; a key that was disabled is not there. */
function isOtherAnswer({ errorClass, code }: WhyError, { observations }: Target): boolean {
  if (code === undefined || !['denied', 'not-found', 'kms'].includes(errorClass)) return false
  const refused = observations.flatMap(each =>
    each.layer === 'aws' && each.outcome === 'rejected' && each.variant === undefined ? [findKindOfCode(each.code)] : [],
  )
  const wasNotFound = errorClass === 'not-found' || /NotFound/.test(code)
  return refused.length > 0 && refused.every(kind => kind === (wasNotFound ? 'access-denied' : 'not-found'))
}

/** Errors about one call, its resource or its moment: that another call to the same place works refutes none of them. */
const aboutCall: ReadonlySet<WhyErrorClass> = new Set([
  'denied',
  'not-found',
  'kms',
  'service-error',
  'throttled',
  'region-mismatch',
  'http-status',
])

function answerOfHealthy({ errorClass, code, service }: WhyError, looked: readonly Target[]): WhyVerdict {
  if (looked.length === 0 || !looked.every(({ verdict }) => verdict === 'healthy')) return 'not-judged'
  // STS did not take somebody's OIDC token, or a registry its client's login: no signed call of this run repeats either.
  if (errorsAboutCaller.has(errorClass) && (/^InvalidIdentityToken/.test(code ?? '') || service === 'ecr.dkr'))
    return 'path-healthy'
  // Refuted by a signed call that AWS answered, and by nothing less.
  if (errorsAboutCaller.has(errorClass)) return looked.some(isSigned) ? 'healthy-now' : 'not-judged'
  // A connection that is made proves nothing of the handshake, or of the answer, that the error is about.
  const isSeen = looked.some(({ observations }) =>
    observations.some(
      each => each.outcome === 'answered' && each.variant === undefined && speaksOf[errorClass].includes(each.layer),
    ),
  )
  if (!isSeen) return 'path-healthy'
  // The very path that was refused was asked for again.
  const isRepeated = errorClass === 'http-status' && looked.every(({ kind, path }) => kind === 'https' && (path ?? '/') !== '/')
  return aboutCall.has(errorClass) && !isRepeated ? 'path-healthy' : 'healthy-now'
}

function isSigned({ observations }: Target): boolean {
  return observations.some(each => each.layer === 'aws' && each.outcome === 'answered' && each.variant === undefined)
}

function isError({ severity }: Finding): boolean {
  return severity === 'error'
}

/** A word becomes a target under an id of its own; two words may have become one target at one host. */
function isOf(error: WhyError, { id, host, port, wantedBy }: Target): boolean {
  if (error.targets.some(word => id === word || id.startsWith(`${word} (`) || wantedBy.includes(word))) return true
  return (
    error.targets.length > 0 &&
    error.host === host &&
    (error.port === undefined || error.port === port || (error.port === 80 && port === 443))
  )
}

/** The lowest layer that failed; what a signature cannot be made without is the signed layer's matter. */
function failingLayer({ observations }: Target): Layer {
  const plain = observations.filter(({ variant }) => variant === undefined)
  return (
    layers.find(layer => {
      const here = plain.filter(each => each.layer === layer)
      const answered = here.filter(({ outcome }) => outcome === 'answered')
      return answered.length === 0 && here.some(({ outcome }) => outcome === 'rejected' || outcome === 'silent')
    }) ??
    layers.find(layer =>
      plain.some(each => each.layer === layer && (each.outcome === 'rejected' || each.outcome === 'silent')),
    ) ??
    'aws'
  )
}

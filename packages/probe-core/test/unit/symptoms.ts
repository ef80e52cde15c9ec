// Every symptom there is, for tests: as a record, so that the compiler misses none.

import type { Symptom } from '../../src/diagnose/symptom.ts'

const all: Readonly<Record<Symptom, true>> = {
  'dns-silent': true,
  'dns-flaky': true,
  'dns-failed': true,
  'dns-negative': true,
  'no-usable-address': true,
  'tcp-silent': true,
  'tcp-partly-silent': true,
  'tcp-flaky': true,
  'tcp-refused': true,
  'tcp-unreachable': true,
  'tls-silent': true,
  'tls-cut': true,
  'tls-alert': true,
  'large-hello-fails': true,
  'not-tls': true,
  'tls-untrusted': true,
  'certificate-dates': true,
  'certificate-name': true,
  'http-silent': true,
  'http-cut': true,
  'http-foreign': true,
  'index-refuses': true,
  'http-status': true,
  'aws-silent': true,
  'aws-no-credentials': true,
  'aws-credentials': true,
  'aws-clock': true,
  'aws-region': true,
  'aws-denied': true,
  'aws-throttled': true,
  'aws-not-found': true,
  'aws-error': true,
  'not-running': true,
  'proxy-silent': true,
  'proxy-refuses': true,
  'region-unset': true,
}

export function symptomsOf(): readonly Symptom[] {
  return Object.keys(all) as Symptom[]
}

// For each cause: how it is mended, and what would settle it while it is not certain. Ids that the run learned are filled in;
// what it did not learn stays a clearly marked placeholder in angle brackets.

import type { CauseCode } from '../model/cause.ts'
import { accessRemedies } from './remedies/access.ts'
import { credentialRemedies } from './remedies/credentials.ts'
import { dnsRemedies } from './remedies/dns.ts'
import { endpointRemedies } from './remedies/endpoints.ts'
import { middleboxRemedies } from './remedies/middlebox.ts'
import { withNamed } from './remedies/named.ts'
import { packageRemedies, withBuckets } from './remedies/packages.ts'
import { pathRemedies } from './remedies/path.ts'
import { resourceRemedies } from './remedies/resources.ts'
import { stateRemedies } from './remedies/state.ts'
import type { Remedy } from './rule.ts'

const remedies: Readonly<Record<CauseCode, Remedy>> = {
  ...endpointRemedies,
  ...pathRemedies,
  ...middleboxRemedies,
  ...dnsRemedies,
  ...credentialRemedies,
  ...accessRemedies,
  ...resourceRemedies,
  ...stateRemedies,
  ...packageRemedies,
}

/** Causes that keep a bucket from being reached or read: which bucket it is belongs to the mend. */
const aboutBuckets: ReadonlySet<CauseCode> = new Set([
  'gateway-endpoint-missing',
  'endpoint-policy-denies',
  'denied-unattributed',
])

export function remedyOf(cause: CauseCode): Remedy {
  const remedy = withNamed(cause, remedies[cause])
  return aboutBuckets.has(cause) ? withBuckets(remedy) : remedy
}

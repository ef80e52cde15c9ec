// Whether the words of an error alone decide its cause: only where AWS itself names it, and nothing is known to make these
// very words mislead. A doubt decides nothing: the probe goes on.

import type { Denial } from '../catalog/denial.ts'
import type { CauseCode } from '../model/cause.ts'
import type { WhyErrorClass } from '../model/why.ts'

const byPolicy: Readonly<Partial<Record<NonNullable<Denial['policyType']>, CauseCode>>> = {
  identity: 'identity-policy-denies',
  boundary: 'permissions-boundary-denies',
  session: 'session-policy-denies',
  scp: 'scp-denies',
  rcp: 'rcp-denies',
  endpoint: 'endpoint-policy-denies',
}

/** The cause that the text names; undefined where it does not, or where its wording is known to be used for another cause too. */
export function decide(
  errorClass: WhyErrorClass,
  denial: Denial | undefined,
  code: string,
  isCertain: boolean,
): CauseCode | undefined {
  if (errorClass === 'region-unset') return 'region-unset'
  // A code alone may be anybody's: programs name errors of their own after AWS's.
  if (denial === undefined || denial.caveat !== undefined || !isCertain) return undefined
  if (errorClass === 'clock-skew') return 'clock-skew'
  if (errorClass === 'throttled') return 'throttled'
  if (errorClass === 'expired-credentials') return 'credentials-expired'
  // A new bucket redirects for a while too, and a bare redirect may be anybody's.
  if (errorClass === 'region-mismatch') return /^(?:TemporaryRedirect|Redirect|30\d)$/i.test(code) ? undefined : 'region-mismatch'
  if (errorClass !== 'denied' || denial.policyType === undefined) return undefined
  // "Transitively through" names two policies, and a key's refusal may come from either side: the rules weigh those.
  if (denial.transitively !== undefined) return undefined
  if (denial.policyType !== 'resource') {
    const crosses = isOtherAccount(denial)
    return denial.kmsInvolved && !denial.explicit
      ? undefined
      : crosses && !denial.explicit
        ? undefined
        : byPolicy[denial.policyType]
  }
  // A missing allow is worded as a missing resource policy whichever side lacks it. An explicit deny is the resource's own.
  if (denial.explicit !== true) return undefined
  if (denial.kmsInvolved) return 'kms-denies'
  return /^s3:/i.test(denial.action ?? '') ? 'bucket-policy-denies' : 'resource-policy-denies'
}

function isOtherAccount({ principal, resource }: Denial): boolean {
  const caller = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(principal ?? '')?.[1]
  const owner = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource ?? '')?.[1]
  return caller !== undefined && owner !== undefined && caller !== owner
}

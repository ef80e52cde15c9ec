// The policy of a run as its users see it: what it takes and gives. What plans it is loaded with the first question.

import type { Said } from './model/language.ts'
import type { PolicyDocument } from './policy/policy-document.ts'
import type { ProbeOptions } from './probe.ts'

export type { PolicyDocument, PolicyStatement } from './policy/policy-document.ts'

/** Of a run's options, those that its calls hang on. */
export interface PolicyOptions
  extends Pick<ProbeOptions, 'targets' | 'for' | 'region' | 'profile' | 'sign' | 'confirm' | 'writeChecks'> {
  /** Twelve digits. Default AWS_ACCOUNT_ID; where neither is known, ARNs hold a `*` in its place. */
  readonly account?: string
}

export interface PlannedPolicy {
  readonly document: PolicyDocument
  /** What the document leaves open, and why; what it does not hold. */
  readonly notes: readonly Said[]
}

/**
 * The smallest IAM policy for `probe` with the same options here: `EniprobeReads` for the calls of every run, `EniprobeConfirm` for
 * what findings may ask for, `EniprobeWriteChecks` for `writeChecks`. Sends nothing: what only metadata or AWS could tell (the
 * account, on some machines the region or the kind of workload) stays open, and a note says so. Never for `sts:GetCallerIdentity`,
 * which needs no permission.
 * @throws ProbeUsageError for a caller's mistake: an unknown target, a malformed region, an unreadable profile
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export async function planPolicy(options: PolicyOptions = {}): Promise<PlannedPolicy> {
  const { planPolicyHere } = await import('./policy/plan-policy.ts')
  return planPolicyHere(options, process.env)
}

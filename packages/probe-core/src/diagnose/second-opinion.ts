// How the rules' judgement of one target is changed by what the control plane told: a cause is proven, cleared, or left as it was.

import type { CauseCode } from '../model/cause.ts'
import type { Evidence } from '../model/finding.ts'
import type { SecondOpinion } from './path/opinion.ts'
import { says } from './rule.ts'
import type { TargetView } from './view.ts'

export interface Judged {
  readonly fit: 'strong' | 'plain' | 'weak'
  readonly evidence: readonly Evidence[]
  readonly against: readonly Evidence[]
  /** Configuration makes exactly this. */
  readonly isProven?: true
  /** Configuration says that it is not this, and nothing else is proven. */
  readonly isCleared?: true
  /** It cannot be why of all that this target shows. */
  readonly isShort?: true
}

/**
 * About what lies at the end of the path: a packet that is stopped before says nothing of it. They stay named beside a proven
 * blocker, and do not make it less sure.
 */
const beyond: ReadonlySet<CauseCode> = new Set(['instance-stopped', 'database-stopped', 'service-has-no-running-task'])

/** A policy that is read and denies does deny, whatever others say beside it. */
const beside: ReadonlySet<CauseCode> = new Set([
  'identity-policy-denies',
  'permissions-boundary-denies',
  'session-policy-denies',
  'scp-denies',
  'rcp-denies',
  'resource-policy-denies',
  'kms-denies',
  'bucket-policy-denies',
  'endpoint-policy-denies',
  'object-missing-looks-denied',
])

/** What says the same of the path and more of who takes it: where the wider one is proven, so is the network's part of these. */
const narrower: Partial<Readonly<Record<CauseCode, readonly CauseCode[]>>> = {
  'internet-not-reachable': ['package-index-is-public', 'package-files-elsewhere'],
}

/** Whether mending `cause` mends `other` too: they are one fault, told narrowly and widely. */
export function isSameFault(cause: CauseCode, other: CauseCode): boolean {
  return narrower[other]?.includes(cause) === true
}

/** Whether another candidate leaves a proven cause in doubt. */
export function leavesDoubt(other: CauseCode, candidate: Judged | undefined): boolean {
  return candidate !== undefined && candidate.isProven !== true && !beyond.has(other) && !beside.has(other)
}

/** Changes `candidates` and `excluded` in place. Only what the rules hold for possible is proven: packets outweigh configuration. */
export function applyOpinion<C extends Judged>(
  target: TargetView,
  opinion: SecondOpinion,
  candidates: Map<CauseCode, C>,
  excluded: Map<CauseCode, Evidence>,
): void {
  let proof: Evidence | undefined
  for (const [cause, said] of opinion.on) {
    const candidate = candidates.get(cause)
    if (said.is !== 'proven' || candidate === undefined) continue
    proof ??= said.evidence[0]
    for (const code of [cause, ...(narrower[cause] ?? [])]) {
      const proven = candidates.get(code)
      if (proven === undefined || (code !== cause && proven.fit === 'weak')) continue
      candidates.set(code, { ...proven, fit: 'strong', evidence: [...said.evidence, ...proven.evidence], isProven: true })
    }
  }
  for (const [cause, said] of opinion.on) {
    const candidate = candidates.get(cause)
    if (said.is === 'aside' && proof !== undefined) candidates.delete(cause)
    if (said.is === 'short' && candidate !== undefined)
      candidates.set(cause, { ...candidate, fit: 'weak', against: [said.by, ...candidate.against], isShort: true })
    if (said.is !== 'cleared' || candidate === undefined) continue
    if (proof !== undefined) {
      candidates.delete(cause)
      excluded.set(cause, said.by)
    } else if (!beside.has(cause) || candidate.fit !== 'strong') {
      // Nothing else is proven: what clears it may be seconds old, so it stays among the suspects, behind those with nothing against.
      candidates.set(cause, { ...candidate, fit: 'weak', against: [said.by, ...candidate.against], isCleared: true })
    }
  }
  for (const [cause, candidate] of candidates) {
    // What is known to be stopped is, whatever stands before it.
    if (proof !== undefined && beyond.has(cause) && candidate.fit !== 'strong') {
      const holder = says(target, 'tcp', 'confirm.before', { holder: [proof] })
      candidates.set(cause, { ...candidate, fit: 'weak', against: [holder, ...candidate.against] })
    }
    const told = [...(opinion.open ? [opinion.open] : []), ...(candidate.isProven ? [] : opinion.notes)]
    if (told.length > 0 && candidates.get(cause)?.isProven !== true) {
      const now = candidates.get(cause) ?? candidate
      candidates.set(cause, { ...now, evidence: [...now.evidence, ...told] })
    }
  }
}

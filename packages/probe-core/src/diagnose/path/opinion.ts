// What configuration says of one cause behind one target, and how the rules' judgement is changed by it.

import type { CauseCode } from '../../model/cause.ts'
import type { Evidence } from '../../model/finding.ts'

/**
 * - `proven`: configuration makes exactly this; the resource and the rule are cited
 * - `cleared`: configuration shows that it is not this
 * - `aside`: true or not, mending what is proven beside it mends this target
 * - `unknown`: what would decide was not told; `missing`: the IAM actions that would tell
 * - `short`: true or not, something of this target is silent that it cannot be why of
 */
type Opinion =
  | { readonly is: 'proven'; readonly evidence: readonly Evidence[] }
  | { readonly is: 'cleared'; readonly by: Evidence }
  | { readonly is: 'aside' }
  | { readonly is: 'short'; readonly by: Evidence }
  | { readonly is: 'unknown'; readonly missing: readonly string[] }

export interface SecondOpinion {
  readonly on: ReadonlyMap<CauseCode, Opinion>
  /** Configuration lets it pass from end to end, and it is silent: that is worth telling by itself. */
  readonly open?: Evidence
  /** Told beside whatever is named: a further thing that configuration shows. */
  readonly notes: readonly Evidence[]
}

export class Opinions {
  readonly on = new Map<CauseCode, Opinion>()
  readonly notes: Evidence[] = []
  open: Evidence | undefined

  proven(cause: CauseCode, ...evidence: readonly (Evidence | undefined)[]): void {
    this.on.set(cause, { is: 'proven', evidence: evidence.filter(e => e !== undefined) })
  }
  cleared(cause: CauseCode, by: Evidence): void {
    this.on.set(cause, { is: 'cleared', by })
  }
  aside(cause: CauseCode): void {
    this.on.set(cause, { is: 'aside' })
  }
  short(cause: CauseCode, by: Evidence): void {
    this.on.set(cause, { is: 'short', by })
  }
  unknown(cause: CauseCode, missing: readonly string[] = []): void {
    this.on.set(cause, { is: 'unknown', missing })
  }
  isProven(cause: CauseCode): boolean {
    return this.on.get(cause)?.is === 'proven'
  }
  /** What clears the others, each once. */
  get reasons(): readonly Evidence[] {
    const by = [...this.on.values()].flatMap(o => (o.is === 'cleared' ? [o.by] : []))
    return by.filter((e, i) => by.findIndex(f => f.says === e.says) === i)
  }
  get provenAny(): boolean {
    return [...this.on.values()].some(o => o.is === 'proven')
  }
}

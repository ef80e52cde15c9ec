// Buckets of AWS that packages lie in: whoever speaks of policies or of packages needs them.

import { managerOf, useOf } from '../packages.ts'
import type { TargetView } from '../view.ts'
import { isId, unique } from './ids.ts'

/** Of these targets. */
export function bucketsOf(targets: readonly TargetView[]): readonly string[] {
  return unique(targets.flatMap(t => (managerOf(t) !== undefined && useOf(t) ? (t.identity?.bucket ?? []) : []))).filter(isId)
}

// Names for what hangs, as users of the library see it. Who gives them is loaded when something hangs: a program that only imports the
// library needs no DNS of its own.

import type { Stuck } from '../model/stuck.ts'
import type { Deadline } from '../time/deadline.ts'

export interface NamingOptions {
  readonly region?: string
  /** Named AWS profile: its region and endpoint URLs. */
  readonly profile?: string
  /** Literal addresses; default those of resolv.conf. */
  readonly resolvers?: readonly string[]
  readonly signal?: AbortSignal
}

/**
 * The same connections, each with its names and its word as a target. Asks DNS only, no faster than a VPC's resolver takes, and
 * only for addresses that nothing else names. Best effort until the deadline: what has no name by then stays unknown.
 * @throws ProbeUsageError for a profile or region that cannot be used
 */
export async function nameStuck(stuck: Stuck, options: NamingOptions = {}, within?: Deadline): Promise<Stuck> {
  if (stuck.connections.length === 0) return stuck
  const { nameHere } = await import('./name-here.ts')
  return nameHere(stuck, options, within)
}

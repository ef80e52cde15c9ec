// What every probe is handed: the run's deadline and its one clock.

import type { Clock } from '../time/clock.ts'
import type { Deadline } from '../time/deadline.ts'

export interface ProbeContext {
  readonly deadline: Deadline
  readonly clock: Clock
}

/** How fast DNS may be asked: every packet to a DNS server waits for its turn here. */
export interface Pace {
  /** Resolves when so many packets (default: a question's) may go out; at the deadline's end at the latest. */
  turn(packets?: number): Promise<void>
  /** The same for what was begun already, before whatever has not. */
  soon(packets?: number): Promise<void>
}

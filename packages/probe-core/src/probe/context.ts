// What every probe is handed: the run's deadline and its one clock.

import type { Clock } from '../time/clock.ts'
import type { Deadline } from '../time/deadline.ts'

export interface ProbeContext {
  readonly deadline: Deadline
  readonly clock: Clock
}

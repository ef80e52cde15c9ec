// How fast names are asked for. A VPC's resolver takes 1,024 packets a second from one interface and drops the rest, those of the
// workload beside us included.

import type { Deadline } from '../time/deadline.ts'

export interface Pace {
  /** Resolves when the next question may go out; at the deadline's end at the latest. */
  turn(): Promise<void>
}

/** At once for the first ones, then evenly: two packets a question (A and AAAA) stay below 800 in any second. */
const pace = { atOnce: 100, aSecond: 300 } as const

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html#vpc-dns-limits */
export function makePace(deadline: Deadline): Pace {
  const everyMs = 1000 / pace.aSecond
  /** When the question after the last would be due, were there no credit. */
  let nextMs = performance.now()
  return {
    turn: async () => {
      const nowMs = performance.now()
      nextMs = Math.max(nextMs, nowMs - pace.atOnce * everyMs) + everyMs
      if (nextMs > nowMs) await deadline.wait(nextMs - nowMs)
    },
  }
}

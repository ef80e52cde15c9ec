// How the SYNs of one connection are spread, and when their silence may be called before the connect timeout has passed. What is
// known of the network is handed in; this says only what it has to be.

import { isNeighbourKnown } from './neighbours.ts'

/** What one run knows of the network it stands in. */
export interface Hearing {
  /** A peer answered over TCP, by a connection or a reset. From then on silence stands out, and is waited for in full. */
  peerAnswered(): void
  /** Somebody has answered, and no packet seems to have been lost: what is slow here is suspicious soon. */
  isCalm(): boolean
  /**
   * How long nothing must have come after the last SYN: a multiple of the slowest answer of this run. Undefined: nobody has
   * answered, packets were lost, DNS is divided, or a peer has answered over TCP. Then the whole timeout is waited.
   */
  quietMs(): number | undefined
  /** Asks now whether this machine still hears anybody: true when the first asking is answered. */
  stillHears(): Promise<boolean>
  /** Whether so many more sockets can be had without taking them from other targets. What was taken is given back. */
  take(sockets: number): boolean
  giveBack(sockets: number): void
}

/**
 * `plain`: what a target is judged by. `beside`: a connection made to compare with, soon after. `single`: one socket, because its
 * port is what is looked at, or one try.
 */
export type Spread = 'plain' | 'beside' | 'single'

/**
 * When sockets are opened, in ms after the first: nothing before an answer from the far end of the world would have come, then
 * one after another, each from its own port.
 */
const openedAtMs: Record<Spread, readonly number[]> = {
  plain: [0, 350, 450, 550, 650, 750, 850, 1000],
  beside: [0, 350, 450, 550, 700, 850],
  single: [0],
}
/** The kernel repeats a SYN after a second (RFC 6298 §2.1): one more try of the first socket. */
const repeatedAfterMs = 1000
/** Quiet after the last SYN, however fast the network is. */
const leastQuietMs: Record<Spread, number> = { plain: 500, beside: 250, single: 250 }
/** Suspicion in a calm network: late enough for the second SYN to be answered, if only the first was lost. */
export const earlySuspicionMs = 400
/** A machine so busy that its SYNs went out later than that, all at once perhaps, may hear late as well. */
const mostLateMs = 300
/** A timeout this short leaves nothing to be saved. */
const shortestTimeoutMs = 1600

export interface SynPlan {
  /** When sockets are opened beside the first. */
  readonly laterMs: readonly number[]
  /** Sockets by `lastMs`, when the last SYN counts that an early call rests on. Undefined: none is made. */
  readonly early?: { readonly sockets: number; readonly lastMs: number; readonly leastQuietMs: number }
  /** Taken from `hearing`, to be given back. */
  readonly taken: number
}

/** `tries`: sockets spread evenly over the timeout, as far as they come after the others. */
export function planSyns(timeoutMs: number, tries: number, hearing: Hearing | undefined, spread: Spread): SynPlan {
  const { patient, early } = plansOf(timeoutMs, tries, spread)
  return hearing === undefined || timeoutMs < shortestTimeoutMs || !hearing.take(early.taken) ? patient : early
}

let known: { readonly of: string; readonly plans: ReturnType<typeof makePlans> } | undefined

/** Those of a run are alike: the last are kept. */
function plansOf(timeoutMs: number, tries: number, spread: Spread) {
  const of = `${timeoutMs} ${tries} ${spread}`
  if (known?.of !== of) known = { of, plans: makePlans(timeoutMs, tries, spread) }
  return known.plans
}

function makePlans(timeoutMs: number, tries: number, spread: Spread): Record<'patient' | 'early', SynPlan> {
  const even = Array.from({ length: tries - 1 }, (_, at) => (timeoutMs * (at + 1)) / tries)
  const opened = openedAtMs[spread]
  return {
    patient: { laterMs: even, taken: 0 },
    early: {
      laterMs: [...opened.slice(1), ...even.filter(ms => ms > opened.at(-1)! + 1)],
      early: { sockets: opened.length, lastMs: repeatedAfterMs, leastQuietMs: leastQuietMs[spread] },
      taken: Math.max(0, opened.length - tries),
    },
  }
}

/** One connection under way. */
export interface Waiting {
  readonly address: string
  readonly startedAt: number
  sent(): { readonly sockets: number; readonly lastAt: number }
  /** Acts so much later, unless the waiting is over by then. */
  at(ms: number, action: () => void): void
}

/** Calls the silence early, once, if everything allows it then; else never. */
export function awaitEarlyCall(early: NonNullable<SynPlan['early']>, hearing: Hearing, waiting: Waiting, call: () => void): void {
  const dueAt = waiting.startedAt + early.lastMs
  /** How long it has yet to be quiet; undefined: this silence is not called early. */
  const leftMs = () => {
    const quietMs = hearing.quietMs()
    const { sockets, lastAt } = waiting.sent()
    if (quietMs === undefined || sockets < early.sockets || !isNeighbourKnown(waiting.address)) return undefined
    return Math.max(dueAt, lastAt) + Math.max(early.leastQuietMs, quietMs) - performance.now()
  }
  const callInTime = () => {
    const ms = leftMs()
    if (ms === undefined) return
    if (ms > 0) return waiting.at(ms, callInTime)
    // Events that the kernel holds already come first: after a busy spell timers fire before them, and would invent a silence.
    setImmediate(() => leftMs() !== undefined && call())
  }
  waiting.at(early.lastMs, () => {
    if (performance.now() > dueAt + mostLateMs || leftMs() === undefined) return
    void hearing.stillHears().then(hears => hears && callInTime())
  })
}

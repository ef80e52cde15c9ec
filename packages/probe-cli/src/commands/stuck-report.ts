// The report of a look at what hangs: the targets that stand for it, observed and diagnosed, with the list beside them.

import {
  decodeReport,
  diagnose,
  type ProbeOptions,
  probe,
  type Report,
  reportFormat,
  type Stuck,
  type StuckConnection,
} from '@eniprobe/core'
import { version } from '../version.ts'

/** The longest hang first; more than these would only repeat the answer. */
const mostTargets = 24
/** Less than that shows nothing. */
const leastMs = 50

/** The same process on the same place: one thing to tell, however often it is looked at. */
export function keyOf({ process, kind, address, port }: StuckConnection): string {
  return `${process?.pid} ${kind} ${address} ${port}`
}

export function targetsOf(connections: readonly StuckConnection[]): string[] {
  return [...new Set(connections.flatMap(({ target }) => target ?? []))].slice(0, mostTargets)
}

/** `of`: which connections to look at, when not all. Where nothing is to be looked at, nothing is sent. */
export async function lookAt(
  stuck: Stuck,
  options: ProbeOptions,
  remainingMs: number,
  deadlineMs: number,
  signal: AbortSignal,
  of: readonly StuckConnection[] = stuck.connections,
): Promise<Report> {
  const targets = targetsOf(of)
  if (targets.length === 0 || remainingMs < leastMs || signal.aborted)
    return withoutLooking(stuck, deadlineMs, targets.length === 0, signal.aborted)
  const report = await probe({ ...options, targets, deadlineMs: remainingMs, signal })
  // Anew, with the list beside it: that all of them are silent is how they were chosen.
  return diagnose({ ...report, run: { ...report.run, deadlineMs }, stuck })
}

function withoutLooking(stuck: Stuck, deadlineMs: number, complete: boolean, interrupted: boolean): Report {
  const run = {
    version,
    startedAt: new Date(Date.now() - stuck.watchedMs).toISOString(),
    durationMs: stuck.watchedMs,
    deadlineMs,
    complete: complete && !interrupted,
    ...(interrupted && { interrupted }),
  }
  return decodeReport(JSON.stringify({ format: reportFormat, run, targets: [], stuck }))
}

// What a run does, on `node:diagnostics_channel`: for tracing and metrics of whoever subscribes. Costs nothing while nobody does.

import { type Channel, channel, tracingChannel } from 'node:diagnostics_channel'
import type { Finding } from './model/finding.ts'
import type { Observation } from './model/observation.ts'
import type { Report } from './model/report.ts'

/** Names of the channels; what is published is of the types below. */
export const channels = {
  /** A tracing channel: `tracing:eniprobe:run:start`, `:asyncEnd`, `:error` … with a `RunTrace`. */
  run: 'eniprobe:run',
  /** An `ObservationMessage`, as soon as it was made. */
  observation: 'eniprobe:observation',
  /** A `FindingMessage`, when the run has been judged. */
  finding: 'eniprobe:finding',
} as const

/** The same object from start to end of one run. */
export interface RunTrace {
  /** As the caller wrote them; of a URL neither user name, password nor query. */
  readonly targets: readonly string[]
  /** The report, from `asyncEnd` on. */
  result?: Report
  /** When the run failed. */
  error?: unknown
}

export interface ObservationMessage {
  readonly run: RunTrace
  readonly target: string
  readonly observation: Observation
}

export interface FindingMessage {
  readonly run: RunTrace
  readonly finding: Finding
}

const runs = tracingChannel<RunTrace>(channels.run)
const observations = channel(channels.observation)
const findings = channel(channels.finding)

export async function traceRun(
  targets: readonly string[],
  run: (observed: (target: string, observation: Observation) => void) => Promise<Report>,
): Promise<Report> {
  const trace: RunTrace = { targets }
  const tell = (to: Channel, message: ObservationMessage | FindingMessage) => {
    if (to.hasSubscribers) to.publish(message)
  }
  return runs.tracePromise(async () => {
    const report = await run((target, observation) => tell(observations, { run: trace, target, observation }))
    for (const finding of report.findings) tell(findings, { run: trace, finding })
    return report
  }, trace)
}

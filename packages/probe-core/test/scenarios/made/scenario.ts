// The words in which the scenarios are told. A scenario is a situation that has happened, in the simulated VPC, with what the
// diagnosis has to say of it. `write.ts` makes its files; the test reads those only.

import type { CauseCode } from '../../../src/model/cause.ts'
import type { AwsObservation, HttpObservation, NameKind, Observation } from '../../../src/model/observation.ts'
import type { ObservedReport } from '../../../src/model/report.ts'
import type { ObservedTarget, Verdict } from '../../../src/model/target.ts'
import { type Endpoint, type Named, soundEndpoint, type Thing, type World } from '../../property/world/world.ts'

export interface Expected {
  /** What happened, in a line. */
  readonly about: string
  /** The cause that comes first for `target`, or any of these. Empty: no finding speaks of it. */
  readonly first: readonly CauseCode[]
  /** Whom it is about. */
  readonly target: string
  /** Causes that must be in the list, first or not. */
  readonly named?: readonly CauseCode[]
  readonly notCertain?: readonly CauseCode[]
  /** The first cause is certain. */
  readonly certain?: true
  readonly verdicts?: Readonly<Record<string, Verdict>>
  /** Part of the command that would settle it. */
  readonly nextStep?: string
  /** Nothing in the run itself tells the true cause from its look-alikes. */
  readonly inseparable?: true
  /** The true cause lies outside of what a network shows (an application's own setting). */
  readonly outside?: true
}

export interface Scenario {
  readonly name: string
  readonly region?: string
  readonly workload?: string
  readonly world: Partial<World>
  readonly shape?: (report: ObservedReport) => ObservedReport
  readonly expected: Expected
  /** A second form with the contract's example fields only; what is then expected instead, where that differs. */
  readonly minimal?: Partial<Expected>
}

export function service(id: string, name: NameKind = 'regional', region?: string): Thing {
  return { is: 'service', service: id, name, ...(region ? { region } : {}) }
}

export function host(name: string, how: Partial<Named> & { addresses?: readonly string[]; state?: 'runs' | 'closed' } = {}): Thing {
  const { addresses, state = 'runs', ...named } = how
  const whole: Named = { id: `https://${name}/`, kind: 'https', host: name, port: 443, service: null, region: null, ...named }
  return { is: 'host', named: whole, state, ...(addresses ? { addresses } : {}) }
}

export function endpoints(...ids: readonly string[]): Readonly<Record<string, Endpoint>> {
  return Object.fromEntries(ids.map(id => [id, soundEndpoint]))
}

export function endpointWith(id: string, how: Partial<Endpoint>): Readonly<Record<string, Endpoint>> {
  return { [id]: { ...soundEndpoint, ...how } }
}

/** Changes one target of the report. */
export function change(id: string, how: (target: ObservedTarget) => ObservedTarget) {
  return (report: ObservedReport): ObservedReport => ({ ...report, targets: report.targets.map(t => (t.id === id ? how(t) : t)) })
}

export function replaceLayer(layer: Observation['layer'], ...instead: readonly Observation[]) {
  return (target: ObservedTarget): ObservedTarget => ({
    ...target,
    observations: [...target.observations.filter(o => o.layer !== layer), ...instead],
  })
}

/** AWS refuses the signed call. */
export function refused(code: string, message: string, seen: object = {}): AwsObservation {
  return { layer: 'aws', outcome: 'rejected', code, message, seen: { signed: true, status: 403, requestId: 'r-2', ...seen } }
}

export function allowed(action: string, seen: object = {}): AwsObservation {
  return { layer: 'aws', outcome: 'answered', seen: { action, signed: true, status: 200, requestId: 'r-3', ...seen } }
}

/** AWS refuses an unsigned request. */
export function http(status: number, seen: object = {}): HttpObservation {
  return { layer: 'http', outcome: 'answered', seen: { method: 'GET', path: '/', status, requestId: 'r-1', awsMarks: ['x-amzn-requestid'], ...seen } }
}

// What every climb of one run shares: the clock and deadline, the resolvers, the trust store, the credentials, and what was
// learned once for all; and one climb with where its observations go. No judgement, and nothing that outlives the run.

import type { Observation } from '../model/observation.ts'
import type { PlannedTarget } from '../model/target.ts'
import type { SdkSettings, VantageCheck } from '../model/vantage.ts'
import type { Pace, ProbeContext } from '../probe/context.ts'
import type { CredentialsResult } from '../probe/credentials.ts'
import type { Inspected, Inspector } from '../probe/named-resource.ts'
import type { Trust } from '../probe/trust.ts'
import type { Doors } from './doors.ts'
import type { RunHearing } from './hearing.ts'
import type { NamesAsked } from './names.ts'
import type { Once } from './once.ts'
import type { PackageKeys } from './packages/access.ts'
import type { Places } from './places.ts'
import type { Handover } from './resources/handover.ts'

interface Budget {
  /** Targets whose source ports are swept, for a NACL. */
  sweeps: number
  /** Names asked again and again, for a server that loses questions. */
  repeats: number
  /** Names compared with what the C library gives an application. */
  compares: number
}

export interface Surroundings extends ProbeContext {
  readonly env: NodeJS.ProcessEnv
  readonly connectTimeoutMs: number
  /** What was heard of this network so far; a silence is called by it. */
  readonly hearing: RunHearing
  readonly trust: Trust
  /** By lower-case name, as the C library would read it before it asks DNS. */
  readonly hosts: ReadonlyMap<string, readonly string[]>
  readonly resolvers: readonly string[]
  /** From resolv.conf: what the C library tries beside a name of fewer dots than `ndots`. */
  readonly searchDomains: readonly string[]
  readonly ndots: number
  /** The VPC's own resolver, when it answers: asked beside the system's where that is another one. */
  readonly vpcResolver: Promise<string | undefined>
  /** The same, however late it answers: for names that fail. */
  readonly vpcResolverLate: Promise<string | undefined>
  /** Names with which TLS has completed in this run. */
  readonly passedNames: Set<string>
  readonly vpcCidrs: readonly string[] | null
  readonly places: Places
  /** Absent: as many connections to one place as there are targets on it. */
  readonly doors?: Doors
  /** Asked before every name. */
  readonly questions: Pace
  /** What was asked already: one name is one question in a run, however many targets it has. Absent: each asks. */
  readonly names?: NamesAsked
  readonly region: string | null
  readonly settings: SdkSettings
  /** Null: nothing is signed in this run. */
  readonly credentials: Promise<CredentialsResult> | null
  /** Names that this run asks for: controls must be others. */
  readonly plannedHosts: ReadonlySet<string>
  /** Other AWS names that are private here, connected to once, when a private target first falls silent. */
  readonly controls: Once<readonly VantageCheck[]>
  /** What may still be asked beside the climbs: a few tell as much as all. */
  readonly budget: Budget
  /** Who asks an API about a resource that the user named, and what it found by target id; absent: nobody does. */
  readonly inspection?: { readonly by: Inspector; readonly found: Map<string, Inspected> }
  /** Something failed, or has been silent for a while: whoever will be asked for a second opinion may get ready. */
  troubled(): void
  /** Writes that cannot take effect are tried too. */
  readonly writeChecks: boolean
  /** Our own account, when the machine or STS has told it; undefined when neither will. */
  readonly account: Promise<string | undefined>
  readonly handover: Handover
  readonly packageKeys: PackageKeys
  /** Climbs a target that an answer named, unless the run has it already; resolves when that has ended. */
  found(target: PlannedTarget): Promise<void>
  identified(identity: { readonly arn: string; readonly account: string }): void
}

/** One target on its way up. */
export interface Climb {
  readonly target: PlannedTarget
  readonly run: Surroundings
  /** Resolves when the plain climb has ended: whether anything of it failed. */
  readonly failed: Promise<boolean>
  /** Every observation, once, as soon as it is made. */
  note(observation: Observation): void
  /** Differential probes under way beside the climb: noted when they end, and waited for at its end. */
  doubt(probes: Promise<readonly Observation[]>): void
}

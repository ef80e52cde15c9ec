// What every climb of one run shares: the clock and deadline, the resolvers, the trust store, the credentials, and what was
// learned once for all. No judgement, and nothing that outlives the run.

import type { Observation } from '../model/observation.ts'
import type { SdkSettings, VantageCheck } from '../model/vantage.ts'
import type { ProbeContext } from '../probe/context.ts'
import type { CredentialsResult } from '../probe/credentials.ts'
import type { Trust } from '../probe/trust.ts'
import type { Once } from './once.ts'
import type { Places } from './places.ts'

export interface Surroundings extends ProbeContext {
  readonly env: NodeJS.ProcessEnv
  readonly connectTimeoutMs: number
  readonly trust: Trust
  /** By lower-case name, as the C library would read it before it asks DNS. */
  readonly hosts: ReadonlyMap<string, readonly string[]>
  readonly resolvers: readonly string[]
  /** The VPC's own resolver, when it answers: asked beside the system's where that is another one. */
  readonly vpcResolver: Promise<string | undefined>
  readonly vpcCidrs: readonly string[] | null
  readonly places: Places
  readonly region: string | null
  readonly settings: SdkSettings
  /** Null: nothing is signed in this run. */
  readonly credentials: Promise<CredentialsResult> | null
  /** Names that this run asks for: controls must be others. */
  readonly plannedHosts: ReadonlySet<string>
  /** Other AWS names that are private here, connected to once, when a private target first falls silent. */
  readonly controls: Once<readonly VantageCheck[]>
  /** How many more targets may have their source ports swept: a few prove a NACL as well as all. */
  sweepsLeft: number
  /** How many more names may be asked again and again: one name tells of the server as well as all. */
  repeatsLeft: number
  identified(identity: { readonly arn: string; readonly account: string }): void
  observed(target: string, observation: Observation): void
}

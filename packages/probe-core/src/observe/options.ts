// What a run is asked for, and what it is told as it goes.

import type { Observation } from '../model/observation.ts'
import type { PlannedTarget } from '../model/target.ts'
import type { NetworkIds, Vantage } from '../model/vantage.ts'
import type { Lent, SecondOpinion } from '../probe/control-line.ts'
import type { MetadataResult } from '../probe/metadata.ts'
import type { Inspector } from '../probe/named-resource.ts'
import type { PackageAccess } from '../probe/packages/source.ts'

export interface ObserveOptions {
  readonly env: NodeJS.ProcessEnv
  readonly version: string
  readonly profile?: string | undefined
  readonly deadlineMs: number
  readonly connectTimeoutMs: number
  readonly concurrency: number
  readonly sign: boolean
  readonly writeChecks?: boolean
  readonly expect?: 'closed' | undefined
  readonly resolvers?: readonly string[] | undefined
  readonly internetCanary?: string | false | undefined
  readonly signal?: AbortSignal | undefined
  /** By URL, what goes with requests to the places of package managers. */
  readonly packageAccess?: ReadonlyMap<string, PackageAccess> | undefined
  /** Decides, once it is known where we stand, what to look at. */
  readonly plan: (place: Place) => readonly PlannedTarget[]
  readonly chooseRegion: (known: { profileRegion?: string | undefined; metadata: MetadataResult | undefined }) => ChosenRegion
  readonly detect: (metadata: MetadataResult | undefined) => Pick<Vantage, 'workload' | 'signs'>
  /** The plan needs to know the workload: metadata is waited for. */
  readonly needsMetadata: boolean
  readonly inspector?: Inspector | undefined
  readonly onPlanned?: (targets: readonly PlannedTarget[]) => void
  readonly onObserved?: (target: string, observation: Observation) => void
  readonly onSettled?: (target: string) => void
  /** Who is asked, once everything has been observed, what the control plane says of it. Made with what this run lends. */
  readonly secondOpinion?: ((lent: Lent) => SecondOpinion | undefined) | undefined
}

export interface ChosenRegion {
  readonly region: string | null
  readonly from?: string
  readonly conflicting?: readonly string[]
}

export interface Place {
  readonly region: string | null
  readonly workload: string | null
  readonly settings: NonNullable<Vantage['sdk']>
  readonly network: NetworkIds
  readonly accountId: string | null
}

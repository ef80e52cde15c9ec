// One thing to reach, as planned and then as observed and judged.

import type { Observation } from './observation.ts'
import type { PackageUse } from './packages.ts'

export type TargetKind = 'service' | 'tcp' | 'tls' | 'https' | 'resource'

/** A target as the plan has it: pure data, no socket. */
export interface PlannedTarget {
  readonly id: string
  readonly kind: TargetKind
  /** Catalogue id (PrivateLink name, e.g. `ecr.api`); null for hosts that are not AWS services. */
  readonly service: string | null
  readonly host: string
  readonly port: number
  readonly region: string | null
  /** `command-line`, or workload ids. */
  readonly wantedBy: readonly string[]
  /** Path and query of a URL target. */
  readonly path?: string
  readonly scheme?: 'tcp' | 'tls' | 'http' | 'https'
  /** The user named this very resource: a denial on it is an error, not a warning. */
  readonly resource?: string
  /** `reach`: nothing is asked of it, that it answers at all is the proof (the bucket that image layers come from). `name`: it is only looked up, so that the port is DNS's. */
  readonly only?: 'reach' | 'name'
  /** What a workload loses without it. */
  readonly without?: 'fails' | 'stalls' | 'degrades'
  /** Needed by the workload only for this, in plain words; absent when it is always needed or the user named it. */
  readonly when?: string
  /** A needed name of a workload that cannot be probed as one host says why here. */
  readonly note?: string
  /** The host the SDK of this environment would really use differs from the regional one: how (e.g. `AWS_ENDPOINT_URL_S3`). */
  readonly hostFrom?: string
  /** A package manager's configuration led here. */
  readonly packages?: PackageUse
}

export interface ObservedTarget extends PlannedTarget {
  readonly observations: readonly Observation[]
}

export type Verdict = 'healthy' | 'denied' | 'failing' | 'unknown'
export type Via = 'interface-endpoint' | 'gateway-endpoint' | 'internet' | 'proxy' | 'private-network' | 'unknown'

/** What a user's own client would sit through on this target. */
export interface Hang {
  readonly client: string
  readonly ms: number
  readonly how: string
}

export interface Target extends ObservedTarget {
  readonly verdict: Verdict
  readonly via: Via
  readonly hangs: readonly Hang[]
}

// What a run lends to whoever asks the control plane once everything has been observed, and what it expects of them. Types alone:
// opening the line and asking over it are two other modules'.

import type { ControlPlane } from '../model/control-plane.ts'
import type { Outcome, SkipReason } from '../model/layer.ts'
import type { ObservedReport } from '../model/report.ts'
import type { SdkSettings } from '../model/vantage.ts'
import type { AwsConnection } from './aws.ts'
import type { ProbeContext } from './context.ts'
import type { CredentialsResult } from './credentials.ts'

export interface HostPlace {
  readonly host: string
  readonly port: number
  readonly scheme?: 'http' | 'https'
}

/** How the way to a host ended before anything could be asked. */
export interface LineEnd {
  readonly outcome: Outcome
  readonly code?: string
  readonly message?: string
  readonly because?: SkipReason
}

export interface ClosableConnection extends AwsConnection {
  close(): void
}

export type ControlLine = { readonly connection: ClosableConnection } | { readonly end: LineEnd }

/** One connection to a host, up to where HTTP can speak, through the proxy where the environment names one. */
export type OpenControlLine = (to: HostPlace) => Promise<ControlLine>

/** What a run lends: its clock and time, its credentials, its way to a host. */
export interface Lent extends ProbeContext {
  readonly region: string | null
  readonly settings: SdkSettings
  /** Null: nothing is signed in this run. */
  readonly credentials: Promise<CredentialsResult> | null
  /** For one request. */
  readonly timeoutMs: number
  readonly open: OpenControlLine
}

export interface SecondOpinion {
  /** Something failed: begins to connect to the API that will likely be asked. Sends no request. */
  onTrouble(): void
  /** With what the report holds already. Undefined: no finding asks for anything. Never later than its own time, or the run's deadline. */
  ask(observed: ObservedReport): Promise<ControlPlane | undefined>
  close(): void
}

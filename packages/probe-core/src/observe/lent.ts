// What a run lends to whoever asks the control plane once everything has been observed, and what it expects of them. Types alone.

import type { ObservedReport } from '../model/report.ts'
import type { Vantage } from '../model/vantage.ts'
import type { ProbeContext } from '../probe/context.ts'
import type { CredentialsResult } from '../probe/credentials.ts'
import type { ControlLine, LineTo } from './control-line.ts'

/** What a run lends to whoever asks the control plane: its clock and time, its credentials, its way to a host. */
export interface Lent extends ProbeContext {
  readonly region: string | null
  readonly settings: NonNullable<Vantage['sdk']>
  readonly credentials: Promise<CredentialsResult> | null
  readonly timeoutMs: number
  readonly open: (to: LineTo) => Promise<ControlLine>
}

export interface SecondOpinion {
  onTrouble(): void
  /** With what `observed` holds already. */
  ask(observed: ObservedReport): Promise<ObservedReport['controlPlane']>
  close(): void
}

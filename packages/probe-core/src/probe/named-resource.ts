// What a climb is lent to look past an API: who asks it about the resource that the user named, and where that answers itself.
// Types alone: asking and reading are another module's.

import type { ControlPlane } from '../model/control-plane.ts'
import type { AwsObservation } from '../model/observation.ts'
import type { PlannedTarget } from '../model/target.ts'
import type { AwsCall, AwsResult } from './aws.ts'

/** Sends one read-only call over the connection that the climb to the API has opened, signed. */
export type SendCall = (call: AwsCall) => Promise<AwsResult>

export interface Inspected {
  /** How the call on the named resource ended: the target's own observation at the aws layer. */
  readonly observation: AwsObservation
  /** Where the resource itself answers; absent where it has no one host, or the API did not tell. */
  readonly place?: { readonly host: string; readonly port: number }
}

export interface Inspector {
  /** Undefined: a target that no API tells the state of. */
  inspect(target: PlannedTarget, send: SendCall): Promise<Inspected | undefined>
  /** Everything that was asked and told so far; undefined when nothing was asked. */
  told(): ControlPlane | undefined
}

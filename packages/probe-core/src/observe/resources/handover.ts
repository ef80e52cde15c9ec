// What the calls of one target were told and another target of the same resource needs: a token, the name of a host. In memory,
// for the length of a run; nothing of it is an observation.

import { type Known, leaderOf } from '../../catalog/index.ts'
import type { PlannedTarget } from '../../model/target.ts'
import type { Deadline } from '../../time/deadline.ts'

export interface Handover {
  /** What was told so far; the first to give wins, and a target that ends without gives nothing. */
  give(from: PlannedTarget, known: Known): void
  /** Undefined: this target needs nobody. Resolves by the deadline at the latest, with nothing where nothing was told. */
  wait(target: PlannedTarget, deadline: Deadline): Promise<Known> | undefined
}

interface Promised {
  readonly done: Promise<Known>
  settle(known: Known): void
}

export function makeHandover(targets: readonly PlannedTarget[]): Handover {
  const promised = new Map<string, Promised>()
  for (const { service, resource } of targets) {
    if (service === null || resource === undefined) continue
    let settle = (_known: Known) => {}
    const done = new Promise<Known>(resolve => {
      settle = resolve
    })
    promised.set(keyOf(service, resource), { done, settle })
  }
  return {
    give: ({ service, resource }, known) => {
      if (service !== null && resource !== undefined) promised.get(keyOf(service, resource))?.settle(known)
    },
    wait: ({ service, resource }, deadline) => {
      const leader = service === null ? undefined : leaderOf(service)
      if (leader === undefined || resource === undefined) return undefined
      const given = promised.get(keyOf(leader, resource))?.done ?? Promise.resolve({})
      return Promise.race([given, deadline.wait(deadline.remainingMs()).then(() => ({}))])
    },
  }
}

function keyOf(service: string, resource: string): string {
  return `${service} ${resource}`
}

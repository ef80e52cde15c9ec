// Differential probes that run beside a climb: each is noted when it ends, and none that fails takes the climb with it.

import type { Observation } from '../model/observation.ts'
import { LocalResourceError } from '../probe/local-resource-error.ts'

interface Beside {
  add(probes: Promise<readonly Observation[]>): void
  /** Resolves when all have ended, with those that were added meanwhile. @throws what a defect of ours threw */
  ended(): Promise<void>
}

export function startBeside(note: (observation: Observation) => void): Beside {
  const underWay: Promise<void>[] = []
  let defect: { readonly error: unknown } | undefined
  return {
    add: probes => {
      underWay.push(
        probes.then(
          found => {
            for (const observation of found) note(observation)
          },
          error => {
            // This machine had no socket to spare for it: what it would have told apart stays untold.
            if (!(error instanceof LocalResourceError)) defect ??= { error }
          },
        ),
      )
    },
    ended: async () => {
      for (let next = 0; next < underWay.length; next += 1) await underWay[next]
      if (defect) throw defect.error
    },
  }
}

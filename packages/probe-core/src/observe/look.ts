// The look at one target: the climb to it and, where an API has told where the resource itself answers, the climb there, which
// takes the API's place in the report.

import type { Observation } from '../model/observation.ts'
import type { ObservedTarget, PlannedTarget } from '../model/target.ts'
import { findFileLimit } from '../probe/file-limit.ts'
import { machineFiles } from '../probe/machine-files.ts'
import type { Inspected } from '../probe/named-resource.ts'
import { climb } from './climb.ts'
import type { ObserveOptions } from './options.ts'
import type { Surroundings } from './surroundings.ts'

export interface Look {
  target: PlannedTarget
  observations: Observation[]
  /** The API that was asked first, as it was climbed; its answers tell the time, too. */
  api?: ObservedTarget
}

/** Those that are only waited for among them: what a target under way takes of memory and of sockets is needed this often at most. */
const mostUnderWay = 1000

/** A target that is waited for has a few sockets; others of this process need some as well. */
const socketsEach = 4
const socketsOfOthers = 100

function roomFor(limits: string | undefined): number {
  const files = findFileLimit(limits)
  if (files === undefined) return mostUnderWay
  return Math.max(8, Math.min(mostUnderWay, Math.floor((files - socketsOfOthers) / socketsEach)))
}

/** Targets that answers of others named, in one run. */
const mostFound = 12

export interface Looks {
  readonly looks: readonly Look[]
  readonly ended: Promise<unknown>
  /** Everything observed so far, of APIs and of what is behind them. */
  seen(): readonly Observation[]
  /** Looks at a target that an answer named, unless the run has it already; resolves when that has ended. */
  found(target: PlannedTarget): Promise<void>
}

/** All targets side by side; what comes after the run is over is not kept, and not told. */
export function startLooks(
  targets: readonly PlannedTarget[],
  run: Surroundings,
  { onObserved, onSettled }: Pick<ObserveOptions, 'onObserved' | 'onSettled'>,
  isOver: () => boolean,
): Looks {
  const planned: Look[] = targets.map(target => ({ target, observations: [] }))
  const looks = [...planned]
  const begin = async (look: Look): Promise<void> => {
    const { id } = look.target
    await lookAt(look, run, observation => {
      if (!isOver()) onObserved?.(id, observation)
      return !isOver()
    })
    if (!isOver()) onSettled?.(id)
  }
  const waiting = planned.values()
  const beginAll = async (): Promise<void> => {
    for (const look of waiting) {
      // A climb that has only begun holds more than one that waits for its turn.
      await run.places.toBegin(async () => {})
      if (isOver()) return
      await begin(look)
    }
  }
  return {
    looks,
    ended: Promise.all(
      Array.from({ length: Math.min(roomFor(machineFiles.fileText('/proc/self/limits')), targets.length) }, beginAll),
    ),
    seen: () => looks.flatMap(look => [...(look.api?.observations ?? []), ...look.observations]),
    found: async target => {
      const isNew = looks.every(({ target: t }) => t.id !== target.id && (t.host !== target.host || t.port !== target.port))
      if (!isNew || isOver() || looks.length >= targets.length + mostFound) return
      const look: Look = { target, observations: [] }
      looks.push(look)
      await begin(look)
    },
  }
}

async function lookAt(look: Look, run: Surroundings, observed: (observation: Observation) => boolean): Promise<void> {
  const note = (observation: Observation) => {
    if (observed(observation)) look.observations.push(observation)
  }
  const named = look.target
  await climb(named, run, note)
  const place = run.inspection?.found.get(named.id)?.place
  if (place === undefined || run.deadline.spent()) return
  look.api = { ...named, observations: look.observations }
  look.target = targetAt(place, named)
  look.observations = []
  await climb(look.target, run, note)
}

/** Reached by TCP, as what is spoken there is not HTTP. The plan's note, that only the API is looked at, is no longer true. */
function targetAt({ host, port }: NonNullable<Inspected['place']>, target: PlannedTarget): PlannedTarget {
  const { note: _, path: __, scheme: ___, hostFrom: ____, ...rest } = target
  return { ...rest, kind: 'tcp', service: null, host, port }
}

// The look at one target: the climb to it and, where an API has told where the resource itself answers, the climb there, which
// takes the API's place in the report.

import type { Observation } from '../model/observation.ts'
import type { ObservedTarget, PlannedTarget } from '../model/target.ts'
import { findFileLimit } from '../probe/file-limit.ts'
import { machineFiles } from '../probe/machine-files.ts'
import type { Inspected } from '../probe/named-resource.ts'
import { askAheadOf, climb } from './climb.ts'
import type { ObserveOptions } from './options.ts'
import { makeAway } from './put-away.ts'
import { makeQueue } from './queue.ts'
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
  /** Everything observed so far, of APIs and of what is behind them. Until it is asked for, not every look has its observations. */
  seen(): readonly Observation[]
  /** Looks at a target that an answer named, unless the run has it already; resolves when that has ended. */
  found(target: PlannedTarget): Promise<void>
}

/** All targets side by side; what comes after the run is over is not kept, and not told. */
export function startLooks(
  targets: readonly PlannedTarget[],
  run: Surroundings,
  { concurrency, onObserved, onSettled }: Pick<ObserveOptions, 'concurrency' | 'onObserved' | 'onSettled'>,
  isOver: () => boolean,
): Looks {
  const planned: Look[] = targets.map(target => ({ target, observations: [] }))
  const looks = [...planned]
  const away = makeAway(targets.length)
  const sharedHosts = hostsOfSeveral(targets)
  const begin = async (look: Look): Promise<void> => {
    const { id } = look.target
    await lookAt(look, run, observation => {
      if (!isOver()) onObserved?.(id, observation)
      return !isOver()
    })
    // An array that grew has room for more.
    look.observations = look.observations.slice()
    if (isOver()) return
    if (!sharedHosts.has(look.target.host)) run.names?.forget(look.target.host)
    away.put(look)
    onSettled?.(id)
  }
  const underWay = makeQueue(roomFor(machineFiles.fileText('/proc/self/limits')))
  const waiting = planned.values()
  const beginAll = async (ended: () => void, failed: (error: unknown) => void): Promise<void> => {
    for (const look of waiting) {
      // A climb that has only begun holds more than a target that waits for its turn, and for that of its name.
      await underWay.enter()
      await run.places.toBegin(async () => {})
      await askAheadOf(look.target, run)?.begun
      if (isOver()) return
      begin(look).then(ended, failed)
    }
  }
  const lookAtAll = () =>
    new Promise<void>((resolve, reject) => {
      let left = targets.length
      if (left === 0) resolve()
      const ended = () => {
        underWay.leave()
        left -= 1
        if (left === 0) resolve()
      }
      for (let each = Math.min(concurrency, targets.length); each > 0; each -= 1) beginAll(ended, reject).catch(reject)
    })
  return {
    looks,
    ended: lookAtAll(),
    seen: () => {
      away.takeOut()
      return looks.flatMap(look => [...(look.api?.observations ?? []), ...look.observations])
    },
    found: async target => {
      const isNew = looks.every(({ target: t }) => t.id !== target.id && (t.host !== target.host || t.port !== target.port))
      if (!isNew || isOver() || looks.length >= targets.length + mostFound) return
      const look: Look = { target, observations: [] }
      looks.push(look)
      await begin(look)
    },
  }
}

function hostsOfSeveral(targets: readonly PlannedTarget[]): ReadonlySet<string> {
  const before = new Set<string>()
  return new Set(targets.flatMap(({ host }) => (before.size === before.add(host).size ? [host] : [])))
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

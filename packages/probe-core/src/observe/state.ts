// A target whose API has told where the resource itself answers: that host takes the API's place.

import type { PlannedTarget } from '../model/target.ts'
import type { Inspected } from '../probe/named-resource.ts'

/** Reached by TCP, as what is spoken there is not HTTP. The plan's note, that only the API is looked at, is no longer true. */
export function targetAt({ host, port }: NonNullable<Inspected['place']>, target: PlannedTarget): PlannedTarget {
  const { note: _, path: __, scheme: ___, hostFrom: ____, ...rest } = target
  return { ...rest, kind: 'tcp', service: null, host, port }
}

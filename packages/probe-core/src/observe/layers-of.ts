// Which layers a target is climbed through, and which of them have not been told yet.

import { type Layer, layers, type SkipReason } from '../model/layer.ts'
import type { Observation } from '../model/observation.ts'
import type { PlannedTarget } from '../model/target.ts'
import { speaksHttp, speaksTls } from './connection.ts'

/** The layers that the plain climb has said nothing of, as not tried. A literal address has no dns layer to speak of. */
export function skipUntold(
  target: PlannedTarget,
  observations: readonly Observation[],
  because: SkipReason,
): readonly Observation[] {
  const told = new Set(observations.filter(o => o.variant === undefined && !isConnect(o)).map(o => o.layer))
  return layers
    .filter(layer => isWanted(layer, target) && !told.has(layer) && !(layer === 'dns' && told.size > 0))
    .map(layer => ({ layer, outcome: 'skipped', because }))
}

function isWanted(layer: Layer, target: PlannedTarget): boolean {
  if (layer === 'tls') return speaksTls(target)
  if (layer === 'http') return speaksHttp(target)
  return layer !== 'aws' || (target.service !== null && (target.kind === 'service' || target.kind === 'resource'))
}

/** The tunnel's CONNECT is the proxy's HTTP, not the target's. */
function isConnect(observation: Observation): boolean {
  return observation.layer === 'http' && observation.outcome !== 'skipped' && observation.seen?.method === 'CONNECT'
}

// One target as one report saw it, in the few words that can be set beside another's.

import type { SeenTarget } from '../model/comparison.ts'
import { type Layer, layers } from '../model/layer.ts'
import type { Observation } from '../model/observation.ts'
import type { Report } from '../model/report.ts'
import type { Target } from '../model/target.ts'

export function readSeen(target: Target, report: Report): SeenTarget {
  const own = report.findings.filter(f => f.targets.includes(target.id))
  // What stops it, before what is merely worth knowing of it.
  const finding = own.find(f => f.severity === 'error') ?? own[0]
  const first = finding?.causes[0]
  const plain = target.observations.filter(o => o.variant === undefined)
  const dns = plain.find(o => o.layer === 'dns' && o.outcome === 'answered')
  const seen = dns?.layer === 'dns' && dns.outcome === 'answered' ? dns.seen : undefined
  return {
    verdict: target.verdict,
    via: target.via,
    addresses: [...(seen?.addresses ?? [])].sort(),
    scope: seen?.scope ?? null,
    stopped: stopOf(plain) ?? (target.verdict === 'failing' ? partialStopOf(plain) : null),
    cause: first?.cause ?? null,
    confidence: first?.confidence ?? null,
  }
}

function stopOf(plain: readonly Observation[]): SeenTarget['stopped'] {
  for (const layer of layers) {
    const here = plain.filter(o => o.layer === layer)
    if (here.length === 0 || here.some(o => o.outcome === 'answered')) continue
    const failed = here.filter(o => o.outcome === 'rejected' || o.outcome === 'silent')
    // A family that this place has no route for says less than what came of the other.
    const told = failed.find(o => !hasNoRoute(o)) ?? failed[0]
    if (told !== undefined) return stop(layer, told)
    const skipped = here.find(o => o.outcome === 'skipped' && o.because !== 'not-asked')
    if (skipped !== undefined) return stop(layer, skipped)
  }
  return null
}

function stop(layer: Layer, observation: Observation): SeenTarget['stopped'] {
  const { outcome } = observation
  return {
    layer,
    outcome,
    ...(observation.outcome === 'rejected' && { code: observation.code }),
    ...(observation.outcome === 'skipped' && { because: observation.because }),
  }
}

/** This place has no way to the address at all, as to IPv6 where there is none: nothing was sent. */
export function hasNoRoute(observation: Observation): boolean {
  return observation.outcome === 'rejected' && ['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(observation.code)
}

/** Every layer answered, on one address: a client that takes another one of the name waits, or is refused. */
function partialStopOf(plain: readonly Observation[]): SeenTarget['stopped'] {
  const tcp = plain.filter(o => o.layer === 'tcp' && o.address !== undefined)
  const answered = new Set(tcp.flatMap(o => (o.outcome === 'answered' ? [o.address] : [])))
  const failed = tcp.filter(
    o => (o.outcome === 'silent' || (o.outcome === 'rejected' && o.code === 'ECONNREFUSED')) && !answered.has(o.address),
  )
  const [first] = failed
  const told = first === undefined ? null : stop('tcp', first)
  if (told === null || answered.size === 0) return null
  return { ...told, onlyAt: [...new Set(failed.flatMap(({ address }) => address ?? []))].sort() }
}

/** Two that a person would call the same: how far it came and how it ended, over the same kind of way. */
export function isAlike(a: SeenTarget, b: SeenTarget): boolean {
  const end = ({ verdict, scope, stopped }: SeenTarget) =>
    `${verdict} ${kindOf(scope)} ${stopped?.layer} ${stopped?.outcome} ${stopped?.code ?? stopped?.because} ${stopped?.onlyAt !== undefined}`
  return end(a) === end(b)
}

export function kindOf(scope: SeenTarget['scope']): 'private' | 'public' | 'other' | 'none' {
  if (scope === null) return 'none'
  if (scope === 'vpc' || scope === 'private') return 'private'
  return scope === 'public' ? 'public' : 'other'
}

// What the plain climb saw at one layer of one target, in one word and its details. Differential probes are left out: they
// prove findings, and say nothing of what an application meets.

import type { Layer, Observation, Target } from '@eniprobe/core'

export interface LayerState {
  readonly layer: Layer
  readonly outcome: Observation['outcome']
  /** Of several addresses, some answered: the layer is usable, not well. */
  readonly good: number
  readonly all: number
  readonly code?: string
  readonly because?: 'below-failed' | 'not-asked' | 'no-time' | 'no-credentials'
  /** The longest exchange, or how long the silence was. */
  readonly ms?: number
  readonly address?: string
  readonly viaProxy: boolean
}

export const climbedLayers: readonly Layer[] = ['dns', 'tcp', 'tls', 'http', 'aws']

export function layerStateOf(target: Target, layer: Layer): LayerState | undefined {
  const seen = target.observations.filter(each => each.layer === layer && each.variant === undefined)
  const good = seen.filter(({ outcome }) => outcome === 'answered')
  const bad = seen.filter(({ outcome }) => outcome === 'rejected' || outcome === 'silent')
  const telling = bad[0] ?? good[0] ?? seen[0]
  if (telling === undefined) return undefined
  const alike = bad.length > 0 ? bad.filter(({ outcome }) => outcome === telling.outcome) : good
  const times = alike.map(each => (each.outcome === 'silent' ? each.waitedMs : each.durationMs)).filter(ms => ms !== undefined)
  return {
    layer,
    outcome: telling.outcome,
    good: good.length,
    all: good.length + bad.length,
    ...(telling.outcome === 'rejected' ? { code: telling.code } : {}),
    ...(telling.outcome === 'skipped' ? { because: telling.because } : {}),
    ...(times.length > 0 ? { ms: times.reduce((a, b) => Math.max(a, b)) } : {}),
    ...(telling.address === undefined ? {} : { address: telling.address }),
    viaProxy: telling.via === 'proxy',
  }
}

/** The layer at which it stops: the lowest that was rejected or silent with no address left. Undefined: none did. */
export function stopOf(target: Target): LayerState | undefined {
  const states = climbedLayers.map(layer => layerStateOf(target, layer)).filter(state => state !== undefined)
  const failed = states.filter(({ outcome }) => outcome === 'rejected' || outcome === 'silent')
  return failed.find(({ good }) => good === 0) ?? failed[0]
}

/** Addresses that the plain climb knew, in the order of the answer. */
export function addressesOf(target: Target): readonly string[] {
  const dns = target.observations.find(each => each.layer === 'dns' && each.variant === undefined && each.outcome === 'answered')
  const resolved = dns?.layer === 'dns' && dns.outcome === 'answered' ? dns.seen.addresses : []
  // What went to a proxy shows the proxy's address.
  const climbed = target.observations
    .filter(({ variant, via }) => variant === undefined && via === undefined)
    .map(({ address }) => address)
  return [...new Set([...resolved, ...climbed.filter(address => address !== undefined)])]
}

// The targets of a report as stations of a picture: those that stand in the same place and end the same way are one station.

import { findService, type Report, type Target, type Verdict } from '@eniprobe/core'
import type { FormatPage } from '../format-page.ts'
import { addressesOf, climbedLayers, type LayerState, layerStateOf, stopOf } from '../layer-state.ts'
import { timeOf } from '../quantities.ts'

/** Where a station stands, in the order of drawing: inside the VPC first. */
const zones = ['unresolved', 'endpoint', 'inVpc', 'gateway', 'proxied', 'privateElsewhere', 'publicAddress'] as const
export type Zone = (typeof zones)[number]

export interface Station {
  readonly zone: Zone
  readonly verdict: Verdict
  readonly targets: readonly Target[]
  /** What was seen there in a phrase, and its time or code. */
  readonly says: string
  readonly detail: string
  /** Where the line ends: before the station (nothing came back or somebody said no), at it (reached), unknown. */
  readonly ends: 'reached' | 'denied' | 'silent' | 'rejected' | 'unknown'
  readonly stop: LayerState | undefined
  /** Ids of endpoints that the control plane told. */
  readonly named: readonly string[]
}

/** A picture of more is no picture. */
const mostStations = 14
const order: readonly Verdict[] = ['failing', 'denied', 'unknown', 'healthy']

export function stationsOf(report: Report, page: FormatPage): Station[] {
  const groups = new Map<string, Target[]>()
  for (const target of report.targets) {
    const stop = stopOf(target)
    const how = target.verdict === 'healthy' ? '' : `${stop?.layer} ${stop?.outcome} ${stop?.code ?? ''}`
    const key = `${zoneOf(target, report)} ${target.verdict} ${how}`
    groups.set(key, [...(groups.get(key) ?? []), target])
  }
  const stations = [...groups.values()].flatMap(targets =>
    targets[0] === undefined ? [] : [stationOf(targets[0], targets, report, page)],
  )
  stations.sort(
    (a, b) =>
      zones.indexOf(a.zone) - zones.indexOf(b.zone) ||
      order.indexOf(a.verdict) - order.indexOf(b.verdict) ||
      b.targets.length - a.targets.length,
  )
  return stations.length <= mostStations ? stations : merge(stations, report, page)
}

/** Too many ways to end: one station a place and verdict. */
function merge(stations: readonly Station[], report: Report, page: FormatPage): Station[] {
  const merged = new Map<string, Target[]>()
  for (const { zone, verdict, targets } of stations) {
    const key = `${zone} ${verdict}`
    merged.set(key, [...(merged.get(key) ?? []), ...targets])
  }
  return [...merged.values()].flatMap(targets => (targets[0] === undefined ? [] : [stationOf(targets[0], targets, report, page)]))
}

function stationOf(first: Target, targets: readonly Target[], report: Report, page: FormatPage): Station {
  const stop = stopOf(first)
  const ends = endOf(first, stop)
  const named = (report.controlPlane?.endpoints ?? [])
    .filter(({ service }) => {
      const known = findService(service)?.id
      return known !== undefined && targets.some(target => target.service === known)
    })
    .map(({ id }) => id)
  return { zone: zoneOf(first, report), verdict: first.verdict, targets, ends, stop, named, ...saysOf(targets, ends, stop, page) }
}

function endOf({ verdict }: Target, stop: LayerState | undefined): Station['ends'] {
  if (verdict === 'healthy') return 'reached'
  if (verdict === 'denied') return 'denied'
  if (verdict === 'unknown') return 'unknown'
  // Every layer answered, and yet it does not work: somebody else answered, or wrongly.
  if (stop === undefined) return 'rejected'
  return stop.outcome === 'silent' ? 'silent' : 'rejected'
}

function saysOf(
  targets: readonly Target[],
  ends: Station['ends'],
  stop: LayerState | undefined,
  { formats, messages }: FormatPage,
): Pick<Station, 'says' | 'detail'> {
  const { picture: words } = formats
  if (stop === undefined && ends === 'rejected') return { says: words.answersWrong, detail: '' }
  const layer = words.stops[stop?.layer ?? 'aws']
  const some = stop !== undefined && stop.good > 0 ? messages.targets.some(stop.good, stop.all) : ''
  const time = stop?.ms === undefined ? '' : timeOf(stop.ms, messages)
  const detail = [some, ends === 'silent' ? time : (stop?.code ?? '')].filter(part => part !== '').join(' ')
  if (ends === 'silent') return { says: words.silenceBegins(layer), detail }
  if (ends === 'rejected') return { says: words.refusedHere(layer), detail }
  if (ends === 'denied') return { says: words.deniedHere(layer), detail }
  if (ends === 'unknown') return { says: words.unfinished, detail: '' }
  let longest = 0
  for (const target of targets) for (const each of climbedLayers) longest = Math.max(longest, layerStateOf(target, each)?.ms ?? 0)
  return { says: words.allWell, detail: longest === 0 ? '' : timeOf(longest, messages) }
}

/** From what was seen, not from what should be: an endpoint nobody reached may be one, or any private address. */
function zoneOf(target: Target, { vantage }: Pick<Report, 'vantage'>): Zone {
  if (target.via === 'proxy' || target.observations.some(({ via, variant }) => via === 'proxy' && variant === undefined))
    return 'proxied'
  const dns = target.observations.find(({ layer, variant }) => layer === 'dns' && variant === undefined)
  if (dns?.outcome !== 'answered' && addressesOf(target).length === 0) return 'unresolved'
  if (target.via === 'interface-endpoint') return 'endpoint'
  if (target.via === 'gateway-endpoint') return 'gateway'
  const scope = dns?.layer === 'dns' && dns.outcome === 'answered' ? dns.seen.scope : undefined
  if (scope === 'vpc' || scope === 'loopback') return 'inVpc'
  // Without the VPC's own ranges no private address can be said to be outside them.
  if (scope === 'private') return vantage.network.vpcCidrs === null ? 'inVpc' : 'privateElsewhere'
  if (target.via === 'private-network') return 'inVpc'
  return 'publicAddress'
}

// The network path as a picture: this workload in its subnet and VPC, then a line to each station, whole where something
// answered and broken where silence begins. Drawn twice, wide and narrow: the style sheet shows the one that fits.

import type { Report } from '@eniprobe/core'
import type { FormatPage } from '../format-page.ts'
import { timeOf } from '../quantities.ts'
import { type Station, stationsOf } from './path-groups.ts'
import { fit, insideZones, type Layout, namesOf, stationLines, zoneName } from './picture-text.ts'
import { html, type Safe } from './safe.ts'

const wide: Layout = {
  name: 'wide',
  width: 1120,
  own: { x: 40, y: 84, width: 222 },
  trunkX: 294,
  inside: { x: 528, width: 236 },
  outside: { x: 866, width: 246 },
  borderX: 784,
}
const narrow: Layout = {
  name: 'narrow',
  width: 356,
  own: { x: 20, y: 76, width: 316 },
  trunkX: 34,
  inside: { x: 66, width: 270 },
  outside: { x: 66, width: 270 },
  borderX: 352,
}

const lineHeight = 17

export function renderPicture(report: Report, page: FormatPage): Safe {
  const { picture: words, html: pageWords } = page.formats
  const stations = stationsOf(report, page)
  const inWords = stations.map(station =>
    words.inWords(
      zoneName(station.zone, page),
      namesOf(station, 12, words.and),
      [station.says, station.detail].filter(part => part !== '').join(' '),
    ),
  )
  const start = words.from(ownLines(report, page).join(', '))
  return html`<figure class="picture">
${draw(wide, stations, [start, ...inWords].join(' '), report, page)}
${draw(narrow, stations, [start, ...inWords].join(' '), report, page)}
<ul class="legend">
<li><svg class="key" width="34" height="12" aria-hidden="true"><path class="line healthy" d="M0 6H34"/></svg> ${pageWords.legend.answered}</li>
<li><svg class="key" width="34" height="12" aria-hidden="true"><path class="line denied" d="M0 6H34"/></svg> ${pageWords.legend.denied}</li>
<li><svg class="key" width="34" height="12" aria-hidden="true"><path class="line failing" d="M0 6H12"/><path class="line lost" d="M22 6H34"/><path class="cross" d="M13 2l8 8m0-8l-8 8"/></svg> ${pageWords.legend.stopped}</li>
<li><svg class="key" width="34" height="12" aria-hidden="true"><path class="line unknown" d="M0 6H34"/></svg> ${pageWords.legend.unknown}</li>
</ul>
<details><summary>${pageWords.pictureWords}</summary><ul><li>${start}</li>${inWords.map(line => html`<li>${line}</li>`)}</ul></details>
</figure>`
}

function draw(layout: Layout, stations: readonly Station[], words: string, report: Report, page: FormatPage): Safe {
  const { picture: names, html: pageWords } = page.formats
  const { vantage } = report
  const { own } = layout
  const lines = ownLines(report, page)
  const ownHeight = 22 + lines.length * lineHeight
  const resolverY = own.y + ownHeight + 54
  const resolver = resolverLines(report, page)
  const ownBottom = resolverY + (resolver === undefined ? -14 : 52)

  // Rows: beside the workload where there is room, below it where there is none.
  let y = layout.name === 'wide' ? 62 : ownBottom + 22
  const rows: { station: Station; y: number; height: number }[] = []
  const place = (station: Station) => {
    const height = 18 + lineHeight * stationLines(station, layout, page).length
    rows.push({ station, y, height })
    y += height + (layout.name === 'wide' ? 22 : 16)
  }
  for (const station of stations.filter(({ zone }) => insideZones.includes(zone))) place(station)
  const vpcBottomOfRows = y
  if (layout.name === 'narrow') y += 26
  for (const station of stations.filter(({ zone }) => !insideZones.includes(zone))) place(station)
  const wayOut = report.vantage.internet === 'skipped' ? undefined : { y, height: 58 }
  if (wayOut !== undefined) y += wayOut.height + 16
  const vpcBottom = layout.name === 'wide' ? Math.max(y, ownBottom + 14) : vpcBottomOfRows
  const height = Math.max(y, vpcBottom) + 14
  const trunkFrom = layout.name === 'wide' ? own.y + ownHeight / 2 : own.y + ownHeight
  const middles = [...rows, ...(wayOut === undefined ? [] : [wayOut])].map(row => row.y + row.height / 2)
  const trunk =
    middles.length === 0 ? '' : `M${layout.trunkX} ${Math.min(trunkFrom, ...middles)}V${Math.max(trunkFrom, ...middles)}`
  const id = `picture-${layout.name}`
  const vpcIds = [vantage.network.vpc, vantage.network.vpcCidrs?.join(' ')].filter(part => part !== null && part !== undefined)
  const isVpc = [vantage.network.vpc, vantage.network.eni, vantage.network.subnet].some(part => part !== null)
  const region = vantage.region === null ? names.regionUnknown : names.region(vantage.region)
  const subnet = [vantage.network.subnetCidr, vantage.network.availabilityZone].filter(
    part => part !== null && part !== undefined,
  )
  const vpcLabel = [isVpc ? names.vpc : names.thisNetwork, ...vpcIds, ...(layout.name === 'wide' ? [region] : [])].join('  ')
  return html`<svg class="${layout.name}" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${layout.width} ${height}">
<title id="${id}-title">${pageWords.pictureTitle}</title>
<desc id="${id}-desc">${words}</desc>
<rect class="vpc" x="4" y="4" width="${layout.borderX - 4}" height="${vpcBottom - 4}" rx="10"/>
<text class="area" x="18" y="28">${fit(vpcLabel, layout.borderX - 36)}</text>
<rect class="subnet" x="${own.x - 16}" y="${own.y - 34}" width="${own.width + 32}" height="${ownHeight + 68}" rx="8"/>
<text class="small" x="${own.x - 4}" y="${own.y - 14}">${fit([names.subnet, vantage.network.subnet ?? ''].join(' ').trim(), own.width + 12)}</text>
<text class="small" x="${layout.name === 'wide' ? own.x - 4 : layout.trunkX + 12}" y="${own.y + ownHeight + 20}">${fit(subnet.join('  '), own.width + 12)}</text>
${trunk === '' ? '' : html`<path class="trunk" d="${trunk}"/>`}
${resolver === undefined ? '' : resolverBox(layout, resolverY, resolver, page)}
${layout.name === 'wide' && rows.length > 0 ? html`<path class="trunk" d="M${own.x + own.width} ${trunkFrom}H${layout.trunkX}"/>` : ''}
<rect class="box own" x="${own.x}" y="${own.y}" width="${own.width}" height="${ownHeight}" rx="8"/>
${lines.map((line, index) => html`<text class="${index === 0 ? 'strong' : 'mono'}" x="${own.x + 14}" y="${own.y + 24 + index * lineHeight}">${fit(line, own.width - 28, index > 0 ? 'mono' : 'bold')}</text>`)}
${rows.map(row => stationOf(layout, row, report, page))}
${wayOut === undefined ? '' : internetRow(layout, wayOut, report, page)}
</svg>`
}

/** The way out: in a closed network nobody misses it, so it is told without praise or blame, unless it was to be closed. */
function internetRow(
  layout: Layout,
  { y, height }: { y: number; height: number },
  { vantage }: Report,
  { formats, messages }: FormatPage,
): Safe {
  const { picture: words } = formats
  const { x, width } = layout.outside
  const middle = y + height / 2
  const marker = layout.name === 'narrow' ? x - 15 : x - 24
  const answered = vantage.internet === 'answered'
  const kind = answered && vantage.expect === 'closed' ? 'failing' : answered ? 'healthy' : 'unknown'
  const check = vantage.checks?.find(each => each.check === 'internet')
  const ms = check === undefined ? undefined : check.outcome === 'silent' ? check.waitedMs : check.durationMs
  const says = { says: words.internetSays[vantage.internet], detail: ms === undefined ? '' : timeOf(ms, messages) }
  const host = typeof check?.seen?.host === 'string' ? check.seen.host : (check?.address ?? '')
  const sign = { ends: answered ? 'reached' : 'rejected' } as const
  return html`<g class="station ${kind}"><path class="line ${kind}" d="M${layout.trunkX} ${middle}H${x}"/>${markOf(sign, marker, middle)}
${layout.name === 'wide' ? caption(says, marker, middle, layout) : ''}
<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="${height / 2}"/>
<text class="strong" x="${x + 24}" y="${middle - 4}">${words.internet}${layout.name === 'narrow' ? `: ${says.says}` : ''}</text><text class="mono" x="${x + 24}" y="${middle + 14}">${fit(host, width - 44, 'mono')}</text></g>`
}

function stationOf(
  layout: Layout,
  { station, y, height }: { station: Station; y: number; height: number },
  report: Report,
  page: FormatPage,
): Safe {
  const isInside = insideZones.includes(station.zone)
  const { x, width } = isInside ? layout.inside : layout.outside
  const middle = y + height / 2
  const viaProxy = station.zone === 'proxied'
  const beforeProxy = viaProxy && (station.stop === undefined || station.stop.layer === 'tcp' || station.stop.layer === 'dns')
  // The mark stands on the line: before the proxy when that is what nobody reaches.
  const saidByProxy = viaProxy && station.ends === 'rejected' && station.stop?.layer === 'http'
  const { inside } = layout
  const marker =
    layout.name === 'narrow' ? x - 15 : beforeProxy ? inside.x - 22 : saidByProxy ? inside.x + inside.width + 11 : x - 24
  const broken = station.ends === 'silent' || station.ends === 'rejected'
  const line = broken
    ? html`<path class="line failing" d="M${layout.trunkX} ${middle}H${marker - 9}"/><path class="line lost" d="M${marker + 9} ${middle}H${x}"/>`
    : html`<path class="line ${station.verdict}" d="M${layout.trunkX} ${middle}H${x}"/>`
  const lines = stationLines(station, layout, page)
  return html`<g class="station ${station.verdict}">${line}${markOf(station, marker, middle)}
${viaProxy && layout.name === 'wide' ? proxyBox(layout, middle, report, page) : ''}
${station.zone === 'gateway' && layout.name === 'wide' ? html`<rect class="gate" x="${layout.borderX - 9}" y="${middle - 9}" width="18" height="18" transform="rotate(45 ${layout.borderX} ${middle})"/>` : ''}
${layout.name === 'wide' ? caption(station, viaProxy ? inside.x : marker, middle, layout) : ''}
<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/><rect class="edge" x="${x}" y="${y}" width="5" height="${height}" rx="2"/>
${lines.map((one, index) => html`<text class="${one.kind}" x="${x + 16}" y="${y + 23 + index * lineHeight}">${fit(one.text, width - 24, one.kind === 'small' ? 'plain' : one.kind === 'strong' ? 'bold' : 'mono')}</text>`)}
</g>`
}

/** On the line before its mark: what happened there, and below it the time or the code. */
function caption({ says, detail }: Pick<Station, 'says' | 'detail'>, marker: number, middle: number, layout: Layout): Safe {
  // Not across the border of the VPC.
  const end = marker > layout.borderX ? layout.borderX - 12 : marker - 15
  const room = end - layout.trunkX - 8
  return html`<text class="says end" x="${end}" y="${middle - 7}">${fit(says, room, 'mono')}</text><text class="mono end" x="${end}" y="${middle + 16}">${fit(detail, room, 'mono')}</text>`
}

/** The sign of the verdict, for whoever sees no colours: a tick, a cross, a bar, a question mark. */
function markOf({ ends }: Pick<Station, 'ends'>, x: number, y: number): Safe {
  const disc = html`<circle class="disc" cx="${x}" cy="${y}" r="9"/>`
  if (ends === 'reached') return html`${disc}<path class="sign" d="M${x - 4} ${y}l3 3.5l5.5-7"/>`
  if (ends === 'denied') return html`${disc}<path class="sign" d="M${x - 4.5} ${y}h9"/>`
  if (ends === 'unknown') return html`${disc}<text class="query" x="${x}" y="${y + 4}">?</text>`
  return html`${disc}<path class="sign" d="M${x - 3.5} ${y - 3.5}l7 7m0-7l-7 7"/>`
}

function proxyBox(layout: Layout, middle: number, { vantage }: Report, { formats }: FormatPage): Safe {
  const { x, width } = layout.inside
  const address = vantage.proxy?.url ?? ''
  return html`<rect class="box" x="${x}" y="${middle - 22}" width="${width}" height="44" rx="22"/><text class="small" x="${x + 18}" y="${middle - 4}">${formats.picture.proxy}</text><text class="mono" x="${x + 18}" y="${middle + 13}">${fit(address, width - 36, 'mono')}</text>`
}

function resolverBox(layout: Layout, y: number, { text, outcome, says }: ResolverLines, { formats }: FormatPage): Safe {
  const { x, width } = layout.own
  const kind = outcome === 'answered' ? 'healthy' : outcome === 'skipped' ? 'unknown' : 'failing'
  const middle = y + 23
  const sign = { ends: kind === 'healthy' ? 'reached' : kind === 'unknown' ? 'unknown' : 'rejected' } as const
  return html`<g class="station ${kind}">${layout.name === 'wide' ? html`<path class="line ${kind}" d="M${x + width - 20} ${y - 54}V${y}"/>` : ''}
<rect class="box" x="${x}" y="${y}" width="${width}" height="46" rx="8"/>${markOf(sign, x + 20, middle)}
<text class="small" x="${x + 38}" y="${y + 19}">${formats.picture.resolver}: ${says}</text><text class="mono" x="${x + 38}" y="${y + 36}">${fit(text, width - 50, 'mono')}</text></g>`
}

interface ResolverLines {
  readonly text: string
  readonly outcome: string
  readonly says: string
}

function resolverLines({ vantage, targets }: Report, { formats, messages }: FormatPage): ResolverLines | undefined {
  const { resolvers, checks = [] } = vantage
  if (resolvers.length === 0) return undefined
  const check = checks.find(each => each.check === 'system-resolver') ?? checks.find(each => each.check === 'vpc-resolver')
  const asked = targets.some(({ observations }) =>
    observations.some(({ layer, outcome, variant }) => layer === 'dns' && outcome === 'answered' && variant === undefined),
  )
  const outcome = check?.outcome ?? (asked ? 'answered' : 'skipped')
  const ms = check?.durationMs === undefined || outcome !== 'answered' ? '' : ` ${timeOf(check.durationMs, messages)}`
  return { text: resolvers.join(', '), outcome, says: `${formats.outcomes[outcome]}${ms}` }
}

function ownLines({ vantage }: Report, { formats }: FormatPage): string[] {
  const { network, interfaces, workload } = vantage
  const address = interfaces.find(each => !/^(?:fe[89ab][0-9a-f]:|127\.|::1)/i.test(each.address))
  const groups = network.securityGroups ?? []
  return [
    workload ?? formats.picture.workload,
    ...(address === undefined ? [] : [`${address.address}/${address.prefixLength}`]),
    ...(network.eni === null ? [] : [network.eni]),
    ...groups.slice(0, 2),
    ...(groups.length > 2 ? [formats.picture.and(groups.length - 2)] : []),
  ]
}

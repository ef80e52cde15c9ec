// The words of the picture: what stands in each box, cut so that it stays inside. Nothing is drawn here.

import type { FormatPage } from '../format-page.ts'
import { addressesOf } from '../layer-state.ts'
import { cutMiddleTo, widthOf } from '../layout.ts'
import type { Station, Zone } from './path-groups.ts'

export interface Layout {
  readonly name: 'wide' | 'narrow'
  readonly width: number
  readonly own: { readonly x: number; readonly y: number; readonly width: number }
  /** The line that all branches leave from. */
  readonly trunkX: number
  readonly inside: { readonly x: number; readonly width: number }
  readonly outside: { readonly x: number; readonly width: number }
  /** The right edge of the VPC. */
  readonly borderX: number
}

export const insideZones: readonly Zone[] = ['unresolved', 'endpoint', 'inVpc']

/** A column of text in the picture's types, about; too wide a guess cuts a little early, too narrow a one runs over the edge. */
const columnPx = 6.7
const monoColumnPx = 7.3
const boldColumnPx = 8.2

interface Line {
  readonly kind: 'small' | 'strong' | 'mono' | 'says'
  readonly text: string
}

export function stationLines(station: Station, layout: Layout, page: FormatPage): Line[] {
  const { picture: words } = page.formats
  const width = (insideZones.includes(station.zone) ? layout.inside.width : layout.outside.width) - 28
  const count = station.targets.length > 1 ? ` (${station.targets.length})` : ''
  const addresses = [...new Set(station.targets.flatMap(addressesOf))]
  const shown = addresses.slice(0, 2).join(', ')
  // Beside the line there is no room on a narrow page.
  const inOne = [station.says, station.detail].filter(part => part !== '').join(' ')
  const fits = widthOf(inOne) * boldColumnPx <= width
  const saidInside: Line[] =
    layout.name === 'wide'
      ? []
      : [
          { kind: 'says', text: fits ? inOne : station.says },
          ...(fits || station.detail === '' ? [] : [{ kind: 'mono' as const, text: station.detail }]),
        ]
  return [
    ...saidInside,
    { kind: 'small', text: `${zoneName(station.zone, page)}${count}` },
    ...nameLines(station, Math.floor(width / boldColumnPx), words.and).map(text => ({ kind: 'strong' as const, text })),
    ...(shown === ''
      ? []
      : [{ kind: 'mono' as const, text: addresses.length > 2 ? `${shown} ${words.and(addresses.length - 2)}` : shown }]),
    ...station.named.slice(0, 2).map(text => ({ kind: 'mono' as const, text })),
  ]
}

/** Up to three lines of names, and how many are left. */
function nameLines({ targets }: Station, columns: number, and: (n: number) => string): string[] {
  const lines: string[] = []
  for (const [index, { id }] of targets.entries()) {
    const name = cutMiddleTo(id, columns)
    const last = lines.at(-1)
    if (last !== undefined && widthOf(`${last}, ${name}`) <= columns) lines[lines.length - 1] = `${last}, ${name}`
    else if (lines.length < 3) lines.push(name)
    else return [...lines, and(targets.length - index)]
  }
  return lines
}

export function namesOf({ targets }: Station, most: number, and: (n: number) => string): string {
  const shown = targets.slice(0, most).map(({ id }) => id)
  return targets.length > most ? `${shown.join(', ')} ${and(targets.length - most)}` : shown.join(', ')
}

export function zoneName(zone: Zone, { formats }: FormatPage): string {
  return zone === 'proxied' ? formats.picture.behindProxy : formats.picture[zone]
}

export function fit(text: string, width: number, type: 'plain' | 'mono' | 'bold' = 'plain'): string {
  const px = { plain: columnPx, mono: monoColumnPx, bold: boldColumnPx }[type]
  return cutMiddleTo(text, Math.max(4, Math.floor(width / px)))
}

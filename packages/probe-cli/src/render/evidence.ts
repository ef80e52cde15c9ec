// Evidence as lines: what was seen alike on several targets is said once, with their names.

import type { Evidence, Finding, Target } from '@eniprobe/core'
import { cutMiddleTo } from './layout.ts'
import { mostNames } from './names.ts'
import type { Page } from './page.ts'

/** Evidence beyond this many lines proves nothing more to a reader in haste. */
const shownEvidence = 5
const widestId = 30
/** Beyond this many a list of names is longer than what it tells. */
const shownIds = 6

interface Group {
  readonly first: Evidence
  readonly ids: Set<string>
  /** Whether every target says it in the very same words. */
  same: boolean
}

/** One line for what differs in names and addresses only; --verbose has each by itself. */
export function evidenceLines(evidence: readonly Evidence[], found: Finding, targets: readonly Target[], page: Page): string[] {
  if (page.verbose) return [...new Set(evidence.map(each => sayingOf(each, found)))]
  const lines = groupedEvidence(evidence, found, targets, page)
  const { further } = page.messages.finding
  return lines.length <= shownEvidence + 1 ? lines : [...lines.slice(0, shownEvidence), further(lines.length - shownEvidence)]
}

/** All of it, however long. */
export function groupedEvidence(evidence: readonly Evidence[], found: Finding, targets: readonly Target[], page: Page): string[] {
  const groups = new Map<string, Group>()
  const hosts = new Map(targets.map(({ id, host }) => [id, host]))
  for (const each of evidence) {
    const key = `${each.layer} ${patternOf(each, hosts, evidence.length > mostNames)}`
    const group = groups.get(key) ?? { first: each, ids: new Set(), same: true }
    group.ids.add(each.target)
    group.same &&= each.says === group.first.says
    groups.set(key, group)
  }
  return [...new Set([...groups.values()].map(group => lineOf(group, found, page)))]
}

/** A finding about one target does not repeat its name in every line. */
export function sayingOf({ target, layer, says }: Evidence, found: Finding): string {
  if (layer === 'vantage' || target === 'vantage') return says
  const isOnlyOne = found.targets.length === 1 && found.targets[0] === target
  return isOnlyOne ? `${layer}: ${says}` : `${cutMiddleTo(target, widestId)} ${layer}: ${says}`
}

function lineOf({ first, ids: named, same }: Group, found: Finding, { messages }: Page): string {
  const ids = [...named]
  if (ids.length === 1 || first.layer === 'vantage') return sayingOf(first, found)
  if (same) return `${listOf(ids)} ${first.layer}: ${first.says}`
  return `${sayingOf(first, found)}${messages.finding.alike(listOf(ids.slice(1)))}`
}

function listOf(ids: readonly string[]): string {
  const shown = ids.slice(0, shownIds).map(id => cutMiddleTo(id, widestId))
  return ids.length > shownIds ? `${shown.join(', ')}, … (${ids.length})` : shown.join(', ')
}

/** A sentence without the names and addresses of its own target: what it says of any. Of many, each after some ms of its own. */
function patternOf({ target, says }: Evidence, hosts: ReadonlyMap<string, string>, isMany: boolean): string {
  const host = hosts.get(target)
  const nameless = host === undefined || host === '' ? says : says.replaceAll(host, '<host>')
  const placeless = nameless.replaceAll(addresses, '<address>')
  return isMany ? placeless.replaceAll(/\b\d+(?:\.\d+)? (?:ms|s)\b/g, '<time>') : placeless
}

const address = String.raw`\[?(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{1,4}:[0-9a-f:]*:[0-9a-f]{0,4})\]?`
const addresses = new RegExp(`${address}(?:, ${address})*`, 'gi')

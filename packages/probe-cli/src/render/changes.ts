// What changed between two runs of one watch, one line a change; nothing when nothing did.

import type { Finding, Report } from '@eniprobe/core'
import type { WatchMessages } from '../messages/watch-en.ts'
import { clean } from './clean.ts'
import type { Paint } from './colour.ts'

export function renderChanges(before: Report, now: Report, words: WatchMessages, paint: Paint): string {
  const lines = [...verdictLines(before, now, words, paint), ...findingLines(before, now, words, paint)]
  const time = paint.dim(`${now.run.startedAt.slice(0, 19).replace('T', ' ')}Z`)
  return lines.map(line => `${time}  ${line}\n`).join('')
}

function verdictLines(before: Report, now: Report, words: WatchMessages, paint: Paint): string[] {
  const styles = { healthy: paint.green, failing: paint.red, denied: paint.yellow, unknown: paint.yellow }
  const say = (verdict: Report['targets'][number]['verdict']) => styles[verdict](words.verdicts[verdict])
  const earlier = new Map(before.targets.map(target => [target.id, target.verdict]))
  const later = new Set(now.targets.map(({ id }) => id))
  return [
    ...now.targets.flatMap(({ id, verdict }) => {
      const old = earlier.get(id)
      if (old === verdict) return []
      return [old === undefined ? words.seen(clean(id), say(verdict)) : words.became(clean(id), say(old), say(verdict))]
    }),
    ...before.targets.filter(({ id }) => !later.has(id)).map(({ id }) => words.unseen(clean(id))),
  ]
}

function findingLines(before: Report, now: Report, words: WatchMessages, paint: Paint): string[] {
  const earlier = pairsOf(before.findings)
  const later = pairsOf(now.findings)
  const idsOf = (finding: Finding, known: ReadonlySet<string>) =>
    finding.targets.filter(id => !known.has(`${finding.causes[0]?.cause} ${id}`))
  return [
    ...now.findings.flatMap(finding => {
      const [first] = finding.causes
      const ids = idsOf(finding, earlier)
      if (first === undefined || (ids.length === 0 && finding.targets.length > 0)) return []
      return [words.found(paint.bold(first.cause), words.confidence[first.confidence], clean(ids.join(', ')))]
    }),
    ...before.findings.flatMap(finding => {
      const ids = idsOf(finding, later)
      return ids.length === 0 ? [] : [words.gone(finding.causes[0]?.cause ?? '', clean(ids.join(', ')))]
    }),
  ]
}

function pairsOf(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.flatMap(({ causes, targets }) => targets.map(id => `${causes[0]?.cause} ${id}`)))
}

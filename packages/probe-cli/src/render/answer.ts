// The first line: what somebody wants to know who reads nothing else.

import type { Confidence, Report } from '@eniprobe/core'
import type { Page } from './page.ts'
import { timeOf } from './quantities.ts'

export function renderAnswer(report: Report, { messages, paint }: Page): string {
  const { answer, finding } = messages
  const { targets, findings, unexplained, run, vantage } = report
  const errors = findings.filter(({ severity }) => severity === 'error')
  const covered = new Set(errors.flatMap(found => found.targets))
  const failures = targets.filter(({ id, verdict }) => covered.has(id) && verdict !== 'healthy').length
  const unknown = targets.filter(({ id, verdict }) => verdict === 'unknown' && !covered.has(id)).length
  const healthy = targets.filter(({ verdict }) => verdict === 'healthy').length
  const warnings = findings.length - errors.length

  const parts: string[] = []
  if (run.interrupted === true) parts.push(paint.yellow(answer.interrupted))
  else if (!run.complete) parts.push(paint.yellow(answer.timeIsUp(timeOf(run.deadlineMs, messages))))
  if (failures > 0) {
    const sure = new Map<Confidence, number>()
    for (const { causes } of errors) {
      const confidence = causes[0]?.confidence ?? 'possible'
      sure.set(confidence, (sure.get(confidence) ?? 0) + 1)
    }
    const inWords = [...sure]
      .map(([confidence, n]) =>
        sure.size === 1 ? finding.confidence[confidence] : answer.sure(n, finding.confidence[confidence]),
      )
      .join(messages.listGap)
    parts.push(paint.red(answer.causesExplain(answer.causeCount(errors.length, inWords), failures)))
  } else if (errors.length > 0) parts.push(paint.red(answer.problems(errors.length)))
  if (unexplained.length > 0) parts.push(paint.red(answer.unexplained(unexplained.length)))
  if (unknown > 0) parts.push(paint.yellow(answer.unknown(unknown)))
  if (targets.length === 0) parts.push(answer.noTarget)
  else if (healthy === targets.length) parts.push(paint.green(answer.allHealthy(healthy)))
  else parts.push(answer.healthy(healthy, targets.length))
  if (warnings > 0) parts.push(paint.yellow(answer.warnings(warnings)))
  // No target's matter, and nothing that this run met: other programs here meet it.
  for (const stopper of vantage.stoppers ?? []) parts.push(paint.yellow(answer.stopper(stopper)))
  return parts.join(messages.sentenceGap)
}

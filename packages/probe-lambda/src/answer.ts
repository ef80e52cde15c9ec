// What Lambda hands back to a caller is limited; a report that is larger is cut where it hurts least, and says so.

import type { Report } from '@eniprobe/core'
import { mostAnswerBytes } from './request.ts'

type FittedAnswer = Report & {
  /** Observations were left out of so many targets, healthy ones first, so that the answer fits. */
  readonly shortened?: { readonly targets: number; readonly because: string }
}

export function fitAnswer<R extends Report>(report: R, limit = mostAnswerBytes): R | FittedAnswer {
  let bytes = Buffer.byteLength(JSON.stringify(report))
  if (bytes <= limit) return report
  const order = ['healthy', 'unknown', 'denied', 'failing']
  const byNeed = [...report.targets.entries()].sort(([, a], [, b]) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
  const targets = [...report.targets]
  let shortened = 0
  for (const [index, target] of byNeed) {
    if (bytes <= limit) break
    const short = { ...target, observations: [] }
    bytes -= Buffer.byteLength(JSON.stringify(target)) - Buffer.byteLength(JSON.stringify(short))
    targets[index] = short
    shortened += 1
  }
  // Thousands of targets: what can be made again from the findings goes too.
  const findings = report.findings.map(finding =>
    bytes <= limit ? finding : { ...finding, fix: { ...finding.fix, steps: [], snippets: {} }, nextStep: null },
  )
  const because = `an answer holds ${limit} bytes: observations of ${shortened} targets were left out, and judged anew they are unknown. Ask for fewer targets, or publish to S3 for the whole report`
  return { ...report, targets, findings, shortened: { targets: shortened, because } }
}

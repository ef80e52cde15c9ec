// What Lambda hands back to a caller is limited; a report that is larger is cut where it hurts least, and says so.

import type { Report } from '@eniprobe/core'

/** 6 MB for an answer: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html; less what JSON in JSON adds. */
const mostBytes = 5_500_000

export type FittedAnswer = Report & {
  /** Observations were left out of so many targets, healthy ones first, so that the answer fits. */
  readonly shortened?: { readonly targets: number; readonly because: string }
}

export function fitAnswer<R extends Report>(report: R, limit = mostBytes): R | FittedAnswer {
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
  const because = `an answer of Lambda holds 6 MB: observations of ${shortened} targets were left out (publish to S3 for the whole report)`
  return { ...report, targets, shortened: { targets: shortened, because } }
}

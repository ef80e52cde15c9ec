// The report in a few lines for people who see no more: the reason of a stack's failure, the text of a message.

import { isReachable, type Report } from '@eniprobe/core'

/** The answer first, then a line a finding; at most `limit` characters. */
export function summarise(report: Report, limit: number): string {
  const { targets, findings, unexplained } = report
  const bad = targets.filter(({ verdict }) => verdict !== 'healthy')
  const head = isReachable(report)
    ? `all ${targets.length} targets can be used`
    : `${bad.length} of ${targets.length} targets cannot be used`
  const lines = findings.map(({ causes: [first], targets: ids, fix, severity }) => {
    const cause = first === undefined ? 'unexplained' : `${first.cause} (${first.confidence})`
    return `${severity === 'warning' ? 'warning: ' : ''}${ids.join(', ')}: ${cause}. ${fix.summary}`
  })
  if (unexplained.length > 0) lines.push(`${unexplained.join(', ')}: unexplained`)
  const { network } = report.vantage
  const where = network.subnet ?? report.vantage.interfaces.find(({ name }) => name !== 'lo')?.address
  const text = [`${head}${where === undefined ? '' : ` from ${where}`}`, ...lines].join('\n')
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`
}

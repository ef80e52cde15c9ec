// The report in a few lines for people who see no more: the message of an error, the reason of a stack's failure, a mail.

import type { Language } from '../model/language.ts'
import type { Report } from '../model/report.ts'

const words = {
  en: {
    all: (count: number, from: string) => `no error at ${count} targets${from}`,
    some: (bad: number, count: number, from: string) => `${bad} of ${count} targets cannot be used${from}:`,
    from: (place = 'here') => ` from ${place}`,
    warning: 'warning: ',
    unexplained: 'failing, and no known cause explains it',
    unknown: 'not enough was seen in time',
  },
  ja: {
    all: (count: number, from: string) => `${from}${count} 件の対象にエラーはありません`,
    some: (bad: number, count: number, from: string) => `${from}${count} 件の対象のうち ${bad} 件を利用できません：`,
    from: (place?: string) => (place === undefined ? 'ここから見て、' : `${place} から見て、`),
    warning: '警告: ',
    unexplained: '失敗していますが、既知の原因では説明できません',
    unknown: '時間内に十分な観測ができませんでした',
  },
} as const

export interface SummaryOptions {
  /** At most so many characters; default all. */
  readonly limit?: number
  /** Of the words around what the findings say, which are in the language of their diagnosis. Default `en`. */
  readonly language?: Language
}

/** Every target can be used, as far as was seen: warnings do not count. What was not seen in time is no success. */
export function isReachable(report: Report): boolean {
  const failed = report.findings.some(f => f.severity === 'error') || report.unexplained.length > 0
  return !failed && report.targets.every(t => t.verdict !== 'unknown')
}

/** The answer first, then a line a finding, errors before warnings. */
export function summarise(report: Report, { limit = Number.POSITIVE_INFINITY, language = 'en' }: SummaryOptions = {}): string {
  const { all, some, from, ...word } = words[language]
  const { targets, findings, unexplained } = report
  const unknown = targets.filter(({ verdict }) => verdict === 'unknown').map(({ id }) => id)
  const errors = findings.filter(({ severity }) => severity === 'error')
  const warnings = findings.filter(({ severity }) => severity === 'warning')
  const bad = new Set([...errors.flatMap(({ targets: ids }) => ids), ...unexplained, ...unknown])
  const { network, interfaces } = report.vantage
  const place = network.subnet ?? interfaces.find(({ name }) => name !== 'lo')?.address
  const where = from(place)
  const lines = [...errors, ...warnings].map(({ causes: [first], targets: ids, fix, severity }) => {
    const cause = first === undefined ? '' : `${first.cause} (${first.confidence}). `
    return `${severity === 'warning' ? word.warning : ''}${ids.join(', ')}: ${cause}${fix.summary}`
  })
  for (const stopper of report.vantage.stoppers ?? []) lines.push(`${word.warning}${stopper}`)
  if (unexplained.length > 0) lines.push(`${unexplained.join(', ')}: ${word.unexplained}`)
  if (unknown.length > 0) lines.push(`${unknown.join(', ')}: ${word.unknown}`)
  const head = isReachable(report) ? all(targets.length, where) : some(bad.size, targets.length, where)
  const text = [head, ...lines].join('\n')
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`
}

// The part of a report that answers somebody's error text: what was read in it, and what this run says to each error.

import type { Finding, Report, WhyAnswer, WhyError } from '@eniprobe/core'
import { labelled } from './layout.ts'
import type { Page } from './page.ts'

/** Nobody reads a longer list; --verbose has all. */
const mostShown = 5

export function renderWhy(report: Report, page: Page): string[] {
  const { why } = report
  if (why === undefined) return []
  const { messages, paint, columns, verbose } = page
  const words = messages.why
  const shown = verbose ? why.errors : why.errors.slice(0, mostShown)
  const lines = [paint.bold(words.title(why.errors.length, why.lines))]
  for (const [index, error] of shown.entries()) {
    lines.push(...labelled(`${index + 1}.`, headOf(error, page), { indent: 2, labelWidth: 4, columns }))
    if (error.said !== '')
      lines.push(...labelled('', `"${error.said}"`, { indent: 2, labelWidth: 4, columns }).map(line => paint.dim(line)))
    lines.push(
      ...labelled('', `${words.answer}: ${answerTo(index, report, page)}`, { indent: 2, labelWidth: 4, columns, hanging: 2 }),
    )
  }
  const add = (text: string) => lines.push(...labelled('', text, { indent: 2, labelWidth: 0, columns }))
  if (why.errors.length > shown.length) add(words.more(why.errors.length - shown.length))
  if (why.more > 0) add(words.moreErrors(why.more))
  if (why.moreTargets > 0) add(words.moreTargets(why.moreTargets))
  return lines
}

/** --quiet: one line an error. */
export function renderWhyLines(report: Report, page: Page): string[] {
  return (report.why?.errors ?? []).map((error, index) => `${headOf(error, page)}: ${answerTo(index, report, page)}`)
}

/** Who said it, about what, how often. */
function headOf(error: WhyError, { messages, paint }: Page): string {
  const words = messages.why
  const where = error.host === undefined ? (error.resource ?? error.service) : placeOf(error)
  const what = [
    words.classes[error.errorClass],
    error.status === undefined ? '' : words.status(error.status),
    error.code ?? '',
    error.action ?? '',
    error.policyType === undefined ? '' : words.policy(words.policies[error.policyType] ?? error.policyType, error.explicit),
    where ?? '',
    error.address === undefined ? '' : words.tried(error.address),
    error.count > 1 ? words.times(error.count, error.line) : words.line(error.line),
  ]
  return `${paint.bold(error.tool ?? words.someProgram)}: ${what.filter(part => part !== '').join(messages.listGap)}`
}

function placeOf({ host = '', port }: WhyError): string {
  return port === undefined ? host : `${host.includes(':') ? `[${host}]` : host}:${port}`
}

function answerTo(index: number, report: Report, page: Page): string {
  const words = page.messages.why
  const error = report.why?.errors[index]
  const answer = report.why?.answers.find(each => each.error === index)
  if (error === undefined || answer === undefined) return ''
  const targets = answer.targets.join(page.messages.listGap)
  const causes = causesOf(answer, report.findings, page)
  switch (answer.answer) {
    case 'decided': {
      const title = error.decided === undefined ? '' : page.messages.causes[error.decided].title
      return `${words.answers.decided(words.cause(title, error.decided ?? '', ''))}${pathOf(answer, report, causes, page)}`
    }
    case 'nothing-to-probe': {
      const hint = error.tool === 'Lambda' ? words.hints.lambda : words.hints.nameIt
      if (error.notProbed === 'loopback') return words.answers.loopback
      if (error.notProbed === 'no-port') return words.answers.noPort(error.host ?? '')
      return error.notProbed === 'zone-as-region'
        ? words.answers.zone(error.host ?? '')
        : `${words.answers['nothing-to-probe']}${page.messages.sentenceGap}${hint}`
    }
    case 'explained':
    case 'fails-otherwise':
      return words.answers[answer.answer](targets, causes)
    case 'unexplained':
    case 'healthy-now':
    case 'path-healthy':
    case 'not-judged':
      return words.answers[answer.answer](targets === '' ? error.targets.join(page.messages.listGap) : targets)
  }
}

function pathOf({ targets }: WhyAnswer, report: Report, causes: string, { messages }: Page): string {
  const { path } = messages.why
  const looked = report.targets.filter(({ id }) => targets.includes(id))
  if (looked.length === 0) return ''
  const names = targets.join(messages.listGap)
  const gap = messages.sentenceGap
  const has = (verdict: string) => looked.some(target => target.verdict === verdict)
  if (has('failing')) return `${gap}${path.failing(names, causes)}`
  if (has('unknown')) return `${gap}${path.unknown(names)}`
  return `${gap}${has('denied') ? path.denied(names) : path.healthy(names)}`
}

function causesOf({ findings }: WhyAnswer, all: readonly Finding[], { messages }: Page): string {
  return findings
    .flatMap(id => all.find(finding => finding.id === id)?.causes[0] ?? [])
    .map(({ cause, confidence }) =>
      messages.why.cause(messages.causes[cause].title, cause, messages.finding.confidence[confidence]),
    )
    .join(messages.listGap)
}

// A report as JUnit XML for CI: one test case a target, one for each finding that hits none. It fails where the run's exit
// status says 1, so that a dashboard and a pipeline never disagree. The shape is that of Ant's and Jenkins' schemas.

import type { Cause, Finding, Report, Target } from '@eniprobe/core'
import { renderAnswer } from './answer.ts'
import { cleanReport } from './clean.ts'
import { groupedEvidence } from './evidence.ts'
import type { FormatPage } from './format-page.ts'
import { climbedLayers, layerStateOf } from './layer-state.ts'
import { otherCauses } from './other-causes.ts'
import { timeOf } from './quantities.ts'
import { vantageRows } from './vantage.ts'

interface Case {
  readonly classname: string
  readonly name: string
  readonly seconds: number
  readonly result:
    | { readonly kind: 'passed' }
    | { readonly kind: 'failure' | 'skipped'; message: string; type: string; body: string }
}

/** Characters that XML 1.0 has no way to write, surrogates that stand alone among them (section 2.2). */
const notXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

export function renderJunit(stranger: Report, page: FormatPage): string {
  const report = cleanReport(stranger)
  const { run, vantage } = report
  const cases = [
    ...report.targets.map(target => caseOf(target, report, page)),
    ...report.findings.filter(({ targets }) => targets.length === 0).map(found => findingCase(found, report, page)),
  ]
  const failures = cases.filter(({ result }) => result.kind === 'failure').length
  const skipped = cases.filter(({ result }) => result.kind === 'skipped').length
  const suite = attributes({
    name: 'eniprobe',
    timestamp: timestampOf(run.startedAt),
    hostname: vantage.interfaces[0]?.address ?? 'localhost',
    tests: cases.length,
    failures,
    errors: 0,
    skipped,
    time: secondsOf(run.durationMs),
    id: 0,
    package: 'eniprobe',
  })
  const properties = [
    ['eniprobe.version', run.version],
    ['eniprobe.complete', String(run.complete)],
    ...vantageRows(vantage, page),
  ].map(([name = '', value = '']) => `      <property${attributes({ name, value })}/>`)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite${suite}>`,
    '    <properties>',
    ...properties,
    '    </properties>',
    ...cases.map(renderCase),
    `    <system-out>${escapeXml(renderAnswer(report, page))}</system-out>`,
    '    <system-err/>',
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function renderCase({ classname, name, seconds, result }: Case): string {
  const open = `    <testcase${attributes({ classname, name, time: secondsOf(seconds * 1000) })}`
  if (result.kind === 'passed') return `${open}/>`
  const { kind, message, type, body } = result
  // The schemas give `skipped` a message and no type.
  const told = kind === 'failure' ? attributes({ message, type }) : attributes({ message })
  return `${open}>\n      <${kind}${told}>${escapeXml(body)}</${kind}>\n    </testcase>`
}

function caseOf(target: Target, report: Report, page: FormatPage): Case {
  const { id, kind, observations, verdict } = target
  const { junit: words } = page.formats
  let begun = Number.POSITIVE_INFINITY
  let ended = 0
  for (const { variant, startMs = 0, durationMs = 0 } of observations) {
    if (variant !== undefined) continue
    begun = Math.min(begun, startMs)
    ended = Math.max(ended, startMs + durationMs)
  }
  const seconds = Math.max(0, ended - begun) / 1000
  const base = { classname: `eniprobe.${kind}`, name: id, seconds }
  if (verdict === 'healthy') return { ...base, result: { kind: 'passed' } }

  const covering = report.findings.filter(({ targets }) => targets.includes(id))
  const error = covering.find(({ severity }) => severity === 'error')
  const layers = layersLine(target, page)
  if (error !== undefined) {
    const body = [...findingLines(error, report, page, id), layers].join('\n')
    return { ...base, result: { kind: 'failure', message: titleOf(error, page), type: causeOf(error), body } }
  }
  const warning = covering[0]
  if (warning !== undefined) {
    const body = [...findingLines(warning, report, page, id), layers].join('\n')
    return {
      ...base,
      result: { kind: 'skipped', message: words.warningOnly(titleOf(warning, page)), type: causeOf(warning), body },
    }
  }
  if (verdict === 'unknown') {
    return { ...base, result: { kind: 'skipped', message: words.unjudged, type: verdict, body: layers } }
  }
  return { ...base, result: { kind: 'failure', message: words.unexplained, type: 'unexplained', body: layers } }
}

function findingCase(found: Finding, report: Report, page: FormatPage): Case {
  const base = { classname: 'eniprobe.finding', name: causeOf(found), seconds: 0 }
  const body = findingLines(found, report, page).join('\n')
  const title = titleOf(found, page)
  if (found.severity === 'error') return { ...base, result: { kind: 'failure', message: title, type: causeOf(found), body } }
  return { ...base, result: { kind: 'skipped', message: page.formats.junit.warningOnly(title), type: causeOf(found), body } }
}

/** Of a finding that hits many targets, each test case shows what was seen on its own. */
function findingLines(found: Finding, report: Report, page: FormatPage, target?: string): string[] {
  const { messages, formats } = page
  const { junit: words } = formats
  const [best, ...others] = found.causes
  if (best === undefined) return []
  const { also, instead } = otherCauses(others)
  const told = ({ cause, confidence }: Cause) =>
    `${messages.causes[cause].title} (${cause}, ${messages.finding.confidence[confidence]})`
  const own = best.evidence.filter(each => target === undefined || each.target === target || !found.targets.includes(each.target))
  const proof = groupedEvidence(own.length > 0 ? own : best.evidence, found, report.targets, page)
  return [
    `${causeOf(found)} (${messages.finding.confidence[best.confidence]})`,
    ...list(words.proof, proof),
    ...list(words.also, also.map(told)),
    ...list(words.or, instead.map(told)),
    ...list(words.fix, [found.fix.summary, ...found.fix.steps]),
    ...Object.values(found.fix.snippets)
      .slice(0, 1)
      .flatMap(snippet => (snippet === '' ? [] : ['', snippet.trimEnd(), ''])),
    ...(found.nextStep === null
      ? []
      : [words.hint(found.nextStep.summary), ...(found.nextStep.command === '' ? [] : [found.nextStep.command])]),
  ]
}

function list(label: string, texts: readonly string[]): string[] {
  return texts.length === 0 ? [] : [`${label}:`, ...texts.map(text => `  - ${text}`)]
}

function layersLine(target: Target, { messages, formats }: FormatPage): string {
  const states = climbedLayers.flatMap(layer => {
    const state = layerStateOf(target, layer)
    if (state === undefined || state.outcome === 'skipped') return []
    const time = state.ms === undefined ? '' : ` ${timeOf(state.ms, messages)}`
    return [`${layer} ${state.code ?? formats.outcomes[state.outcome]}${time}`]
  })
  return states.length === 0 ? '' : `${formats.junit.layers}: ${states.join(', ')}`
}

function causeOf(found: Finding): string {
  return found.causes[0]?.cause ?? found.id
}

function titleOf(found: Finding, { messages }: FormatPage): string {
  const best = found.causes[0]
  return best === undefined ? found.id : `${messages.causes[best.cause].title} (${messages.finding.confidence[best.confidence]})`
}

/** ISO 8601 in UTC without its zone: Ant's schema knows no other. */
function timestampOf(startedAt: string): string {
  const date = new Date(startedAt)
  return (Number.isNaN(date.getTime()) ? new Date(0) : date).toISOString().slice(0, 19)
}

function secondsOf(ms: number): string {
  return (Number.isFinite(ms) ? Math.max(0, ms) / 1000 : 0).toFixed(3)
}

function attributes(given: Readonly<Record<string, string | number>>): string {
  return Object.entries(given)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value)).replaceAll('"', '&quot;').replaceAll('\n', '&#10;')}"`)
    .join('')
}

function escapeXml(text: string): string {
  return text.replaceAll(notXml, '\ufffd').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

// The table of targets: verdict, each layer in words, the timeline, and behind it every observation.

import type { Layer, Report, Target, Verdict } from '@eniprobe/core'
import type { FormatPage } from '../format-page.ts'
import { climbedLayers, layerStateOf } from '../layer-state.ts'
import { timeOf } from '../quantities.ts'
import { describeObservation } from '../trace.ts'
import { html, type Safe } from './safe.ts'
import { verdictMark } from './verdict-mark.ts'
import { renderAxis, renderBars, type TimeAxis, timeAxisOf } from './waterfall.ts'

const order: readonly Verdict[] = ['failing', 'denied', 'unknown', 'healthy']

export function renderTargets(report: Report, page: FormatPage): Safe {
  const { messages, formats } = page
  const { targets: words } = messages
  const axis = timeAxisOf(report)
  const sorted = order.flatMap(verdict => report.targets.filter(target => target.verdict === verdict))
  const head = [
    formats.labels.target,
    formats.labels.verdict,
    ...climbedLayers.map(layer => words.layers[layer]),
    formats.labels.path,
  ]
  return html`<p class="muted">${formats.html.waterfallHint(timeOf(axis.totalMs, messages))} <span class="keys">${climbedLayers.map(
    layer =>
      html`<span><svg width="14" height="10" aria-hidden="true"><rect class="${layer} answered" width="14" height="10"/></svg> ${words.layers[layer]}</span> `,
  )}<span><svg width="14" height="10" aria-hidden="true"><rect class="dns silent" width="14" height="10"/></svg> ${formats.outcomes.silent}</span> <span><svg width="14" height="10" aria-hidden="true"><rect class="dns rejected" width="14" height="10"/></svg> ${formats.outcomes.rejected}</span> <span>${formats.html.extra}</span></span></p>
<table class="targets stacks"><thead><tr>${head.map(title => html`<th scope="col">${title}</th>`)}<th scope="col" class="time">${formats.html.waterfall}${renderAxis(axis, page)}</th></tr></thead>
${sorted.map(target => row(target, axis, report, page))}</table>
<p class="empty" hidden>${formats.html.noMatch}</p>`
}

/** A body of its own for each target: its row, and a second one that unfolds. */
function row(target: Target, axis: TimeAxis, report: Report, page: FormatPage): Safe {
  const { messages, formats } = page
  const { targets: words } = messages
  const covering = report.findings.flatMap(({ targets, causes }, index) =>
    targets.includes(target.id) && causes[0] !== undefined ? [{ number: index + 1, cause: causes[0].cause }] : [],
  )
  const isUnexplained = report.unexplained.includes(target.id)
  const text = [target.id, target.host, target.service ?? '', ...covering.map(({ cause }) => cause)].join(' ').toLowerCase()
  const findings = covering.map(({ number, cause }) => html`<a href="#finding-${number}">${number}. ${cause}</a> `)
  return html`<tbody data-verdicts="${target.verdict}" data-text="${text}"><tr><th scope="row" data-label="${formats.labels.target}"><code>${target.id}</code>${target.host === '' || target.id.includes(target.host) ? '' : html`<span class="muted host">${target.host}</span>`}${findings.length === 0 && !isUnexplained ? '' : html`<span class="covering">${isUnexplained ? html`<b>${formats.labels.unexplained}</b>` : findings}</span>`}</th><td data-label="${formats.labels.verdict}">${verdictMark(target.verdict, page)}</td>${climbedLayers.map(
    layer => layerCell(target, layer, page),
  )}<td class="path" data-label="${formats.labels.path}">${words.via[target.via]}</td><td class="time" data-label="${formats.html.waterfall}">${renderBars(target, axis, page)}</td></tr>
<tr class="more"><td colspan="9"><details><summary>${formats.html.observations(target.observations.length)}<span class="of"> ${target.id}</span></summary>${observations(target, page)}</details></td></tr></tbody>`
}

function layerCell(target: Target, layer: Layer, { messages, formats }: FormatPage): Safe {
  const { targets: words } = messages
  const label = words.layers[layer]
  const state = layerStateOf(target, layer)
  if (state === undefined) return html`<td class="none" data-label="${label}">-</td>`
  const time = state.ms === undefined ? '' : html` <span class="muted">${timeOf(state.ms, messages)}</span>`
  if (state.outcome === 'skipped')
    return html`<td class="none" data-label="${label}">${words.skipped[state.because ?? 'not-asked']}</td>`
  if (state.outcome !== 'answered' && state.good > 0)
    return html`<td class="bad" data-label="${label}">${words.some(state.good, state.all)}</td>`
  if (state.outcome === 'rejected') return html`<td class="bad" data-label="${label}">${breakable(state.code ?? '')}${time}</td>`
  if (state.outcome === 'silent') return html`<td class="bad" data-label="${label}">${formats.outcomes.silent}${time}</td>`
  return html`<td class="good" data-label="${label}">${words.ok}${time}</td>`
}

/** A code of many words is one to a browser. */
function breakable(code: string): Safe {
  return html`${code.split(/(?<=_)|(?<=[a-z])(?=[A-Z])/).map((piece, index) => (index === 0 ? piece : html`<wbr>${piece}`))}`
}

function observations({ observations: all }: Target, page: FormatPage): Safe {
  const { html: words } = page.formats
  const sorted = [...all].sort((a, b) => (a.startMs ?? Number.MAX_VALUE) - (b.startMs ?? Number.MAX_VALUE))
  const rows = sorted.map(
    each =>
      html`<tr><td class="number">${each.startMs === undefined ? '' : `${Math.round(each.startMs)} ms`}</td><td>${page.messages.targets.layers[each.layer]}</td><td>${describeObservation(each, page)}</td></tr>`,
  )
  return html`<table class="observations"><thead><tr><th scope="col">${words.at}</th><th scope="col">${words.layer}</th><th scope="col">${words.what}</th></tr></thead><tbody>${rows}</tbody></table>`
}

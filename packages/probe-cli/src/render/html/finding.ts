// One finding as an article: the cause and how sure, what is asked of whom, the fix to paste, and what proves it.

import type { Cause, Confidence, Finding, Report, Target, Verdict } from '@eniprobe/core'
import { foldCommands } from '../command-lines.ts'
import { groupedEvidence } from '../evidence.ts'
import { effectsOf } from '../finding.ts'
import type { FormatPage } from '../format-page.ts'
import { otherCauses } from '../other-causes.ts'
import { isReference } from '../reference.ts'
import { connectionsOf, originOf, resourcesOf } from '../request.ts'
import { roleOf } from '../role.ts'
import { html, type Safe } from './safe.ts'
import { verdictMark } from './verdict-mark.ts'

/** Beyond this many rows the table of targets is the better place. */
const mostConnections = 12
const mostNames = 30
const mostProof = 16
/** What a column of the page shows without scrolling. */
const mostColumns = 62
const strength: Readonly<Record<Confidence, number>> = { certain: 3, likely: 2, possible: 1 }

export function renderFinding(found: Finding, index: number, report: Report, page: FormatPage): Safe {
  const { messages, formats } = page
  const { labels } = formats
  const [best, ...others] = found.causes
  if (best === undefined) return html``
  const { also, instead } = otherCauses(others)
  const title = messages.causes[best.cause].title
  const targets = report.targets.filter(({ id }) => found.targets.includes(id))
  const verdicts = [...new Set(targets.map(({ verdict }) => verdict))]
  const effects = effectsOf(found, report.targets, page)
  return html`<article class="finding ${found.severity}" id="finding-${index + 1}" aria-labelledby="finding-${index + 1}-title" data-verdicts="${verdicts.join(' ')}" data-text="${[best.cause, title, ...found.targets].join(' ').toLowerCase()}">
<header>
<p class="kind"><span class="severity">${formats.severity[found.severity]} ${index + 1}</span><code>${best.cause}</code>${confidenceMark(best, page)}</p>
<h3 id="finding-${index + 1}-title">${title}</h3>
<p class="summary">${found.fix.summary}</p>
</header>
<dl class="facts">
<div><dt>${labels.askedOf}</dt><dd>${formats.roles[roleOf(best.cause)]}</dd></div>
${targets.length === 0 ? '' : html`<div><dt>${labels.targets}</dt><dd><ul class="names">${verdicts.map(verdict => namesOf(verdict, targets, page))}</ul></dd></div>`}
${effects.length === 0 ? '' : html`<div><dt>${labels.effect}</dt><dd>${listOf(effects)}</dd></div>`}
</dl>
<div class="columns">
<section><h4>${labels.proof}</h4>${proofOf(best.evidence, found, report, page)}
${best.against.length === 0 ? '' : html`<h4>${labels.against}</h4>${proofOf(best.against, found, report, page)}`}
${causesList(labels.also, also, page)}${causesList(labels.or, instead, page)}
${excludedOf(found, page)}</section>
<section><h4>${labels.fix}</h4>${found.fix.steps.length === 0 ? html`<p>${found.fix.summary}</p>` : html`<ol>${found.fix.steps.map(step => html`<li>${step}</li>`)}</ol>`}
${snippetsOf(found, page)}
${found.nextStep === null ? '' : html`<h4>${labels.next}</h4><p>${found.nextStep.summary}</p>${found.nextStep.command === '' ? '' : snippet(labels.snippets.cli, folded(found.nextStep.command), page)}`}
${found.fix.docs === '' ? '' : html`<p class="docs">${labels.docs}: ${linkTo(found.fix.docs)}</p>`}</section>
</div>
${connectionsTable(found, report, page)}
${resourcesList(found, report, page)}
</article>`
}

function causesList(label: string, causes: readonly Cause[], page: FormatPage): Safe {
  if (causes.length === 0) return html``
  return html`<h4>${label}</h4><ul>${causes.map(other => html`<li>${page.messages.causes[other.cause].title} ${confidenceMark(other, page)} <code>${other.cause}</code></li>`)}</ul>`
}

function namesOf(verdict: Verdict, targets: readonly Target[], page: FormatPage): Safe {
  const ids = targets.filter(target => target.verdict === verdict).map(({ id }) => id)
  const more = ids.length > mostNames ? ` ${page.formats.further(ids.length - mostNames)}` : ''
  return html`<li>${verdictMark(verdict, page)} ${ids.slice(0, mostNames).map(id => html` <code>${id}</code>`)}${more}</li>`
}

function confidenceMark({ confidence }: Cause, { messages }: FormatPage): Safe {
  const dots = [1, 2, 3].map(
    n => html`<circle class="${n <= strength[confidence] ? 'on' : 'off'}" cx="${n * 10 - 5}" cy="5" r="3.5"/>`,
  )
  return html`<span class="confidence"><svg viewBox="0 0 30 10" width="30" height="10" aria-hidden="true">${dots}</svg>${messages.finding.confidence[confidence]}</span>`
}

function proofOf(evidence: Cause['evidence'], found: Finding, report: Report, page: FormatPage): Safe {
  const lines = groupedEvidence(evidence, found, report.targets, page)
  if (lines.length <= mostProof) return listOf(lines)
  return html`${listOf(lines.slice(0, mostProof))}<details><summary>${page.formats.further(lines.length - mostProof)}</summary>${listOf(lines.slice(mostProof))}</details>`
}

function excludedOf(found: Finding, { messages, formats }: FormatPage): Safe {
  const excluded = new Map((found.excluded ?? []).map(({ cause, by }) => [`${cause} ${by.says}`, { cause, by }]))
  if (excluded.size === 0) return html``
  const causes = new Set([...excluded.values()].map(({ cause }) => cause))
  const items = [...excluded.values()].map(
    ({ cause, by }) => html`<li><b>${messages.causes[cause].title}</b> <code>${cause}</code><br>${by.says}</li>`,
  )
  return html`<details class="excluded"><summary>${formats.html.excludedCount(causes.size)}</summary><ul>${items}</ul></details>`
}

function snippetsOf({ fix }: Finding, page: FormatPage): Safe {
  const kinds = (['cli', 'terraform', 'cloudformation'] as const).filter(kind => (fix.snippets[kind] ?? '') !== '')
  const { snippets } = page.formats.labels
  return html`${kinds.map((kind, index) => {
    const given = fix.snippets[kind] ?? ''
    const text = snippet(snippets[kind], kind === 'cli' ? folded(given) : given, page)
    return index === 0 ? text : html`<details><summary>${snippets[kind]}</summary>${text}</details>`
  })}`
}

function folded(command: string): string {
  return foldCommands(command, mostColumns).join('\n')
}

/** The button is put there by the script: without one it would do nothing. */
function snippet(kind: string, text: string, { formats }: FormatPage): Safe {
  return html`<div class="snippet"><div class="bar"><span>${kind}</span></div><pre tabindex="0" aria-label="${formats.html.snippetOf(kind)}"><code>${text.trimEnd()}</code></pre></div>`
}

function connectionsTable(found: Finding, report: Report, page: FormatPage): Safe {
  const { labels, further } = page.formats
  const all = connectionsOf(found, report, page)
  if (all.length === 0) return html``
  const rows = all
    .slice(0, mostConnections)
    .map(
      ({ target, host, addresses, port, seen }) =>
        html`<tr><td data-label="${labels.target}"><code>${target}</code></td><td data-label="${labels.to}"><code>${host}</code>${addresses.length === 0 ? '' : html`<br><span class="muted">${addresses.slice(0, 4).join(', ')}</span>`}</td><td data-label="${labels.port}">${port}</td><td data-label="${labels.seen}">${seen}</td></tr>`,
    )
  const from = originOf(report, page).join(', ')
  return html`<div class="connections">${from === '' ? '' : html`<p><b>${labels.from}</b> ${from}</p>`}
<table class="stacks"><thead><tr><th scope="col">${labels.target}</th><th scope="col">${labels.to}</th><th scope="col">${labels.port}</th><th scope="col">${labels.seen}</th></tr></thead><tbody>${rows}</tbody></table>
${all.length > mostConnections ? html`<p class="muted">${further(all.length - mostConnections)}</p>` : ''}</div>`
}

function resourcesList(found: Finding, report: Report, page: FormatPage): Safe {
  const named = resourcesOf(found, report, page)
  if (named.length === 0) return html``
  return html`<div class="resources"><h4>${page.formats.labels.resources}</h4><ul>${named.map(({ id, says }) => html`<li><code>${id}</code> ${says}</li>`)}</ul></div>`
}

/** Nothing but addresses that our own fixes refer to can be followed. */
function linkTo(url: string): Safe {
  return isReference(url) ? html`<a href="${url}" rel="noreferrer">${url}</a>` : html`<code>${url}</code>`
}

function listOf(texts: readonly string[]): Safe {
  return html`<ul>${texts.map(text => html`<li>${text}</li>`)}</ul>`
}

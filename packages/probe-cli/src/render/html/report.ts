// A report as one HTML file that asks no network for anything: the answer, the path as a picture, the findings, the targets.
// What it may load or run is fixed by a Content-Security-Policy with the hashes of its own style and script.

import { createHash } from 'node:crypto'
import type { Report, Verdict } from '@eniprobe/core'
import { renderAnswer } from '../answer.ts'
import { cleanReport } from '../clean.ts'
import type { FormatPage } from '../format-page.ts'
import { timeOf } from '../quantities.ts'
import { hangLines, noteLines } from '../remarks.ts'
import { vantageRows } from '../vantage.ts'
import { renderFinding } from './finding.ts'
import { renderPicture } from './path-picture.ts'
import { html, type Safe, trusted } from './safe.ts'
import { script } from './script.ts'
import { style } from './style.ts'
import { renderTargets } from './target-rows.ts'
import { signOf } from './verdict-mark.ts'

const verdicts: readonly Verdict[] = ['failing', 'denied', 'unknown', 'healthy']

/** Ends in a line feed. */
export function renderHtml(stranger: Report, page: FormatPage): string {
  const cleaned = cleanReport(stranger)
  const findings = [...cleaned.findings].sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'))
  const report = { ...cleaned, findings }
  const { formats } = page
  const { html: words } = formats
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    `script-src '${hashOf(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const title = words.title(report.vantage.region ?? report.vantage.network.vpc ?? '')
  return html`<!doctype html>
<html lang="${formats.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body data-copy="${words.copy}" data-copied="${words.copied}" data-copy-by-hand="${words.copyByHand}">
<a class="skip" href="#findings">${words.skip}</a>
${patterns}
<header class="top">${heading(report, page)}</header>
<main>
${filter(report, page)}
${report.targets.length === 0 ? '' : html`<section aria-labelledby="path"><h2 id="path">${words.picture}</h2>${renderPicture(report, page)}</section>`}
<section aria-labelledby="findings"><h2 id="findings" tabindex="-1">${words.findings}</h2>
${unexplained(report, page)}
${findings.length === 0 && report.unexplained.length === 0 ? html`<p>${words.noFindings}</p>` : findings.map((found, index) => renderFinding(found, index, report, page))}
</section>
${report.targets.length === 0 ? '' : html`<section aria-labelledby="targets"><h2 id="targets">${words.targets}</h2>${search(page)}${renderTargets(report, page)}</section>`}
<div class="columns">${stands(report, page)}${remarks(report, page)}</div>
</main>
<footer>${words.footer}</footer>
<script>${trusted(script)}</script>
</body>
</html>
`.text
}

function heading(report: Report, page: FormatPage): Safe {
  const { html: words } = page.formats
  const { run, vantage } = report
  const place = [vantage.region, vantage.network.vpc, vantage.network.subnet].filter(part => part !== null)
  return html`<p class="run"><b>${words.made(run.version)}</b> <time datetime="${run.startedAt}">${run.startedAt}</time> <span>${words.took(timeOf(run.durationMs, page.messages))}</span>${place.map(part => html` <code>${part}</code>`)}</p>
<h1>${renderAnswer(report, page)}</h1>`
}

/** Radio buttons and a style sheet: arrow keys move it, and it needs no script. */
function filter({ targets }: Report, page: FormatPage): Safe {
  const { messages, formats } = page
  if (targets.length === 0) return html``
  const choices = verdicts.map(verdict => {
    const count = targets.filter(target => target.verdict === verdict).length
    return html`<label class="${verdict}" title="${formats.html.verdictMeans[verdict]}"><input type="radio" name="verdict" id="show-${verdict}"${count === 0 ? trusted(' disabled') : ''}>${signOf(verdict)}<span class="n">${count}</span> ${messages.targets.verdicts[verdict]}</label>`
  })
  return html`<fieldset class="filter"><legend>${formats.html.filter}</legend><label><input type="radio" name="verdict" id="show-all" checked><span class="n">${targets.length}</span> ${formats.html.all}</label>${choices}</fieldset>`
}

function search({ formats }: FormatPage): Safe {
  const { html: words } = formats
  return html`<p class="search" hidden><label>${words.search} <input type="search" placeholder="${words.searchHint}" autocomplete="off" spellcheck="false"></label> <kbd>/</kbd></p>`
}

function unexplained({ unexplained: ids }: Report, { formats }: FormatPage): Safe {
  if (ids.length === 0) return html``
  return html`<article class="finding error unexplained" data-verdicts="failing denied" data-text="${ids.join(' ').toLowerCase()}"><header><p class="kind"><span class="severity">${formats.labels.unexplained}</span></p><h3>${formats.noCauseKnown}</h3></header><ul class="names">${ids.map(id => html`<li><code>${id}</code></li>`)}</ul></article>`
}

function stands(report: Report, page: FormatPage): Safe {
  const rows = vantageRows(report.vantage, page).map(([label, text]) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`)
  return html`<section aria-labelledby="stands"><h2 id="stands">${page.formats.html.stands}</h2><dl class="facts">${rows}</dl></section>`
}

function remarks({ targets }: Report, { messages, formats }: FormatPage): Safe {
  const parts = [
    [formats.html.notes, noteLines(targets, messages)],
    [formats.html.hangs, hangLines(targets, messages)],
  ] as const
  const shown = parts.filter(([, lines]) => lines.length > 0)
  if (shown.length === 0) return html``
  return html`<div>${shown.map(([title, lines]) => html`<section><h2>${title}</h2><ul>${lines.map(line => html`<li>${line}</li>`)}</ul></section>`)}</div>`
}

/** The hatching of silence, for all bars. */
const patterns = html`<svg class="patterns" width="0" height="0" aria-hidden="true"><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="2.5" height="6"/></pattern></defs></svg>`

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

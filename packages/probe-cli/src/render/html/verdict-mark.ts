// A verdict as a sign and a word: never by its colour alone.

import type { Verdict } from '@eniprobe/core'
import type { FormatPage } from '../format-page.ts'
import { html, type Safe, trusted } from './safe.ts'

const signs: Readonly<Record<Verdict, string>> = {
  healthy: '<path d="M4.5 8.3l2.4 2.5 4.6-5.4"/>',
  denied: '<path d="M4.5 8h7"/>',
  failing: '<path d="M5 5l6 6m0-6l-6 6"/>',
  unknown: '<path d="M6 6.3a2 2 0 1 1 2.6 1.9q-.6.3-.6 1.1M8 11.6v.1"/>',
}

export function signOf(verdict: Verdict): Safe {
  return html`<svg class="sign ${verdict}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><circle cx="8" cy="8" r="8"/>${trusted(signs[verdict])}</svg>`
}

export function verdictMark(verdict: Verdict, { messages }: FormatPage): Safe {
  return html`<span class="verdict ${verdict}">${signOf(verdict)}${messages.targets.verdicts[verdict]}</span>`
}

// The common form of a remedy: a summary, steps, what to paste, the page that says it, and the question that settles the rest.

import type { Fix } from '../../model/finding.ts'
import type { Said } from '../../model/language.ts'
import type { Remedy } from '../rule.ts'
import type { NetworkView, TargetView } from '../view.ts'
import { type Ids, idsOf } from './ids.ts'

export interface PlainRemedy {
  readonly fix: string | Said
  readonly steps: readonly (string | Said)[]
  readonly cli?: string
  /** Where there are templates beside the command. */
  readonly snippets?: Fix['snippets']
  readonly docs: string
  readonly next: string | Said
  readonly ask: string
}

export function plain(make: (ids: Ids, targets: readonly TargetView[], network: NetworkView) => PlainRemedy): Remedy {
  return {
    fix: (targets, network) => {
      const { fix, steps, cli, snippets, docs } = make(idsOf(network), targets, network)
      return { summary: fix, steps, snippets: { ...(cli !== undefined && { cli }), ...snippets }, docs }
    },
    nextStep: (targets, network) => {
      const { next, ask } = make(idsOf(network), targets, network)
      return { summary: next, command: ask }
    },
  }
}

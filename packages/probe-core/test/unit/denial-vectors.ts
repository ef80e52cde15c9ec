// Answers of AWS as they were recorded, each with the truth about who said no.

import { readFileSync } from 'node:fs'

export interface Recorded {
  readonly name: string
  readonly service: string
  readonly protocol: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly truth: { readonly kind: string; readonly policyType?: string | null; readonly explicit?: boolean | null } & Readonly<
    Record<string, unknown>
  >
}

const file = new URL('../../../test/unit/data/denial-vectors.json', import.meta.url)

export const recorded: readonly Recorded[] = JSON.parse(readFileSync(file, 'utf8'))

// Every sentence of proof, with its parts in braces. Keys are stable: a catalogue of another language has the same keys and
// the same parts. What an observation does not prove, its sentence does not say.

import { confirmPhrases } from './confirm-en.ts'
import { networkPhrases } from './network-en.ts'
import { packagesPhrases } from './packages-en.ts'
import { resourcesPhrases } from './resources-en.ts'
import { statePhrases } from './state-en.ts'

export const phrases = {
  ...networkPhrases,
  ...confirmPhrases,
  ...statePhrases,
  ...resourcesPhrases,
  ...packagesPhrases,
} as const

export type PhraseKey = keyof typeof phrases
type PartNames<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${string}"${string}` ? never : Name) | PartNames<Rest>
  : never
export type PhraseParts<K extends PhraseKey> = Readonly<Record<PartNames<(typeof phrases)[K]>, string | number>>

export function fill<K extends PhraseKey>(key: K, parts: PhraseParts<K>): string {
  const values = parts as Readonly<Record<string, string | number>>
  return phrases[key].replace(/\{([A-Za-z]+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  )
}

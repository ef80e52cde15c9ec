// Every sentence of proof, with its parts in braces, in every language. Keys are stable, and the parts of one key are the same
// in all languages. What an observation does not prove, its sentence does not say.

import type { Language } from '../../model/language.ts'
import { confirmPhrases } from './confirm-en.ts'
import { networkPhrases } from './network-en.ts'
import { networkPhrasesJa } from './network-ja.ts'
import { packagesPhrases } from './packages-en.ts'
import { resourcesPhrases } from './resources-en.ts'
import { statePhrases } from './state-en.ts'
import { wordFor } from './words.ts'

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

/** A sentence that lacks a language does not compile. */
export const phrasesIn: Readonly<Record<Language, Readonly<Record<PhraseKey, string>>>> = {
  en: phrases,
  ja: { ...networkPhrasesJa },
}

export function fill<K extends PhraseKey>(key: K, parts: PhraseParts<K>, language: Language = 'en'): string {
  return fillIn(key, parts, language)
}

/** As `fill`, for a sentence whose key and parts were told by a rule and are no longer known by their types. */
export function fillIn(key: PhraseKey, parts: Readonly<Record<string, string | number>>, language: Language): string {
  return phrasesIn[language][key].replace(/\{([A-Za-z]+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(parts, name) ? parts[name] : undefined
    return value === undefined ? whole : wordFor(name, value, language)
  })
}

export function isPhraseKey(key: string): key is PhraseKey {
  return Object.hasOwn(phrases, key)
}

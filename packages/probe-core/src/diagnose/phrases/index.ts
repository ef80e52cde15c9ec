// Every sentence of proof, with its parts in braces, in every language. Keys are stable, and the parts of one key are the same
// in all languages. What an observation does not prove, its sentence does not say.

import type { Phrase } from '../../model/finding.ts'
import type { Language } from '../../model/language.ts'
import { confirmPhrases } from './confirm-en.ts'
import { confirmPhrasesJa } from './confirm-ja.ts'
import { networkPhrases } from './network-en.ts'
import { networkPhrasesJa } from './network-ja.ts'
import { packagesPhrases } from './packages-en.ts'
import { packagesPhrasesJa } from './packages-ja.ts'
import { resourcesPhrases } from './resources-en.ts'
import { resourcesPhrasesJa } from './resources-ja.ts'
import { statePhrases } from './state-en.ts'
import { statePhrasesJa } from './state-ja.ts'
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
  ja: { ...networkPhrasesJa, ...confirmPhrasesJa, ...statePhrasesJa, ...resourcesPhrasesJa, ...packagesPhrasesJa },
}

/** The sentence of a phrase in a language. A part that is sentences itself is said in the same one. */
export function fillIn(key: PhraseKey, { parts = {}, inner = {} }: Phrase, language: Language): string {
  return phrasesIn[language][key].replace(/\{([A-Za-z]+)\}(?=(:\{port\})?)/g, (whole, name: string, port?: string) => {
    const value = Object.hasOwn(parts, name) ? parts[name] : undefined
    if (value === undefined) return whole
    const sentences = Object.hasOwn(inner, name) ? inner[name] : undefined
    // English is what stands in the parts already.
    if (port !== undefined && String(value).includes(':')) return `[${value}]`
    if (sentences === undefined || language === 'en') return wordFor(name, value, language)
    return sentences.map(one => (isPhraseKey(one.key) ? fillIn(one.key, one, language) : '')).join('。')
  })
}

export function isPhraseKey(key: string): key is PhraseKey {
  return Object.hasOwn(phrases, key)
}

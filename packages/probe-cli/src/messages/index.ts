// The messages of a language, loaded when they are needed: a run prints in one.

import type { Language } from '@eniprobe/core'
import type { Messages } from './en.ts'

const loaders: Readonly<Record<Language, () => Promise<Messages>>> = {
  en: async () => (await import('./en.ts')).en,
  ja: async () => (await import('./ja.ts')).ja,
}

const helps: Readonly<Record<Language, () => Promise<string>>> = {
  en: async () => (await import('./help-en.ts')).help,
  ja: async () => (await import('./help-ja.ts')).help,
}

export function loadMessages(language: Language): Promise<Messages> {
  return loaders[language]()
}

export function loadHelp(language: Language): Promise<string> {
  return helps[language]()
}

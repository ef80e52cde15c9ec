// The messages of a language, loaded when they are needed: a run prints in one.

import type { Language } from '@eniprobe/core'
import type { CompareMessages } from './compare-en.ts'
import type { Messages } from './en.ts'
import type { HelpWords } from './help-commands-en.ts'
import type { StuckMessages } from './stuck-en.ts'
import type { WatchMessages } from './watch-en.ts'

type Loaders<Words> = Readonly<Record<Language, () => Promise<Words>>>

const all: Loaders<Messages> = {
  en: async () => (await import('./en.ts')).en,
  ja: async () => (await import('./ja.ts')).ja,
}

const helpOfCommands: Loaders<HelpWords> = {
  en: async () => (await import('./help-commands-en.ts')).helpWordsEn,
  ja: async () => (await import('./help-commands-ja.ts')).helpWordsJa,
}

const compare: Loaders<CompareMessages> = {
  en: async () => (await import('./compare-en.ts')).compareEn,
  ja: async () => (await import('./compare-ja.ts')).compareJa,
}

const watch: Loaders<WatchMessages> = {
  en: async () => (await import('./watch-en.ts')).watchEn,
  ja: async () => (await import('./watch-ja.ts')).watchJa,
}

const stuck: Loaders<StuckMessages> = {
  en: async () => (await import('./stuck-en.ts')).stuckEn,
  ja: async () => (await import('./stuck-ja.ts')).stuckJa,
}

export const loadMessages = (language: Language) => all[language]()
export const loadHelpWords = (language: Language) => helpOfCommands[language]()
export const loadCompareMessages = (language: Language) => compare[language]()
export const loadWatchMessages = (language: Language) => watch[language]()
export const loadStuckMessages = (language: Language) => stuck[language]()

// The answer to --help, by itself: the door gives it without loading any other message.

import type { Language } from '@eniprobe/core'

const help: Readonly<Record<Language, () => Promise<string>>> = {
  en: async () => (await import('./help-en.ts')).help,
  ja: async () => (await import('./help-ja.ts')).help,
}

export const loadHelp = (language: Language) => help[language]()

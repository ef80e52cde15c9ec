// The languages that everything written for people comes in. Codes, names and commands have none.

export type Language = 'en' | 'ja'

export const languages: readonly Language[] = ['en', 'ja']

/** One sentence in every language: what lacks one does not compile. */
export type Said = Readonly<Record<Language, string>>

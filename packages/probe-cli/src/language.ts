// Which language people are told in: --lang, then what the terminal is set to. It decides no word of JSON.

import type { Language } from '@eniprobe/core'

type Environment = Readonly<Record<string, string | undefined>>

/** POSIX: of these the first that is set to something decides. */
const localeVariables = ['LC_ALL', 'LC_MESSAGES', 'LANG']

/** Never fails, so that a mistake in the command line can be told in a language: an unknown --lang is refused elsewhere. */
export function findLanguage(argv: readonly string[], env: Environment): Language {
  const end = argv.indexOf('--')
  // What stands behind -- belongs to another program.
  const own = end < 0 ? argv : argv.slice(0, end)
  const given = own.flatMap((word, at) => {
    if (word === '--lang') return [own[at + 1]]
    return word.startsWith('--lang=') ? [word.slice('--lang='.length)] : []
  })
  const last = given.at(-1)
  return last === 'ja' || last === 'en' ? last : languageOf(env)
}

/** `ja`, `ja_JP.UTF-8`, `ja-JP` are Japanese; all else, C and POSIX too, is English. */
export function languageOf(env: Environment): Language {
  const locale = localeVariables.map(name => env[name]).find(value => value !== undefined && value !== '')
  return locale !== undefined && /^ja(?:$|[_.@-])/i.test(locale) ? 'ja' : 'en'
}

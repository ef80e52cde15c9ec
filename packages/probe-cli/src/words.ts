// The command line split into words and options. Mistakes in spelling are told here, in words for people and not for programmers.

import { parseArgs } from 'node:util'
import { ProbeUsageError, type Said } from '@eniprobe/core'
import { closest } from './closest.ts'
import { findOption, optionFacts } from './options.ts'

export interface Given {
  readonly name: string
  readonly value: string
}

interface Split {
  readonly words: readonly string[]
  readonly given: readonly Given[]
  /** What stands behind `--`; undefined without one. */
  readonly after?: readonly string[]
}

/** @throws ProbeUsageError for an option that does not exist, lacks its value, or takes none */
export function splitArguments(argv: readonly string[]): Split {
  const end = argv.indexOf('--')
  const before = end < 0 ? argv : argv.slice(0, end)
  // Not strict: the words of node's own refusals are for programmers. The same checks are made here, in ours.
  const { tokens } = parseArgs({
    args: [...before],
    options: Object.fromEntries(
      Object.entries(optionFacts).map(([name, fact]) => [
        name,
        { type: fact.type, ...('short' in fact ? { short: fact.short } : {}) },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const words: string[] = []
  const given: Given[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value)
    if (token.kind !== 'option') continue
    const fact = findOption(token.name)
    if (fact === undefined) {
      const near = closest(token.name, Object.keys(optionFacts))
      throw usage(
        'unknown-option',
        { en: `unknown option ${shown(token.rawName)}`, ja: `${shown(token.rawName)} というオプションはありません` },
        near === undefined ? seeHelp : { en: `did you mean --${near}?`, ja: `--${near} ではありませんか` },
      )
    }
    if (fact.type === 'boolean' && token.value !== undefined)
      throw usage(
        'unwanted-value',
        { en: `${token.rawName} takes no value`, ja: `${token.rawName} に値は付けられません` },
        { en: `write ${token.rawName} alone`, ja: `${token.rawName} だけを書いてください` },
      )
    if (
      fact.type === 'string' &&
      (token.value === undefined || token.value === '' || (!token.inlineValue && /^-./.test(token.value)))
    ) {
      throw usage('missing-value', { en: `${token.rawName} needs a value`, ja: `${token.rawName} には値が必要です` }, seeHelp)
    }
    given.push({ name: token.name, value: token.value ?? '' })
  }
  return { words, given, ...(end < 0 ? {} : { after: argv.slice(end + 1) }) }
}

export function hasOption(given: readonly Given[], name: string): boolean {
  return given.some(option => option.name === name)
}

export function lastOption(given: readonly Given[], name: string): string | undefined {
  return given.findLast(option => option.name === name)?.value
}

/** The user's own word on the user's own terminal: cut, and without control characters and what stands as `user:password@`. */
export function shown(word: string): string {
  return word
    .replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?')
    .replace(/[^\s/:@]+:[^\s@]+@(?!sha256:)/, '****@')
    .slice(0, 60)
}

const seeHelp: Said = { en: 'see eniprobe --help', ja: 'eniprobe --help を見てください' }

export function usage(code: string, what: string | Said, mend: string | Said): ProbeUsageError {
  return new ProbeUsageError(code, what, mend)
}

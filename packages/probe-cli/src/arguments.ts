// The command line as data. It checks words and numbers only; whether a target makes sense is the library's business.

import { findService, type PolicyOptions, type ProbeOptions, readDuration, type Said } from '@eniprobe/core'
import { closest } from './closest.ts'
import type { HelpTopic } from './messages/help-commands-en.ts'
import {
  type CommandName,
  commandFacts,
  commandNames,
  type ListTopic,
  languageNames,
  listTopics,
  type Shell,
  shells,
  takesOption,
} from './options.ts'
import { policyFile, readPolicyOptions } from './policy-arguments.ts'
import { readProbeOptions } from './probe-options.ts'
import { readSinks, type Sink } from './sinks.ts'
import { readStuck, type StuckCommand } from './stuck-arguments.ts'
import { type Given, hasOption, lastOption, shown, splitArguments, usage } from './words.ts'

export interface Presentation {
  readonly sinks: readonly Sink[]
  readonly quiet: boolean
  readonly verbose: boolean
  readonly noColor: boolean
  readonly redact: boolean
}

export type Command =
  /** Without a topic: the short one. */
  | { readonly name: 'help'; readonly topic?: HelpTopic }
  | { readonly name: 'version' }
  | {
      readonly name: 'probe'
      readonly options: ProbeOptions
      readonly presentation: Presentation
      /** Again every so many milliseconds. */
      readonly watchMs?: number
    }
  | { readonly name: 'diagnose'; readonly file: string; readonly presentation: Presentation }
  | { readonly name: 'why'; readonly file: string; readonly options: ProbeOptions; readonly presentation: Presentation }
  | { readonly name: 'compare'; readonly files: readonly string[]; readonly presentation: Presentation }
  | { readonly name: 'explain'; readonly cause: string }
  | { readonly name: 'list'; readonly topic: ListTopic }
  /** `file`: null for standard output. */
  | { readonly name: 'policy'; readonly options: PolicyOptions; readonly file: string | null }
  | StuckCommand
  | { readonly name: 'completion'; readonly shell: Shell }

/** @throws ProbeUsageError for anything that this version does not understand; nothing is accepted and then ignored */
export function readArguments(argv: readonly string[]): Command {
  const { words, given, after } = splitArguments(argv)
  for (const { name, value } of given) if (name === 'lang') oneOf(languageNames, value, 'unknown-language', noLanguage)
  const [first = '', ...rest] = words
  const command = commandNames.find(name => name === first)
  if (hasOption(given, 'help')) return first === '' ? { name: 'help' } : { name: 'help', topic: command ?? 'probe' }
  if (hasOption(given, 'version')) return { name: 'version' }
  if (first === 'help') return readHelp(rest)
  if (command === undefined) {
    suggestCommand(first)
    return {
      name: 'probe',
      options: readProbeOptions([...words, ...(after ?? [])], given),
      presentation: present(given),
      ...watching(given),
    }
  }
  // What stands behind `--` is a command there, and words everywhere else.
  const named = command === 'stuck' ? rest : [...rest, ...(after ?? [])]
  checkWords(command, named)
  checkOptions(command, given)
  const [word = ''] = named
  switch (command) {
    case 'diagnose':
      return { name: command, file: word, presentation: present(given) }
    case 'why':
      // The names to look at come from the text.
      return { name: command, file: named[0] ?? '-', options: readProbeOptions([], given), presentation: present(given) }
    case 'compare':
      return { name: command, files: named, presentation: present(given) }
    case 'stuck':
      return readStuck(after, given, readProbeOptions([], given), present(given))
    case 'explain':
      return { name: command, cause: word }
    case 'list':
      return {
        name: command,
        topic: oneOf(listTopics, word, 'unknown-topic', { en: 'cannot be listed', ja: 'の一覧はありません' }),
      }
    case 'policy':
      return { name: command, options: readPolicyOptions(named, given), file: policyFile(given) }
    case 'completion':
      return {
        name: command,
        shell: oneOf(shells, word, 'unknown-shell', {
          en: 'is no shell that can be completed for',
          ja: 'というシェルの補完には対応していません',
        }),
      }
  }
}

/** `help` and `help COMMAND`: what people type who do not know the options yet. */
function readHelp([topic, extra]: readonly string[]): Command {
  if (extra !== undefined)
    throw usage(
      'extra-word',
      { en: `"${shown(extra)}" is one word too many (help)`, ja: `"${shown(extra)}" が余分です（help）` },
      { en: 'write eniprobe help COMMAND', ja: 'eniprobe help COMMAND の形で書いてください' },
    )
  if (topic === undefined) return { name: 'help' }
  const topics: readonly HelpTopic[] = ['probe', ...commandNames]
  return {
    name: 'help',
    topic: oneOf(topics, topic, 'unknown-topic', { en: 'is no command', ja: 'というコマンドはありません' }),
  }
}

const noLanguage: Said = { en: 'is no language of this version (--lang)', ja: 'という言語には対応していません（--lang）' }

/** A word that is nearly a command is no target: its own error would speak of services. */
function suggestCommand(first: string): void {
  if (!/^[a-z]{3,12}$/i.test(first)) return
  const near = closest(first, commandNames)
  const isSlip = near !== undefined && (near.startsWith(first.toLowerCase()) || near.length > 4)
  if (isSlip && near !== first && findService(first) === undefined)
    throw usage(
      'unknown-command',
      { en: `"${first}" is no command`, ja: `"${first}" というコマンドはありません` },
      { en: `did you mean "eniprobe ${near}"?`, ja: `"eniprobe ${near}" ではありませんか` },
    )
}

function checkWords(command: CommandName, words: readonly string[]): void {
  const fact = commandFacts[command]
  const mend = { en: `write eniprobe ${command} ${fact.words}`, ja: `eniprobe ${command} ${fact.words} の形で書いてください` }
  if (words.length < fact.least)
    throw usage(
      'missing-word',
      { en: `"${command}" needs ${fact.words}`, ja: `"${command}" には ${fact.words} が必要です` },
      mend,
    )
  const extra = words[fact.most]
  if (extra !== undefined)
    throw usage(
      'extra-word',
      { en: `"${shown(extra)}" is one word too many (${command})`, ja: `"${shown(extra)}" が余分です（${command}）` },
      mend,
    )
}

function checkOptions(command: CommandName, given: readonly Given[]): void {
  const stray = given.find(({ name }) => !takesOption(command, name))
  if (stray !== undefined)
    throw usage(
      'option-does-nothing',
      { en: `--${stray.name} does nothing with "${command}"`, ja: `--${stray.name} は "${command}" では使えません` },
      { en: 'leave it out', ja: '取り除いてください' },
    )
}

function oneOf<T extends string>(known: readonly T[], word: string, code: string, what: Said): T {
  const found = known.find(name => name === word)
  if (found === undefined)
    throw usage(
      code,
      { en: `"${shown(word)}" ${what.en}`, ja: `"${shown(word)}" ${what.ja}` },
      { en: `use ${known.join(', ')}`, ja: `${known.join('、')} のどれかを指定してください` },
    )
  return found
}

function present(given: readonly Given[]): Presentation {
  const has = (name: string) => hasOption(given, name)
  if (has('quiet') && has('verbose'))
    throw usage(
      'contradiction',
      { en: '--quiet and --verbose contradict each other', ja: '--quiet と --verbose は同時に使えません' },
      { en: 'give one of them', ja: 'どちらか一つにしてください' },
    )
  return {
    sinks: readSinks(given),
    quiet: has('quiet'),
    verbose: has('verbose'),
    noColor: has('no-color'),
    redact: has('redact'),
  }
}

function watching(given: readonly Given[]): { watchMs?: number } {
  const every = lastOption(given, 'watch')
  return every === undefined ? {} : { watchMs: readDuration(every, '--watch') }
}

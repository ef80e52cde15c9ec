// The command line as data. It checks words and numbers only; whether a target makes sense is the library's business.

import { findService, type ProbeOptions, readDuration } from '@eniprobe/core'
import { closest } from './closest.ts'
import {
  type CommandName,
  commandFacts,
  commandNames,
  findOption,
  type ListTopic,
  listTopics,
  type Shell,
  shells,
} from './options.ts'
import { readProbeOptions } from './probe-options.ts'
import { readSinks, type Sink } from './sinks.ts'
import { type Given, hasOption, lastOption, shown, splitArguments, usage } from './words.ts'

export interface Presentation {
  readonly sinks: readonly Sink[]
  readonly quiet: boolean
  readonly verbose: boolean
  readonly noColor: boolean
  readonly redact: boolean
}

export type Command =
  | { readonly name: 'help' | 'version' }
  | {
      readonly name: 'probe'
      readonly options: ProbeOptions
      readonly presentation: Presentation
      /** Again every so many milliseconds. */
      readonly watchMs?: number
    }
  | { readonly name: 'diagnose'; readonly file: string; readonly presentation: Presentation }
  | { readonly name: 'compare'; readonly files: readonly string[]; readonly presentation: Presentation }
  | { readonly name: 'explain'; readonly cause: string }
  | { readonly name: 'list'; readonly topic: ListTopic }
  | { readonly name: 'completion'; readonly shell: Shell }

/** @throws ProbeUsageError for anything that this version does not understand; nothing is accepted and then ignored */
export function readArguments(argv: readonly string[]): Command {
  const { words, given, after } = splitArguments(argv)
  if (hasOption(given, 'help')) return { name: 'help' }
  if (hasOption(given, 'version')) return { name: 'version' }
  const [first = '', ...rest] = words
  const command = commandNames.find(name => name === first)
  if (command === undefined) {
    suggestCommand(first)
    return {
      name: 'probe',
      options: readProbeOptions([...words, ...(after ?? [])], given),
      presentation: present(given),
      ...watching(given),
    }
  }
  const named = [...rest, ...(after ?? [])]
  checkWords(command, named)
  checkOptions(command, given)
  const [word = ''] = named
  switch (command) {
    case 'diagnose':
      return { name: command, file: word, presentation: present(given) }
    case 'compare':
      return { name: command, files: named, presentation: present(given) }
    case 'explain':
      return { name: command, cause: word }
    case 'list':
      return { name: command, topic: oneOf(listTopics, word, 'unknown-topic', 'cannot be listed') }
    case 'completion':
      return { name: command, shell: oneOf(shells, word, 'unknown-shell', 'is no shell that can be completed for') }
  }
}

/** A word that is nearly a command is no target: its own error would speak of services. */
function suggestCommand(first: string): void {
  if (!/^[a-z]{3,12}$/i.test(first) || findService(first) !== undefined) return
  const near = closest(first, commandNames)
  const isSlip = near !== undefined && (near.startsWith(first.toLowerCase()) || near.length > 4)
  if (isSlip && near !== first) throw usage('unknown-command', `"${first}" is no command`, `did you mean "eniprobe ${near}"?`)
}

function checkWords(command: CommandName, words: readonly string[]): void {
  const fact = commandFacts[command]
  const mend = `write eniprobe ${command} ${fact.words}`
  if (words.length < fact.least) throw usage('missing-word', `"${command}" needs ${fact.words}`, mend)
  const extra = words[fact.most]
  if (extra !== undefined) throw usage('extra-word', `"${shown(extra)}" is one word too many (${command})`, mend)
}

function checkOptions(command: CommandName, given: readonly Given[]): void {
  const groups: readonly string[] = [...commandFacts[command].groups, 'general']
  const stray = given.find(({ name }) => !groups.includes(findOption(name)?.group ?? ''))
  if (stray !== undefined) throw usage('option-does-nothing', `--${stray.name} does nothing with "${command}"`, 'leave it out')
}

function oneOf<T extends string>(known: readonly T[], word: string, code: string, what: string): T {
  const found = known.find(name => name === word)
  if (found === undefined) throw usage(code, `"${shown(word)}" ${what}`, `use ${known.join(', ')}`)
  return found
}

function present(given: readonly Given[]): Presentation {
  const has = (name: string) => hasOption(given, name)
  if (has('quiet') && has('verbose'))
    throw usage('contradiction', '--quiet and --verbose contradict each other', 'give one of them')
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

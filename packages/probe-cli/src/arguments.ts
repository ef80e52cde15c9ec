// The command line as data. It checks words and numbers only; whether a target makes sense is the library's business.

import { isIP } from 'node:net'
import { parseArgs } from 'node:util'
import { type ProbeOptions, ProbeUsageError, readDuration } from '@eniprobe/core'
import { closest } from './closest.ts'
import { commandNames, type ListTopic, laterCommands, listTopics, optionFacts } from './options.ts'
import { readSinks, type Sink } from './sinks.ts'

export interface Presentation {
  readonly sinks: readonly Sink[]
  readonly quiet: boolean
  readonly verbose: boolean
  readonly noColor: boolean
}

export type Command =
  | { readonly name: 'help' | 'version' }
  | { readonly name: 'probe'; readonly options: ProbeOptions; readonly presentation: Presentation }
  | { readonly name: 'diagnose'; readonly file: string; readonly presentation: Presentation }
  | { readonly name: 'explain'; readonly cause: string }
  | { readonly name: 'list'; readonly topic: ListTopic }

interface Given {
  readonly name: string
  readonly value: string
}

/** @throws ProbeUsageError for anything that this version does not understand; nothing is accepted and then ignored */
export function readArguments(argv: readonly string[]): Command {
  const { words, given } = split(argv)
  const has = (name: string) => given.some(option => option.name === name)
  if (has('help')) return { name: 'help' }
  if (has('version')) return { name: 'version' }

  const [first = '', ...rest] = words
  if (laterCommands.includes(first))
    throw usage('unknown-command', `"${first}" is not a command of this version`, 'see eniprobe --help')
  const command = commandNames.find(name => name === first)
  if (command === undefined) return { name: 'probe', options: readProbeOptions(words, given), presentation: present(given) }

  const stray = given.find(({ name }) => optionFacts[name]?.observing === true || (command !== 'diagnose' && name !== 'no-color'))
  if (stray !== undefined) throw usage('option-does-nothing', `--${stray.name} does nothing with "${command}"`, 'leave it out')
  const [word, extra] = rest
  if (word === undefined)
    throw usage('missing-word', `"${command}" needs ${needOf(command)}`, `write eniprobe ${command} ${needOf(command)}`)
  if (extra !== undefined)
    throw usage(
      'extra-word',
      `"${shown(extra)}" is one word too many (${command})`,
      `write eniprobe ${command} ${needOf(command)}`,
    )
  if (command === 'diagnose') return { name: command, file: word, presentation: present(given) }
  if (command === 'explain') return { name: command, cause: word }
  const topic = listTopics.find(name => name === word)
  if (topic === undefined) throw usage('unknown-topic', `"${shown(word)}" cannot be listed`, `use ${listTopics.join(', ')}`)
  return { name: command, topic }
}

function needOf(command: (typeof commandNames)[number]): string {
  return { diagnose: 'FILE', explain: 'CAUSE', list: listTopics.join('|') }[command]
}

/** Not strict: the words of node's own refusals are for programmers. The same checks are made here, in ours. */
function split(argv: readonly string[]): { words: string[]; given: Given[] } {
  const { tokens } = parseArgs({
    args: [...argv],
    options: { ...optionFacts },
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const words: string[] = []
  const given: Given[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value)
    if (token.kind !== 'option') continue
    const fact = Object.hasOwn(optionFacts, token.name) ? optionFacts[token.name] : undefined
    if (fact === undefined) {
      const near = closest(token.name, Object.keys(optionFacts))
      throw usage(
        'unknown-option',
        `unknown option ${shown(token.rawName)}`,
        near === undefined ? 'see eniprobe --help' : `did you mean --${near}?`,
      )
    }
    if (fact.type === 'boolean' && token.value !== undefined)
      throw usage('unwanted-value', `${token.rawName} takes no value`, `write ${token.rawName} alone`)
    if (
      fact.type === 'string' &&
      (token.value === undefined || token.value === '' || (!token.inlineValue && /^-./.test(token.value)))
    ) {
      throw usage('missing-value', `${token.rawName} needs a value`, `see eniprobe --help`)
    }
    given.push({ name: token.name, value: token.value ?? '' })
  }
  return { words, given }
}

function present(given: readonly Given[]): Presentation {
  const has = (name: string) => given.some(option => option.name === name)
  if (has('quiet') && has('verbose'))
    throw usage('contradiction', '--quiet and --verbose contradict each other', 'give one of them')
  return { sinks: readSinks(given), quiet: has('quiet'), verbose: has('verbose'), noColor: has('no-color') }
}

function readProbeOptions(targets: readonly string[], given: readonly Given[]): ProbeOptions {
  const all = (name: string) => given.filter(option => option.name === name).map(({ value }) => value)
  const last = (name: string) => all(name).at(-1)
  const region = last('region')
  const profile = last('profile')
  const deadline = last('deadline')
  const connectTimeout = last('connect-timeout')
  const concurrency = last('concurrency')
  const canary = last('internet-canary')
  const expect = last('expect')
  if (given.some(({ name }) => name === 'no-sign') && given.some(({ name }) => name === 'write-checks'))
    throw usage('contradiction', '--no-sign and --write-checks contradict each other', 'give one of them')
  if (expect !== undefined && expect !== 'closed')
    throw usage('bad-expect', `"${shown(expect)}" cannot be expected (--expect)`, 'write --expect closed')
  return {
    targets,
    for: all('for'),
    resolvers: all('resolver').map(readResolver),
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    ...(deadline === undefined ? {} : { deadlineMs: readDuration(deadline, '--deadline') }),
    ...(connectTimeout === undefined ? {} : { connectTimeoutMs: readDuration(connectTimeout, '--connect-timeout') }),
    ...(concurrency === undefined ? {} : { concurrency: readConcurrency(concurrency) }),
    ...(given.some(({ name }) => name === 'no-sign') ? { sign: false } : {}),
    ...(given.some(({ name }) => name === 'write-checks') ? { writeChecks: true } : {}),
    ...(expect === undefined ? {} : { expect }),
    ...(canary === undefined ? {} : { internetCanary: readCanary(canary) }),
  }
}

function readResolver(text: string): string {
  if (isIP(text) === 0)
    throw usage('bad-resolver', `"${shown(text)}" is not an IP address (--resolver)`, 'write it like 10.0.0.2')
  return text
}

function readConcurrency(text: string): number {
  const number = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (number < 1 || number > 1024)
    throw usage('bad-concurrency', `"${shown(text)}" is not a number from 1 to 1024 (--concurrency)`, 'write it like 64')
  return number
}

function readCanary(text: string): string | false {
  if (text === 'off') return false
  const port = Number(/^(?:\[[0-9a-f:.]+\]|[^:\s/]+):(\d{1,5})$/i.exec(text)?.[1] ?? 0)
  if (port < 1 || port > 65_535)
    throw usage('bad-canary', `"${shown(text)}" is not HOST:PORT (--internet-canary)`, 'write it like example.com:443, or off')
  return text
}

/** The user's own word on the user's own terminal: cut, and without control characters. */
function shown(word: string): string {
  return word.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?').slice(0, 60)
}

function usage(code: string, what: string, mend: string): ProbeUsageError {
  return new ProbeUsageError(code, what, mend)
}

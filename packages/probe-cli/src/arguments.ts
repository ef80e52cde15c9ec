// The command line as data. It checks words and numbers only; whether a target makes sense is the library's business.

import { isIP } from 'node:net'
import { parseArgs } from 'node:util'
import { languages, type ProbeOptions, ProbeUsageError, readDuration, type Said } from '@eniprobe/core'
import { closest } from './closest.ts'
import { commandNames, type ListTopic, laterCommands, listTopics, onEveryCommand, optionFacts } from './options.ts'
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
    throw usage(
      'unknown-command',
      { en: `"${first}" is not a command of this version`, ja: `"${first}" は、この版にはないコマンドです` },
      seeHelp,
    )
  const command = commandNames.find(name => name === first)
  if (command === undefined) return { name: 'probe', options: readProbeOptions(words, given), presentation: present(given) }

  const stray = given.find(
    ({ name }) => optionFacts[name]?.observing === true || (command !== 'diagnose' && !onEveryCommand.includes(name)),
  )
  if (stray !== undefined)
    throw usage(
      'option-does-nothing',
      { en: `--${stray.name} does nothing with "${command}"`, ja: `--${stray.name} は "${command}" では使えません` },
      { en: 'leave it out', ja: '取り除いてください' },
    )
  const [word, extra] = rest
  if (word === undefined)
    throw usage(
      'missing-word',
      { en: `"${command}" needs ${needOf(command)}`, ja: `"${command}" には ${needOf(command)} が必要です` },
      writeOut(command),
    )
  if (extra !== undefined)
    throw usage(
      'extra-word',
      { en: `"${shown(extra)}" is one word too many (${command})`, ja: `"${shown(extra)}" が余分です（${command}）` },
      writeOut(command),
    )
  if (command === 'diagnose') return { name: command, file: word, presentation: present(given) }
  if (command === 'explain') return { name: command, cause: word }
  const topic = listTopics.find(name => name === word)
  if (topic === undefined)
    throw usage(
      'unknown-topic',
      { en: `"${shown(word)}" cannot be listed`, ja: `"${shown(word)}" の一覧はありません` },
      { en: `use ${listTopics.join(', ')}`, ja: `${listTopics.join('、')} のどれかを指定してください` },
    )
  return { name: command, topic }
}

const seeHelp: Said = { en: 'see eniprobe --help', ja: 'eniprobe --help を見てください' }

function writeOut(command: (typeof commandNames)[number]): Said {
  const line = `eniprobe ${command} ${needOf(command)}`
  return { en: `write ${line}`, ja: `${line} の形で書いてください` }
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
    if (token.name === 'lang' && !languages.some(known => known === token.value))
      throw usage(
        'unknown-language',
        {
          en: `"${shown(token.value ?? '')}" is no language of this version (--lang)`,
          ja: `"${shown(token.value ?? '')}" という言語には対応していません（--lang）`,
        },
        { en: `use ${languages.join(' or ')}`, ja: `${languages.join(' か ')} を指定してください` },
      )
    given.push({ name: token.name, value: token.value ?? '' })
  }
  return { words, given }
}

function present(given: readonly Given[]): Presentation {
  const has = (name: string) => given.some(option => option.name === name)
  if (has('quiet') && has('verbose'))
    throw usage(
      'contradiction',
      { en: '--quiet and --verbose contradict each other', ja: '--quiet と --verbose は同時に使えません' },
      { en: 'give one of them', ja: 'どちらか一つにしてください' },
    )
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
  if (expect !== undefined && expect !== 'closed')
    throw usage(
      'bad-expect',
      { en: `"${shown(expect)}" cannot be expected (--expect)`, ja: `--expect に "${shown(expect)}" は指定できません` },
      { en: 'write --expect closed', ja: '--expect closed と書いてください' },
    )
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
    ...(expect === undefined ? {} : { expect }),
    ...(canary === undefined ? {} : { internetCanary: readCanary(canary) }),
  }
}

function readResolver(text: string): string {
  if (isIP(text) === 0)
    throw usage(
      'bad-resolver',
      {
        en: `"${shown(text)}" is not an IP address (--resolver)`,
        ja: `"${shown(text)}" は IP アドレスではありません（--resolver）`,
      },
      { en: 'write it like 10.0.0.2', ja: '10.0.0.2 のように書いてください' },
    )
  return text
}

function readConcurrency(text: string): number {
  const number = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (number < 1 || number > 1024)
    throw usage(
      'bad-concurrency',
      {
        en: `"${shown(text)}" is not a number from 1 to 1024 (--concurrency)`,
        ja: `"${shown(text)}" は 1 から 1024 までの数ではありません（--concurrency）`,
      },
      { en: 'write it like 64', ja: '64 のように書いてください' },
    )
  return number
}

function readCanary(text: string): string | false {
  if (text === 'off') return false
  const port = Number(/^(?:\[[0-9a-f:.]+\]|[^:\s/]+):(\d{1,5})$/i.exec(text)?.[1] ?? 0)
  if (port < 1 || port > 65_535)
    throw usage(
      'bad-canary',
      {
        en: `"${shown(text)}" is not HOST:PORT (--internet-canary)`,
        ja: `"${shown(text)}" は HOST:PORT の形ではありません（--internet-canary）`,
      },
      { en: 'write it like example.com:443, or off', ja: 'example.com:443 のように書くか、off にしてください' },
    )
  return text
}

/** The user's own word on the user's own terminal: cut, and without control characters. */
function shown(word: string): string {
  return word.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?').slice(0, 60)
}

function usage(code: string, what: Said, mend: Said): ProbeUsageError {
  return new ProbeUsageError(code, what, mend)
}

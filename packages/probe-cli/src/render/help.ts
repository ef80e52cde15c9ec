// The help of one command as text: usage, examples, targets, options. Which options it lists, the command's own table decides.

import type { HelpTopic, HelpWords } from '../messages/help-commands-en.ts'
import { type OptionGroup, type OptionName, optionFacts, takesOption } from '../options.ts'
import { widthOf } from './width.ts'
import { wrap } from './wrap.ts'

const width = 100
const column = 27

/** How an option is written; its short form and its value's name are the same in every language. */
const written: Readonly<Record<OptionName, string>> = {
  for: '--for WORKLOAD',
  region: '--region R',
  profile: '--profile P',
  deadline: '--deadline D',
  'connect-timeout': '--connect-timeout D',
  concurrency: '--concurrency N',
  'no-sign': '--no-sign',
  'no-confirm': '--no-confirm',
  'write-checks': '--write-checks',
  expect: '--expect closed',
  'internet-canary': '--internet-canary H:P',
  resolver: '--resolver IP',
  format: '--format F',
  output: '--output FILE',
  redact: '--redact',
  quiet: '--quiet',
  verbose: '--verbose',
  watch: '--watch D',
  lang: '--lang en|ja',
  'no-color': '--no-color',
  help: '--help, -h',
  version: '--version',
}

export function renderHelp(topic: HelpTopic, words: HelpWords): string {
  const { usage, about, examples, notes } = words.topics[topic]
  const blocks = [
    wrap(about, width),
    [words.usage, ...usage.map(line => `  ${line}`)],
    [words.examples, ...examples.flatMap(([command, answers]) => [`  ${command}`, ...indented(answers, 6)])],
    ...(topic === 'probe' ? [[words.targets, ...words.targetLines.flatMap(([left, right]) => row(left, right))]] : []),
    [words.options, ...optionsOf(topic).flatMap(name => row(written[name], words.optionLines[name]))],
    ...notes.map(note => wrap(note, width)),
  ]
  return `${blocks.map(lines => lines.join('\n')).join('\n\n')}\n`
}

/** In the order of the table. */
export function optionsOf(topic: HelpTopic): readonly OptionName[] {
  const groups: readonly OptionGroup[] = ['observing', 'writing', 'repeating', 'general']
  const names = Object.keys(optionFacts) as OptionName[]
  return names.filter(name => (topic === 'probe' ? groups.includes(optionFacts[name].group) : takesOption(topic, name)))
}

function row(left: string, right: string): string[] {
  const [first = '', ...rest] = wrap(right, width - column)
  const gap = ' '.repeat(Math.max(1, column - 2 - widthOf(left)))
  return [`  ${left}${gap}${first}`, ...rest.map(line => `${' '.repeat(column)}${line}`)]
}

function indented(text: string, by: number): string[] {
  return wrap(text, width - by).map(line => `${' '.repeat(by)}${line}`)
}

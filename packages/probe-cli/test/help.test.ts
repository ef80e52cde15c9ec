// The help of every command: it teaches by commands that work, and lists the options that the command takes, and no other.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { causeCodes } from '@eniprobe/core'
import { readArguments } from '../src/arguments.ts'
import { type HelpTopic, helpWordsEn } from '../src/messages/help-commands-en.ts'
import { helpWordsJa } from '../src/messages/help-commands-ja.ts'
import { help } from '../src/messages/help-en.ts'
import { commandNames, type OptionName, optionFacts } from '../src/options.ts'
import { optionsOf, renderHelp } from '../src/render/help.ts'
import { widthOf } from '../src/render/layout.ts'

const topics: readonly HelpTopic[] = ['probe', ...commandNames]

/** What stands between the shell's own signs. */
function wordsOf(command: string): string[] {
  const own = command.split(/[|<>()]+/).find(part => part.trim().startsWith('eniprobe')) ?? ''
  return own.trim().split(/\s+/).slice(1)
}

for (const topic of topics) {
  const { examples } = helpWordsEn.topics[topic]

  test(`the help of ${topic} has three to five examples, each of which this version understands`, () => {
    assert.ok(examples.length >= 3 && examples.length <= 5)
    for (const [command] of examples) {
      const read = readArguments(wordsOf(command))
      assert.ok(read.name === topic || (topic === 'explain' && read.name === 'list'), command)
      if (read.name === 'explain') assert.ok((causeCodes as readonly string[]).includes(read.cause), command)
    }
  })

  test(`the help of ${topic} in Japanese has the same examples, all of them explained in Japanese`, () => {
    const ja = helpWordsJa.topics[topic]
    assert.deepEqual(
      ja.examples.map(([command]) => command),
      examples.map(([command]) => command),
    )
    assert.equal(ja.notes.length, helpWordsEn.topics[topic].notes.length)
    assert.equal(ja.usage.length, helpWordsEn.topics[topic].usage.length)
    for (const words of [ja.about, ...ja.notes]) assert.match(words, /[\u3041-\u30ff\u4e00-\u9fff]/)
  })

  test(`the help of ${topic} lists exactly the options that it takes, in lines of 100 columns`, () => {
    for (const words of [helpWordsEn, helpWordsJa]) {
      const text = renderHelp(topic, words)
      const listed = [...text.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, name]) => name)
      assert.deepEqual(listed, [...optionsOf(topic)])
      for (const line of text.split('\n')) assert.ok(widthOf(line) <= 100 && line === line.trimEnd(), line)
    }
    const first = examples[0]?.[0] ?? ''
    for (const name of Object.keys(optionFacts) as OptionName[]) {
      if (name === 'help' || name === 'version' || topic === 'explain' || topic === 'list' || topic === 'completion') continue
      const values: Partial<Record<OptionName, string>> = {
        format: 'json',
        output: '/tmp/x',
        deadline: '5s',
        watch: '5s',
        'connect-timeout': '1s',
        concurrency: '5',
        expect: 'closed',
        'internet-canary': 'off',
        resolver: '10.0.0.2',
        lang: 'en',
        for: 'ec2',
        region: 'eu-west-1',
      }
      const given = optionFacts[name].type === 'string' ? [`--${name}`, values[name] ?? 'x'] : [`--${name}`]
      const read = () => readArguments([...wordsOf(first), ...given])
      if (optionsOf(topic).includes(name)) assert.doesNotThrow(read, name)
      else assert.throws(read, { code: 'option-does-nothing' }, name)
    }
  })
}

test('every command stands in the short help, and every option in the help of some command', () => {
  for (const name of commandNames) assert.match(help, new RegExp(`^ {2}eniprobe ${name}\\b`, 'm'))
  const all = topics.flatMap(topic => [...optionsOf(topic)])
  for (const name of Object.keys(optionFacts) as OptionName[]) assert.ok(all.includes(name), name)
})

test('what the short help shows first is understood by this version', () => {
  const [, shown = ''] = /^EXAMPLES\n([\s\S]*?)\n\n/m.exec(help) ?? []
  const commands = shown.split('\n').filter(line => /^ {2}eniprobe/.test(line))
  assert.ok(commands.length >= 5)
  for (const command of commands) assert.doesNotThrow(() => readArguments(wordsOf(command)), command)
})

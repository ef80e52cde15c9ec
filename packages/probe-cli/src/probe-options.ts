// The options of a run that looks at the network, as the library takes them.

import { isIP } from 'node:net'
import { type ProbeOptions, readDuration } from '@eniprobe/core'
import { type Given, hasOption, lastOption, shown, usage } from './words.ts'

/** Of the library too: what is left of it is what `stuck` and the progress line count by. */
export const defaultDeadlineMs = 15_000

/** Only what was given: the library has the defaults. @throws ProbeUsageError */
export function readProbeOptions(targets: readonly string[], given: readonly Given[]): ProbeOptions {
  const all = (name: string) => given.filter(option => option.name === name).map(({ value }) => value)
  const region = lastOption(given, 'region')
  const profile = lastOption(given, 'profile')
  const deadline = lastOption(given, 'deadline')
  const connectTimeout = lastOption(given, 'connect-timeout')
  const concurrency = lastOption(given, 'concurrency')
  const canary = lastOption(given, 'internet-canary')
  const expect = lastOption(given, 'expect')
  if (expect !== undefined && expect !== 'closed')
    throw usage(
      'bad-expect',
      { en: `"${shown(expect)}" cannot be expected (--expect)`, ja: `--expect に "${shown(expect)}" は指定できません` },
      { en: 'write --expect closed', ja: '--expect closed と書いてください' },
    )
  if (hasOption(given, 'no-sign') && hasOption(given, 'write-checks'))
    throw usage(
      'contradiction',
      { en: '--no-sign and --write-checks contradict each other', ja: '--no-sign と --write-checks は同時に指定できません' },
      { en: 'give one of them', ja: 'どちらか一方を指定してください' },
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
    ...(hasOption(given, 'no-sign') ? { sign: false } : {}),
    ...(hasOption(given, 'no-confirm') ? { confirm: false } : {}),
    ...(hasOption(given, 'write-checks') ? { writeChecks: true } : {}),
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

// The options of a run that looks at the network, as the library takes them.

import { isIP } from 'node:net'
import { type ProbeOptions, readDuration } from '@eniprobe/core'
import { type Given, hasOption, lastOption, shown, usage } from './words.ts'

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
    throw usage('bad-expect', `"${shown(expect)}" cannot be expected (--expect)`, 'write --expect closed')
  if (hasOption(given, 'no-sign') && hasOption(given, 'write-checks'))
    throw usage('contradiction', '--no-sign and --write-checks contradict each other', 'give one of them')
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
    ...(hasOption(given, 'write-checks') ? { writeChecks: true } : {}),
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

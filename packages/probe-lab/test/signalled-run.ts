// The CLI as a child process inside the lab, sent a signal at a moment that is told by an event: a socket that the kernel lists, the
// program's own first listener, its first output. Never by a time.
import assert from 'node:assert/strict'
import { cliPath, type EniprobeRun, type Vpc } from '../src/world/vpc.ts'

export type Moment =
  /** As soon as the program has asked to hear of signals. */
  | { readonly kind: 'start' }
  /** A socket to one of these places is in this state: 01 established (a UDP socket that has a peer, too), 02 waiting for an answer. */
  | {
      readonly kind: 'socket'
      readonly table: 'tcp' | 'udp'
      readonly to: readonly (readonly [string, number])[]
      readonly state: string
    }
  /** Its first output has come. */
  | { readonly kind: 'output' }

export interface SignalledRun extends EniprobeRun {
  /** Of the signal, where one has ended the process. */
  readonly endedBy: string | null
  readonly wasSent: boolean
  /** What it asked to hear of, in order. */
  readonly listened: readonly string[]
}

/** `stops`: reads nothing any more once the first output has come; `slowly`: a piece at a time. */
export type Reader = 'stops' | 'slowly' | 'at once'

const tellerPath = '/run/lab/listened.cjs'
const teller = `
  const listened = []
  process.on('newListener', name => {
    listened.push(String(name))
    if (name === process.env.SIGNAL_AT_START) setImmediate(() => process.kill(process.pid, name))
  })
  process.on('exit', () => require('fs').writeSync(2, '\\nLISTENED ' + listened.join(' ') + '\\n'))`

const inside = `
  const { spawn } = require('child_process')
  const { readFileSync, writeFileSync } = require('fs')
  const { argv, signal, moment, reader, teller, tellerPath, input } = JSON.parse(process.env.SIGNALLED)
  writeFileSync(tellerPath, teller)
  const { SIGNALLED, ...rest } = process.env
  const env = moment.kind === 'start' ? { ...rest, SIGNAL_AT_START: signal } : rest
  const child = spawn(process.execPath, ['--require=' + tellerPath, ...argv], { env })
  child.stdin.end(input ?? '')
  let stdout = '', stderr = '', wasSent = moment.kind === 'start'
  const send = () => { wasSent = true; clearInterval(looking); child.kill(signal) }
  const isThere = () => readFileSync('/proc/net/' + moment.table, 'utf8').split('\\n').some(line => {
    const [, , remote, state] = line.trim().split(/\\s+/)
    return moment.remotes.includes(remote) && state === moment.state
  })
  const looking = setInterval(() => { if (moment.kind === 'socket' && isThere()) send() }, 2)
  child.stderr.on('data', chunk => { stderr += chunk })
  child.stdout.on('data', chunk => {
    stdout += chunk
    if (moment.kind === 'output' && !wasSent) send()
    if (reader === 'at once') return
    child.stdout.pause()
    if (reader === 'slowly') setTimeout(() => child.stdout.resume(), 20)
  })
  const done = (status, endedBy) => {
    clearInterval(looking)
    process.stdout.write(JSON.stringify({ status, endedBy, wasSent, stdout, stderr }), () => process.exit())
  }
  child.on(reader === 'stops' ? 'exit' : 'close', done)`

/** One that does not end is killed after a minute, and its `status` is null. */
export async function signalledRun(
  vpc: Vpc,
  moment: Moment,
  signal: 'SIGINT' | 'SIGTERM',
  args: readonly string[],
  { reader = 'at once', input }: { readonly reader?: Reader; readonly input?: string } = {},
): Promise<SignalledRun> {
  const told = moment.kind === 'socket' ? { ...moment, remotes: moment.to.map(([host, port]) => inTable(host, port)) } : moment
  const SIGNALLED = JSON.stringify({ argv: [cliPath(), ...args], signal, moment: told, reader, teller, tellerPath, input })
  const ran = await vpc.run([process.execPath, '-e', inside], { env: { SIGNALLED } })
  assert.equal(ran.status, 0, `it did not end: ${ran.stderr}`)
  const { status, endedBy, wasSent, stdout, stderr } = JSON.parse(ran.stdout)
  const listened = /\nLISTENED (.*)\n$/.exec(stderr)
  return {
    ...ran,
    status,
    endedBy,
    wasSent,
    stdout,
    stderr: listened ? stderr.slice(0, listened.index) : stderr,
    listened: listened?.[1]?.split(' ') ?? [],
    report: parsed(stdout),
  }
}

/** As the kernel writes it in /proc/net/tcp: the four octets from the last to the first, in hexadecimal. */
function inTable(host: string, port: number): string {
  const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0')
  return `${host
    .split('.')
    .reverse()
    .map(octet => hex(Number(octet), 2))
    .join('')}:${hex(port, 4)}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

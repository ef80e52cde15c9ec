// Runs a command with our own streams, terminal, folder and environment, hands on signals, and ends as it ended. Nothing here
// opens a stream of this process: an opened pipe no longer blocks, for the command neither.

import { spawn } from 'node:child_process'
import { readFileSync, writeSync } from 'node:fs'
import { constants } from 'node:os'

interface Ended {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  /** As a shell tells it: the command's own, or 128 and the number of the signal that ended it. */
  readonly exitStatus: number
  /** A signal that ends programs came while it ran. */
  readonly wasInterrupted: boolean
}

export interface Started {
  readonly pid: number
  /** The program's name alone: its arguments may hold secrets. */
  readonly shown: string
  readonly ended: Promise<Ended>
  /** Aborts at the next signal that ends programs. */
  untilSignal(): AbortSignal
  dispose(): void
}

const handedOn = ['SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGTERM', 'SIGUSR1', 'SIGUSR2', 'SIGCONT'] as const
/** What a terminal sends to every process in its foreground, the command included: handed on, it would come twice. */
const fromTerminal = new Set<string>(['SIGINT', 'SIGQUIT', 'SIGHUP'])
const ending = new Set<string>(['SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGTERM'])

/** `code`: it could not be started, with the errno. */
export function runBeside(argv: readonly string[]): Promise<Started | { readonly code: string }> {
  const [program = '', ...rest] = argv
  return new Promise(resolve => {
    let wasInterrupted = false
    const next = new AbortController()
    const child = spawn(program, rest, { stdio: streamsFor(argv) })
    const listeners = handedOn.map(signal => {
      const onSignal = () => {
        if (ending.has(signal)) {
          wasInterrupted = true
          if (child.exitCode !== null || child.signalCode !== null) next.abort()
        }
        if (fromTerminal.has(signal) && isInForeground()) return
        child.kill(signal)
      }
      process.on(signal, onSignal)
      return [signal, onSignal] as const
    })
    const dispose = () => {
      for (const [signal, onSignal] of listeners) process.off(signal, onSignal)
    }
    const ended = new Promise<Ended>(settle => {
      child.once('exit', (status, signal) => {
        const exitStatus = status ?? 128 + (signal === null ? 0 : constants.signals[signal])
        settle({ status, signal, exitStatus, wasInterrupted })
      })
    })
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (child.pid !== undefined) return
      dispose()
      resolve({ code: error.code ?? 'unknown error' })
    })
    child.once('spawn', () => {
      resolve({
        pid: child.pid ?? 0,
        shown: (program.split('/').at(-1) ?? '').replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?').slice(0, 60),
        ended,
        untilSignal: () => next.signal,
        dispose,
      })
    })
  })
}

/** A line of ours on standard error. Who reads it may have gone away, or be slow: neither is the command's trouble. */
export function tell(text: string): void {
  let bytes = Buffer.from(text)
  for (let tries = 0; bytes.length > 0 && tries < 1000; tries += 1) {
    try {
      bytes = bytes.subarray(writeSync(2, bytes))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

/** The three, and those that the shell hands over by number (`<(…)` becomes /dev/fd/63): node would close them. */
function streamsFor(argv: readonly string[]): ('inherit' | 'ignore' | number)[] {
  const named = argv.flatMap(word =>
    [...word.matchAll(/\/(?:dev|proc\/self)\/fd\/(\d{1,3})\b/g)].map(([, digits]) => Number(digits)),
  )
  const streams: ('inherit' | 'ignore' | number)[] = ['inherit', 'inherit', 'inherit']
  for (const file of named.filter(each => each > 2 && each < 256 && isOpen(each))) {
    while (streams.length < file) streams.push('ignore')
    streams[file] = file
  }
  return streams
}

function isOpen(file: number): boolean {
  try {
    readFileSync(`/proc/self/fdinfo/${file}`)
    return true
  } catch {
    return false
  }
}

function isInForeground(): boolean {
  try {
    // After the name in brackets: state, parent, group, session, terminal, the terminal's foreground group.
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return fields[4] !== '0' && fields[2] === fields[5]
  } catch {
    return false
  }
}

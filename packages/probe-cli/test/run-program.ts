// The built program as a process of its own, without the environment of whoever runs the tests.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export const main = fileURLToPath(new URL('../src/main.js', import.meta.url))

export interface Ended {
  /** Null: a signal ended it. */
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Surrounded {
  readonly stdin?: string | Buffer
  /** Beside what every run has. */
  readonly env?: Readonly<Record<string, string>>
  /** It is killed then: whoever is still running has not ended as it should. */
  readonly killAfterMs?: number
}

export function runProgram(args: readonly string[], stdin: string | Buffer = ''): Promise<Ended> {
  return runCommand([process.execPath, main, ...args], { stdin })
}

/** Another command, in which the program is run. */
export async function runCommand(argv: readonly string[], { stdin = '', env, killAfterMs }: Surrounded = {}): Promise<Ended> {
  const [command = '', ...args] = argv
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true', ...env },
    stdio: 'pipe',
    ...(killAfterMs !== undefined && { timeout: killAfterMs, killSignal: 'SIGKILL' }),
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  child.stdin.on('error', () => {})
  child.stdin.end(stdin)
  const [status] = (await once(child, 'close')) as [number | null]
  return { status, stdout, stderr }
}

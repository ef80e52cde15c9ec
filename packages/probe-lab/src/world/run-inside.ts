// Runs one command in the workload's namespaces and collects what it says. The command ends at its time limit at the latest.
import { spawn } from 'node:child_process'

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  /** Default 60,000 ms: then the command is killed and `status` is null. */
  readonly timeoutMs?: number
}

export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
  readonly durationMs: number
}

/** `pid`: any process inside. The environment is exactly `options.env`. */
export function runInside(pid: number, asUser: boolean, argv: readonly string[], options: RunOptions): Promise<Ran> {
  const enter = [
    `--target=${pid}`,
    ...(asUser ? ['--user', '--preserve-credentials'] : []),
    '--mount',
    '--pid',
    // Opened before the mount namespace is entered, hence the way through /proc.
    `--net=/proc/${pid}/root/run/netns/workload`,
    '--',
  ]
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn('nsenter', [...enter, ...argv], {
      env: { ...options.env },
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', chunk => out.push(chunk))
    child.stderr.on('data', chunk => err.push(chunk))
    const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), options.timeoutMs ?? 60_000)
    child.once('error', error => {
      clearTimeout(timer)
      reject(error)
    })
    child.once('close', status => {
      clearTimeout(timer)
      resolve({
        status,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
        durationMs: performance.now() - startedAt,
      })
    })
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.input ?? '')
  })
}

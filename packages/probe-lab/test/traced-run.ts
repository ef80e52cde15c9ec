// What a command does to files and whom it connects to, as the kernel hears it from every process and thread of it (strace).
import { spawnSync } from 'node:child_process'
import { cliPath, type EniprobeRun, type Vpc } from '../src/world/vpc.ts'

export interface TracedRun extends EniprobeRun {
  /** Calls that make, change or remove a file, each as it was made. */
  readonly writes: readonly string[]
  /** `ADDRESS:PORT` of whoever was connected or sent to, each once; `unix:PATH` within this machine. */
  readonly peers: readonly string[]
  /** Files that were opened, each once. */
  readonly opened: readonly string[]
  /** Programs that were started, each once. */
  readonly programs: readonly string[]
}

/** Why no command can be traced here; undefined where one can. */
export function whyUntraceable(): string | undefined {
  const tried = spawnSync('strace', ['-f', '-o', '/dev/null', 'true'], { encoding: 'utf8' })
  if (tried.error) return 'not installed: strace'
  return tried.status === 0 ? undefined : `strace cannot trace here: ${tried.stderr.trim().split('\n').at(-1)}`
}

const tracePath = '/run/lab/trace'
const changing =
  /^(?:creat|mkdir|mknod|rename|link|symlink|unlink|rmdir|f?chmod|[fl]?chown|f?truncate|fallocate|utime|futime|[lf]?setxattr|[lf]?removexattr|mount|umount|pivot_root|chroot|swapon|acct)/
const opening = /^(?:open|openat|openat2)\(/
const forWriting = /\bO_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE)\b/

export interface Traced {
  readonly input?: string
  /** Started before, and not traced: a shell script that goes on to its arguments. */
  readonly beside?: string
  /** Started by the trace, and starts the command. */
  readonly under?: readonly string[]
}

export async function tracedRun(
  vpc: Vpc,
  args: readonly string[],
  { input, beside, under = [] }: Traced = {},
): Promise<TracedRun> {
  const calls = '%file,%network,ftruncate,fallocate,fchmod,fchown,fsetxattr,fremovexattr'
  const strace = ['strace', '-f', '-qq', '-s', '300', '-e', `trace=${calls}`, '-e', 'signal=none', '-o', tracePath]
  const argv = [
    ...(beside === undefined ? [] : ['sh', '-c', beside, 'sh']),
    ...strace,
    ...under,
    process.execPath,
    cliPath(),
    ...args,
  ]
  // What goes through a ring shared with the kernel is no call that could be seen.
  const ran = await vpc.run(argv, { env: { UV_USE_IO_URING: '0' }, ...(input !== undefined && { input }) })
  const lines = (await vpc.run(['cat', tracePath])).stdout.split('\n').map(line => line.replace(/^\d+ +/, ''))
  const once = (found: readonly (string | undefined)[]) => [...new Set(found.filter(each => each !== undefined))].sort()
  return {
    ...ran,
    report: parsed(ran.stdout),
    writes: lines.filter(line => changing.test(line) || (opening.test(line) && forWriting.test(line))),
    peers: once(lines.map(peerOf)),
    opened: once(lines.map(line => (opening.test(line) ? /"([^"]*)"/.exec(line)?.[1] : undefined))),
    programs: once(lines.map(line => (/ = 0$/.test(line) ? /^execve\("([^"]*)"/.exec(line)?.[1] : undefined))),
  }
}

function peerOf(line: string): string | undefined {
  if (!/^(?:connect|sendto|sendmsg|sendmmsg)\(/.test(line)) return undefined
  const four = /sin_port=htons\((\d+)\), sin_addr=inet_addr\("([^"]+)"\)/.exec(line)
  const six = /sin6_port=htons\((\d+)\),.* inet_pton\(AF_INET6, "([^"]+)"/.exec(line)
  const [, port, address] = four ?? six ?? []
  // To port 0 a UDP socket is tied by the C library to learn its own address: nothing is sent.
  if (address !== undefined) return port === '0' ? undefined : `${address}:${port}`
  const path = /sun_path="([^"]+)"/.exec(line)?.[1]
  return path === undefined ? undefined : `unix:${path}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

// Whether this machine lets us make namespaces, how, and which filters it has. Looked up once per process.
import { spawnSync } from 'node:child_process'

export type Backend = 'nftables' | 'ip rules'

export interface Capability {
  /** Flags of `unshare` that work here, or null: then `reason` says why none do. */
  readonly unshareFlags: readonly string[] | null
  readonly reason: string
  readonly backend: Backend
}

/** Every process inside dies with the first one, and nothing of it is visible outside. */
const inside = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc']

let known: Capability | undefined

/** What the lab can do here. `ENIPROBE_LAB_BACKEND=ip-rules` asks for the plainer filters. */
export function labCapability(): Capability {
  known ??= lookUp()
  return known
}

function lookUp(): Capability {
  const backend = process.env.ENIPROBE_LAB_BACKEND !== 'ip-rules' && isThere('nft', ['--version']) ? 'nftables' : 'ip rules'
  if (process.platform !== 'linux')
    return { unshareFlags: null, reason: `namespaces need Linux, this is ${process.platform}`, backend }
  for (const [tool, args] of [
    ['ip', ['-V']],
    ['unshare', ['--version']],
    ['nsenter', ['--version']],
  ] as const) {
    if (!isThere(tool, args)) return { unshareFlags: null, reason: `the command ${tool} is not installed`, backend }
  }
  const tries = [['--user', '--map-root-user', ...inside], inside]
  let reason = ''
  for (const flags of tries) {
    const trial = 'ip link add lab0 type veth peer name lab1 && mount -t tmpfs tmpfs /run'
    const done = spawnSync('unshare', [...flags, 'sh', '-c', trial], { encoding: 'utf8', timeout: 5000 })
    if (done.status === 0) return { unshareFlags: flags, reason: '', backend }
    reason ||= done.stderr.trim().split('\n')[0] ?? `unshare ended with ${done.status}`
  }
  return { unshareFlags: null, reason: `namespaces are not allowed here: ${reason}`, backend }
}

function isThere(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).error === undefined
}

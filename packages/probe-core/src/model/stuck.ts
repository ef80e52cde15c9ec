// Connections that hang, as the kernel's tables tell it, as plain JSON. What they mean for the network is the report's affair.

/**
 * - `connecting`: SYN sent, and neither an answer nor a refusal came
 * - `retransmitting`: the connection stands, and what was sent last is sent again and again, unconfirmed
 * - `window-closed`: the far side confirms, and takes no more: its program does not read
 * - `dns-question`: a UDP socket to port 53 stays open with nothing to read. A question without an answer looks like this, and
 *   so does a program that keeps its socket: the kernel does not tell which
 */
export type StuckKind = 'connecting' | 'retransmitting' | 'window-closed' | 'dns-question'

export interface StuckProcess {
  readonly pid: number
  /** The kernel's name of it, 15 bytes at most. */
  readonly name: string
  /** Program and the words that tell which work it does; every other argument is `…`. */
  readonly command: string
  /** How long it has been running. */
  readonly ageMs?: number
}

/** Where a name comes from, which is how far it can be relied on: the last two are guesses. */
export type StuckNameFrom =
  | 'dns' // a name that resolves to this very address here and now
  | 'hosts-file'
  | 'link-local' // an address that AWS fixed for one purpose
  | 'proxy' // the proxy in the environment of this process or of the hanging one
  | 'resolver' // a DNS server of resolv.conf
  | 'reverse-dns' // the name that the owner of the address gave it
  | 'neighbour' // names of one service alone resolve to addresses beside it (the same /24)

export interface StuckName {
  readonly host: string
  /** Catalogue id; null: no service of AWS, or not one the catalogue knows. */
  readonly service: string | null
  readonly from: StuckNameFrom
}

/** Sockets of one process that hang alike on one address and port. */
export interface StuckConnection {
  readonly kind: StuckKind
  readonly protocol: 'tcp' | 'udp'
  readonly address: string
  readonly port: number
  /** How many sockets; over a time of watching: how many there were altogether. */
  readonly sockets: number
  /** The longest of them hangs for at least so long; when it began before anybody looked, the kernel's timers tell how long. */
  readonly atLeastMs: number
  /** Unanswered packets sent again, of the longest. */
  readonly retransmits: number
  /** Bytes that the far side has not confirmed, of the longest; absent while connecting. */
  readonly queuedBytes?: number
  readonly localPort: number
  readonly uid: number
  /** Null: not to be seen from here; `processUnknown` says why. */
  readonly process: StuckProcess | null
  /** `other-user`: their files are closed to us; `not-found`: no process that can be seen from here holds it. */
  readonly processUnknown?: 'other-user' | 'not-found'
  /** A process of the other network namespace it is in; absent: it is in ours. */
  readonly namespaceOf?: number
  /** Best first; empty: unknown. */
  readonly names: readonly StuckName[]
  /** The word for it on the command line, as a target. Null: it cannot be looked at from here. */
  readonly target: string | null
  /** Over a time of watching: it was still hanging at the end. */
  readonly isOngoing?: boolean
}

export interface Stuck {
  /** Longest first. */
  readonly connections: readonly StuckConnection[]
  /** How long the tables were looked at. */
  readonly watchedMs: number
  /** What hangs for less is not told. */
  readonly leastMs: number
  /** Further TCP connections that stand. Whether one of them waits for an answer, the kernel does not tell. */
  readonly openConnections: number
  /** Network namespaces that were read, ours among them. */
  readonly namespaces: number
  /** How names were looked for: not at all (nothing hangs, or no region), or how many names were asked, and whether DNS answered. */
  readonly naming: { readonly asked: number; readonly dns: 'answered' | 'silent' | 'not-asked' }
  /** The command that was watched, with how it ended. */
  readonly command?: { readonly shown: string; readonly status: number | null; readonly signal: string | null }
}

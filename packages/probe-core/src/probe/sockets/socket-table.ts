// Reads lines of the kernel's socket tables (/proc/net/tcp, tcp6, udp, udp6). Pure; a line it does not understand is none.
// Format: https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html

import ipaddr from 'ipaddr.js'

export interface SocketRow {
  readonly protocol: 'tcp' | 'udp'
  readonly local: SocketEnd
  readonly remote: SocketEnd
  /** As in the kernel's tcp_states.h; UDP has 1 (connected) and 7. */
  readonly state: number
  /** Bytes that the far side has not confirmed. 1 in SYN-SENT: the SYN itself. */
  readonly queuedBytes: number
  readonly unreadBytes: number
  /** 0 none, 1 retransmission, 2 keep-alive or delayed close, 3 TIME-WAIT, 4 window probe. */
  readonly timer: number
  /** Until the timer fires. */
  readonly timerMs: number
  /** Timeouts since the far side last confirmed anything. */
  readonly retransmits: number
  /** Window or keep-alive probes without an answer. */
  readonly probes: number
  readonly uid: number
  /** 0: no process holds it any more. */
  readonly inode: number
  /** The present retransmission timeout, each time doubled; undefined where the line does not tell. */
  readonly timeoutMs?: number
}

interface SocketEnd {
  readonly address: string
  readonly port: number
}

export const socketStates = { established: 1, synSent: 2, finWait1: 4, closeWait: 8 } as const

/** The kernel counts these in hundredths of a second, whatever its own clock (USER_HZ). */
const tickMs = 10

const end = '([0-9A-Fa-f]{8}|[0-9A-Fa-f]{32}):([0-9A-Fa-f]{4})'
const pair = '([0-9A-Fa-f]{1,8}):([0-9A-Fa-f]{1,16})'
const form = new RegExp(
  `^ {0,12}\\d{1,10}: ${end} ${end} ([0-9A-Fa-f]{2}) ${pair} ${pair} ([0-9A-Fa-f]{1,8}) {1,10}(\\d{1,10}) {1,10}(\\d{1,10}) (\\d{1,20})(?: (.{0,120}))?`,
)

/** Undefined: the heading, or not a line of such a table. Addresses of IPv4 in IPv6 clothes come as IPv4. */
export function readSocketLine(line: string, protocol: 'tcp' | 'udp', isLittleEndian: boolean): SocketRow | undefined {
  const found = form.exec(line)
  if (found === null) return undefined
  const [, localHex = '', localPort = '', remoteHex = '', remotePort = '', state = '', queued = '', unread = ''] = found
  const [timer = '', when = '', retransmits = '', uid = '', probes = '', inode = '', rest = ''] = found.slice(8)
  if (localHex.length !== remoteHex.length) return undefined
  // References, an address that is hidden from most, then the timeout in ticks: TCP's, and not in TIME-WAIT.
  const timeout = /^\d{1,10} [0-9a-fA-F]{1,16} (\d{1,9}) /.exec(`${rest} `)?.[1]
  return {
    protocol,
    local: { address: readAddress(localHex, isLittleEndian), port: Number.parseInt(localPort, 16) },
    remote: { address: readAddress(remoteHex, isLittleEndian), port: Number.parseInt(remotePort, 16) },
    state: Number.parseInt(state, 16),
    queuedBytes: Number.parseInt(queued, 16),
    unreadBytes: Number.parseInt(unread, 16),
    timer: Number.parseInt(timer, 16),
    timerMs: Number.parseInt(when, 16) * tickMs,
    retransmits: Number.parseInt(retransmits, 16),
    probes: Number(probes),
    uid: Number(uid),
    inode: Number(inode),
    ...(protocol === 'tcp' && timeout !== undefined && { timeoutMs: Number(timeout) * tickMs }),
  }
}

/** The state alone, at a fraction of the price: most sockets of a machine are of no interest. -1: not a line of a table. */
export function stateOfLine(line: string): number {
  const colon = line.indexOf(': ')
  if (colon < 0) return -1
  // Both ends have the same length: 8 or 32 digits, a colon and 4 more.
  const first = line.indexOf(' ', colon + 2)
  const at = 2 * first - colon
  const state = line.slice(at, at + 2)
  return /^[0-9A-Fa-f]{2}$/.test(state) && line[at - 1] === ' ' ? Number.parseInt(state, 16) : -1
}

/** 32-bit words, each printed as a number: on most machines the bytes of a word come in reverse. */
function readAddress(hex: string, isLittleEndian: boolean): string {
  const words = hex.match(/.{8}/g) ?? []
  const bytes = words.flatMap(word => {
    const four = (word.match(/../g) ?? []).map(byte => Number.parseInt(byte, 16))
    return isLittleEndian ? four.reverse() : four
  })
  if (bytes.length === 4) return bytes.join('.')
  const six = new ipaddr.IPv6(bytes)
  return six.isIPv4MappedAddress() ? six.toIPv4Address().toString() : six.toString()
}

// Whether a socket hangs, and for how long at least, from one line of the kernel's table. Pure.

import type { StuckKind } from '../../model/stuck.ts'
import { type SocketRow, socketStates } from './socket-table.ts'

const { established, synSent, finWait1, closeWait } = socketStates

/** The first timeout of a SYN (RFC 6298 §2), and the shortest of a connection that stands (Linux, TCP_RTO_MIN). */
const firstSynMs = 1000
const shortestMs = 200
/** Nothing retransmits as often; a number beyond it is not the kernel's. */
const mostRetransmits = 100

const retransmission = 1
const windowProbe = 4

/**
 * In which way a socket may hang; undefined: nothing shows that it does. A socket that nobody holds is no program's wait. A
 * connection that stands, with everything confirmed, may wait for an answer for ever: that does not show here.
 */
export function findHang(row: SocketRow): StuckKind | undefined {
  if (row.inode === 0 || row.remote.port === 0) return undefined
  if (row.protocol === 'udp')
    return row.remote.port === 53 && row.state === established && row.unreadBytes === 0 ? 'dns-question' : undefined
  if (row.state === synSent) return 'connecting'
  if (row.state !== established && row.state !== finWait1 && row.state !== closeWait) return undefined
  if (row.timer === retransmission && row.retransmits > 0) return 'retransmitting'
  if (row.timer !== windowProbe || row.queuedBytes === 0) return undefined
  // A far side that only takes no more confirms every probe. Probes without an answer are as lost as data (so it shows where a
  // filter of this very machine drops what is sent).
  return row.probes >= 2 ? 'retransmitting' : 'window-closed'
}

/**
 * For how long nothing has been confirmed, at least: the time since the last timeout, and all timeouts before it. Each was half
 * the next one or the shortest possible (newer kernels repeat the SYN's first timeout four times before they double it), so
 * that this never says too much. 0 where the timers tell nothing.
 */
export function unansweredAtLeastMs(row: SocketRow): number {
  if (row.timer !== retransmission || row.timeoutMs === undefined || row.protocol !== 'tcp') return 0
  const floorMs = row.state === synSent ? Math.min(firstSynMs, row.timeoutMs) : Math.min(shortestMs, row.timeoutMs)
  let sum = Math.max(0, row.timeoutMs - row.timerMs)
  let timeoutMs = row.timeoutMs
  for (let left = Math.min(row.retransmits, mostRetransmits); left > 0; left -= 1) {
    timeoutMs = Math.max(floorMs, timeoutMs / 2)
    sum += timeoutMs
  }
  return Math.round(sum)
}

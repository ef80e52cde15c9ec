// What this run has heard of its network so far: how fast it answers, whether it loses packets, whether any peer answers over TCP.
// By it a silence may be called before its time. It asks nothing but whether somebody is still heard.

import type { DnsObservation } from '../model/observation.ts'
import { probeDns } from '../probe/dns.ts'
import type { Hearing } from '../probe/early-silence.ts'
import { machineFiles } from '../probe/machine-files.ts'
import type { Asking } from './vantage.ts'

export interface RunHearing extends Hearing {
  /** Takes account of a lookup, from now until it ends, and hands it on. */
  lookUp(asked: Promise<DnsObservation>): Promise<DnsObservation>
}

/** Whatever answers at all answers within so many times the slowest answer so far. */
const generously = 4
/** A resolver that has said nothing for so long was sent the question, or the answer, in vain. */
const overdueMs = 900
/** An answer to a question as new as that is news of now. */
const newsMs = 250
const knownName = 'amazonaws.com'
/** Of the sockets of this process, what silence may take beside the tries that every target has. */
const spareShare = 4
const usualLimit = 1024

/** `isPatient`: this run is about silence itself, and waits for every one in full. */
export function makeHearing(run: Omit<Asking, 'hearing'>, isPatient = false): RunHearing {
  let slowestMs: number | undefined
  let isLossy = false
  let hasPeers = false
  let answering: string | undefined
  let isDivided = false
  const said = { ours: new Map<string, string>(), vpc: new Map<string, string>() }
  const pending = new Set<number>()
  let news: { readonly askedAt: number; readonly answered: Promise<boolean> } | undefined
  let spare: number | undefined

  // A server that sees other names than the VPC's own resolver is no measure of the VPC: what is silent for its answers is heard out.
  const compare = (heard: DnsObservation) => {
    if ((heard.outcome !== 'answered' && heard.outcome !== 'rejected') || heard.seen?.name === undefined) return
    const { variant, outcome, seen } = heard
    const { name } = heard.seen
    if (variant !== undefined && variant !== 'vpc-resolver') return
    const [whose, others] = variant === undefined ? [said.ours, said.vpc] : [said.vpc, said.ours]
    const says = outcome === 'answered' ? String(seen.scope) : outcome
    whose.set(name, says)
    const other = others.get(name)
    if (other !== undefined && other !== says) isDivided = true
  }
  const listen = (heard: DnsObservation) => {
    if (heard.outcome === 'skipped' || heard.variant === 'repeat' || heard.variant === 'getaddrinfo') return
    const { seen } = heard
    compare(heard)
    if (heard.outcome === 'silent' || (seen?.tries ?? 1) > 1 || seen?.a === 'silent' || seen?.aaaa === 'silent') isLossy = true
    // An errno is this machine's word, or a router's.
    const isAnswer = heard.outcome === 'answered' || (heard.outcome === 'rejected' && !/^E[A-Z]+$/.test(heard.code))
    if (!isAnswer || seen?.resolver === undefined || seen.resolver === 'hosts-file') return
    slowestMs = Math.max(slowestMs ?? 0, heard.durationMs ?? 0)
    answering ??= seen.resolver
  }
  const lookUp = async (asked: Promise<DnsObservation>) => {
    const since = performance.now()
    pending.add(since)
    try {
      const heard = await asked
      listen(heard)
      return heard
    } finally {
      pending.delete(since)
    }
  }
  const isOverdue = () => [...pending].some(since => performance.now() - since > overdueMs)
  const isCalm = () => slowestMs !== undefined && !isLossy && !isOverdue()
  const quietMs = () =>
    isPatient || hasPeers || isDivided || slowestMs === undefined || !isCalm() ? undefined : slowestMs * generously
  const ask = async (resolver: string) => {
    const { deadline, clock, connectTimeoutMs: timeoutMs, questions: pace } = run
    await pace.soon(1)
    await lookUp(probeDns({ name: knownName, resolver, families: [4] }, { deadline, clock, timeoutMs, vpcCidrs: null, pace }))
    return quietMs() !== undefined
  }
  return {
    peerAnswered: () => {
      hasPeers = true
    },
    lookUp,
    isCalm,
    quietMs,
    stillHears: () => {
      if (answering === undefined) return Promise.resolve(false)
      const askedAt = performance.now()
      if (news === undefined || askedAt - news.askedAt > newsMs) news = { askedAt, answered: ask(answering) }
      return news.answered
    },
    take: sockets => {
      spare ??= Math.floor(mostOpenFiles() / spareShare)
      if (sockets > spare) return false
      spare -= sockets
      return true
    },
    giveBack: sockets => {
      if (spare !== undefined) spare += sockets
    },
  }
}

function mostOpenFiles(): number {
  const limit = /^Max open files\s+(\d+)/m.exec(machineFiles.fileText('/proc/self/limits') ?? '')?.[1]
  return limit === undefined ? usualLimit : Number(limit)
}

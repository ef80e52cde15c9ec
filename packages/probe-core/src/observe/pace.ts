// How fast DNS is asked. A VPC's resolver takes 1,024 packets a second from one interface and drops the rest, those of the
// workload beside us included.

import type { Pace } from '../probe/context.ts'
import type { Deadline } from '../time/deadline.ts'

/** At once for the first ones, then evenly: no second of a run has more than 800. What is left is the workload's. */
const pace = { packetsAtOnce: 200, packetsASecond: 600 } as const

/** A question is for A and for AAAA. */
const packetsOfQuestion = 2

interface Waiting {
  readonly packets: number
  readonly go: () => void
}

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html#vpc-dns-limits */
export function makePace(deadline: Deadline): Pace {
  let credit: number = pace.packetsAtOnce
  let countedMs = performance.now()
  let timer: NodeJS.Timeout | undefined
  const soon: Waiting[] = []
  let waiting: Waiting[] = []
  let first = 0

  const next = () => soon[0] ?? waiting[first]
  const take = () => {
    if (soon.length > 0) return soon.shift()
    const taken = waiting[first]
    first += 1
    if (first >= 1024 || first === waiting.length) {
      waiting = waiting.slice(first)
      first = 0
    }
    return taken
  }
  // By what has really gone: a process that was held up does not send at once what it has not sent meanwhile.
  const send = () => {
    timer = undefined
    const nowMs = performance.now()
    credit = Math.min(pace.packetsAtOnce, credit + ((nowMs - countedMs) / 1000) * pace.packetsASecond)
    countedMs = nowMs
    for (let one = next(); one !== undefined; one = next()) {
      const needed = Math.min(one.packets, pace.packetsAtOnce)
      if (!deadline.spent()) {
        if (credit < needed) {
          timer = setTimeout(send, Math.ceil(((needed - credit) / pace.packetsASecond) * 1000))
          return
        }
        credit -= needed
      }
      take()?.go()
    }
  }
  deadline.onEnd(() => {
    clearTimeout(timer)
    send()
  })
  const wait = (list: () => Waiting[], packets: number) =>
    new Promise<void>(go => {
      list().push({ packets, go })
      if (timer === undefined) send()
    })
  return {
    turn: (packets = packetsOfQuestion) => wait(() => waiting, packets),
    soon: (packets = packetsOfQuestion) => {
      const answer = wait(() => soon, packets)
      if (timer !== undefined) {
        clearTimeout(timer)
        send()
      }
      return answer
    },
  }
}

// One line on standard error that says what is under way, while a person looks at a terminal. Wiped before results come.

import type { Layer, ProgressEvent } from '@eniprobe/core'
import type { Messages } from './messages/en.ts'
import { clean } from './render/clean.ts'
import { cutTo } from './render/layout.ts'
import { timeOf } from './render/quantities.ts'

export interface Progress {
  readonly onEvent: (event: ProgressEvent) => void
  stop(): void
}

const mostNamed = 3
const climbed: readonly Layer[] = ['dns', 'tcp', 'tls', 'http', 'aws']

export function showProgress(stream: NodeJS.WriteStream, deadlineMs: number, messages: Messages): Progress {
  const startedAt = performance.now()
  const under = new Map<string, Layer>()
  let all = 0
  let settled = 0
  let phase: 'planning' | 'observing' | 'diagnosing' = 'planning'

  const draw = () => {
    const elapsed = timeOf(Math.floor((performance.now() - startedAt) / 100) * 100, messages)
    const counts = climbed.map(layer => [layer, [...under.values()].filter(each => each === layer).length] as const)
    const layers = counts
      .filter(([, n]) => n > 0)
      .map(([layer, n]) => `${layer} ${n}`)
      .join('  ')
    const { progress } = messages
    const line =
      phase === 'observing' ? progress.line(settled, all, layers, elapsed, timeOf(deadlineMs, messages)) : progress[phase]
    // The last few are named: what the run still waits for is often the answer already.
    const waiting = under.size <= mostNamed ? [...under.keys()].map(id => clean(id).replaceAll('\n', ' ')).join(', ') : ''
    const whole = phase === 'observing' && waiting !== '' ? `${line}  ${waiting}` : line
    stream.write(`\r\u001b[2K${cutTo(whole, (stream.columns ?? 80) - 1)}`)
  }
  const timer = setInterval(draw, 100)
  timer.unref()
  draw()

  return {
    onEvent: event => {
      if (event.kind === 'planned') {
        phase = 'observing'
        all = event.targets.length
        for (const { id } of event.targets) under.set(id, 'dns')
      } else if (event.kind === 'observed') {
        // The layer above what was just seen is the one under way.
        const next = climbed[climbed.indexOf(event.observation.layer) + 1]
        if (under.has(event.target) && next !== undefined) under.set(event.target, next)
      } else if (event.kind === 'settled') {
        if (under.delete(event.target)) settled += 1
      } else phase = 'diagnosing'
    },
    stop: () => {
      clearInterval(timer)
      stream.write('\r\u001b[2K')
    },
  }
}

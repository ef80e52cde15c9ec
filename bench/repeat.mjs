// Repeats commands in turn, so that a busy moment of the machine hits all of them alike, and tells their medians.
import { spawnSync } from 'node:child_process'

/** @returns milliseconds by name: the median of `times` runs */
export function mediansOf(commands, times) {
  const taken = Object.fromEntries(Object.keys(commands).map(name => [name, []]))
  for (let round = -1; round < times; round += 1) {
    for (const [name, argv] of Object.entries(commands)) {
      const startedAt = performance.now()
      const done = spawnSync(argv[0], argv.slice(1), { stdio: 'ignore' })
      if (done.error) throw done.error
      // The first round fills the caches of the disk.
      if (round >= 0) taken[name].push(performance.now() - startedAt)
    }
  }
  return Object.fromEntries(Object.entries(taken).map(([name, all]) => [name, medianOf(all)]))
}

export function medianOf(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Lines of a Markdown table. */
export function tableOf(head, rows) {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

export const ms = number => `${number < 100 ? number.toFixed(1) : Math.round(number)} ms`
export const times = ratio => `${ratio.toFixed(2)} ×`

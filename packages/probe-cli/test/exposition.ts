// Prometheus' text exposition format, read strictly, for tests of what we write.

import assert from 'node:assert/strict'

export interface Series {
  readonly key: string
  readonly metric: string
  readonly labels: Record<string, string>
  readonly value: number
}

/** The text exposition format as its specification has it, and nothing more lenient. */
export function readMetrics(text: string): { types: Map<string, string>; series: Series[] } {
  const types = new Map<string, string>()
  const series: Series[] = []
  for (const line of text.trimEnd().split('\n')) {
    const declared = /^# TYPE ([a-z_]+) gauge$/.exec(line)?.[1]
    if (declared !== undefined) {
      assert.ok(!types.has(declared), `${declared} is declared once`)
      types.set(declared, 'gauge')
      continue
    }
    if (/^# HELP [a-z_]+ [^\\]+$/.test(line)) continue
    const [, metric = '', inside = '', value = ''] = /^([a-z_]+)(?:\{(.*)\})? (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/.exec(line) ?? []
    assert.equal([...types.keys()].at(-1), metric, `${line} stands under its own type`)
    const labels: Record<string, string> = {}
    const pair = /([a-z_]+)="((?:[^"\\]|\\["\\n])*)"(?:,|$)/y
    while (pair.lastIndex < inside.length) {
      const at = pair.lastIndex
      const [, label = '', escaped = ''] = pair.exec(inside) ?? assert.fail(`${line} at ${at}`)
      assert.ok(!(label in labels), `${line} names ${label} once`)
      labels[label] = escaped.replaceAll(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter))
    }
    series.push({ key: `${metric}{${inside}}`, metric, labels, value: Number(value) })
  }
  return { types, series }
}

// What a stranger could have sent instead of a sample: bytes cut, doubled, swapped and flipped, a piece repeated without end,
// numbers at their limits, and text that means something to a terminal, a page, an object or a template.
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../packages/probe-core/package.json', import.meta.url))
export const fc = require('fast-check')

const hostile = [
  '\u001b[31m',
  '\u001b]0;x\u0007',
  '\u009b31m',
  '\u202e',
  '\u2066',
  '\u200b',
  '\u0000',
  '\r\n',
  '\n',
  '\t',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '"__proto__":{"polluted":1},',
  '<script>polluted</script>',
  '"><img src=x onerror=polluted>',
  "' onload='polluted",
  'javascript:polluted',
  '</script>',
  ']]>',
  '<![CDATA[',
  '<!--',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '&#0;',
  '&#xD800;',
  '&amp;',
  '${PATH}',
  '$$',
  '%s',
  '%00',
  '../../../..',
  'http://169.254.169.254/latest/meta-data/',
  'https://user:secret@host/',
  '[::1]',
  '-1',
  '0',
  '1e999',
  '99999999999999999999',
  '0x7fffffff',
  'NaN',
  'null',
  'true',
  '{}',
  '[]',
  '""',
  '{"a":',
  '[',
  '(',
  '<a>',
  '\ud800',
  '\ufeff',
  '日本',
].map(text => Buffer.from(text))

/** Which lengths a repeated piece reaches. The longest is as long as a parser takes, or nearly. */
const lengths = [300, 5000, 70_000]

const at = fc.double({ min: 0, max: 1, noNaN: true })
const length = fc.oneof(fc.nat(8), fc.nat(200))

const change = (pieces, samples) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('put'), at, cut: length, what: fc.constantFrom(...pieces) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('cut'), at, cut: length }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('flip'), at, with: fc.integer({ min: 1, max: 255 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('double'), at, cut: length, to: at }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('end'), at }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('splice'), at, to: at, what: fc.constantFrom(...samples) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('pump'),
        at,
        cut: fc.integer({ min: 1, max: 24 }),
        length: fc.constantFrom(...lengths),
        what: fc.option(fc.constantFrom(...pieces)),
      }),
    },
  )

/** Inputs near the samples, and now and then a sample as it is. */
export function nearTo({ samples, pieces = [] }) {
  const given = samples.map(sample => Buffer.from(sample))
  const all = [...hostile, ...pieces.map(piece => Buffer.from(piece))]
  return fc
    .tuple(fc.constantFrom(...given), fc.array(change(all, given), { maxLength: 5 }))
    .map(([sample, changes]) => changes.reduce(apply, sample))
}

function apply(bytes, one) {
  const from = Math.floor(one.at * bytes.length)
  const head = bytes.subarray(0, from)
  switch (one.do) {
    case 'put':
      return Buffer.concat([head, one.what, bytes.subarray(from + one.cut)])
    case 'cut':
      return Buffer.concat([head, bytes.subarray(from + one.cut)])
    case 'flip': {
      const changed = Buffer.from(bytes)
      if (from < changed.length) changed[from] ^= one.with
      return changed
    }
    case 'double': {
      const to = Math.floor(one.to * bytes.length)
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from, from + one.cut), bytes.subarray(to)])
    }
    case 'end':
      return head
    case 'splice':
      return Buffer.concat([head, one.what.subarray(Math.floor(one.to * one.what.length))])
    default: {
      const piece = one.what ?? bytes.subarray(from, from + one.cut)
      if (piece.length === 0) return bytes
      return Buffer.concat([head, Buffer.alloc(one.length, piece), bytes.subarray(from)])
    }
  }
}

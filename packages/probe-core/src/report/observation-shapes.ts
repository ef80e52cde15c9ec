// The four outcomes of one observation, as shapes: each has its own fields, so that a slip in one is named at its own place.

import { type GenericSchema, literal, looseObject, minValue, number, optional, picklist, pipe, string } from 'valibot'

const ms = pipe(number(), minValue(0))

const base = {
  startMs: optional(ms),
  durationMs: optional(ms),
  address: optional(string()),
  variant: optional(
    picklist([
      'vpc-resolver',
      'other-resolver',
      'getaddrinfo',
      'repeat',
      'sibling-name',
      'must-exist',
      'must-not-exist',
      'source-port',
      'other-port',
      'other-sni',
      'small-hello',
      'large-hello',
      'small-answer',
      'large-request',
      'direct',
      'unsigned',
      'second-action',
    ]),
  ),
  via: optional(literal('proxy')),
}

export function answered<const L extends string, S extends GenericSchema>(layer: L, seen: S) {
  return looseObject({ layer: literal(layer), outcome: literal('answered'), ...base, seen })
}

export function rejected<const L extends string, S extends GenericSchema>(layer: L, seen: S) {
  return looseObject({
    layer: literal(layer),
    outcome: literal('rejected'),
    ...base,
    code: string(),
    message: optional(string()),
    seen: optional(seen),
  })
}

export function silent<const L extends string, S extends GenericSchema>(layer: L, seen: S) {
  return looseObject({
    layer: literal(layer),
    outcome: literal('silent'),
    ...base,
    waitedMs: ms,
    early: optional(literal(true)),
    tries: optional(pipe(number(), minValue(1))),
    seen: optional(seen),
  })
}

export function skipped<const L extends string>(layer: L) {
  return looseObject({
    layer: literal(layer),
    outcome: literal('skipped'),
    ...base,
    because: picklist(['below-failed', 'not-asked', 'no-time', 'no-credentials']),
  })
}

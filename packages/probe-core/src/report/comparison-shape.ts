// The shape of a comparison as it is printed. Nothing reads one back: it is what the published schema is made from.

import { array, boolean, literal, looseObject, nullable, number, optional, picklist, record, string, union } from 'valibot'
import { causeCodes } from '../model/cause.ts'
import { comparisonFormat } from '../model/comparison.ts'
import { layers } from '../model/layer.ts'

const text = string()
const letters = array(text)
const causes = array(picklist(causeCodes))

const seen = looseObject({
  verdict: picklist(['healthy', 'denied', 'failing', 'unknown']),
  via: picklist(['interface-endpoint', 'gateway-endpoint', 'internet', 'proxy', 'private-network', 'unknown']),
  addresses: array(text),
  scope: nullable(picklist(['vpc', 'private', 'public', 'link-local', 'loopback', 'unspecified', 'mixed'])),
  stopped: nullable(
    looseObject({
      layer: picklist(layers),
      outcome: picklist(['rejected', 'silent', 'skipped']),
      code: optional(text),
      because: optional(picklist(['below-failed', 'not-asked', 'no-time', 'no-credentials'])),
      onlyAt: optional(array(text)),
    }),
  ),
  cause: nullable(picklist(causeCodes)),
  confidence: nullable(picklist(['certain', 'likely', 'possible'])),
})

export const comparisonShape = looseObject({
  format: literal(comparisonFormat),
  reports: array(
    looseObject({
      letter: text,
      name: text,
      startedAt: text,
      complete: boolean(),
      region: nullable(text),
      workload: nullable(text),
      vpc: nullable(text),
      subnet: nullable(text),
      address: nullable(text),
      account: nullable(text),
      targets: number(),
      healthy: number(),
      errors: number(),
    }),
  ),
  places: array(looseObject({ what: text, values: array(nullable(text)) })),
  targets: array(
    looseObject({
      id: text,
      host: text,
      service: nullable(text),
      differs: boolean(),
      seen: array(nullable(seen)),
    }),
  ),
  conclusions: array(
    looseObject({
      targets: letters,
      works: letters,
      fails: letters,
      says: text,
      phrase: looseObject({ key: text, parts: optional(record(text, union([text, number()]))) }),
      causes,
      ruledOut: causes,
    }),
  ),
  causes: array(looseObject({ cause: picklist(causeCodes), where: record(text, letters) })),
})

export const namedComparisonShapes = { seen }

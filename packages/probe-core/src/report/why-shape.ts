// The shape of what `why` adds to a report: the same fields as model/why.ts.

import {
  array,
  boolean,
  looseObject,
  maxLength,
  maxValue,
  minValue,
  nullable,
  number,
  optional,
  picklist,
  pipe,
  string,
} from 'valibot'
import { causeCodes } from '../model/cause.ts'
import { whyErrorClasses, whyNotProbed, whyVerdicts } from '../model/why.ts'

const text = string()
const texts = array(text)
const count = pipe(number(), minValue(0))

const whyError = looseObject({
  errorClass: picklist(whyErrorClasses),
  tool: optional(nullable(text), null),
  said: text,
  line: count,
  count,
  host: optional(text),
  port: optional(pipe(number(), minValue(1), maxValue(65_535))),
  address: optional(text),
  url: optional(text),
  service: optional(text),
  region: optional(text),
  action: optional(text),
  resource: optional(text),
  account: optional(text),
  principal: optional(text),
  code: optional(text),
  status: optional(number()),
  policyType: optional(text),
  explicit: optional(boolean()),
  decided: optional(picklist(causeCodes)),
  targets: texts,
  notProbed: optional(picklist(whyNotProbed)),
})

const whyAnswer = looseObject({ error: count, answer: picklist(whyVerdicts), targets: texts, findings: texts })

export const why = looseObject({
  lines: count,
  errors: pipe(array(whyError), maxLength(1_000)),
  more: count,
  targets: texts,
  moreTargets: count,
  answers: optional(pipe(array(whyAnswer), maxLength(1_000)), []),
})

export const whyShapes = { why, whyError, whyAnswer }

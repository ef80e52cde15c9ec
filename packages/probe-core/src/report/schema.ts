// The shape of a report, once: `decode` reads by it and the published JSON Schema is made from it.
// Objects are open: a field this version does not know is kept. What a hand-written report may leave out has a default.

import {
  array,
  boolean,
  literal,
  looseObject,
  maxLength,
  maxValue,
  minLength,
  minValue,
  nullable,
  number,
  optional,
  partial,
  picklist,
  pipe,
  record,
  string,
  union,
  variant,
} from 'valibot'
import { causeCodes } from '../model/cause.ts'
import { layers } from '../model/layer.ts'
import { reportFormat } from '../model/report.ts'
import { controlPlaneShape } from './control-plane-shape.ts'
import { answered, rejected, silent, skipped } from './observation-shapes.ts'
import { awsSeen, dnsSeen, httpSeen, tcpSeen, tlsSeen } from './seen-shapes.ts'
import { stuck } from './stuck-shapes.ts'
import { why, whyShapes } from './why-shape.ts'

const text = string()
const texts = array(text)
const ms = pipe(number(), minValue(0))
const outcome = picklist(['answered', 'rejected', 'silent', 'skipped'])

const run = looseObject({
  version: optional(text, 'unknown'),
  startedAt: optional(text, '1970-01-01T00:00:00.000Z'),
  durationMs: optional(ms, 0),
  deadlineMs: optional(ms, 15_000),
  connectTimeoutMs: optional(ms),
  complete: optional(boolean(), true),
  interrupted: optional(boolean()),
})

const orNull = <S extends Parameters<typeof nullable>[0]>(shape: S) => optional(nullable(shape), null)

const network = looseObject({
  eni: orNull(text),
  vpc: orNull(text),
  subnet: orNull(text),
  subnetCidr: orNull(text),
  vpcCidrs: orNull(texts),
  securityGroups: orNull(texts),
  availabilityZone: optional(nullable(text)),
  from: optional(text),
})

const check = looseObject({
  check: picklist([
    'vpc-resolver',
    'system-resolver',
    'imds-token',
    'imds-get',
    'ecs-metadata',
    'container-credentials',
    'internet',
    'control-endpoint',
  ]),
  address: text,
  outcome,
  startMs: optional(ms),
  durationMs: optional(ms),
  waitedMs: optional(ms),
  early: optional(literal(true)),
  code: optional(text),
  because: optional(picklist(['below-failed', 'not-asked', 'no-time', 'no-credentials'])),
  seen: optional(record(text, union([text, number(), boolean(), texts]))),
})

const credentials = looseObject({
  source: nullable(text),
  tried: array(
    looseObject({
      source: picklist(['environment', 'sso', 'profile', 'process', 'web-identity', 'container', 'imds']),
      gave: boolean(),
      why: optional(text),
      stops: optional(picklist(['certain', 'likely'])),
      expiresAt: optional(text),
      keyKind: optional(text),
    }),
  ),
})

const sdk = looseObject({
  useDualstack: optional(boolean()),
  useFips: optional(boolean()),
  stsRegionalEndpoints: optional(picklist(['regional', 'legacy'])),
  endpointUrls: optional(record(text, text)),
  endpointUrlsFrom: optional(record(text, text)),
  conflictingRegions: optional(texts),
})

const proxySetting = looseObject({ url: text, from: text, noProxy: orNull(text) })

const vantage = looseObject({
  workload: orNull(text),
  signs: optional(array(looseObject({ workload: text, sign: text }))),
  region: orNull(text),
  regionFrom: optional(text),
  partition: optional(text, 'aws'),
  interfaces: optional(
    array(
      looseObject({ name: text, address: text, prefixLength: pipe(number(), minValue(0), maxValue(128)), mac: optional(text) }),
    ),
    [],
  ),
  defaultRoute: optional(nullable(looseObject({ gateway: text, interface: text }))),
  resolvers: optional(texts, []),
  searchDomains: optional(texts),
  ndots: optional(number()),
  proxy: orNull(proxySetting),
  httpProxy: optional(proxySetting),
  allProxy: optional(proxySetting),
  proxyProblem: optional(text),
  network: optional(network, {}),
  identity: orNull(looseObject({ arn: text, account: text, source: text })),
  credentials: optional(credentials),
  internet: optional(outcome, 'skipped'),
  clockSkewMs: orNull(number()),
  checks: optional(array(check)),
  sdk: optional(sdk),
  customCa: optional(texts),
  customCaProblems: optional(texts),
  stoppers: optional(texts),
  expect: optional(literal('closed')),
})

function observationOf<const L extends string, S extends Parameters<typeof answered>[1]>(
  layer: L,
  seen: S,
  someSeen: Parameters<typeof rejected>[1],
) {
  return variant('outcome', [answered(layer, seen), rejected(layer, someSeen), silent(layer, someSeen), skipped(layer)])
}

const observation = variant('layer', [
  observationOf('dns', dnsSeen, partial(dnsSeen)),
  observationOf('tcp', tcpSeen, partial(tcpSeen)),
  observationOf('tls', tlsSeen, partial(tlsSeen)),
  observationOf('http', httpSeen, partial(httpSeen)),
  observationOf('aws', awsSeen, partial(awsSeen)),
])

const target = looseObject({
  id: pipe(text, minLength(1)),
  kind: optional(picklist(['service', 'tcp', 'tls', 'https', 'resource'])),
  service: orNull(text),
  host: text,
  port: optional(pipe(number(), minValue(1), maxValue(65_535)), 443),
  region: orNull(text),
  wantedBy: optional(texts, ['command-line']),
  path: optional(text),
  scheme: optional(picklist(['tcp', 'tls', 'http', 'https'])),
  resource: optional(text),
  only: optional(picklist(['reach', 'name'])),
  without: optional(picklist(['fails', 'stalls', 'degrades'])),
  when: optional(text),
  note: optional(text),
  hostFrom: optional(text),
  packages: optional(
    looseObject({
      manager: text,
      role: text,
      configuredBy: text,
      isDefault: optional(literal(true)),
      credentials: optional(text),
      tokenExpiresAt: optional(text),
      isUnchecked: optional(literal(true)),
      proxy: optional(looseObject({ url: text, from: text })),
      foundBy: optional(text),
    }),
  ),
  verdict: optional(picklist(['healthy', 'denied', 'failing', 'unknown']), 'unknown'),
  via: optional(
    picklist(['interface-endpoint', 'gateway-endpoint', 'internet', 'proxy', 'private-network', 'unknown']),
    'unknown',
  ),
  hangs: optional(array(looseObject({ client: text, ms, how: text })), []),
  observations: pipe(array(observation), maxLength(1000)),
})

const evidence = looseObject({
  target: text,
  layer: picklist([...layers, 'vantage']),
  says: text,
  phrase: optional(
    looseObject({
      key: text,
      parts: optional(record(text, union([text, number()]))),
      inner: optional(record(text, array(looseObject({ key: text })))),
    }),
  ),
})

const cause = looseObject({
  cause: picklist(causeCodes),
  confidence: picklist(['certain', 'likely', 'possible']),
  evidence: array(evidence),
  against: array(evidence),
})

const finding = looseObject({
  id: text,
  severity: picklist(['error', 'warning']),
  targets: texts,
  causes: pipe(array(cause), minLength(1)),
  excluded: optional(array(looseObject({ cause: picklist(causeCodes), by: evidence }))),
  fix: looseObject({
    summary: text,
    steps: texts,
    snippets: looseObject({ cli: optional(text), terraform: optional(text), cloudformation: optional(text) }),
    docs: text,
  }),
  nextStep: nullable(looseObject({ summary: text, command: text })),
})

export const reportShape = looseObject({
  format: literal(reportFormat),
  run: optional(run, {}),
  vantage: optional(vantage, {}),
  targets: pipe(array(target), maxLength(10_000)),
  controlPlane: optional(controlPlaneShape),
  findings: optional(pipe(array(finding), maxLength(10_000)), []),
  unexplained: optional(texts, []),
  stuck: optional(stuck),
  why: optional(why),
})

/** The parts by name, for a schema that people can read. */
export const namedShapes = {
  run,
  network,
  vantage,
  check,
  observation,
  target,
  controlPlane: controlPlaneShape,
  evidence,
  cause,
  finding,
  stuck,
  ...whyShapes,
}

// Hanging connections as shapes: the same fields as model/stuck.ts.

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

const ms = pipe(number(), minValue(0))
const count = pipe(number(), minValue(0))
const port = pipe(number(), minValue(0), maxValue(65_535))

const process = looseObject({ pid: count, name: string(), command: string(), ageMs: optional(ms) })

const name = looseObject({
  host: string(),
  service: nullable(string()),
  from: picklist(['dns', 'hosts-file', 'link-local', 'proxy', 'resolver', 'reverse-dns', 'neighbour']),
})

const connection = looseObject({
  kind: picklist(['connecting', 'retransmitting', 'window-closed', 'dns-question']),
  protocol: picklist(['tcp', 'udp']),
  address: string(),
  port,
  sockets: count,
  atLeastMs: ms,
  retransmits: count,
  queuedBytes: optional(count),
  localPort: port,
  uid: count,
  process: nullable(process),
  processUnknown: optional(picklist(['other-user', 'not-found'])),
  namespaceOf: optional(count),
  names: array(name),
  target: nullable(string()),
  isOngoing: optional(boolean()),
})

export const stuck = looseObject({
  connections: pipe(array(connection), maxLength(10_000)),
  watchedMs: ms,
  leastMs: ms,
  openConnections: count,
  namespaces: count,
  naming: looseObject({ asked: count, dns: picklist(['answered', 'silent', 'not-asked']) }),
  command: optional(looseObject({ shown: string(), status: nullable(number()), signal: nullable(string()) })),
})

// What each layer can have seen, as shapes: the same fields as model/observation.ts.

import { array, boolean, looseObject, number, optional, picklist, string } from 'valibot'

const text = optional(string())
const count = optional(number())
const texts = optional(array(string()))
const nameKind = optional(picklist(['regional', 'global', 'dualstack', 'fips', 'dualstack-fips', 'legacy', 'parent', 'random']))

export const dnsSeen = looseObject({
  name: text,
  addresses: array(string()),
  resolver: string(),
  scope: optional(picklist(['vpc', 'private', 'public', 'link-local', 'loopback', 'unspecified', 'mixed'])),
  a: text,
  aaaa: text,
  ttlSeconds: count,
  cnames: texts,
  soa: optional(looseObject({ zone: string(), primary: string() })),
  tries: count,
  nameKind,
  transport: optional(picklist(['udp', 'tcp'])),
})

export const tcpSeen = looseObject({
  host: text,
  port: count,
  localAddress: text,
  localPort: count,
  tries: count,
  nameKind,
})

export const tlsSeen = looseObject({
  serverName: text,
  version: text,
  cipher: text,
  alpn: text,
  issuer: text,
  issuers: texts,
  subject: text,
  names: texts,
  validFrom: text,
  validTo: text,
  trusted: optional(boolean()),
  trustedBy: optional(picklist(['public', 'custom-ca'])),
  notVerifiedBy: optional(picklist(['AWS_CA_BUNDLE', 'ca_bundle', 'REQUESTS_CA_BUNDLE'])),
  untrustedBecause: text,
  helloBytes: count,
  firstBytes: text,
})

export const httpSeen = looseObject({
  method: text,
  path: text,
  status: number(),
  server: text,
  requestId: text,
  awsMarks: texts,
  contentType: text,
  location: text,
  date: text,
  clockSkewMs: count,
  bodyStart: text,
  requestBytes: count,
  index: optional(
    looseObject({
      form: string(),
      entries: count,
      hosts: texts,
      credentials: picklist(['sent', 'withheld', 'none']),
    }),
  ),
})

export const awsSeen = looseObject({
  action: text,
  signed: optional(boolean()),
  signingRegion: text,
  status: count,
  requestId: text,
  region: text,
  encodedMessage: optional(boolean()),
  resource: text,
  host: text,
  state: text,
  kmsKey: text,
  arn: text,
  account: text,
})

// What the control plane told, as a shape: the same fields as model/control-plane.ts. Lists are bounded, for a saved report may be
// of anybody's making, and the diagnosis walks them.

import {
  array,
  boolean,
  type GenericSchema,
  looseObject,
  maxLength,
  minValue,
  nullable,
  number,
  optional,
  picklist,
  pipe,
  string,
} from 'valibot'

/** More than AWS's quotas allow of anything that is asked for: of things, of rules in one of them, of entries in a network ACL. */
const most = 5000
const mostRules = 1500
const mostEntries = 200
const mostGroups = 64

const text = string()
const texts = pipe(array(text), maxLength(most))
const ms = pipe(number(), minValue(0))
const listOf = <S extends GenericSchema>(shape: S) => optional(pipe(array(shape), maxLength(most)))
const count = optional(number())

const call = looseObject({
  action: text,
  host: optional(text),
  outcome: picklist(['answered', 'rejected', 'silent', 'skipped']),
  code: optional(text),
  message: optional(text),
  because: optional(picklist(['below-failed', 'not-asked', 'no-time', 'no-credentials'])),
  startMs: optional(ms),
  durationMs: optional(ms),
  about: optional(texts),
})

const vpc = looseObject({
  id: text,
  owner: optional(text),
  cidrs: texts,
  dnsSupport: optional(boolean()),
  dnsHostnames: optional(boolean()),
  dhcpOptions: optional(text),
})

const subnet = looseObject({ id: text, vpc: text, cidrs: texts, zone: text })

const routeTable = looseObject({
  id: text,
  vpc: text,
  isMain: boolean(),
  subnets: texts,
  routes: pipe(array(looseObject({ to: text, via: text, isBlackhole: boolean() })), maxLength(mostRules)),
})

const port = optional(pipe(number(), minValue(0)))

const groupRule = looseObject({ id: optional(text), protocol: text, fromPort: port, toPort: port, peers: texts })

const securityGroup = looseObject({
  id: text,
  name: optional(text),
  vpc: optional(text),
  ingress: pipe(array(groupRule), maxLength(mostRules)),
  egress: pipe(array(groupRule), maxLength(mostRules)),
})

const aclEntry = looseObject({
  number: number(),
  direction: picklist(['ingress', 'egress']),
  action: picklist(['allow', 'deny']),
  protocol: text,
  cidr: text,
  fromPort: port,
  toPort: port,
})

const networkAcl = looseObject({
  id: text,
  isDefault: optional(boolean()),
  subnets: texts,
  entries: pipe(array(aclEntry), maxLength(mostEntries)),
})

const networkInterface = looseObject({
  id: text,
  vpc: text,
  subnet: text,
  addresses: texts,
  groups: pipe(array(text), maxLength(mostGroups)),
  publicAddress: optional(text),
  mac: optional(text),
  type: optional(text),
  description: optional(text),
  instance: optional(text),
  requester: optional(text),
  owner: optional(text),
})

const endpoint = looseObject({
  id: text,
  type: text,
  service: text,
  vpc: text,
  state: text,
  privateDns: optional(boolean()),
  subnets: optional(texts),
  groups: optional(texts),
  routeTables: optional(texts),
  interfaces: optional(texts),
  dnsNames: optional(texts),
  addressType: optional(text),
  policy: optional(text),
})

const instance = looseObject({
  id: text,
  state: text,
  addresses: texts,
  subnet: optional(text),
  groups: optional(texts),
  stateReason: optional(text),
  changedAt: optional(text),
  scalingGroup: optional(text),
  statusChecks: optional(text),
})

const database = looseObject({
  id: text,
  isCluster: boolean(),
  engine: optional(text),
  status: text,
  host: optional(text),
  port,
  otherHosts: optional(texts),
  arn: optional(text),
  groups: optional(texts),
  subnets: optional(texts),
  startsAgainAt: optional(text),
  maintenanceWindow: optional(text),
  pendingMaintenance: optional(texts),
})

const containerService = looseObject({
  cluster: text,
  service: text,
  status: text,
  isDaemon: optional(boolean()),
  min: count,
  max: count,
  desired: number(),
  running: number(),
  pending: number(),
  events: pipe(array(looseObject({ at: optional(text), says: text })), maxLength(most)),
  stopped: listOf(looseObject({ task: text, code: optional(text), reason: text, at: optional(text) })),
})

const scalingGroup = looseObject({
  name: text,
  min: number(),
  max: number(),
  desired: number(),
  inService: number(),
  suspended: optional(texts),
})

const schedule = looseObject({
  name: text,
  actsOn: text,
  from: text,
  expression: optional(text),
  timeZone: optional(text),
  nextAt: optional(text),
  lastAt: optional(text),
  min: count,
  max: count,
  desired: count,
})

const activity = looseObject({
  of: text,
  at: text,
  says: text,
  bySchedule: optional(boolean()),
  schedule: optional(text),
  toZero: optional(boolean()),
  toMore: optional(boolean()),
})

export const controlPlaneShape = looseObject({
  asked: pipe(array(call), maxLength(most)),
  vpcs: listOf(vpc),
  subnets: listOf(subnet),
  routeTables: listOf(routeTable),
  securityGroups: listOf(securityGroup),
  networkAcls: listOf(networkAcl),
  interfaces: listOf(networkInterface),
  endpoints: listOf(endpoint),
  prefixLists: listOf(looseObject({ id: text, name: text, cidrs: optional(texts) })),
  dhcpOptions: listOf(looseObject({ id: text, nameServers: texts, domainName: optional(text) })),
  instances: listOf(instance),
  databases: listOf(database),
  containerServices: listOf(containerService),
  groups: listOf(scalingGroup),
  schedules: listOf(schedule),
  activities: listOf(activity),
  bucketPolicies: listOf(looseObject({ resource: text, policy: nullable(text) })),
})

// What markdown, HTML and JUnit say beside the sentences of the text rendering, in English. Findings bring their own words.

import type { Language, Layer, Outcome, Severity, Verdict } from '@eniprobe/core'
import type { Role } from '../render/role.ts'

const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`

export const formatsEn = {
  language: 'en' as Language,

  /** Who can do what a finding asks for. */
  roles: {
    network: 'the network team (VPC, endpoints, security groups, routes)',
    firewall: 'the firewall or proxy team',
    dns: 'whoever runs DNS for this VPC',
    iam: 'whoever manages IAM for this account',
    organization: 'whoever manages the AWS organization',
    resource: 'the owner of the resource',
    packages: 'the owner of the package repository',
    server: 'the owner of the server',
    workload: 'whoever runs this workload',
    security: 'the security team',
  } satisfies Record<Role, string>,

  severity: { error: 'Error', warning: 'Warning' } satisfies Record<Severity, string>,
  outcomes: { answered: 'answered', rejected: 'rejected', silent: 'silent', skipped: 'not tried' } satisfies Record<
    Outcome,
    string
  >,

  /** Labels that several formats share. */
  labels: {
    cause: 'Cause',
    confidence: 'Confidence',
    targets: 'Targets',
    askedOf: 'Asked of',
    effect: 'Effect',
    proof: 'What proves it',
    against: 'What speaks against it',
    also: 'Besides',
    or: 'It could also be',
    excluded: 'Ruled out',
    fix: 'What is asked',
    next: 'What would settle it',
    docs: 'Documentation',
    from: 'From',
    to: 'To',
    port: 'Port',
    seen: 'Seen',
    resources: 'Resources involved',
    target: 'Target',
    verdict: 'Verdict',
    path: 'Path',
    unexplained: 'Unexplained',
    snippets: { cli: 'Command', terraform: 'Terraform', cloudformation: 'CloudFormation' },
  },
  further: (n: number) => `and ${n} more`,
  noCauseKnown: 'This fails, and no cause that eniprobe knows fits what was seen.',
  inSubnet: (cidr: string) => `subnet ${cidr}`,
  withGroups: (groups: string) => `security group ${groups}`,

  /** Named things that the control plane told. */
  resource: {
    endpoint: (type: string, service: string, state: string) => `${type} endpoint of ${service}, ${state}`,
    privateDns: (on: boolean): string => (on ? 'private DNS on' : 'private DNS off'),
    groups: (ids: string) => `security groups ${ids}`,
    subnets: (ids: string) => `subnets ${ids}`,
    routeTables: (ids: string) => `route tables ${ids}`,
    instance: (state: string) => `instance, ${state}`,
    database: (status: string) => `database, ${status}`,
    containers: (running: number, desired: number) => `service, ${running} of ${desired} tasks running`,
  },

  markdown: {
    title: (from: string) => `Network access from ${from}`,
    titleBare: 'Network access',
    asked: 'What is asked',
    number: 'No.',
    connections: 'Connections',
    stood: 'Where this stands',
    item: 'Item',
    value: 'Value',
    repeat: 'How to repeat this',
    repeatBody: 'In the same place, with the same role:',
    run: (version: string, startedAt: string, took: string) => `Seen by eniprobe ${version} at ${startedAt}, in ${took}.`,
    everything: 'Everything observed',
  },

  html: {
    title: (region: string) => `eniprobe report, ${region}`,
    skip: 'Skip to the findings',
    made: (version: string) => `eniprobe ${version}`,
    took: (time: string) => `took ${time}`,
    filter: 'Show',
    all: 'All',
    search: 'Find a target',
    searchHint: 'name, host or cause',
    noMatch: 'Nothing matches.',
    picture: 'The path',
    pictureTitle: 'Network path from this machine to each target',
    pictureWords: 'The picture in words',
    findings: 'Findings',
    noFindings: 'No finding: every target that was looked at is healthy.',
    targets: 'Targets',
    waterfall: 'Timeline',
    waterfallHint: (total: string) =>
      `From the start of the run to ${total}. The axis is a square root: the first milliseconds are drawn wide, the seconds narrow.`,
    extra: 'thin bars: further tests',
    stands: 'Where this stands',
    hangs: 'What your own client would sit through',
    notes: 'Notes',
    observations: (n: number) => `${count(n, 'observation')} in order of time`,
    at: 'At',
    layer: 'Layer',
    what: 'What was seen',
    copy: 'Copy',
    copied: 'Copied',
    copyByHand: 'Selected: press Ctrl+C',
    excludedCount: (n: number) => `${count(n, 'other cause')} ruled out`,
    snippetOf: (kind: string) => `${kind}, to paste`,
    footer: 'One file, without any request to a network. Made by eniprobe.',
    legend: {
      answered: 'answered',
      denied: 'answered, but denied',
      stopped: 'fails: where it stops is marked',
      unknown: 'not judged',
    },
    verdictMeans: {
      healthy: 'every layer answers',
      denied: 'reachable, and AWS says no',
      failing: 'does not work from here',
      unknown: 'could not be judged',
    } satisfies Record<Verdict, string>,
  },

  picture: {
    region: (region: string) => `AWS region ${region}`,
    regionUnknown: 'AWS region not known',
    vpc: 'VPC',
    subnet: 'Subnet',
    workload: 'This workload',
    resolver: 'DNS server',
    proxy: 'Proxy',
    internet: 'Internet',
    gateway: 'Gateway endpoint',
    endpoint: 'Interface endpoint',
    inVpc: 'Private address',
    privateElsewhere: 'Private address outside the VPC',
    publicAddress: 'Public address',
    unresolved: 'No address',
    behindProxy: 'Behind the proxy',
    thisNetwork: 'This network',
    stops: {
      dns: 'DNS',
      tcp: 'TCP',
      tls: 'TLS',
      http: 'HTTP',
      aws: 'AWS',
    } satisfies Record<Layer, string>,
    silenceBegins: (layer: string) => `${layer}: silence begins here`,
    refusedHere: (layer: string) => `${layer}: refused here`,
    deniedHere: (layer: string) => `${layer}: denied`,
    allWell: 'answers',
    answersWrong: 'answers, but wrongly',
    unfinished: 'not judged',
    and: (n: number) => `+ ${n} more`,
    internetSays: { answered: 'reachable', rejected: 'refused', silent: 'silent', skipped: 'not looked at' } satisfies Record<
      Outcome,
      string
    >,
    inWords: (zone: string, names: string, state: string) => `${zone}: ${names}: ${state}.`,
    from: (who: string) => `Starts at ${who}.`,
  },

  junit: {
    unjudged: 'could not be judged',
    unexplained: 'fails, and no known cause fits what was seen',
    warningOnly: (title: string) => `warning: ${title}`,
    hint: (words: string) => `Next: ${words}`,
    fix: 'Fix',
    proof: 'Because',
    also: 'Besides',
    or: 'Or else',
    layers: 'Layers',
  },
}

export type FormatMessages = typeof formatsEn

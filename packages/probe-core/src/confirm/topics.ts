// What can be asked of the control plane, by topic: the questions, in which order, and how each answer is read.

import type { ControlQuestion } from './ask.ts'
import type { Body } from './read-body.ts'
import { textOf } from './read-body.ts'
import * as read from './read-network.ts'
import {
  deniedBuckets,
  groupsOf,
  ownAddresses,
  ownInterface,
  privateAddresses,
  type Situation,
  subnetsOf,
  vpcOf,
} from './situation.ts'

/** `service:Operation`, which is what IAM calls every one of these. */
type TopicAction = `${'ec2' | 's3'}:${string}`

interface Asked<Action extends TopicAction> extends ControlQuestion {
  readonly action: Action
}

export interface TopicQuestion<Action extends TopicAction = TopicAction> {
  readonly ask: Asked<Action>
  readonly read: (body: Body) => read.Told
  /** AWS's codes that are an answer too: there is no such thing. */
  readonly none?: { readonly code: RegExp; readonly told: read.Told }
  /** Asked instead where this one is denied: whoever may ask this one never asks that. */
  readonly orElse?: TopicQuestion
}

export interface Topic {
  /** The permissions that its questions need: no question is asked by another name. */
  readonly actions: readonly TopicAction[]
  /** Topics whose answers its questions are made of: asked before it, if they are asked at all. */
  readonly after: readonly string[]
  readonly questions: (situation: Situation) => readonly TopicQuestion[]
}

/** The compiler refuses a question whose action is not named. */
function topic<const Action extends TopicAction>(
  actions: readonly Action[],
  after: readonly string[],
  questions: (situation: Situation) => readonly TopicQuestion<NoInfer<Action>>[],
): Topic {
  return { actions, after, questions }
}

const ec2 = <const Operation extends string>(
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
  about?: readonly string[],
): Asked<`ec2:${Operation}`> => ({
  action: `ec2:${operation}`,
  service: 'ec2',
  operation,
  input,
  ...(about && { about }),
})

/** One filter of a query, spelled as EC2 does. */
function filter(name: string, values: readonly string[], at = 1): Record<string, string> {
  return Object.fromEntries([
    [`Filter.${at}.Name`, name],
    ...values.map((value, index) => [`Filter.${at}.Value.${index + 1}`, value]),
  ])
}

/** A question about the whole VPC: none while it is not known which one that is. */
const aboutVpc = <const Operation extends string>(operation: Operation, answer: (body: Body) => read.Told): Topic =>
  topic([`ec2:${operation}`], ['interfaces', 'own-interface'], situation => {
    const vpc = vpcOf(situation)
    return vpc === undefined ? [] : [{ ask: ec2(operation, filter('vpc-id', [vpc]), [vpc]), read: answer }]
  })

export const topics = {
  interfaces: topic(['ec2:DescribeNetworkInterfaces'], [], situation => {
    const { vpc } = situation.report.vantage.network
    const all = [...new Set([...ownAddresses(situation), ...privateAddresses(situation)])]
    const families = [
      ['addresses.private-ip-address', all.filter(a => !a.includes(':'))],
      ['ipv6-addresses.ipv6-address', all.filter(a => a.includes(':'))],
    ] as const
    return families
      .filter(([, values]) => values.length > 0)
      .map(([name, values]) => ({
        ask: ec2(
          'DescribeNetworkInterfaces',
          { ...filter(name, values), ...(vpc === null ? {} : filter('vpc-id', [vpc], 2)) },
          values,
        ),
        read: read.readInterfaces,
      }))
  }),
  /** In a container this machine's addresses may be none of the VPC's: then metadata's word for the ENI is taken. */
  'own-interface': topic(['ec2:DescribeNetworkInterfaces'], ['interfaces'], situation => {
    const { eni } = situation.report.vantage.network
    if (eni === null || ownInterface(situation) !== undefined) return []
    return [{ ask: ec2('DescribeNetworkInterfaces', filter('network-interface-id', [eni]), [eni]), read: read.readInterfaces }]
  }),
  endpoints: aboutVpc('DescribeVpcEndpoints', read.readEndpoints),
  'dns-attributes': topic(['ec2:DescribeVpcAttribute'], ['interfaces', 'own-interface'], situation => {
    const vpc = vpcOf(situation)
    if (vpc === undefined) return []
    return ['enableDnsSupport', 'enableDnsHostnames'].map(name => ({
      ask: ec2('DescribeVpcAttribute', { VpcId: vpc, Attribute: name }, [vpc, name]),
      read: body => read.readDnsAttribute(body, vpc),
    }))
  }),
  routes: aboutVpc('DescribeRouteTables', read.readRouteTables),
  vpcs: aboutVpc('DescribeVpcs', read.readVpcs),
  subnets: topic(['ec2:DescribeSubnets'], ['interfaces', 'own-interface'], situation => {
    const ids = subnetsOf(situation)
    return ids.length === 0 ? [] : [{ ask: ec2('DescribeSubnets', filter('subnet-id', ids), ids), read: read.readSubnets }]
  }),
  acls: topic(['ec2:DescribeNetworkAcls'], ['interfaces', 'own-interface'], situation => {
    const ids = subnetsOf(situation)
    if (ids.length === 0) return []
    return [{ ask: ec2('DescribeNetworkAcls', filter('association.subnet-id', ids), ids), read: read.readNetworkAcls }]
  }),
  groups: topic(['ec2:DescribeSecurityGroups'], ['interfaces', 'own-interface', 'endpoints'], situation => {
    const ids = groupsOf(situation)
    if (ids.length === 0) return []
    const rules = ec2('DescribeSecurityGroupRules', filter('group-id', ids), ids)
    return [
      {
        ask: ec2('DescribeSecurityGroups', filter('group-id', ids), ids),
        read: read.readSecurityGroups,
        orElse: { ask: rules, read: body => read.readSecurityGroupRules(body, ids) },
      },
    ]
  }),
  'prefix-lists': topic(['ec2:DescribePrefixLists'], ['routes', 'groups'], situation => {
    const ids = namedLists(situation)
    if (ids.length === 0) return []
    return [{ ask: ec2('DescribePrefixLists', filter('prefix-list-id', ids), ids), read: read.readPrefixLists }]
  }),
  /** Lists of the customer's own, which the call before does not tell. */
  'managed-prefix-lists': topic(['ec2:GetManagedPrefixListEntries'], ['prefix-lists'], situation =>
    namedLists(situation)
      .filter(id => !situation.told.prefixLists?.some(list => list.id === id))
      .slice(0, 5)
      .map(id => ({
        ask: ec2('GetManagedPrefixListEntries', { PrefixListId: id }, [id]),
        read: body => read.readPrefixListEntries(body, id),
      })),
  ),
  dhcp: topic(['ec2:DescribeDhcpOptions'], ['vpcs'], situation => {
    const id = situation.told.vpcs?.find(vpc => vpc.id === vpcOf(situation))?.dhcpOptions
    // "default" stands for AmazonProvidedDNS without a set of options of its own.
    if (id === undefined || id === 'default') return []
    return [{ ask: ec2('DescribeDhcpOptions', { 'DhcpOptionsId.1': id }, [id]), read: read.readDhcpOptions }]
  }),
  'bucket-policies': topic(['s3:GetBucketPolicy'], [], situation =>
    [...new Set(deniedBuckets(situation))].slice(0, 5).map(bucket => ({
      ask: {
        action: 's3:GetBucketPolicy',
        service: 's3',
        operation: 'GetBucketPolicy',
        input: { Bucket: bucket },
        about: [bucket],
      },
      read: body => {
        const policy = textOf(body.Policy)
        return policy === undefined ? {} : { bucketPolicies: [{ resource: bucket, policy }] }
      },
      none: { code: /^NoSuchBucketPolicy$/, told: { bucketPolicies: [{ resource: bucket, policy: null }] } },
    })),
  ),
}

export type TopicName = keyof typeof topics

/** What this phase may ask of EC2, and of a bucket that turned a call down. */
export const topicActions: readonly TopicAction[] = [...new Set(Object.values(topics).flatMap(({ actions }) => actions))].sort()

function namedLists({ told }: Situation): readonly string[] {
  const named = [
    ...(told.routeTables ?? []).flatMap(table => table.routes.map(route => route.to)),
    ...(told.securityGroups ?? []).flatMap(group => [...group.ingress, ...group.egress].flatMap(rule => rule.peers)),
  ]
  return [...new Set(named.filter(name => name.startsWith('pl-')))].slice(0, 50)
}

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

export interface TopicQuestion {
  readonly ask: ControlQuestion
  readonly read: (body: Body) => read.Told
  /** AWS's codes that are an answer too: there is no such thing. */
  readonly none?: { readonly code: RegExp; readonly told: read.Told }
  /** Asked instead when this one is refused. */
  readonly orElse?: TopicQuestion
}

export interface Topic {
  /** Topics whose answers its questions are made of: asked before it, if they are asked at all. */
  readonly after: readonly string[]
  readonly questions: (situation: Situation) => readonly TopicQuestion[]
}

const ec2 = (operation: string, input: Readonly<Record<string, unknown>>, about?: readonly string[]): ControlQuestion => ({
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
const aboutVpc =
  (operation: string, answer: (body: Body) => read.Told): Topic['questions'] =>
  situation => {
    const vpc = vpcOf(situation)
    return vpc === undefined ? [] : [{ ask: ec2(operation, filter('vpc-id', [vpc]), [vpc]), read: answer }]
  }

export const topics = {
  interfaces: {
    after: [],
    questions: situation => {
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
    },
  },
  /** In a container this machine's addresses may be none of the VPC's: then metadata's word for the ENI is taken. */
  'own-interface': {
    after: ['interfaces'],
    questions: situation => {
      const { eni } = situation.report.vantage.network
      if (eni === null || ownInterface(situation) !== undefined) return []
      return [{ ask: ec2('DescribeNetworkInterfaces', filter('network-interface-id', [eni]), [eni]), read: read.readInterfaces }]
    },
  },
  endpoints: { after: ['interfaces', 'own-interface'], questions: aboutVpc('DescribeVpcEndpoints', read.readEndpoints) },
  'dns-attributes': {
    after: ['interfaces', 'own-interface'],
    questions: situation => {
      const vpc = vpcOf(situation)
      if (vpc === undefined) return []
      return ['enableDnsSupport', 'enableDnsHostnames'].map(name => ({
        ask: ec2('DescribeVpcAttribute', { VpcId: vpc, Attribute: name }, [vpc, name]),
        read: body => read.readDnsAttribute(body, vpc),
      }))
    },
  },
  routes: { after: ['interfaces', 'own-interface'], questions: aboutVpc('DescribeRouteTables', read.readRouteTables) },
  vpcs: { after: ['interfaces', 'own-interface'], questions: aboutVpc('DescribeVpcs', read.readVpcs) },
  subnets: {
    after: ['interfaces', 'own-interface'],
    questions: situation => {
      const ids = subnetsOf(situation)
      return ids.length === 0 ? [] : [{ ask: ec2('DescribeSubnets', filter('subnet-id', ids), ids), read: read.readSubnets }]
    },
  },
  acls: {
    after: ['interfaces', 'own-interface'],
    questions: situation => {
      const ids = subnetsOf(situation)
      if (ids.length === 0) return []
      return [{ ask: ec2('DescribeNetworkAcls', filter('association.subnet-id', ids), ids), read: read.readNetworkAcls }]
    },
  },
  groups: {
    after: ['interfaces', 'own-interface', 'endpoints'],
    questions: situation => {
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
    },
  },
  'prefix-lists': {
    after: ['routes', 'groups'],
    questions: situation => {
      const ids = namedLists(situation)
      if (ids.length === 0) return []
      return [{ ask: ec2('DescribePrefixLists', filter('prefix-list-id', ids), ids), read: read.readPrefixLists }]
    },
  },
  /** Lists of the customer's own, which the call before does not tell. */
  'managed-prefix-lists': {
    after: ['prefix-lists'],
    questions: situation =>
      namedLists(situation)
        .filter(id => !situation.told.prefixLists?.some(list => list.id === id))
        .slice(0, 5)
        .map(id => ({
          ask: ec2('GetManagedPrefixListEntries', { PrefixListId: id }, [id]),
          read: body => read.readPrefixListEntries(body, id),
        })),
  },
  dhcp: {
    after: ['vpcs'],
    questions: situation => {
      const id = situation.told.vpcs?.find(vpc => vpc.id === vpcOf(situation))?.dhcpOptions
      // "default" stands for AmazonProvidedDNS without a set of options of its own.
      if (id === undefined || id === 'default') return []
      return [{ ask: ec2('DescribeDhcpOptions', { 'DhcpOptionsId.1': id }, [id]), read: read.readDhcpOptions }]
    },
  },
  'bucket-policies': {
    after: [],
    questions: situation =>
      [...new Set(deniedBuckets(situation))].slice(0, 5).map(bucket => ({
        ask: { service: 's3', operation: 'GetBucketPolicy', input: { Bucket: bucket }, about: [bucket] },
        read: body => {
          const policy = textOf(body.Policy)
          return policy === undefined ? {} : { bucketPolicies: [{ resource: bucket, policy }] }
        },
        none: { code: /^NoSuchBucketPolicy$/, told: { bucketPolicies: [{ resource: bucket, policy: null }] } },
      })),
  },
} satisfies Record<string, Topic>

export type TopicName = keyof typeof topics

function namedLists({ told }: Situation): readonly string[] {
  const named = [
    ...(told.routeTables ?? []).flatMap(table => table.routes.map(route => route.to)),
    ...(told.securityGroups ?? []).flatMap(group => [...group.ingress, ...group.egress].flatMap(rule => rule.peers)),
  ]
  return [...new Set(named.filter(name => name.startsWith('pl-')))].slice(0, 50)
}

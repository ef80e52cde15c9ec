// Entries of network ACLs, both ways: they are stateless. Where the ACLs were told, those that are missing and no more, with a
// number before the one that denies; where not, the four of the general case with placeholders.

import type { ControlPlane, NetworkAclEntry } from '../../model/control-plane.ts'
import type { Fix } from '../../model/finding.ts'
import { flowTo } from '../path/flows.ts'
import { placeOf } from '../path/place.ts'
import { acls, type Own } from '../path/steps.ts'
import type { NetworkView, TargetView } from '../view.ts'
import { addressOr, cidrOr, type Ids, idOr, withoutRepeats } from './ids.ts'
import { sh } from './shell.ts'
import { cloudFormation, type Resource, terraform, type Value } from './templates.ts'
import { toldOf } from './told-ids.ts'

interface Entry {
  readonly acl: string
  readonly way: 'ingress' | 'egress'
  readonly number: number | string
  readonly ports: readonly [number, number]
  readonly cidr: string
}

/** Every client's: Linux takes 32768–60999, NAT gateways and load balancers 1024–65535. */
const replies = [1024, 65_535] as const
const mostEntries = 12

export function aclSnippets(ids: Ids, targets: readonly TargetView[], network: NetworkView): Fix['snippets'] {
  const told = network.report.controlPlane
  const own = placeOf(network)
  const known = told && own ? missingEntries(targets, network, told, own) : []
  const entries = known.length > 0 ? known : usualEntries(ids, targets)
  return {
    cli: entries.map(entry => commandOf(ids.region, entry)).join('\n'),
    terraform: terraform(entries.map(terraformOf)),
    cloudformation: cloudFormation(entries.map(cloudFormationOf)),
  }
}

function commandOf(region: string, { acl, way, number, ports, cidr }: Entry): string {
  const family = cidr.includes(':') ? '--ipv6-cidr-block' : '--cidr-block'
  return `${sh`aws ec2 create-network-acl-entry --region ${region} --network-acl-id ${acl} --${way} --rule-number ${number}`} ${sh`--protocol tcp --port-range From=${ports[0]},To=${ports[1]}`} ${family} ${sh`${cidr} --rule-action allow`}`
}

function terraformOf({ acl, way, number, ports, cidr }: Entry): Resource {
  return {
    type: 'aws_network_acl_rule',
    name: `${way}_${ports[0]}`,
    has: {
      network_acl_id: acl,
      rule_number: number,
      egress: way === 'egress',
      protocol: 'tcp',
      rule_action: 'allow',
      ...(cidr.includes(':') ? { ipv6_cidr_block: cidr } : { cidr_block: cidr }),
      from_port: ports[0],
      to_port: ports[1],
    },
  }
}

function cloudFormationOf({ acl, way, number, ports, cidr }: Entry): Resource {
  return {
    type: 'AWS::EC2::NetworkAclEntry',
    name: `${way === 'egress' ? 'Egress' : 'Ingress'}${ports[0]}`,
    has: {
      NetworkAclId: acl,
      RuleNumber: number,
      Egress: way === 'egress',
      Protocol: 6,
      RuleAction: 'allow',
      ...((cidr.includes(':') ? { Ipv6CidrBlock: cidr } : { CidrBlock: cidr }) as { [name: string]: Value }),
      PortRange: { From: ports[0], To: ports[1] },
    },
  }
}

function usualEntries(ids: Ids, targets: readonly TargetView[]): readonly Entry[] {
  const number = '<free-rule-number-before-the-deny>'
  const near = '<network-acl-id-of-this-subnet>'
  const far = '<network-acl-id-of-the-target-subnet>'
  return withoutRepeats(
    targets.flatMap((target): Entry[] => {
      const there = [target.target.port, target.target.port] as const
      const to = target.isPublic ? '<public-range-of-the-service>' : '<cidr-of-the-target-subnet>'
      return [
        { acl: near, way: 'egress', number, ports: there, cidr: to },
        { acl: near, way: 'ingress', number, ports: replies, cidr: to },
        ...(target.isPublic
          ? []
          : [
              { acl: far, way: 'ingress', number, ports: there, cidr: ids.ownCidr } as const,
              { acl: far, way: 'egress', number, ports: replies, cidr: ids.ownCidr } as const,
            ]),
      ]
    }),
  )
}

/** Adds what is missing, looks again, until configuration lets every silent connection pass. */
function missingEntries(targets: readonly TargetView[], network: NetworkView, told: ControlPlane, own: Own): readonly Entry[] {
  let now = told
  const added: Entry[] = []
  for (const target of targets) {
    for (const { address, outcome } of target.addresses) {
      if (outcome !== 'silent') continue
      for (let round = 0; round < mostEntries && added.length < mostEntries; round += 1) {
        const step = acls(flowTo(target, address), { told: now, own, known: network.known })
        if (!('cite' in step) || step.is === 'open' || step.cite.kind !== 'acl' || step.cite.entry === undefined) break
        const { acl, way, ports, entry, peer } = step.cite
        const number = freeNumber(now, acl, way, entry.number)
        const cidr = rangeOf(peer, target, entry, now)
        if (number === undefined || cidr === undefined || idOr(acl, undefined) === undefined) break
        const passing = ports[0] === target.target.port && ports[1] === target.target.port ? ports : replies
        added.push({ acl, way, number, ports: passing, cidr })
        now = withEntry(now, acl, {
          number,
          direction: way,
          action: 'allow',
          protocol: '6',
          cidr,
          fromPort: passing[0],
          toPort: passing[1],
        })
      }
    }
  }
  // An entry that a later one comes before, for the same packets, is needed no more.
  return added.filter((one, index) => !added.slice(index + 1).some(later => isSame(one, later)))
}

function isSame(one: Entry, other: Entry): boolean {
  return one.acl === other.acl && one.way === other.way && one.cidr === other.cidr && one.ports[0] === other.ports[0]
}

function freeNumber(told: ControlPlane, acl: string, way: Entry['way'], before: number): number | undefined {
  const entries = told.networkAcls?.find(one => one.id === acl)?.entries ?? []
  const taken = new Set(entries.filter(e => e.direction === way).map(e => e.number))
  for (let number = Math.min(before - 1, 32_766); number > 0 && number > before - 1000; number -= 1)
    if (!taken.has(number)) return number
  return undefined
}

/** What the entry that denies names, unless that is everything: then the subnet of the peer, or the service's range it is of. */
function rangeOf(peer: string, target: TargetView, entry: NetworkAclEntry, told: ControlPlane): string | undefined {
  const address = addressOr(peer, undefined)
  if (address === undefined) return undefined
  const { known } = target.network
  const holds = (cidr: string) => known.isInside(address, cidr)
  const isAll = entry.cidr === '0.0.0.0/0' || entry.cidr === '::/0'
  const listed = toldOf(target).prefixList?.cidrs?.find(holds)
  const narrow = (isAll ? undefined : entry.cidr) ?? told.subnets?.flatMap(s => s.cidrs).find(holds) ?? listed
  return cidrOr(narrow, `${address}/${address.includes(':') ? 128 : 32}`)
}

function withEntry(told: ControlPlane, acl: string, entry: NetworkAclEntry): ControlPlane {
  return {
    ...told,
    networkAcls: (told.networkAcls ?? []).map(one => (one.id === acl ? { ...one, entries: [...one.entries, entry] } : one)),
  }
}

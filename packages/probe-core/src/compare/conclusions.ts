// What it says that a target works in one place and not in another. Each place is its own control: whatever both share cannot
// be the cause. It narrows and never proves: what is not known to be the same counts as different.

import type { CauseCode } from '../model/cause.ts'
import type { SeenTarget } from '../model/comparison.ts'
import type { Report } from '../model/report.ts'
import { isSame } from './places.ts'
import { kindOf } from './seen.ts'
import type { Words } from './words.ts'

export interface Side {
  readonly letter: string
  readonly report: Report
  readonly seen: SeenTarget
}

interface Drawn {
  readonly words: Words
  readonly causes: readonly CauseCode[]
  readonly ruledOut: readonly CauseCode[]
}

/** `good` works, or at least gets further than `bad`. */
export function conclude(good: Side, bad: Side, host: string): Drawn {
  const { stopped } = bad.seen
  const own = bad.seen.cause === null ? [] : [bad.seen.cause]
  const parts = { good: good.letter, bad: bad.letter, host }
  switch (stopped?.layer) {
    case 'dns':
      return nameFails(good, bad, parts)
    case 'tcp':
      if (kindOf(good.seen.scope) === 'private' && kindOf(bad.seen.scope) === 'public') return otherAnswer(good, bad, parts)
      return noConnection(good, bad, parts)
    case 'tls':
      return {
        words: { key: 'tls.path', parts },
        causes: unique([...own, 'tls-inspected', 'firewall-drops-name', 'path-mtu']),
        ruledOut: [],
      }
    case 'aws':
      return refused(good, bad, parts, own)
    default:
      return { words: { key: 'other', parts }, causes: own, ruledOut: [] }
  }
}

type Parts = Readonly<Record<'good' | 'bad' | 'host', string>>

/** Private here, public there. */
function otherAnswer(good: Side, bad: Side, parts: Parts): Drawn {
  const vpc = isSame('vpc', good.report, bad.report)
  const resolvers = isSame('resolvers', good.report, bad.report)
  if (vpc === 'other')
    return {
      words: { key: 'dns.otherVpc', parts },
      causes: ['interface-endpoint-missing', 'private-dns-disabled'],
      ruledOut: [],
    }
  if (vpc === 'same' && resolvers === 'other')
    return {
      words: { key: 'dns.otherResolver', parts },
      causes: ['custom-dns-bypasses-vpc', 'private-dns-disabled'],
      ruledOut: [],
    }
  if (vpc === 'same' && resolvers === 'same')
    return {
      words: { key: 'dns.changed', parts },
      causes: ['interface-endpoint-missing', 'private-dns-disabled', 'hosts-file-overrides'],
      ruledOut: [],
    }
  return {
    words: { key: 'dns.otherPlace', parts },
    causes: ['interface-endpoint-missing', 'private-dns-disabled', 'custom-dns-bypasses-vpc'],
    ruledOut: [],
  }
}

function nameFails(good: Side, bad: Side, parts: Parts): Drawn {
  const own = bad.seen.cause === null ? [] : [bad.seen.cause]
  if (isSame('resolvers', good.report, bad.report) === 'other')
    return {
      words: { key: 'dns.resolverFails', parts },
      causes: unique([...own, bad.seen.stopped?.outcome === 'silent' ? 'dns-server-unreachable' : 'custom-dns-bypasses-vpc']),
      ruledOut: [],
    }
  if (isSame('vpc', good.report, bad.report) === 'other')
    return { words: { key: 'dns.zoneOfVpc', parts }, causes: unique([...own, 'private-zone-shadows']), ruledOut: [] }
  return { words: { key: 'dns.fails', parts }, causes: own, ruledOut: [] }
}

/** The name leads to an address alike, and only one of them gets through. */
function noConnection(good: Side, bad: Side, parts: Parts): Drawn {
  const subnet = isSame('subnet', good.report, bad.report)
  const groups = isSame('securityGroups', good.report, bad.report)
  const isPublic = kindOf(bad.seen.scope) === 'public'
  const shared = good.seen.addresses.some(address => bad.seen.addresses.includes(address))
  const alive: CauseCode[] = ['nothing-listens', 'endpoint-not-ready']
  if (isPublic) {
    const byInternet = good.seen.via === 'internet'
    if (byInternet)
      return {
        words: { key: 'tcp.internetThere', parts },
        causes: ['internet-not-reachable', 'gateway-endpoint-missing', 'interface-endpoint-missing'],
        ruledOut: [],
      }
    if (subnet === 'same')
      return {
        words: { key: 'tcp.groups', parts },
        causes: ['eni-security-group', 'gateway-endpoint-missing', 'network-acl'],
        ruledOut: [],
      }
    return {
      words: { key: groups === 'same' ? 'tcp.publicSubnetOnly' : 'tcp.publicSubnet', parts },
      causes:
        groups === 'same'
          ? ['gateway-endpoint-missing', 'network-acl']
          : ['gateway-endpoint-missing', 'eni-security-group', 'network-acl'],
      ruledOut: groups === 'same' ? ['eni-security-group'] : [],
    }
  }
  if (!shared)
    return {
      words: { key: 'tcp.otherAddress', parts: { ...parts, there: list(good.seen.addresses), here: list(bad.seen.addresses) } },
      causes: ['endpoint-zone-unreachable', 'endpoint-security-group', 'network-acl', 'eni-security-group'],
      ruledOut: [],
    }
  if (subnet === 'same' && groups === 'same')
    return {
      words: { key: 'tcp.changed', parts },
      causes: alsoOwn(bad, ['endpoint-security-group', 'eni-security-group', 'network-acl']),
      ruledOut: [],
    }
  if (subnet === 'same')
    return {
      words: { key: 'tcp.groups', parts },
      causes: ['eni-security-group', 'endpoint-security-group'],
      ruledOut: alive,
    }
  if (groups === 'same')
    return {
      words: { key: 'tcp.subnetOnly', parts },
      causes: ['network-acl', 'endpoint-security-group'],
      ruledOut: alive,
    }
  return {
    words: { key: 'tcp.subnet', parts },
    causes: ['network-acl', 'eni-security-group', 'endpoint-security-group'],
    ruledOut: alive,
  }
}

function refused(good: Side, bad: Side, parts: Parts, own: readonly CauseCode[]): Drawn {
  const identity = isSame('identity', good.report, bad.report)
  if (bad.seen.stopped?.outcome === 'skipped')
    return { words: { key: 'aws.noCredentials', parts }, causes: unique([...own, 'no-credentials']), ruledOut: [] }
  if (identity === 'other')
    return { words: { key: 'aws.otherIdentity', parts }, causes: unique([...own, 'identity-policy-denies']), ruledOut: [] }
  if (identity === 'same' && isSame('vpc', good.report, bad.report) === 'other')
    return {
      words: { key: 'aws.otherEndpoint', parts },
      causes: unique([...own, 'endpoint-policy-denies', 'resource-policy-denies']),
      ruledOut: [],
    }
  return { words: { key: 'aws.refused', parts }, causes: own, ruledOut: [] }
}

function alsoOwn(bad: Side, causes: readonly CauseCode[]): readonly CauseCode[] {
  return unique(bad.seen.cause === null ? causes : [bad.seen.cause, ...causes])
}

function unique(causes: readonly CauseCode[]): readonly CauseCode[] {
  return [...new Set(causes)]
}

function list(addresses: readonly string[]): string {
  return addresses.slice(0, 4).join(', ')
}

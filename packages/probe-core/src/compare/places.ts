// Where two reports stand: what is the same of it, what differs, and what is not known.

import type { PlaceDifference, PlaceFact } from '../model/comparison.ts'
import type { Report } from '../model/report.ts'
import type { Vantage } from '../model/vantage.ts'

/** `unknown`: at least one of the two does not tell. */
type Sameness = 'same' | 'other' | 'unknown'

const facts: Readonly<Record<PlaceFact, (vantage: Vantage) => string | null>> = {
  region: v => v.region,
  vpc: v => v.network.vpc,
  subnet: v => v.network.subnet ?? cidrOf(v),
  securityGroups: v => v.network.securityGroups && [...v.network.securityGroups].sort().join(', '),
  resolvers: v => v.resolvers.join(', ') || null,
  proxy: v => [...new Set([v.proxy, v.httpProxy, v.allProxy].flatMap(each => each?.url ?? []))].join(', ') || 'none',
  identity: v => (v.identity === null ? null : roleOf(v.identity.arn)),
  internet: v => (v.internet === 'skipped' ? null : v.internet),
  // Within what a minute of drift between runs makes.
  clock: v =>
    v.clockSkewMs === null ? null : Math.abs(v.clockSkewMs) < 60_000 ? 'right' : `${Math.round(v.clockSkewMs / 1000)} s`,
  workload: v => v.workload,
  sdk: v => settingsOf(v),
}

export function comparePlaces(reports: readonly Report[]): readonly PlaceDifference[] {
  return (Object.keys(facts) as PlaceFact[]).flatMap(what => {
    const values = what === 'subnet' ? subnetsOf(reports) : reports.map(report => facts[what](report.vantage))
    return new Set(values).size > 1 ? [{ what, values }] : []
  })
}

/** Ids where all know theirs, CIDRs where all know those: one subnet by two names is no difference. */
function subnetsOf(reports: readonly Report[]): readonly (string | null)[] {
  const ids = reports.map(({ vantage }) => vantage.network.subnet)
  const cidrs = reports.map(({ vantage }) => cidrOf(vantage))
  return ids.includes(null) && !cidrs.includes(null) ? cidrs : reports.map((_, index) => ids[index] ?? cidrs[index] ?? null)
}

/** What works in one place rules something out in another only at the same time: an endpoint may have come up between. */
const togetherMs = 10 * 60_000

export function areTogether(a: Report, b: Report): boolean {
  return Math.abs(Date.parse(a.run.startedAt) - Date.parse(b.run.startedAt)) <= togetherMs
}

export function isSame(what: PlaceFact, a: Report, b: Report): Sameness {
  if (what === 'subnet') return isSameSubnet(a, b)
  const [one, other] = [facts[what](a.vantage), facts[what](b.vantage)]
  if (one === null || other === null) return 'unknown'
  return one === other ? 'same' : 'other'
}

/** By id; by CIDR only as far as it is told: two VPCs may use one CIDR, and an id and a CIDR cannot be held against each other. */
function isSameSubnet(a: Report, b: Report): Sameness {
  const [one, other] = [a.vantage.network.subnet, b.vantage.network.subnet]
  if (one !== null && other !== null) return one === other ? 'same' : 'other'
  const [here, there] = [cidrOf(a.vantage), cidrOf(b.vantage)]
  if (here === null || there === null) return 'unknown'
  if (here !== there) return 'other'
  const vpc = facts.vpc(a.vantage)
  return vpc !== null && vpc === facts.vpc(b.vantage) ? 'same' : 'unknown'
}

function cidrOf(vantage: Vantage): string | null {
  return vantage.network.subnetCidr ?? interfaceSubnet(vantage)
}

/** A session's name differs from run to run; whose it is does not. */
function roleOf(arn: string): string {
  return arn.replace(/(:assumed-role\/[^/]+)\/.*$/, '$1')
}

function interfaceSubnet({ interfaces }: Vantage): string | null {
  const own = interfaces.find(i => i.name !== 'lo' && !i.address.includes(':'))
  if (own === undefined || own.prefixLength >= 32) return null
  const bits = own.address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const base = Math.floor(bits / 2 ** (32 - own.prefixLength)) * 2 ** (32 - own.prefixLength)
  return `${[24, 16, 8, 0].map(shift => Math.floor(base / 2 ** shift) % 256).join('.')}/${own.prefixLength}`
}

function settingsOf({ sdk }: Vantage): string {
  const told = Object.entries(sdk ?? {}).filter(([key]) => key !== 'conflictingRegions')
  return told.length === 0
    ? 'none'
    : told.map(([key, value]) => `${key}=${typeof value === 'object' ? JSON.stringify(value) : value}`).join(', ')
}

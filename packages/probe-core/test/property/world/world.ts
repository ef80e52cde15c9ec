// A small VPC as it truly is: what stands in it and what is broken. It knows nothing of rules; from it come both the
// observations that our probes would record and the causes that truly hold.

import type { NameKind } from '../../../src/model/observation.ts'
import type { TargetKind } from '../../../src/model/target.ts'

export const region = 'ap-northeast-1'
export const vpcCidr = '10.20.0.0/16'
export const subnetCidr = '10.20.1.0/24'
export const ownAddress = '10.20.1.10'

export interface Endpoint {
  readonly privateDns: boolean
  /** The security group of the endpoint admits this ENI. */
  readonly admits: boolean
  readonly ready: boolean
  readonly zones: readonly ('own' | 'other')[]
  /** A zone whose address does not answer though nothing filters it. */
  readonly deadZone?: 'own' | 'other'
  /** Private DNS serves every name of the service, or only the regional one. */
  readonly covers: 'every-name' | 'regional-name'
}

export interface World {
  /** `custom-*`: a DNS server of the user's; what it does with AWS's names. */
  readonly resolver: 'vpc' | 'custom-forwards' | 'custom-public' | 'custom-dead' | 'custom-servfail'
  /** Share of DNS questions that get no answer, at whichever resolver. */
  readonly dnsLoss: number
  readonly vpcDns: 'on' | 'hostnames-off' | 'support-off'
  /** A private zone of this name answers for everything below it, and holds nothing. */
  readonly emptyZone?: string
  readonly hasWayOut: boolean
  readonly egress: 'open' | 'nothing' | 'vpc-only' | 'public-only' | 'first-endpoint-only' | 'own-subnet-only'
  readonly nacl: 'open' | 'nothing-beyond-subnet' | 'no-public' | 'replies-above-49152' | 'replies-below-32768'
  /** Share of SYNs that vanish. */
  readonly loss: number
  readonly endpoints: Readonly<Record<string, Endpoint>>
  readonly gateways: readonly string[]
  /** What stands on the way to public addresses. */
  readonly middlebox?: {
    readonly what: 'drops-names' | 'resets-names' | 'passes-names-only' | 'drops-large-hello' | 'mtu' | 'inspects' | 'block-page'
    readonly names: readonly string[]
  }
  /** The same hole, inside the VPC too. */
  readonly mtuEverywhere?: boolean
  /** Set in this environment for everything that speaks HTTP, and what it does. */
  readonly proxy?: 'works' | 'is-off' | 'is-closed' | 'refuses'
  /** By service: which policy denies the call, and whether AWS says which. */
  readonly denials: Readonly<Record<string, { readonly by: 'identity' | 'endpoint' | 'scp'; readonly isNamed: boolean }>>
  readonly hostsFile: Readonly<Record<string, string>>
  readonly metadata: 'answers' | 'no-role' | 'hop-limit' | 'silent' | 'refused' | 'absent'
  readonly keys: 'role' | 'none' | 'expired' | 'wrong-secret'
  readonly clockOffMs: number
  readonly targets: readonly Thing[]
  readonly run: RunLimits
}

/** What the run could see of the world. */
export interface RunLimits {
  readonly cidrsKnown: boolean
  readonly hasChecks: boolean
  /** Differential probes that there was time for. */
  readonly variants: 'all' | 'none' | 'some'
  readonly seed: number
}

export type MachineState = 'runs' | 'stopped' | 'closed' | 'no-listener' | 'gone'

export type Thing =
  | { readonly is: 'service'; readonly service: string; readonly name: NameKind; readonly region?: string }
  | { readonly is: 'endpoint-name'; readonly service: string }
  | { readonly is: 'database'; readonly where: 'own' | 'other'; readonly state: MachineState }
  | { readonly is: 'instance'; readonly where: 'own' | 'other'; readonly state: MachineState }
  | { readonly is: 'website'; readonly wantedBy?: string }
  | { readonly is: 'unknown-name' }
  /** In another network, by a private address: a database there, or the hub's endpoint for an AWS name of ours. */
  | { readonly is: 'elsewhere'; readonly what: 'database' | 'hub'; readonly state: 'runs' | 'unrouted' | 'closed' }
  /** Any other host; without addresses its public ones. */
  | { readonly is: 'host'; readonly named: Named; readonly addresses?: readonly string[]; readonly state: MachineState }

export interface Named {
  readonly id: string
  readonly kind: TargetKind
  readonly host: string
  readonly port: number
  readonly service: string | null
  readonly region: string | null
}

export const soundEndpoint: Endpoint = {
  privateDns: true,
  admits: true,
  ready: true,
  zones: ['own', 'other'],
  covers: 'every-name',
}

export const soundWorld: World = {
  resolver: 'vpc',
  dnsLoss: 0,
  vpcDns: 'on',
  hasWayOut: false,
  egress: 'open',
  nacl: 'open',
  loss: 0,
  endpoints: { sts: soundEndpoint, logs: soundEndpoint },
  gateways: ['s3', 'dynamodb'],
  denials: {},
  hostsFile: {},
  metadata: 'answers',
  keys: 'role',
  clockOffMs: 0,
  targets: [
    { is: 'service', service: 'sts', name: 'regional' },
    { is: 'service', service: 'logs', name: 'regional' },
    { is: 'service', service: 's3', name: 'regional' },
  ],
  run: { cidrsKnown: true, hasChecks: true, variants: 'all', seed: 1 },
}

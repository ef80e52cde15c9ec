// What the control plane told about the VPC and about what the user named, as plain JSON: configuration, not judgement. Only
// what a finding asked for is here. A list that is absent was not asked for or not told; an empty one was told to be empty.

import type { Outcome, SkipReason } from './layer.ts'

/** One read-only call to an API, and how it ended. `rejected` keeps AWS's code: it says which permission is missing. */
export interface ControlCall {
  /** As IAM writes it, e.g. `ec2:DescribeVpcEndpoints`. */
  readonly action: string
  readonly host?: string
  readonly outcome: Outcome
  readonly code?: string
  readonly message?: string
  readonly because?: SkipReason
  readonly startMs?: number
  readonly durationMs?: number
  /** What it was asked about, when it was not the whole VPC: ids, names. */
  readonly about?: readonly string[]
}

/** Every list names things as the API does, shortened to what a path or a state depends on. */
export interface ControlPlane {
  readonly asked: readonly ControlCall[]
  readonly vpcs?: readonly VpcFacts[]
  readonly subnets?: readonly SubnetFacts[]
  readonly routeTables?: readonly RouteTableFacts[]
  readonly securityGroups?: readonly SecurityGroupFacts[]
  readonly networkAcls?: readonly NetworkAclFacts[]
  readonly interfaces?: readonly InterfaceFacts[]
  readonly endpoints?: readonly EndpointFacts[]
  readonly prefixLists?: readonly PrefixListFacts[]
  readonly dhcpOptions?: readonly DhcpOptionsFacts[]
  readonly instances?: readonly InstanceFacts[]
  readonly databases?: readonly DatabaseFacts[]
  readonly containerServices?: readonly ContainerServiceFacts[]
  readonly groups?: readonly ScalingGroupFacts[]
  readonly schedules?: readonly ScheduleFacts[]
  readonly activities?: readonly ScalingActivityFacts[]
  readonly bucketPolicies?: readonly PolicyFacts[]
}

export interface VpcFacts {
  readonly id: string
  /** Account that owns it. In a VPC that is shared with us, most of what it holds is not told to us. */
  readonly owner?: string
  readonly cidrs: readonly string[]
  readonly dnsSupport?: boolean
  readonly dnsHostnames?: boolean
  readonly dhcpOptions?: string
}

export interface SubnetFacts {
  readonly id: string
  readonly vpc: string
  readonly cidrs: readonly string[]
  readonly zone: string
}

export interface RouteTableFacts {
  readonly id: string
  readonly vpc: string
  readonly isMain: boolean
  readonly subnets: readonly string[]
  readonly routes: readonly RouteFacts[]
}

export interface RouteFacts {
  /** A CIDR or a prefix list id. */
  readonly to: string
  /** `local`, or the id of a gateway, endpoint, ENI, peering, transit gateway … */
  readonly via: string
  readonly isBlackhole: boolean
}

export interface SecurityGroupFacts {
  readonly id: string
  readonly name?: string
  readonly vpc?: string
  readonly ingress: readonly SecurityGroupRule[]
  readonly egress: readonly SecurityGroupRule[]
}

export interface SecurityGroupRule {
  /** `sgr-…`, when DescribeSecurityGroupRules told. */
  readonly id?: string
  /** `tcp`, `udp`, `icmp`, a protocol number, or `-1` for all. */
  readonly protocol: string
  readonly fromPort?: number
  readonly toPort?: number
  /** CIDRs, prefix list ids and group ids: any one of them matches. */
  readonly peers: readonly string[]
}

export interface NetworkAclFacts {
  readonly id: string
  readonly isDefault?: boolean
  readonly subnets: readonly string[]
  readonly entries: readonly NetworkAclEntry[]
}

export interface NetworkAclEntry {
  readonly number: number
  readonly direction: 'ingress' | 'egress'
  readonly action: 'allow' | 'deny'
  readonly protocol: string
  readonly cidr: string
  readonly fromPort?: number
  readonly toPort?: number
}

export interface InterfaceFacts {
  readonly id: string
  readonly vpc: string
  readonly subnet: string
  readonly addresses: readonly string[]
  readonly groups: readonly string[]
  readonly publicAddress?: string
  readonly mac?: string
  /** `interface`, `vpc_endpoint`, `lambda`, `nat_gateway` …, and what AWS says it is for. */
  readonly type?: string
  readonly description?: string
  readonly instance?: string
  readonly requester?: string
  readonly owner?: string
}

export interface EndpointFacts {
  readonly id: string
  readonly type: 'Interface' | 'Gateway' | 'GatewayLoadBalancer' | string
  readonly service: string
  readonly vpc: string
  readonly state: string
  readonly privateDns?: boolean
  readonly subnets?: readonly string[]
  readonly groups?: readonly string[]
  readonly routeTables?: readonly string[]
  readonly interfaces?: readonly string[]
  readonly dnsNames?: readonly string[]
  readonly addressType?: string
  /** The policy document as JSON text; absent where the service takes none. */
  readonly policy?: string
}

export interface PrefixListFacts {
  readonly id: string
  readonly name: string
  readonly cidrs?: readonly string[]
}

export interface DhcpOptionsFacts {
  readonly id: string
  readonly nameServers: readonly string[]
  readonly domainName?: string
}

export interface InstanceFacts {
  readonly id: string
  readonly state: string
  readonly addresses: readonly string[]
  readonly subnet?: string
  readonly groups?: readonly string[]
  /** AWS's own words for the last change, e.g. `User initiated (2026-11-20 18:00:02 GMT)`. */
  readonly stateReason?: string
  readonly changedAt?: string
  readonly scalingGroup?: string
  /** The checks that do not pass, e.g. `instance impaired`; `ok` when all do. */
  readonly statusChecks?: string
}

export interface DatabaseFacts {
  readonly id: string
  readonly isCluster: boolean
  readonly engine?: string
  readonly status: string
  readonly host?: string
  readonly port?: number
  /** Further names it answers to: the reader endpoint, custom endpoints. */
  readonly otherHosts?: readonly string[]
  readonly arn?: string
  readonly groups?: readonly string[]
  readonly subnets?: readonly string[]
  /** When RDS will start a stopped database by itself (seven days after the stop). */
  readonly startsAgainAt?: string
  readonly maintenanceWindow?: string
  readonly pendingMaintenance?: readonly string[]
}

export interface ContainerServiceFacts {
  readonly cluster: string
  readonly service: string
  /** `ACTIVE`, `DRAINING`, `INACTIVE`; `MISSING` where ECS knows no service of this name. */
  readonly status: string
  /** One task for every container instance, none wanted: its desired count is no decision of anybody's. */
  readonly isDaemon?: boolean
  /** Bounds that Application Auto Scaling holds its desired count to. */
  readonly min?: number
  readonly max?: number
  readonly desired: number
  readonly running: number
  readonly pending: number
  readonly events: readonly { readonly at?: string; readonly says: string }[]
  readonly stopped?: readonly { readonly task: string; readonly code?: string; readonly reason: string; readonly at?: string }[]
}

export interface ScalingGroupFacts {
  readonly name: string
  readonly min: number
  readonly max: number
  readonly desired: number
  readonly inService: number
  readonly suspended?: readonly string[]
}

export interface ScheduleFacts {
  readonly name: string
  /** What it acts on: `auto-scaling-group:NAME`, `ecs:service/CLUSTER/SERVICE`, `rds:NAME` … */
  readonly actsOn: string
  /** `autoscaling`, `application-autoscaling`, `rds`. */
  readonly from: string
  readonly expression?: string
  readonly timeZone?: string
  readonly nextAt?: string
  readonly lastAt?: string
  readonly min?: number
  readonly max?: number
  readonly desired?: number
}

/** One change of a capacity, in AWS's own words. */
export interface ScalingActivityFacts {
  /** As `ScheduleFacts.actsOn`. */
  readonly of: string
  readonly at: string
  readonly says: string
  /** A scheduled action did it; its name where AWS tells. */
  readonly bySchedule?: boolean
  readonly schedule?: string
  readonly toZero?: boolean
  /** To some number above zero: what had set it to zero before this is history. */
  readonly toMore?: boolean
}

export interface PolicyFacts {
  readonly resource: string
  /** The policy document as JSON text; null when there is none. */
  readonly policy: string | null
}

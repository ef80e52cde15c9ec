// A VPC as plain data: what a fault changes, and what the world and its servers are built from. JSON as it is.

/** An interface endpoint: one security group for all its addresses, one address per zone. */
export interface InterfaceEndpoint {
  readonly service: string
  /** Names its private DNS covers; `*.` stands for any child. */
  readonly names: readonly string[]
  readonly addresses: readonly string[]
  readonly privateDns: boolean
  /** `closed`: its security group does not admit this subnet. */
  readonly securityGroup: 'open' | 'closed'
}

export type Serve = 'https' | 'http' | 'postgres' | 'closed-port' | 'mute'

/** A host that is no AWS service: a database, a package index, an application. */
export interface HostPlan {
  readonly name: string
  readonly addresses: readonly string[]
  readonly ipv6Addresses?: readonly string[]
  readonly port: number
  readonly serve: Serve
  readonly securityGroup?: 'open' | 'closed'
  /** What EC2 says of the network interface that holds its addresses: the instance it is attached to, and its description. */
  readonly instance?: string
  readonly description?: string
  /** No interface holds its addresses any more. */
  readonly isReleased?: true
  /** Behind 443: a simple index whose links lead to `files`, for whoever shows `authorization` where it wants one. */
  readonly index?: { readonly files: string; readonly authorization?: string }
}

/** What stands on the path or at the far side for some names or addresses. The first that matches decides. */
export interface FarBehaviour {
  /** Server name of the hello (or Host header) with `*`; or a literal address. */
  readonly match: string
  readonly layer: 'tls' | 'http'
  readonly does:
    | 'drop-hello'
    | 'reset-hello'
    | 'drop-large-hello'
    | 'reset-large-hello'
    | 'inspect'
    | 'certificate-expired'
    | 'certificate-other-host'
    | 'plain-text'
    | 'mute'
    | 'block-page'
    | 'other-answer'
    | 'throttle'
    | 'forbidden-by-api-gateway'
    | 'endless-body'
    | 'dripping-head'
    | 'dripping-body'
    | 'dripping-hello'
    | 'heads-for-ever'
    | 'informs-for-ever'
    | 'huge-certificate'
    | 'huge-chain'
    | 'renegotiates'
    | 'redirect-to-metadata'
    | 'pages-for-ever'
    | 'links-for-ever'
    | 'blank-message'
    | 'packed-bomb'
    | 'cut-body'
    | 'escape-sequences'
}

/** What a resolver that means harm says of a name. `from-elsewhere` and `of-another-id`: a lie that is no answer, then the truth. */
export type HostileName =
  | 'cname-loop'
  | 'thousand-addresses'
  | 'pointer-loop'
  | 'pointer-maze'
  | 'questions-for-ever'
  | 'from-elsewhere'
  | 'of-another-id'

export type ResolverAnswer = 'answers' | 'silent' | 'servfail' | 'refused' | 'every-second' | 'public-only'

/** A zone that the VPC resolver believes in; the most specific one wins, with no fall-back to the public name. */
export interface PrivateZone {
  readonly zone: string
  /** Owner names with `*.` wildcards. */
  readonly records: Readonly<Record<string, readonly string[]>>
  /** A DNS Firewall says no instead of a zone: without a SOA of its own. */
  readonly firewall?: 'nxdomain' | 'nodata'
}

/** One subnet's network ACL entry that denies. Stateless: `in` is what comes to the workload's subnet. */
export interface AclDeny {
  readonly direction: 'in' | 'out'
  readonly cidr: string
  readonly farPorts?: readonly [number, number]
  readonly nearPorts?: readonly [number, number]
}

export type Denier =
  | 'identity'
  | 'boundary'
  | 'session'
  | 'scp'
  | 'rcp'
  | 'endpoint'
  | 'bucket'
  | 'resource'
  | 'kms'
  | 'unattributed'

export interface Denial {
  /** `service:Operation` with `*`. */
  readonly action: string
  readonly by: Denier
  readonly explicit: boolean
  /** Only this bucket, where one is meant. */
  readonly bucket?: string
}

export interface IdentityPolicy {
  readonly Version: '2012-10-17'
  readonly Statement: readonly {
    readonly Effect: 'Allow' | 'Deny'
    readonly Action: string | readonly string[]
    readonly Resource: string
  }[]
}

export interface AwsPlan {
  readonly account: string
  /** Name of the workload's role, or of its user when the keys are in the environment. */
  readonly principal: string
  /** The identity policy of the workload's principal. */
  readonly policy: IdentityPolicy
  readonly denials: readonly Denial[]
  readonly buckets: readonly { readonly name: string; readonly region: string }[]
  readonly credentials: 'valid' | 'expired' | 'invalid'
  /** AWS's clock less ours. */
  readonly clockOffsetMs: number
}

export interface VpcPlan {
  readonly region: string
  readonly vpcCidrs: readonly string[]
  readonly workload: {
    readonly address: string
    readonly prefixLength: number
    readonly gateway: string
    readonly ipv6: boolean
    readonly nameservers: readonly string[]
    readonly resolverOptions: string
    /** Lines of its hosts file beside localhost. */
    readonly hosts: readonly { readonly address: string; readonly name: string }[]
    readonly env: Readonly<Record<string, string>>
    readonly credentialsFrom: 'environment' | 'imds' | 'container' | 'none'
    /** Whether its environment names the region. */
    readonly regionInEnv: boolean
    /** Text by path, below /run/lab or /opt: what the compute leaves on its machine. */
    readonly files: Readonly<Record<string, string>>
    /** Static keys in the environment that win over the role, and that AWS does not know. */
    readonly staleKeys: boolean
    /** The company's inspecting CA is in its bundle. */
    readonly trustsInspection: boolean
  }
  readonly endpoints: readonly InterfaceEndpoint[]
  readonly gateways: { readonly s3: boolean; readonly dynamodb: boolean }
  /** The workload's own security group, outwards. */
  readonly egress: 'all' | 'none' | 'vpc-only'
  readonly acl: readonly AclDeny[]
  /** Addresses whose zone does not answer. */
  readonly deadAddresses: readonly string[]
  /** Addresses that an ICMP host-unreachable answers. */
  readonly unreachable: readonly string[]
  /** Addresses behind which every second flow is lost. */
  readonly flaky: readonly string[]
  /** Packets larger than this vanish without a word, on the way `out`, on the way `in`, or both. */
  readonly pathMtu: { readonly bytes: number; readonly ways: readonly ('out' | 'in')[] } | null
  /** Of a hundred packets each way so many are lost, whatever they are; link-local services are on this very host. */
  readonly lossPercent: number
  /** Answers from these addresses take so much longer. */
  readonly slow: readonly { readonly address: string; readonly ms: number }[]
  /** A NAT gateway: every public address can be reached. */
  readonly internet: boolean
  readonly dns: {
    /** enableDnsHostnames: without it private DNS names and private zones are not honoured. */
    readonly hostnames: boolean
    readonly vpcResolver: ResolverAnswer
    readonly customAddress: string
    readonly customResolver: ResolverAnswer
    /** Or the custom server is a program of others, forwarding to the VPC's resolver. */
    readonly customSoftware: 'lab' | 'dnsmasq' | 'unbound'
    readonly zones: readonly PrivateZone[]
    /** Names with only IPv6 addresses, or both. */
    readonly ipv6Names: Readonly<Record<string, readonly string[]>>
    /** Of those, the names that have no IPv4 address. */
    readonly ipv6Only: readonly string[]
    /** Names whose answers no honest server gives. */
    readonly hostile: Readonly<Record<string, HostileName>>
  }
  readonly metadata: 'answers' | 'hop-limit' | 'disabled' | 'silent'
  /** What the container agent serves. `token`: what its credentials must be asked with. */
  readonly container: { readonly launchType: 'FARGATE' | 'EC2' | null; readonly token: string | null }
  readonly proxy: {
    readonly address: string
    readonly port: number
    /** `inspects`: it opens the TLS that goes through it, with a certificate of its own CA. */
    readonly does: 'works' | 'refuses' | 'silent' | 'inspects' | 'none'
    readonly software: 'lab' | 'tinyproxy'
  }
  readonly hosts: readonly HostPlan[]
  readonly behaviours: readonly FarBehaviour[]
  readonly aws: AwsPlan
}

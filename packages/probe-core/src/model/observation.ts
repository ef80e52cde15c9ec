// What one probe saw at one layer, as plain JSON. It states facts only: what they mean is the work of `diagnose`.

import type { Layer, SkipReason } from './layer.ts'
import type { IndexSeen } from './packages.ts'

/**
 * Why this observation was made, when it is not part of the plain climb (`undefined`): a differential probe,
 * made because an earlier observation called for it. What differs from the plain climb is in `seen`.
 */
export type Variant =
  | 'vpc-resolver' // dns: the VPC's own resolver asked for the same name, beside the system's
  | 'other-resolver' // dns: a further resolver of the system's list
  | 'getaddrinfo' // dns: what the C library gives an application
  | 'repeat' // any layer: the same again, to tell loss from a filter
  | 'sibling-name' // dns/tcp: another name of the same service (seen.nameKind)
  | 'must-exist' // dns: a name under the same parent that must exist
  | 'must-not-exist' // dns: a name under the same parent that cannot exist
  | 'source-port' // tcp: the same address from a chosen local port
  | 'other-port' // tcp: the same address on another port
  | 'other-sni' // tls: the same address, another server name
  | 'small-hello' // tls: a crafted ClientHello that fits one segment
  | 'large-hello' // tls: a crafted ClientHello with a post-quantum key share (two segments)
  | 'small-answer' // tls: a crafted ClientHello that a server answers with a few bytes (an alert)
  | 'large-request' // http: a request larger than any path MTU
  | 'direct' // any layer: past the proxy that the plain climb went through
  | 'unsigned' // aws: the same request without a signature
  | 'second-action' // aws: another action of the same service

interface Base {
  readonly layer: Layer
  /** Milliseconds after the run began. */
  readonly startMs?: number
  readonly durationMs?: number
  /** The literal address this was observed on (tcp and above); dns: absent. */
  readonly address?: string
  readonly variant?: Variant
  /** The packets went to this proxy instead of the target. Never with credentials in it. */
  readonly via?: 'proxy'
}

export interface Answered<S> extends Base {
  readonly outcome: 'answered'
  readonly seen: S
}

export interface Rejected<S> extends Base {
  readonly outcome: 'rejected'
  /** The raw code: errno, rcode, TLS alert or verification error, HTTP status, AWS error code. */
  readonly code: string
  /** What the far side said, cut to a safe length, with secrets and control characters removed. */
  readonly message?: string
  readonly seen?: Partial<S>
}

export interface Silent<S> extends Base {
  readonly outcome: 'silent'
  readonly waitedMs: number
  /** tcp: called before the connect timeout had passed. Enough to say that it is silent; nothing is certain by it alone. */
  readonly early?: true
  /** Independent tries (tcp: sockets, each from its own source port). */
  readonly tries?: number
  readonly seen?: Partial<S>
}

export interface Skipped extends Base {
  readonly outcome: 'skipped'
  readonly because: SkipReason
}

type Any<L extends Layer, S> = { readonly layer: L } & (Answered<S> | Rejected<S> | Silent<S> | Skipped)

/** NOERROR with no record of the type is `NODATA`. `silent` and `garbled` are not rcodes: nothing, or nothing readable, came. */
export type Rcode =
  | 'NOERROR'
  | 'NODATA'
  | 'NXDOMAIN'
  | 'SERVFAIL'
  | 'REFUSED'
  | 'FORMERR'
  | 'NOTIMP'
  | 'silent'
  | 'garbled'
  | string

/** `vpc`: in the VPC's own CIDRs. `private`: RFC 1918, 6598 or 4193 outside them, or CIDRs unknown. */
export type AddressScope = 'vpc' | 'private' | 'public' | 'link-local' | 'loopback' | 'unspecified'

export interface DnsSeen {
  readonly name?: string
  /** IPv4 first, each in the order of the answer. */
  readonly addresses: readonly string[]
  /** The address that was asked; `hosts-file` or `literal` when nobody was. */
  readonly resolver: string
  readonly scope?: AddressScope | 'mixed'
  readonly a?: Rcode
  readonly aaaa?: Rcode
  readonly ttlSeconds?: number
  /** Names that the answer went through, in order. */
  readonly cnames?: readonly string[]
  /** Zone whose SOA a negative answer carried, and its primary server. */
  readonly soa?: { readonly zone: string; readonly primary: string }
  readonly tries?: number
  /** `sibling-name` and the two control names: which kind of name this is. */
  readonly nameKind?: NameKind
  readonly transport?: 'udp' | 'tcp'
}

/** Ways to name one service: which of them an endpoint's private DNS covers differs. */
export type NameKind = 'regional' | 'global' | 'dualstack' | 'fips' | 'dualstack-fips' | 'legacy' | 'parent' | 'random'

export interface TcpSeen {
  readonly host?: string
  readonly port?: number
  readonly localAddress?: string
  readonly localPort?: number
  readonly tries?: number
  readonly nameKind?: NameKind
}

export interface TlsSeen {
  readonly serverName?: string
  readonly version?: string
  readonly cipher?: string
  readonly alpn?: string
  /** Distinguished names, as `CN=…, O=…`. Issuer of the leaf, then up to the topmost certificate sent or found. */
  readonly issuer?: string
  readonly issuers?: readonly string[]
  readonly subject?: string
  readonly names?: readonly string[]
  readonly validFrom?: string
  readonly validTo?: string
  /** The chain verifies against the trust store in use. `trustedBy`: which one. */
  readonly trusted?: boolean
  readonly trustedBy?: 'public' | 'custom-ca'
  /** Trusted, and not by the bundle that boto3 and the AWS CLI take in the place of every other store: the variable that names it. */
  readonly notVerifiedBy?: 'AWS_CA_BUNDLE' | 'ca_bundle' | 'REQUESTS_CA_BUNDLE'
  /** OpenSSL's word for why it does not verify, e.g. SELF_SIGNED_CERT_IN_CHAIN. */
  readonly untrustedBecause?: string
  /** Bytes of the ClientHello sent, for the two hello variants. */
  readonly helloBytes?: number
  /** First bytes received when they were not TLS, printable. */
  readonly firstBytes?: string
  /** Bytes that came before a handshake failed or fell silent: above 0, something of the server's answer got through. */
  readonly receivedBytes?: number
}

export interface HttpSeen {
  readonly method?: string
  readonly path?: string
  readonly status: number
  readonly server?: string
  readonly requestId?: string
  /** Names of the headers and body forms by which AWS can be told from a middlebox; empty = no sign of AWS. */
  readonly awsMarks?: readonly string[]
  readonly contentType?: string
  readonly location?: string
  readonly date?: string
  /** Date of the answer less our clock at half the exchange. */
  readonly clockSkewMs?: number
  /** Start of a body that is not AWS's, as printable text. */
  readonly bodyStart?: string
  readonly requestBytes?: number
  /** What a package index said. */
  readonly index?: IndexSeen
}

export interface AwsSeen {
  /** `service:Operation` as IAM writes it, e.g. `logs:DescribeLogGroups`. */
  readonly action?: string
  readonly signed?: boolean
  readonly signingRegion?: string
  readonly status?: number
  readonly requestId?: string
  /** x-amz-bucket-region, or the region a redirect names. */
  readonly region?: string
  /** The answer carried an encoded authorization message (left out: only sts:DecodeAuthorizationMessage reads it). */
  readonly encodedMessage?: boolean
  /** The name, account or ARN the call was made on, when the user named a resource. */
  readonly resource?: string
  /** The host that was asked, where it is not the target's. */
  readonly host?: string
  /** What the resource says of itself, in the service's words: a key's `Disabled`, an endpoint's `Failed`; `empty` of a listing. */
  readonly state?: string
  /** The KMS key that the object read is encrypted with, as S3 names it. */
  readonly kmsKey?: string
  /** For sts:GetCallerIdentity. */
  readonly arn?: string
  readonly account?: string
}

export type DnsObservation = Any<'dns', DnsSeen>
export type TcpObservation = Any<'tcp', TcpSeen>
export type TlsObservation = Any<'tls', TlsSeen>
export type HttpObservation = Any<'http', HttpSeen>
export type AwsObservation = Any<'aws', AwsSeen>
export type Observation = DnsObservation | TcpObservation | TlsObservation | HttpObservation | AwsObservation

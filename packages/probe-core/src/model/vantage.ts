// Where the probe stands: the ENI, the resolvers, the identity, and the always-reachable services of a VPC.

import type { Outcome, SkipReason } from './layer.ts'

export type WorkloadId = string

export interface NetworkInterface {
  readonly name: string
  readonly address: string
  readonly prefixLength: number
  readonly mac?: string
}

export interface ProxySetting {
  /** Credentials masked. */
  readonly url: string
  /** The variable it came from, as spelled. */
  readonly from: string
  readonly noProxy: string | null
}

export interface NetworkIds {
  readonly eni: string | null
  readonly vpc: string | null
  readonly subnet: string | null
  readonly subnetCidr: string | null
  readonly vpcCidrs: readonly string[] | null
  readonly securityGroups: readonly string[] | null
  readonly availabilityZone?: string | null
  /** AWS's name for the id that told them: `imds`, `ecs-metadata`. */
  readonly from?: string
}

export interface Identity {
  readonly arn: string
  readonly account: string
  readonly source: string
}

/**
 * What was asked of a service that every ENI can reach whatever its security group and NACL say, or of the canary.
 * - `vpc-resolver`: 169.254.169.253 (and VPC base + 2) asked for a name that always exists
 * - `system-resolver`: the same name, each resolver of resolv.conf
 * - `imds-token`: PUT for an IMDSv2 token; `imds-get`: GET with the token, or without one where the PUT was silent
 * - `ecs-metadata`, `container-credentials`: ECS, EKS Pod Identity, SageMaker, CloudShell
 * - `internet`: the canary
 * - `control-endpoint`: some other AWS name that is private here, connected to because a private target was silent
 */
export interface VantageCheck {
  readonly check:
    | 'vpc-resolver'
    | 'system-resolver'
    | 'imds-token'
    | 'imds-get'
    | 'ecs-metadata'
    | 'container-credentials'
    | 'internet'
    | 'control-endpoint'
  readonly address: string
  readonly outcome: Outcome
  readonly startMs?: number
  readonly durationMs?: number
  readonly waitedMs?: number
  /** Silence over TCP that was called before the connect timeout had passed. */
  readonly early?: true
  readonly code?: string
  readonly because?: SkipReason
  readonly seen?: Readonly<Record<string, string | number | boolean | readonly string[]>>
}

/** One link of the credential chain: what it gave, or why nothing. Never a key. */
export interface CredentialAttempt {
  readonly source: 'environment' | 'sso' | 'profile' | 'process' | 'web-identity' | 'container' | 'imds'
  readonly gave: boolean
  /** One line in plain words when it gave nothing, e.g. "AWS_ACCESS_KEY_ID is not set". */
  readonly why?: string
  /** It could not be asked to the end (silence, a refusal, garbage): what it would have given is not known. */
  readonly isUnknown?: true
  /** It is set up here and gives nothing: boto3 and the AWS CLI stop there and ask no other source. How sure that is. */
  readonly stops?: 'certain' | 'likely'
  readonly expiresAt?: string
  /** Static keys (AKIA…) or temporary ones (ASIA…): the first four letters only. */
  readonly keyKind?: string
}

/** Settings of this environment that decide which names an SDK asks for. Absent = not set anywhere. */
export interface SdkSettings {
  readonly useDualstack?: boolean
  readonly useFips?: boolean
  readonly stsRegionalEndpoints?: 'regional' | 'legacy'
  /** By service id in lower case; `*` for all: AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_<SERVICE>, environment or config file. */
  readonly endpointUrls?: Readonly<Record<string, string>>
  /** By the same keys: the variable, or the file, section and key, that each came from. */
  readonly endpointUrlsFrom?: Readonly<Record<string, string>>
  /** AWS_REGION and AWS_DEFAULT_REGION, when both are set and differ. */
  readonly conflictingRegions?: readonly string[]
}

export interface Vantage {
  readonly workload: WorkloadId | null
  /** Every sign that matched, first match first: a wrong guess can be seen. */
  readonly signs?: readonly { readonly workload: WorkloadId; readonly sign: string }[]
  readonly region: string | null
  /** Region that the metadata of this machine tells, which may not be the one that was asked for. */
  readonly homeRegion?: string | null
  /** Where the region came from, e.g. `AWS_REGION`, `imds`. */
  readonly regionFrom?: string
  readonly partition: string
  readonly interfaces: readonly NetworkInterface[]
  readonly defaultRoute?: { readonly gateway: string; readonly interface: string } | null
  readonly resolvers: readonly string[]
  readonly searchDomains?: readonly string[]
  readonly ndots?: number
  /** For https, as boto3 reads it: HTTPS_PROXY. */
  readonly proxy: ProxySetting | null
  /** For plain http, which instance metadata is: HTTP_PROXY. */
  readonly httpProxy?: ProxySetting
  /** ALL_PROXY, where the variable of https is not set: curl and pip read it; boto3, Go and Node do not. */
  readonly allProxy?: ProxySetting
  /** A proxy variable that is set and cannot be used: which one and why, without its value. */
  readonly proxyProblem?: string
  readonly network: NetworkIds
  readonly identity: Identity | null
  readonly credentials?: {
    readonly source: string | null
    readonly tried: readonly CredentialAttempt[]
    /** Keys in the environment hide a role that this compute offers: where the role would have come from. */
    readonly overriddenRole?: 'web-identity' | 'container' | 'imds'
  }
  readonly internet: Outcome
  readonly clockSkewMs: number | null
  readonly checks?: readonly VantageCheck[]
  readonly sdk?: SdkSettings
  /** The custom CA bundle in use (NODE_EXTRA_CA_CERTS, AWS_CA_BUNDLE …), by variable name. */
  readonly customCa?: readonly string[]
  /** Variables that name a CA bundle which cannot be used, or not whole: which one and why. */
  readonly customCaProblems?: readonly string[]
  /** Settings with which clients that read them cannot work at all here, though this run did: one line each, which and whom. */
  readonly stoppers?: readonly string[]
  /** `closed` when the user said that nothing may leave (--expect closed). */
  readonly expect?: 'closed'
}

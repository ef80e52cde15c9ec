// Addresses whose name needs no question: those that AWS fixed, the hosts file, the resolvers.

import type { StuckName } from '../../model/stuck.ts'

/**
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-ec2-ntp.html
 */
const fixed: Readonly<Record<string, string>> = {
  '169.254.169.254': 'EC2 instance metadata',
  'fd00:ec2::254': 'EC2 instance metadata',
  '169.254.169.253': 'VPC DNS resolver',
  'fd00:ec2::253': 'VPC DNS resolver',
  '169.254.169.123': 'Amazon Time Sync',
  'fd00:ec2::123': 'Amazon Time Sync',
  '169.254.170.2': 'ECS credentials and task metadata',
  '169.254.170.23': 'EKS Pod Identity',
  'fd00:ec2::23': 'EKS Pod Identity',
  '169.254.169.250': 'Windows activation (KMS)',
  '169.254.169.251': 'Windows activation (KMS)',
}

interface KnownPlaces {
  /** By name, as the hosts file has them. */
  readonly hosts: ReadonlyMap<string, readonly string[]>
  readonly resolvers: readonly string[]
}

/** Names that are certain without a question; none for most addresses. */
export function namesWithoutAsking(address: string, port: number, places: KnownPlaces): StuckName[] {
  const names: StuckName[] = []
  const purpose = fixed[address]
  if (purpose !== undefined) names.push({ host: purpose, service: null, from: 'link-local' })
  if (port === 53 && purpose === undefined && places.resolvers.includes(address))
    names.push({ host: 'DNS server', service: null, from: 'resolver' })
  for (const [host, addresses] of places.hosts)
    if (addresses.includes(address)) names.push({ host, service: null, from: 'hosts-file' })
  return names.slice(0, 8)
}

/** This machine itself, by loopback or by no address at all: nobody else's name fits. */
export function isOwnAddress(address: string): boolean {
  return address.startsWith('127.') || address === '::1' || address === '0.0.0.0' || address === '::'
}

// VPC endpoint services: what they are called in a region, and which names their private DNS answers for.
// That a service is listed does not prove that its endpoint is offered in every zone.

import { defaultHost, fillTemplate } from './hosts.ts'
import { partitionRow } from './partitions.ts'
import { rowOf, type Service } from './services.ts'
import { type LinkRow, type PartitionRow, type ServiceRow, tables } from './tables.ts'

export interface EndpointService {
  /** `com.amazonaws.eu-west-1.ecr.dkr` */
  readonly serviceName: string
  readonly type: 'Interface' | 'Gateway'
  /** Names that private DNS covers, `*.` for any name below. Empty: it has no private DNS (DynamoDB's interface endpoint). */
  readonly privateDns: readonly string[]
  /** False where AWS's guide says that this endpoint takes no endpoint policy; absent when it takes one, or nothing is known. */
  readonly takesPolicy?: false
}

/** Endpoint services that carry this service in the region: gateway first, then interface, then its FIPS twin. */
export function endpointServicesOf(service: Service, region: string): readonly EndpointService[] {
  const row = rowOf(service)
  const partition = partitionRow(region)
  const found: EndpointService[] = []
  if (service.hasGatewayEndpoint) found.push(gateway(service.id, region))
  for (const link of row.links) {
    if (!isOffered(row, link, region, partition)) continue
    found.push(interfaceEndpoint(service, link, region, partition, false))
    if (link.fips !== undefined) found.push(interfaceEndpoint(service, link.fips, region, partition, true))
  }
  if (service.id === 's3' && partition.id === 'aws') found.push(gateway('s3express', region))
  return found
}

/**
 * Those of them that can carry this very name. Directory buckets have names and a gateway endpoint of their own, and no other endpoint of
 * S3 leads to them.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-networking.html
 */
export function endpointServicesFor(service: Service, region: string, host: string): readonly EndpointService[] {
  const isOfExpress = service.id === 's3' && isS3Express(host)
  return endpointServicesOf(service, region).filter(({ serviceName }) => serviceName.endsWith('.s3express') === isOfExpress)
}

/** A name of S3 Express One Zone, of a zone or of the region: `s3express-apne1-az4.REGION…`, `s3express-control.REGION…`. */
export function isS3Express(host: string): boolean {
  return /^(?:[^.]+\.)?s3express-[a-z0-9-]+\.(?:dualstack\.)?[a-z]{2,4}(?:-[a-z]+)+-\d\./i.test(host)
}

/**
 * Private DNS of the endpoint answers for this host. A `*.` record answers for names any number of labels below, as DNS
 * wildcards do, and not for the parent itself.
 */
export function isCovered(host: string, endpoint: EndpointService): boolean {
  const name = host.toLowerCase().replace(/\.$/, '')
  return endpoint.privateDns.some(covered => (covered.startsWith('*.') ? name.endsWith(covered.slice(1)) : name === covered))
}

function gateway(id: string, region: string): EndpointService {
  return { serviceName: `com.amazonaws.${region}.${id}`, type: 'Gateway', privateDns: [] }
}

function interfaceEndpoint(
  service: Service,
  link: LinkRow,
  region: string,
  partition: PartitionRow,
  isFips: boolean,
): EndpointService {
  return {
    serviceName: serviceNameOf(link, region, partition),
    type: 'Interface',
    privateDns: privateDnsOf(service, link, region, partition, isFips),
    ...(link.takesPolicy ? {} : { takesPolicy: false as const }),
  }
}

function serviceNameOf(link: LinkRow, region: string, partition: PartitionRow): string {
  if (isFullName(link.name)) return link.name.replace('{r}', region)
  if (partition.servicePrefix === undefined || !link.prefixedIn.has(region)) return `com.amazonaws.${region}.${link.name}`
  if (partition.id === 'aws-cn' && link.chinaName !== undefined) return link.chinaName.replace('{r}', region)
  return `${partition.servicePrefix}.${region}.${link.name}`
}

function privateDnsOf(
  service: Service,
  link: LinkRow,
  region: string,
  partition: PartitionRow,
  isFips: boolean,
): readonly string[] {
  const isCommercial = partition.dnsSuffix === tables().partitions[0]!.dnsSuffix
  if (link.dns === undefined) {
    const host = defaultHost(service, region, { useFips: isFips })
    return host === undefined ? [] : [host]
  }
  return link.dns
    .filter(template => isCommercial || !template.endsWith('{d}'))
    .map(template => fillTemplate(template, '', region, partition))
}

/** Outside the commercial and GovCloud partitions only what is known to be there is named. */
function isOffered(row: ServiceRow, link: LinkRow, region: string, partition: PartitionRow): boolean {
  if (partition.servicePrefix === undefined) return true
  if (link.prefixedIn.has(region)) return true
  const isOfPartition = link.dns === undefined || link.dns.length === 0 || link.dns.some(template => template.endsWith('{s}'))
  return isOfPartition && !isFullName(link.name) && row.regions.has(region)
}

function isFullName(name: string): boolean {
  return /^(com\.amazonaws|aws\.api|api\.aws|aws\.sagemaker)\./.test(name)
}

// The names a service has in a region. FIPS and dual-stack names follow AWS's rules: whether one exists, DNS says.

import type { NameKind } from '../model/observation.ts'
import { legacyNames } from './legacy-names.ts'
import { partitionRow } from './partitions.ts'
import { rowOf, type Service } from './services.ts'
import { type HostVariant, type PartitionRow, type ServiceRow, tables, variants } from './tables.ts'

export interface ServiceHost {
  readonly host: string
  readonly kind: NameKind
}

export interface HostOptions {
  readonly useFips?: boolean
  readonly useDualstack?: boolean
  /** Twelve digits: registries carry it in their name, and so does DynamoDB in SDKs that know it. */
  readonly accountId?: string
}

/** Stands for "any account" where a name carries one and DNS answers for all: AWS's own account of the EKS images. */
const someAccountId = '602401143452'

/**
 * Names of the service in this region: first the one that current SDKs use by default, then global and legacy names, dual-stack and FIPS.
 * boto3 is the exception for S3 in us-east-1: unless told otherwise it calls `s3.amazonaws.com`, the second in the list.
 * Empty for services whose every name carries a resource (`transfer.server`).
 */
export function hostsOf(service: Service, region: string): readonly ServiceHost[] {
  const row = rowOf(service)
  const partition = partitionRow(region)
  const found = new Map<string, NameKind>()
  const add = (template: string | undefined, kind: NameKind) => {
    if (template === undefined) return
    const host = fillTemplate(template, row.prefix, region, partition).replace('{a}', someAccountId)
    if (!found.has(host)) found.set(host, kind)
  }
  for (const template of row.names ?? []) add(template, isPinned(template) ? 'global' : 'regional')
  if (row.names === undefined) {
    const template = templateOf(row, 'default', region, partition)
    add(template, template !== undefined && isPinned(template) ? 'global' : 'regional')
    for (const name of legacyNames(row.id, region, partition.id)) add(name.template, name.kind)
    add(templateOf(row, 'dualstack', region, partition), 'dualstack')
    if (mayHaveFips(row, region)) {
      add(templateOf(row, 'fips', region, partition), 'fips')
      add(templateOf(row, 'dualstackFips', region, partition), 'dualstack-fips')
    }
  }
  return [...found].map(([host, kind]) => ({ host, kind }))
}

/**
 * The one name that an SDK with these settings asks for. Undefined when the name needs what is not known (the account of a
 * registry, a resource), or when AWS's rules refuse the settings there.
 * Names outside the API models (`ssmmessages`, `ecr.dkr`) do not follow the SDK's FIPS and dual-stack settings.
 */
export function defaultHost(service: Service, region: string, options: HostOptions = {}): string | undefined {
  const row = rowOf(service)
  const partition = partitionRow(region)
  const { useFips = false, useDualstack = false, accountId } = options
  let template = row.names?.[0]
  if (row.names === undefined) {
    const variant = useFips ? (useDualstack ? 'dualstackFips' : 'fips') : useDualstack ? 'dualstack' : 'default'
    template = templateOf(row, variant, region, partition)
    if (row.id === 'dynamodb' && variant === 'default' && accountId !== undefined && partition.id === 'aws') {
      template = '{a}.ddb.{r}.{s}'
    }
  }
  if (template === undefined || (template.includes('{a}') && accountId === undefined)) return undefined
  return fillTemplate(template, row.prefix, region, partition).replace('{a}', accountId ?? '')
}

/** The region that goes into the credential scope: another than `region` for global services. */
export function signingRegionOf(service: Service, region: string): string {
  return rowOf(service).signing[partitionRow(region).id] ?? region
}

export function templateOf(row: ServiceRow, variant: HostVariant, region: string, partition: PartitionRow): string | undefined {
  const exception = row.exceptions[region]?.[variant]
  if (exception !== undefined) return exception
  return partitionTemplate(row, variant, partition)
}

/** By pattern and variant: services of one pattern are named alike. */
const ofPatterns = new Map<string, readonly string[]>()

/** Of every partition, each once. */
export function partitionTemplates(row: ServiceRow, variant: HostVariant): readonly string[] {
  const list = () => {
    const all = tables().partitions.flatMap(partition => partitionTemplate(row, variant, partition) ?? [])
    return [...new Set(all)]
  }
  if (Object.keys(row.deviations).length > 0) return list()
  const key = `${row.pattern}.${variant}`
  const known = ofPatterns.get(key) ?? list()
  ofPatterns.set(key, known)
  return known
}

function partitionTemplate(row: ServiceRow, variant: HostVariant, partition: PartitionRow): string | undefined {
  const deviation = row.deviations[`${partition.id}.${variant}`]
  if (deviation !== undefined) return deviation ?? undefined
  return tables().patterns[row.pattern]?.[partition.index]?.[variants.indexOf(variant)] || undefined
}

export function fillTemplate(template: string, prefix: string, region: string, partition: PartitionRow): string {
  return template
    .replace('{p}', prefix)
    .replace('{r}', region)
    .replace('{s}', partition.dnsSuffix)
    .replace('{d}', partition.dualStackDnsSuffix)
}

/** The same name from every region. */
function isPinned(template: string): boolean {
  return !template.includes('{r}')
}

/** AWS's table lists FIPS names for the services it knows; the others have them, where at all, in North America. */
function mayHaveFips(row: ServiceRow, region: string): boolean {
  return row.regions.isNone ? /^(us|ca)-/.test(region) : row.fipsRegions.has(region)
}

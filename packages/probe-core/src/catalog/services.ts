// Services by any word that people and tools use for them.

import { type ServiceRow, tables } from './tables.ts'

export interface Service {
  /** PrivateLink short name where there is one (`logs`, `ecr.dkr`), else botocore's name. */
  readonly id: string
  readonly title: string
  /** Every other word that finds it. */
  readonly words: readonly string[]
  readonly signingName: string
  /** One name for all regions of the commercial partition. */
  readonly isGlobal: boolean
  readonly hasGatewayEndpoint: boolean
  /** An interface endpoint service exists in some partition. */
  readonly hasPrivateLink: boolean
}

/** Finds a service by its id, a PrivateLink service name (`com.amazonaws.eu-west-1.logs`), botocore's name, or a common word. */
export function findService(word: string): Service | undefined {
  const text = word.trim().toLowerCase()
  const short = text.replace(/^(?:[a-z]{2,4}\.)*(?:com\.amazonaws|aws\.api|aws\.sagemaker)\.(?:[a-z]{2,4}(?:-[a-z]+)+-\d\.)?/, '')
  for (const key of [text, short, short.replaceAll(/[\s_]+/g, '-'), short.replace(/-fips(?=$|\.)/, '')]) {
    const found = tables().services.find(key)
    if (found !== undefined) return serviceOf(found)
  }
  return undefined
}

/** Every id, sorted. */
export function serviceIds(): readonly string[] {
  return tables().services.ids()
}

/** Every word that `findService` knows. */
export function serviceWords(): readonly string[] {
  return tables().services.words()
}

/** The port its clients use: 443, but for a few (Keyspaces 9142, SMTP 587). */
export function portOf(service: Service): number {
  return rowOf(service).links[0]?.port ?? 443
}

export function rowOf(service: Service): ServiceRow {
  const row = tables().services.get(service.id)
  if (row === undefined) throw new Error(`no service ${service.id} in the catalogue`)
  return row
}

const services = new Map<ServiceRow, Service>()

/** Always the same one. */
function serviceOf(row: ServiceRow): Service {
  const known = services.get(row)
  if (known !== undefined) return known
  const template = row.names?.[0] ?? row.deviations['aws.default'] ?? tables().patterns[row.pattern]?.[0]?.[0]
  const service = {
    id: row.id,
    title: row.title,
    words: row.words,
    signingName: row.signingName,
    isGlobal: typeof template === 'string' && !template.includes('{r}'),
    hasGatewayEndpoint: tables().gateways.includes(row.id),
    hasPrivateLink: row.links.length > 0,
  }
  services.set(row, service)
  return service
}

// Asks RDS about the databases that host names lead to, and about maintenance of those that are not available.

import type { DatabaseFacts } from '../../model/control-plane.ts'
import type { ObservedTarget } from '../../model/target.ts'
import type { Gathered } from './gather.ts'
import { readDatabaseClusters, readDatabases, readPendingMaintenance } from './read-databases.ts'

const mostNames = 20

interface Named {
  /** Undefined: a custom endpoint, whose own name is not the cluster's. */
  readonly id: string | undefined
  readonly isCluster: boolean
  readonly region: string
}

/** The database's name is the first label of its host, or of the name that a name of the user's own leads to. */
export async function askDatabases(targets: readonly ObservedTarget[], region: string | null, told: Gathered): Promise<void> {
  const names = targets.flatMap(namesOf).flatMap(name => readDatabaseHost(name) ?? [])
  const here = names.filter(name => name.region === region)
  const wanted = [...new Map(here.map(name => [`${name.isCluster} ${name.id}`, name])).values()].slice(0, mostNames)
  await Promise.all(wanted.map(name => askDatabase(name, told)))
}

async function askDatabase({ id, isCluster }: Named, told: Gathered): Promise<void> {
  const operation = isCluster ? 'DescribeDBClusters' : 'DescribeDBInstances'
  const input: Record<string, string> =
    id === undefined ? {} : { [isCluster ? 'DBClusterIdentifier' : 'DBInstanceIdentifier']: id }
  const body = await told.ask({ service: 'rds', operation, input, ...(id !== undefined && { about: [id] }) })
  if (body === undefined) return
  const databases = isCluster ? readDatabaseClusters(body) : readDatabases(body)
  told.add({ databases: await withMaintenance(databases, told) })
}

/** Of databases that the report holds already: what is due on those that are neither available nor simply stopped. */
export async function askMaintenance(databases: readonly DatabaseFacts[], told: Gathered): Promise<void> {
  const asked = await withMaintenance(databases, told)
  const more = asked.filter((database, index) => database !== databases[index])
  if (more.length > 0) told.add({ databases: more })
}

async function withMaintenance(databases: readonly DatabaseFacts[], told: Gathered): Promise<readonly DatabaseFacts[]> {
  return Promise.all(
    databases.map(async database => {
      const { arn, status } = database
      if (arn === undefined || !/^(?:maintenance|upgrading|modifying|rebooting)$/.test(status)) return database
      const input = { ResourceIdentifier: arn }
      const body = await told.ask({ service: 'rds', operation: 'DescribePendingMaintenanceActions', input, about: [database.id] })
      const pendingMaintenance = body === undefined ? [] : readPendingMaintenance(body)
      return pendingMaintenance.length === 0 ? database : { ...database, pendingMaintenance }
    }),
  )
}

function namesOf(target: ObservedTarget): readonly string[] {
  const cnames = target.observations.flatMap(o =>
    o.layer === 'dns' && o.outcome === 'answered' && o.variant === undefined ? (o.seen.cnames ?? []) : [],
  )
  return [target.host, ...cnames].map(name => name.toLowerCase().replace(/\.$/, ''))
}

/** `orders.abc.REGION.rds.amazonaws.com`, `orders.cluster-abc.…`, `orders.cluster-ro-abc.…`; undefined for any other host. */
export function readDatabaseHost(host: string): Named | undefined {
  const [, label, cluster, region] =
    /^([a-z][a-z0-9-]{0,62})\.(cluster-custom-|cluster-ro-|cluster-)?[a-z0-9]{4,32}\.([a-z]{2,4}(?:-[a-z]+)+-\d)\.(?:rds|docdb|neptune)\.amazonaws\.com(?:\.cn)?$/.exec(
      host,
    ) ?? []
  if (label === undefined || region === undefined) return undefined
  const id = cluster === 'cluster-custom-' ? undefined : label
  return { id, isCluster: cluster !== undefined, region }
}

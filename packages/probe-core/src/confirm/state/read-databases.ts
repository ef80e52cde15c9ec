// Databases as RDS describes them (DocumentDB and Neptune answer by the same API): status, where they answer, what is due. Pure.

import type { DatabaseFacts } from '../../model/control-plane.ts'
import { type Body, numberOf, recordsOf, textsOf } from '../read-body.ts'
import { idOf, recordOf, timeOf, told, wordsOf } from './words.ts'

const databaseId = /^[A-Za-z][A-Za-z0-9-]{0,62}$/

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html */
export function readDatabases(body: Body): readonly DatabaseFacts[] {
  return recordsOf(body.DBInstances).flatMap(database => {
    const id = idOf(database.DBInstanceIdentifier, databaseId)
    const status = wordsOf(database.DBInstanceStatus, 64)
    if (id === undefined || status === undefined) return []
    const endpoint = recordOf(database.Endpoint)
    const subnetGroup = recordOf(database.DBSubnetGroup)
    return [
      told<DatabaseFacts>({
        id,
        isCluster: false,
        status,
        ...commonOf(database),
        host: hostOf(endpoint.Address),
        port: portOf(endpoint.Port),
        arn: wordsOf(database.DBInstanceArn),
        subnets: recordsOf(subnetGroup.Subnets).flatMap(subnet => wordsOf(subnet.SubnetIdentifier, 64) ?? []),
      }),
    ]
  })
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBCluster.html */
export function readDatabaseClusters(body: Body): readonly DatabaseFacts[] {
  return recordsOf(body.DBClusters).flatMap(cluster => {
    const id = idOf(cluster.DBClusterIdentifier, databaseId)
    const status = wordsOf(cluster.Status, 64)
    if (id === undefined || status === undefined) return []
    const others = [cluster.ReaderEndpoint, ...textsOf(cluster.CustomEndpoints)].flatMap(host => hostOf(host) ?? [])
    return [
      told<DatabaseFacts>({
        id,
        isCluster: true,
        status,
        ...commonOf(cluster),
        host: hostOf(cluster.Endpoint),
        otherHosts: others.length > 0 ? others : undefined,
        port: portOf(cluster.Port),
        arn: wordsOf(cluster.DBClusterArn),
      }),
    ]
  })
}

function commonOf(database: Body): Partial<DatabaseFacts> {
  return told<Partial<DatabaseFacts>>({
    engine: wordsOf(database.Engine, 64),
    groups: recordsOf(database.VpcSecurityGroups).flatMap(group => wordsOf(group.VpcSecurityGroupId, 64) ?? []),
    startsAgainAt: timeOf(database.AutomaticRestartTime),
    maintenanceWindow: wordsOf(database.PreferredMaintenanceWindow, 64),
  })
}

/** What RDS will do to a database, and by when. */
export function readPendingMaintenance(body: Body): readonly string[] {
  return recordsOf(body.PendingMaintenanceActions)
    .flatMap(resource => recordsOf(resource.PendingMaintenanceActionDetails))
    .flatMap(action => {
      const name = wordsOf(action.Action, 64)
      if (name === undefined) return []
      const at = timeOf(action.CurrentApplyDate ?? action.AutoAppliedAfterDate ?? action.ForcedApplyDate)
      const description = wordsOf(action.Description, 120)
      return [`${name}${description === undefined ? '' : `: ${description}`}${at === undefined ? '' : ` (${at})`}`]
    })
    .slice(0, 10)
}

/** A name that will be resolved and connected to: anything else in its place is left out. */
function hostOf(value: unknown): string | undefined {
  const host = wordsOf(value, 253)?.toLowerCase()
  return host !== undefined && /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(host) ? host : undefined
}

function portOf(value: unknown): number | undefined {
  const port = numberOf(value)
  return port !== undefined && Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : undefined
}

// What the confirm phase may ask about a target, from the tables that the questions themselves are made by. Pure.

import { isLiteral } from '../catalog/address.ts'
import { databasePermissions, holderPermissions, isPlainHost, type Permission, readHost } from '../catalog/index.ts'
import { findBucket } from '../confirm/situation.ts'
import { readDatabaseHost } from '../confirm/state/ask-databases.ts'
import { topicActions } from '../confirm/topics.ts'
import type { PlannedTarget } from '../model/target.ts'

type ConfirmPermission = Permission & { readonly phase: 'confirm' }

interface ConfirmPlace {
  readonly partition: string
  readonly region: string
  readonly account?: string
}

/** Beside what the state of a named resource calls for, which its own permissions hold. */
export function confirmPermissionsOf(target: PlannedTarget, place: ConfirmPlace): readonly ConfirmPermission[] {
  const bucket = findBucket(target)
  const aboutBucket = bucket === undefined ? [] : [`arn:${place.partition}:s3:::${bucket}`]
  const topics = topicActions.flatMap((action): ConfirmPermission[] => {
    const resources = action.startsWith('s3:') ? aboutBucket : ['*']
    return resources.map(resource => ({ action, resource, phase: 'confirm' }))
  })
  if (!isPlainHost(target)) return topics
  return [...topics, ...asConfirm(holderPermissions), ...asConfirm(databasesOf(target, place))]
}

/** A host's own name may say which database it is; any other name of the user's may lead to one. */
function databasesOf({ host }: PlannedTarget, place: ConfirmPlace): ReturnType<typeof databasePermissions> {
  if (host === '' || isLiteral(host)) return []
  const named = readDatabaseHost(host)
  if (named === undefined && readHost(host) !== undefined) return []
  if (named !== undefined && named.region !== place.region && place.region !== '*') return []
  // A cluster's name leads to the name of one of its instances, an instance's to none.
  if (named !== undefined && !named.isCluster) return databasePermissions(place, named)
  return [
    ...databasePermissions(place, { id: named?.id, isCluster: true }),
    ...databasePermissions(place, { id: undefined, isCluster: false }),
  ]
}

function asConfirm(permissions: readonly Permission[]): readonly ConfirmPermission[] {
  return permissions.map(({ action, resource }) => ({ action, resource, phase: 'confirm' }))
}

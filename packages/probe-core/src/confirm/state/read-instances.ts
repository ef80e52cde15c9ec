// Instances as EC2 describes them: state, addresses, why and when the state changed, the group they belong to. Pure.

import type { InstanceFacts } from '../../model/control-plane.ts'
import { type Body, recordsOf } from '../read-body.ts'
import { idOf, recordOf, timeOf, told, wordsOf } from './words.ts'

const instanceId = /^i-[0-9a-f]{1,32}$/

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html */
export function readInstances(body: Body): readonly InstanceFacts[] {
  return recordsOf(body.reservationSet)
    .flatMap(reservation => recordsOf(reservation.instancesSet))
    .flatMap(instance => readInstance(instance) ?? [])
}

function readInstance(instance: Body): InstanceFacts | undefined {
  const id = idOf(instance.instanceId, instanceId)
  const state = wordsOf(recordOf(instance.instanceState).name, 32)
  if (id === undefined || state === undefined) return undefined
  const interfaces = recordsOf(instance.networkInterfaceSet)
  const addresses = [
    wordsOf(instance.privateIpAddress, 45),
    ...interfaces.flatMap(eni => recordsOf(eni.privateIpAddressesSet).map(each => wordsOf(each.privateIpAddress, 45))),
    wordsOf(instance.ipv6Address, 45),
    ...interfaces.flatMap(eni => recordsOf(eni.ipv6AddressesSet).map(each => wordsOf(each.ipv6Address, 45))),
  ].filter(address => address !== undefined)
  const reason = wordsOf(instance.reason) ?? wordsOf(recordOf(instance.stateReason).message)
  const tags = recordsOf(instance.tagSet)
  return told<InstanceFacts>({
    id,
    state,
    addresses: [...new Set(addresses)],
    subnet: wordsOf(instance.subnetId, 64),
    groups: recordsOf(instance.groupSet).flatMap(group => wordsOf(group.groupId, 64) ?? []),
    stateReason: reason,
    changedAt: changeTime(reason),
    // Only Auto Scaling itself can set a tag of this prefix.
    scalingGroup: wordsOf(tags.find(tag => tag.key === 'aws:autoscaling:groupName')?.value),
  })
}

/** `User initiated (2026-11-20 18:00:02 GMT)`: the only place where EC2 tells when the state changed. */
function changeTime(reason: string | undefined): string | undefined {
  const [, day, time] = /\((\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)? (?:GMT|UTC)\)/.exec(reason ?? '') ?? []
  return day === undefined ? undefined : timeOf(`${day}T${time}Z`)
}

/** The checks of each instance that do not pass, `ok` when all do; checks that are still under way say nothing yet. */
export function readStatusChecks(body: Body): ReadonlyMap<string, string> {
  const checks = new Map<string, string>()
  for (const status of recordsOf(body.instanceStatusSet)) {
    const id = idOf(status.instanceId, instanceId)
    if (id === undefined) continue
    const all = [
      ['system', recordOf(status.systemStatus).status],
      ['instance', recordOf(status.instanceStatus).status],
      ['attached EBS', recordOf(status.attachedEbsStatus).status],
    ] as const
    const failing = all.filter(([, word]) => word === 'impaired').map(([name]) => `${name} impaired`)
    if (failing.length > 0) checks.set(id, failing.join(', '))
    else if (all.slice(0, 2).every(([, word]) => word === 'ok')) checks.set(id, 'ok')
  }
  return checks
}

// Network interfaces as EC2 describes them: whose address it is. Pure.

import type { InterfaceFacts } from '../../model/control-plane.ts'
import { type Body, recordsOf } from '../read-body.ts'
import { recordOf, told, wordsOf } from './words.ts'

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html */
export function readInterfaceOwners(body: Body): readonly InterfaceFacts[] {
  return recordsOf(body.networkInterfaceSet).flatMap(eni => {
    const id = wordsOf(eni.networkInterfaceId, 64)
    const vpc = wordsOf(eni.vpcId, 64)
    const subnet = wordsOf(eni.subnetId, 64)
    if (id === undefined || vpc === undefined || subnet === undefined) return []
    const addresses = [
      wordsOf(eni.privateIpAddress, 45),
      ...recordsOf(eni.privateIpAddressesSet).map(each => wordsOf(each.privateIpAddress, 45)),
      ...recordsOf(eni.ipv6AddressesSet).map(each => wordsOf(each.ipv6Address, 45)),
    ].filter(address => address !== undefined)
    return [
      told<InterfaceFacts>({
        id,
        vpc,
        subnet,
        addresses: [...new Set(addresses)],
        groups: recordsOf(eni.groupSet).flatMap(group => wordsOf(group.groupId, 64) ?? []),
        publicAddress: wordsOf(recordOf(eni.association).publicIp, 45),
        type: wordsOf(eni.interfaceType, 64),
        description: wordsOf(eni.description),
        instance: wordsOf(recordOf(eni.attachment).instanceId, 32),
        requester: wordsOf(eni.requesterId, 128),
        status: wordsOf(eni.status, 32),
      }),
    ]
  })
}

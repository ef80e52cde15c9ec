// Which addresses answer, by subnet: what a NACL does (it stands at the border of a subnet), and a dead zone too.

import { isBeyondVpc } from './beyond.ts'
import { remember } from './remember.ts'
import type { NetworkView, TargetView } from './view.ts'

/** Addresses in our own subnet answer, and every one outside it is silent. Beyond the VPC, a route may be missing just as well. */
export function isSplitBySubnet(target: TargetView): boolean {
  const { network } = target
  const inside = target.addresses.filter(a => network.inOwnSubnet(a.address) === true)
  const outside = target.addresses.filter(a => network.inOwnSubnet(a.address) === false && !isBeyondVpc(network, a.address))
  return inside.some(a => a.outcome === 'answered') && outside.length > 0 && outside.every(a => a.outcome === 'silent')
}

/** Nothing in our subnet is silent and nothing beyond it answers, as far as it is known what our subnet is. */
export function maySplitBySubnet(target: TargetView): boolean {
  const isOwn = (address: string) => target.network.inOwnSubnet(address)
  if (target.isPublic) return false
  return target.addresses.every(a => (a.outcome === 'answered' ? isOwn(a.address) !== false : isOwn(a.address) !== true))
}

/** Targets that show the split, provided that nothing private outside our subnet answered at all. */
export const splitsBySubnet = remember((network: NetworkView): readonly TargetView[] => {
  const crossed = network.targets.some(t =>
    t.addresses.some(a => a.scope !== 'public' && network.inOwnSubnet(a.address) === false && a.outcome === 'answered'),
  )
  return crossed ? [] : network.targets.filter(isSplitBySubnet)
})

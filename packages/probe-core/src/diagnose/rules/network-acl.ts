// Cause: a network ACL drops the packets or, as it is stateless, their replies to ephemeral ports.
// Shows as: addresses in the own subnet answer and others are silent; or whether an address answers depends on our source port.
// Looks like, but is not: security groups, which know no subnets and no source ports.

import { allSilent, answers, privateSibling, resolved, serversSilent, silentAddress, vpcSaysPrivate } from '../facts.ts'
import { proxyIsSilent } from '../proxied.ts'
import { firstBut, remember } from '../remember.ts'
import { excluded, fits, type Judgement, type Rule, says } from '../rule.ts'
import { isSplitBySubnet, splitsBySubnet } from '../subnets.ts'
import { type Sweep, sourcePortSweep, sweptByPort } from '../sweep.ts'
import type { AddressView, NetworkView, TargetView } from '../view.ts'

export const networkAcl: Rule = {
  cause: 'network-acl',
  severity: 'error',
  shows: ['tcp-silent', 'tcp-partly-silent', 'tcp-flaky', 'dns-silent', 'proxy-silent'],
  judge(target, network, symptom) {
    if (symptom === 'dns-silent') {
      const servers = serversSilent(network, r => network.inOwnSubnet(r) !== true)
      return servers && fits('weak', [servers])
    }
    if (symptom === 'proxy-silent') return proxyIsSilent(target) ? fits('weak', []) : undefined
    if (target.addresses.some(a => a.scope === 'link-local' || a.scope === 'loopback')) return undefined
    const sweep = sourcePortSweep(target)
    if (sweep.dependsOnPort) return fits(sweep.beyondChance ? 'strong' : 'plain', [resolved(target), portsDecide(target, sweep)])
    if (symptom === 'tcp-flaky') return ofFlaky(target, sweep)
    const silent = target.addresses.filter(a => a.outcome === 'silent')
    const inside = silent.filter(a => network.inOwnSubnet(a.address) === true)
    if (inside[0] && inside.length === silent.length) {
      const subnet = network.vantage.network.subnetCidr ?? '-'
      return excluded(says(target, 'tcp', 'subnet.own', { address: inside[0].address, subnet }))
    }
    // As silent, and no NACL stands between: it is not this alone.
    const [near] = inside
    if (near && symptom === 'tcp-silent') {
      const subnet = network.vantage.network.subnetCidr ?? '-'
      return fits(
        'weak',
        [resolved(target), allSilent(target)],
        [says(target, 'tcp', 'subnet.own', { address: near.address, subnet })],
      )
    }
    return symptom === 'tcp-partly-silent' ? ofPartlySilent(target, network) : ofSilent(target, network, sweep)
  },
}

function portsDecide(target: TargetView, sweep: Sweep) {
  return says(target, 'tcp', 'sweep.mixed', { answered: sweep.answered.join(', '), silent: sweep.silent.join(', ') })
}

/** A NACL lets ranges of ports pass: ports that all get through, or at random, are not its doing. */
function ofFlaky(target: TargetView, sweep: Sweep): Judgement {
  if (sweep.tried === 0 || !(sweep.isEven || sweep.isRandom)) return fits('weak', [])
  return excluded(
    sweep.isEven
      ? says(target, 'tcp', 'sweep.even', { count: sweep.tried })
      : says(target, 'tcp', 'sweep.random', { answered: sweep.answered.length, silent: sweep.silent.length }),
  )
}

function ofPartlySilent(target: TargetView, network: NetworkView): Judgement {
  const silent = target.addresses.filter(a => a.outcome === 'silent')
  const [first] = silent
  if (first === undefined) return undefined
  const proven = sweptByPort(network).find(t => t !== target && sourcePortSweep(t).beyondChance)
  if (proven) return fits('plain', [silentAddress(target, first), portsDecide(proven, sourcePortSweep(proven))])
  const crossing = firstBut(crossingSubnets(network), target)
  const far = crossing?.addresses.find(answersBeyond(network))
  const near = target.addresses.find(a => a.outcome === 'answered' && network.inOwnSubnet(a.address) === true)
  if (near && far === undefined && isSplitBySubnet(target)) {
    const pattern = splitsBySubnet(network).length > 1
    return fits(pattern ? 'strong' : 'plain', [answers(target, near), silentAddress(target, first)])
  }
  return fits('weak', [silentAddress(target, first)], [crossing && far && answers(crossing, far)])
}

function answersBeyond(network: NetworkView) {
  return (a: AddressView) => network.inOwnSubnet(a.address) === false && a.outcome === 'answered'
}

/** What answers from beyond our own subnet, not by public addresses. */
const crossingSubnets = remember((network: NetworkView) =>
  network.targets.filter(t => !t.isPublic && t.addresses.some(answersBeyond(network))),
)

function ofSilent(target: TargetView, network: NetworkView, sweep: Sweep): Judgement {
  const elsewhere = target.isPublic ? vpcSaysPrivate(target) : undefined
  if (elsewhere) return excluded(elsewhere)
  const sibling = target.isPublic && target.isApi ? privateSibling(target) : undefined
  if (sibling?.answers) return excluded(sibling.evidence)
  // What another target proves of this subnet's NACL holds for all that lies beyond the subnet.
  const proven = firstBut(sweptByPort(network), target)
  if (proven) return fits('plain', [resolved(target), allSilent(target), portsDecide(proven, sourcePortSweep(proven))])
  const [split, another] = splitsBySubnet(network)
  const far = split?.addresses.find(a => a.outcome === 'silent')
  if (split && another && far) return fits('plain', [resolved(target), allSilent(target), silentAddress(split, far)])
  const even = sweep.isEven ? says(target, 'tcp', 'sweep.even', { count: sweep.tried }) : undefined
  return fits('weak', [resolved(target), allSilent(target)], [even])
}

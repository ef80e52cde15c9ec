// Cause: a network ACL drops the packets or, as it is stateless, their replies to ephemeral ports.
// Shows as: addresses in the own subnet answer and others are silent; or whether an address answers depends on our source port.
// Looks like, but is not: security groups, which know no subnets and no source ports.

import { allSilent, answers, privateSibling, resolved, silentAddress, vpcSaysPrivate } from '../facts.ts'
import { excluded, fits, type Rule, says } from '../rule.ts'
import { sourcePortSweep } from '../sweep.ts'

export const networkAcl: Rule = {
  cause: 'network-acl',
  severity: 'error',
  shows: ['tcp-silent', 'tcp-partly-silent', 'tcp-flaky'],
  judge(target, network, symptom) {
    if (target.addresses.some(a => a.scope === 'link-local' || a.scope === 'loopback')) return undefined
    const sweep = sourcePortSweep(target)
    if (sweep.dependsOnPort) {
      const ports = says(target, 'tcp', 'sweep.mixed', { answered: sweep.answered.join(', '), silent: sweep.silent.join(', ') })
      return fits(sweep.beyondChance ? 'strong' : 'plain', [resolved(target), ports])
    }
    const proven = network.targets.find(t => t !== target && sourcePortSweep(t).dependsOnPort)
    if (proven !== undefined && symptom === 'tcp-silent') {
      const { answered, silent } = sourcePortSweep(proven)
      const ports = says(proven, 'tcp', 'sweep.mixed', { answered: answered.join(', '), silent: silent.join(', ') })
      return fits('plain', [resolved(target), allSilent(target), ports])
    }
    const elsewhere = target.isPublic ? vpcSaysPrivate(target) : undefined
    if (elsewhere) return excluded(elsewhere)
    const sibling = target.isPublic && target.isApi ? privateSibling(target) : undefined
    if (sibling?.answers) return excluded(sibling.evidence)
    const silent = target.addresses.filter(a => a.outcome === 'silent')
    const inside = silent.filter(a => network.inOwnSubnet(a.address) === true)
    const first = inside[0]
    if (first && inside.length === silent.length) {
      return excluded(
        says(target, 'tcp', 'subnet.own', { address: first.address, subnet: network.vantage.network.subnetCidr ?? '' }),
      )
    }
    if (symptom === 'tcp-partly-silent') {
      const near = target.addresses.find(a => a.outcome === 'answered' && network.inOwnSubnet(a.address) === true)
      const far = silent.find(a => network.inOwnSubnet(a.address) === false)
      const alike = network.targets.filter(
        t => t !== target && !t.isPublic && t.addresses.some(a => network.inOwnSubnet(a.address) === false),
      )
      const farAnswers = alike.flatMap(t =>
        t.addresses.filter(a => network.inOwnSubnet(a.address) === false && a.outcome === 'answered').map(a => answers(t, a)),
      )
      if (near && far && farAnswers.length === 0) {
        const pattern = alike.some(t => t.addresses.some(a => a.outcome === 'silent'))
        return fits(pattern ? 'strong' : 'plain', [answers(target, near), silentAddress(target, far)])
      }
      return fits(
        'weak',
        silent.slice(0, 1).map(a => silentAddress(target, a)),
        farAnswers.slice(0, 1),
      )
    }
    if (symptom === 'tcp-flaky')
      return sweep.tried > 0 ? excluded(says(target, 'tcp', 'sweep.even', { count: sweep.tried })) : undefined
    return fits(
      'weak',
      [resolved(target), allSilent(target)],
      sweep.tried > 0 ? [says(target, 'tcp', 'sweep.even', { count: sweep.tried })] : [],
    )
  },
}

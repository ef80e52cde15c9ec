// The sentence for what decided a step of the path: the resource, the rule, the packet.

import type { Evidence } from '../../model/finding.ts'
import { list } from '../facts.ts'
import { says } from '../rule.ts'
import type { TargetView } from '../view.ts'
import type { Cite, Flow, PortRange, Step } from './steps.ts'
import { ephemeralPorts } from './steps.ts'

export function trafficOf(flow: Flow): string {
  return `${flow.protocol}/${flow.port}`
}

export function tell(target: TargetView, flow: Flow, step: Extract<Step, { cite: Cite }> | { readonly cite: Cite }): Evidence {
  const { cite } = step
  const traffic = trafficOf(flow)
  switch (cite.kind) {
    case 'group': {
      const parts = { groups: list(cite.groups), holder: cite.holder, traffic, peer: cite.peer }
      if (cite.match.is !== 'yes')
        return says(target, 'tcp', cite.way === 'egress' ? 'confirm.noEgress' : 'confirm.noIngress', parts)
      const { rule, peer } = cite.match
      const named = [rule?.id, portsOf(rule), peer].filter(part => part !== undefined).join(' ')
      return says(target, 'tcp', cite.way === 'egress' ? 'confirm.egressAllows' : 'confirm.ingressAllows', {
        ...parts,
        rule: named,
      })
    }
    case 'acl': {
      const { entry } = cite
      const number = entry === undefined || entry.number >= 32_767 ? '*' : String(entry.number)
      // The entry matches the way there by its port, and replies by the ports that we connect from.
      const packet = cite.ports[0] === cite.ports[1] ? traffic : `${flow.protocol}/${range(cite.ports)}`
      const parts = { acl: cite.acl, subnet: cite.subnet, entry: number, traffic: packet, peer: cite.peer }
      return says(target, 'tcp', cite.way === 'egress' ? 'confirm.aclDeniesOut' : 'confirm.aclDeniesIn', parts)
    }
    case 'acls':
      return says(target, 'tcp', 'confirm.aclsAllow', {
        acls: list(cite.acls),
        traffic,
        peer: flow.address,
        ports: range(ephemeralPorts),
      })
    case 'no-acl':
      return says(target, 'tcp', 'confirm.sameSubnet', { address: cite.address, subnet: cite.subnet })
    case 'no-public-address':
      return says(target, 'tcp', 'confirm.noPublicAddress', { table: cite.table, via: cite.via, interface: cite.interface })
    case 'route': {
      const { choice, table, subnet } = cite
      if (choice.is !== 'route') return says(target, 'tcp', 'confirm.noRoute', { table, subnet, address: flow.address })
      const { to, via, isBlackhole } = choice.route
      return isBlackhole
        ? says(target, 'tcp', 'confirm.blackhole', { table, subnet, to, via })
        : says(target, 'tcp', 'confirm.routed', { table, subnet, address: flow.address, to, via })
    }
  }
}

function portsOf(rule: { readonly protocol: string; readonly fromPort?: number; readonly toPort?: number } | undefined): string {
  if (rule === undefined) return ''
  const protocol = rule.protocol === '-1' ? 'all' : rule.protocol
  if (rule.protocol === '-1' || rule.fromPort === undefined || rule.toPort === undefined) return protocol
  return `${protocol}/${rule.fromPort === rule.toPort ? rule.fromPort : range([rule.fromPort, rule.toPort])}`
}

function range([from, to]: PortRange): string {
  return `${from}-${to}`
}

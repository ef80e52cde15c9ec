// The facts of a request: which connections have to work, from where, and which named things of the VPC a finding touches.

import { type Finding, findService, type Report, type Target } from '@eniprobe/core'
import type { FormatPage } from './format-page.ts'
import { addressesOf, stopOf } from './layer-state.ts'
import { timeOf } from './quantities.ts'

interface Connection {
  readonly target: string
  readonly host: string
  readonly addresses: readonly string[]
  readonly port: string
  readonly seen: string
}

interface NamedResource {
  readonly id: string
  readonly says: string
}

/** The targets of a finding; a host that is empty was never known. */
export function connectionsOf(found: Finding, report: Report, page: FormatPage): Connection[] {
  return report.targets
    .filter(({ id }) => found.targets.includes(id))
    .map(target => ({
      target: target.id,
      host: target.host,
      addresses: addressesOf(target),
      port: `TCP ${target.port}`,
      seen: stopWords(target, page),
    }))
}

/** In one phrase where a target stops, e.g. `TCP silent 3.2 s`. */
function stopWords(target: Target, { messages, formats }: FormatPage): string {
  const stop = stopOf(target)
  if (stop === undefined) return messages.targets.verdicts[target.verdict]
  const layer = messages.targets.layers[stop.layer]
  if (stop.outcome === 'rejected') return `${layer} ${stop.code ?? formats.outcomes.rejected}`
  const some = stop.good > 0 ? ` (${messages.targets.some(stop.good, stop.all)})` : ''
  return `${layer} ${formats.outcomes.silent}${stop.ms === undefined ? '' : ` ${timeOf(stop.ms, messages)}`}${some}`
}

/** Where the packets come from: address, interface, subnet, VPC, groups; each as far as it is known. */
export function originOf({ vantage }: Report, { formats }: FormatPage): string[] {
  const { network, interfaces } = vantage
  const address = interfaces.find(each => !/^(?:fe[89ab][0-9a-f]:|127\.|::1)/i.test(each.address))?.address
  return [
    address,
    network.eni,
    network.subnetCidr === null
      ? network.subnet
      : `${formats.inSubnet(network.subnetCidr)}${network.subnet === null ? '' : ` ${network.subnet}`}`,
    network.vpc,
    network.securityGroups === null || network.securityGroups.length === 0
      ? null
      : formats.withGroups(network.securityGroups.join(', ')),
  ].filter(part => part !== null && part !== undefined)
}

/** What the control plane told of the services and hosts this finding is about. Empty where it was not asked. */
export function resourcesOf(found: Finding, report: Report, { formats }: FormatPage): NamedResource[] {
  const told = report.controlPlane
  if (told === undefined) return []
  const { resource: words } = formats
  const targets = report.targets.filter(({ id }) => found.targets.includes(id))
  const services = new Set(targets.map(({ service }) => service).filter(service => service !== null))
  const addresses = new Set(targets.flatMap(addressesOf))
  const hosts = new Set(targets.map(({ host }) => host))

  const endpoints = (told.endpoints ?? []).filter(({ service }) => services.has(findService(service)?.id ?? ''))
  const groupNames = new Map((told.securityGroups ?? []).map(({ id, name }) => [id, name === undefined ? id : `${id} (${name})`]))
  const groupList = (ids: readonly string[]) => ids.map(id => groupNames.get(id) ?? id).join(', ')
  return [
    ...endpoints.map(({ id, type, service, state, privateDns, groups = [], subnets = [], routeTables = [] }) => ({
      id,
      says: [
        words.endpoint(type, service, state),
        ...(type === 'Interface' && privateDns !== undefined ? [words.privateDns(privateDns)] : []),
        ...(groups.length > 0 ? [words.groups(groupList(groups))] : []),
        ...(subnets.length > 0 ? [words.subnets(subnets.join(', '))] : []),
        ...(routeTables.length > 0 ? [words.routeTables(routeTables.join(', '))] : []),
      ].join('; '),
    })),
    ...(told.instances ?? [])
      .filter(instance => instance.addresses.some(address => addresses.has(address)))
      .map(({ id, state }) => ({ id, says: words.instance(state) })),
    ...(told.databases ?? [])
      .filter(({ host }) => host !== undefined && hosts.has(host))
      .map(({ id, status }) => ({ id, says: words.database(status) })),
    ...(told.containerServices ?? [])
      .filter(({ cluster, service }) =>
        targets.some(({ id, resource }) => `${id} ${resource ?? ''}`.includes(`${cluster}/${service}`)),
      )
      .map(({ cluster, service, running, desired }) => ({
        id: `${cluster}/${service}`,
        says: words.containers(running, desired),
      })),
  ]
}

/** The words of a command line that asks for the same again, for a POSIX shell. */
export function repeatCommand({ targets, vantage }: Report): string {
  const words: string[] = []
  const workloads = new Set<string>()
  for (const { id, wantedBy } of targets) {
    for (const by of wantedBy) {
      if (by === 'command-line') words.push(id.replace(/ \([a-z0-9.-]+\)$/, ''))
      else if (packageTools.includes(by)) words.push(by)
      else if (by !== 'default') workloads.add(by)
    }
  }
  const shown = [...new Set(words)]
  return [
    'eniprobe',
    ...(shown.length > mostWords ? ['all'] : shown.map(shellWord)),
    ...[...workloads].map(workload => `--for ${shellWord(workload)}`),
    ...(vantage.region === null ? [] : [`--region ${shellWord(vantage.region)}`]),
    ...(vantage.expect === 'closed' ? ['--expect closed'] : []),
  ].join(' ')
}

const packageTools: readonly string[] = ['pip', 'npm', 'conda', 'dnf', 'docker']
/** So many names were not typed by hand. */
const mostWords = 60

function shellWord(word: string): string {
  if (/^[\w@%+=:,./][\w@%+=:,./-]*$/.test(word)) return word
  return `'${word.replaceAll('\n', ' ').replaceAll("'", String.raw`'\''`)}'`
}

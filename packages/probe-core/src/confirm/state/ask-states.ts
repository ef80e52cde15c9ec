// Asks what a finding leaves open about states: what holds an address that is silent and whether it runs, why no task runs, what
// scales a group and when. Read-only, and nothing that was told already. What the answers mean is not judged here.

import { findNamedState, isPlainHost } from '../../catalog/index.ts'
import { type CauseCode, causesByArea } from '../../model/cause.ts'
import type { ContainerServiceFacts, ControlPlane, InstanceFacts, InterfaceFacts } from '../../model/control-plane.ts'
import type { Finding } from '../../model/finding.ts'
import type { ObservedReport } from '../../model/report.ts'
import type { ObservedTarget } from '../../model/target.ts'
import type { Ask } from '../ask.ts'
import { askDatabases, askMaintenance } from './ask-databases.ts'
import { askGroups, askServiceScaling, askStoppedTasks } from './ask-scaling.ts'
import { type Gathered, gather } from './gather.ts'
import { readInstances, readStatusChecks } from './read-instances.ts'

/** Findings whose answer may lie in the state of what is at the far end. */
const asking: ReadonlySet<CauseCode> = new Set<CauseCode>([
  ...causesByArea.resource,
  'target-security-group',
  'nothing-listens',
  'host-unreachable',
])

interface StateQuestions {
  /** With what the control plane has told so far. */
  readonly report: ObservedReport
  readonly findings: readonly Finding[]
  readonly ask: Ask
  /** For the next occurrence of a schedule. */
  readonly nowMs: number
}

export function asksForState(finding: Finding): boolean {
  return finding.causes.some(({ cause }) => asking.has(cause))
}

/** The failing targets that a finding leaves to their state. */
function openTargets({ report, findings }: StateQuestions): readonly ObservedTarget[] {
  const open = new Set(findings.flatMap(finding => (asksForState(finding) ? finding.targets : [])))
  return report.targets.filter(target => open.has(target.id))
}

/**
 * About what the user named (`rds:…`, `ec2:…`, `ecs:…`), and about databases, which host names lead to. Undefined where no finding
 * asks. Never throws for what the network or AWS says.
 */
export async function askNamedStates(questions: StateQuestions): Promise<ControlPlane | undefined> {
  const { report, ask, nowMs } = questions
  const targets = openTargets(questions)
  const told = gather(ask)
  const named = targets.flatMap(target => findNamedState(target) ?? [])
  const known = report.controlPlane
  const services = (known?.containerServices ?? []).filter(({ cluster, service }) =>
    named.some(each => each.of === 'container-service' && each.cluster === cluster && each.service === service),
  )
  const instances = (known?.instances ?? []).filter(({ id }) => named.some(each => each.of === 'instance' && each.id === id))
  const databases = (known?.databases ?? []).filter(({ id }) =>
    named.some(each => each.of === 'database' && each.id === id.toLowerCase()),
  )
  await Promise.all([
    askDatabases(targets.filter(isPlainHost), report.vantage.region, told),
    askMaintenance(databases, told),
    askGroups(instances, told, nowMs),
    ...services.map(service => askService(service, told, nowMs)),
  ])
  return told.facts()
}

function askService(service: ContainerServiceFacts, told: Gathered, nowMs: number): Promise<void> {
  if (service.running > 0 || service.status !== 'ACTIVE') return Promise.resolve()
  return service.desired === 0 && service.isDaemon !== true
    ? askServiceScaling(service, told, nowMs)
    : askStoppedTasks(service, told)
}

/** About the instances that hold the addresses of plain hosts, once it is known which interfaces do. */
export async function askHolders(
  questions: StateQuestions,
  interfaces: readonly InterfaceFacts[],
): Promise<ControlPlane | undefined> {
  const { report, ask, nowMs } = questions
  const told = gather(ask)
  const failed = new Set(openTargets(questions).filter(isPlainHost).flatMap(failedAddresses))
  const ownVpc = report.vantage.network.vpc
  // An address of another VPC's says nothing of what our packets meet.
  const held = interfaces.filter(each => (ownVpc === null || each.vpc === ownVpc) && each.addresses.some(a => failed.has(a)))
  const ids = [...new Set(held.flatMap(each => each.instance ?? []))].slice(0, 50)
  if (ids.length === 0) return undefined
  const body = await told.ask({ service: 'ec2', operation: 'DescribeInstances', input: instanceIds(ids), about: ids })
  const instances = body === undefined ? [] : readInstances(body).filter(({ id }) => ids.includes(id))
  const checked = await withStatusChecks(instances, told)
  told.add({ instances: checked })
  await askGroups(checked, told, nowMs)
  return told.facts()
}

async function withStatusChecks(instances: readonly InstanceFacts[], told: Gathered): Promise<readonly InstanceFacts[]> {
  const ids = instances.flatMap(({ id, state }) => (state === 'running' ? [id] : []))
  if (ids.length === 0) return instances
  const body = await told.ask({ service: 'ec2', operation: 'DescribeInstanceStatus', input: instanceIds(ids), about: ids })
  const checks = body && readStatusChecks(body)
  return instances.map(instance => {
    const statusChecks = checks?.get(instance.id)
    return statusChecks === undefined ? instance : { ...instance, statusChecks }
  })
}

function instanceIds(ids: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(ids.map((id, index) => [`InstanceId.${index + 1}`, id]))
}

function failedAddresses(target: ObservedTarget): readonly string[] {
  return target.observations.flatMap(o =>
    o.layer === 'tcp' && o.variant === undefined && (o.outcome === 'silent' || o.outcome === 'rejected') && o.via !== 'proxy'
      ? (o.address ?? [])
      : [],
  )
}

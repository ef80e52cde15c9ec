// Asks an API, over the connection that a climb opened, what state the named resource is in and where it answers; keeps what
// was told for the report. What a state means is not judged here.

import { findNamedState, type NamedState } from '../../catalog/index.ts'
import type { ContainerServiceFacts, ControlCall, DatabaseFacts, InstanceFacts } from '../../model/control-plane.ts'
import type { AwsObservation } from '../../model/observation.ts'
import type { PlannedTarget } from '../../model/target.ts'
import type { Inspected, Inspector, SendCall } from '../../probe/named-resource.ts'
import { baseOf, callOf, readResult } from '../control-call.ts'
import type { Body } from '../read-body.ts'
import type { StateQuestion } from './gather.ts'
import { readContainerService } from './read-container-services.ts'
import { readDatabaseClusters, readDatabases } from './read-databases.ts'
import { readInstances, readStatusChecks } from './read-instances.ts'

export function makeInspector(): Inspector {
  const asked: ControlCall[] = []
  const instances: InstanceFacts[] = []
  const databases: DatabaseFacts[] = []
  const containerServices: ContainerServiceFacts[] = []

  const put = async (question: StateQuestion, target: PlannedTarget, send: SendCall): Promise<Told> => {
    const told = await ask(question, target, send)
    asked.push(told.call)
    return told
  }

  const inspectInstance = async ({ id, port }: Of<'instance'>, target: PlannedTarget, send: SendCall): Promise<Inspected> => {
    const question = { service: 'ec2', input: { 'InstanceId.1': id }, about: [id] } as const
    const { observation, body } = await put({ ...question, operation: 'DescribeInstances' }, target, send)
    const found = body && readInstances(body).find(instance => instance.id === id)
    if (found === undefined) return { observation }
    const isUp = found.state === 'running'
    const status = isUp && (await put({ ...question, operation: 'DescribeInstanceStatus' }, target, send))
    const statusChecks = status ? status.body && readStatusChecks(status.body).get(id) : undefined
    instances.push({ ...found, ...(statusChecks && { statusChecks }) })
    const [host] = found.addresses
    return { observation, ...(port !== undefined && host !== undefined && { place: { host, port } }) }
  }

  const inspectDatabase = async ({ id }: Of<'database'>, target: PlannedTarget, send: SendCall): Promise<Inspected> => {
    const about = { service: 'rds', about: [id] } as const
    const asInstance = { ...about, operation: 'DescribeDBInstances', input: { DBInstanceIdentifier: id } } as const
    const asCluster = { ...about, operation: 'DescribeDBClusters', input: { DBClusterIdentifier: id } } as const
    const first = await put(asInstance, target, send)
    const instance = first.body && readDatabases(first.body).find(database => database.id.toLowerCase() === id)
    if (instance !== undefined) return keepDatabase(instance, first.observation)
    const isUnknown = first.observation.outcome === 'rejected' && /^DBInstanceNotFound/.test(first.observation.code)
    if (!isUnknown) return { observation: first.observation }
    const second = await put(asCluster, target, send)
    const cluster = second.body && readDatabaseClusters(second.body).find(database => database.id.toLowerCase() === id)
    return cluster === undefined ? { observation: first.observation } : keepDatabase(cluster, second.observation)
  }

  const keepDatabase = (database: DatabaseFacts, observation: AwsObservation): Inspected => {
    databases.push(database)
    const { host, port } = database
    return { observation, ...(host !== undefined && port !== undefined && { place: { host, port } }) }
  }

  const inspectService = async (named: Of<'container-service'>, target: PlannedTarget, send: SendCall): Promise<Inspected> => {
    const { cluster, service } = named
    const input = { cluster, services: [service] }
    const question = { service: 'ecs', operation: 'DescribeServices', input, about: [`${cluster}/${service}`] } as const
    const { observation, body } = await put(question, target, send)
    const found = body && readContainerService(body, named)
    if (found !== undefined) containerServices.push(found)
    return { observation }
  }

  return {
    inspect: async (target, send) => {
      const named = target.kind === 'resource' ? findNamedState(target) : undefined
      switch (named?.of) {
        case 'instance':
          return inspectInstance(named, target, send)
        case 'database':
          return inspectDatabase(named, target, send)
        case 'container-service':
          return inspectService(named, target, send)
        default:
          return undefined
      }
    },
    told: () =>
      asked.length === 0
        ? undefined
        : {
            asked,
            ...(instances.length > 0 && { instances }),
            ...(databases.length > 0 && { databases }),
            ...(containerServices.length > 0 && { containerServices }),
          },
  }
}

type Of<K extends NamedState['of']> = Extract<NamedState, { of: K }>

interface Told {
  readonly call: ControlCall
  readonly observation: AwsObservation
  readonly body?: Body
}

async function ask(question: StateQuestion, target: PlannedTarget, send: SendCall): Promise<Told> {
  const call = callOf(question, question.service)
  const result = await send(call)
  const { end, body } = readResult(result, call.protocol)
  const { observation } = result
  const { startMs, durationMs } = observation
  return {
    call: {
      ...baseOf(question),
      host: target.host,
      ...end,
      ...(startMs !== undefined && { startMs }),
      ...(durationMs !== undefined && { durationMs }),
    },
    observation,
    ...(body && { body }),
  }
}

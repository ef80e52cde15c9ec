// Reports of targets whose state an API tells, for tests of what is judged of them.

import assert from 'node:assert/strict'
import { diagnose } from '../../src/diagnose/index.ts'
import type { ContainerServiceFacts, ControlPlane, InstanceFacts, InterfaceFacts } from '../../src/model/control-plane.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { ObservedTarget } from '../../src/model/target.ts'
import { decodeReport } from '../../src/report/decode.ts'

export const vpc = 'vpc-0b1c2d3e4f5061728'
export const address = '10.20.3.77'

/** A run in a VPC whose DNS and API endpoints answer. */
export function report(
  target: Partial<ObservedTarget> & Pick<ObservedTarget, 'id' | 'observations'>,
  controlPlane?: ControlPlane,
) {
  const given = { kind: 'tcp', service: null, host: address, port: 5432, region: 'ap-northeast-1', wantedBy: ['command-line'] }
  return decodeReport(
    JSON.stringify({
      format: 'eniprobe/1',
      vantage: {
        region: 'ap-northeast-1',
        interfaces: [{ name: 'eth0', address: '10.20.1.10', prefixLength: 24 }],
        resolvers: ['10.20.0.2'],
        network: { vpc, vpcCidrs: ['10.20.0.0/16'], subnetCidr: '10.20.1.0/24', eni: null, subnet: null, securityGroups: null },
        internet: 'silent',
      },
      targets: [{ ...given, ...target }],
      ...(controlPlane && { controlPlane }),
    }),
  )
}

export const silent: readonly Observation[] = [{ layer: 'tcp', outcome: 'silent', waitedMs: 3000, tries: 3, address }]
export const reached: readonly Observation[] = [{ layer: 'tcp', outcome: 'answered', address, seen: {} }]
export const asked: readonly Observation[] = [
  { layer: 'tcp', outcome: 'answered', address: '10.20.1.27', seen: {} },
  { layer: 'aws', outcome: 'answered', address: '10.20.1.27', seen: { action: 'ec2:DescribeInstances', signed: true } },
]

export const instance: InstanceFacts = {
  id: 'i-0a1b2c3d4e5f60718',
  state: 'stopped',
  addresses: [address],
  stateReason: 'User initiated (2026-11-20 18:00:02 GMT)',
}
export const held: InterfaceFacts = {
  id: 'eni-0a',
  vpc,
  subnet: 'subnet-0a',
  addresses: [address],
  groups: [],
  instance: instance.id,
}
export const service: ContainerServiceFacts = {
  cluster: 'web',
  service: 'api',
  status: 'ACTIVE',
  desired: 2,
  running: 0,
  pending: 0,
  events: [],
}

export const ofInstance = { id: `ec2:${instance.id}:5432`, resource: `${instance.id}:5432` }
export const atApi = { kind: 'resource', service: 'ec2', host: 'ec2.ap-northeast-1.amazonaws.com', port: 443 } as const
export const ofService = {
  id: 'ecs:web/api',
  resource: 'web/api',
  ...atApi,
  service: 'ecs',
  host: 'ecs.ap-northeast-1.amazonaws.com',
}
export const ofDatabase = { id: 'rds:orders', resource: 'orders' }

/** `cause confidence` of the first, or `healthy`. */
export function judged(observed: ReturnType<typeof report>): string {
  const { findings, targets, unexplained } = diagnose(observed)
  assert.deepEqual(unexplained, [])
  const [first] = findings[0]?.causes ?? []
  return first === undefined ? String(targets[0]?.verdict) : `${first.cause} ${first.confidence}`
}

export function told(lists: Omit<ControlPlane, 'asked'>): ControlPlane {
  return { asked: [], ...lists }
}

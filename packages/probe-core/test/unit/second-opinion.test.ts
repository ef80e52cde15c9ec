// What is asked of the control plane, and when: by what the findings leave open, and nothing else.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { Ask, ControlQuestion } from '../../src/confirm/ask.ts'
import { joinControlPlanes, joinTold } from '../../src/confirm/join-told.ts'
import { topicsOf } from '../../src/confirm/questions.ts'
import { askTopics, startSecondOpinion } from '../../src/confirm/second-opinion.ts'
import { diagnose } from '../../src/diagnose/index.ts'
import type { ControlPlane } from '../../src/model/control-plane.ts'
import type { ObservedReport } from '../../src/model/report.ts'
import type { Lent } from '../../src/probe/control-line.ts'
import { decodeReport } from '../../src/report/decode.ts'
import { startClock } from '../../src/time/clock.ts'
import { startDeadline } from '../../src/time/deadline.ts'

const folder = new URL('../../../test/scenarios/', import.meta.url)
/** A run whose finding was settled, as it was before anybody was asked. */
const { controlPlane: told, ...before } = decodeReport(
  readFileSync(new URL('endpoint-group-told-by-configuration/report.json', folder), 'utf8'),
)
const observed: ObservedReport = before
const silent: Ask = ({ service, operation }) =>
  Promise.resolve({ call: { action: `${service}:${operation}`, outcome: 'silent' } })

function lent(t: { after(end: () => void): void }, opened: string[]): Lent {
  const deadline = startDeadline(5000)
  t.after(() => deadline.dispose())
  return {
    deadline,
    clock: startClock(),
    region: 'ap-northeast-1',
    settings: {},
    credentials: Promise.resolve({ source: null, tried: [] }),
    timeoutMs: 1000,
    open: to => {
      opened.push(to.host)
      return Promise.resolve({ end: { outcome: 'silent' } })
    },
  }
}

/** The name of a service that has no endpoint in the list, public and silent; and no route to it. */
function missing(told: ControlPlane) {
  const target = observed.targets.find(one => one.id === 's3')
  assert.ok(target)
  const tcp = { layer: 'tcp', address: '54.239.99.99', outcome: 'silent', waitedMs: 3000, tries: 3 } as const
  const dns = { layer: 'dns', outcome: 'answered', seen: { addresses: ['54.239.99.99'], resolver: '10.20.0.2' } } as const
  const host = 'kinesis.ap-northeast-1.amazonaws.com'
  const kinesis = { ...target, id: 'kinesis', service: 'kinesis-streams', host, observations: [dns, tcp] }
  const routes = [{ to: '10.20.0.0/16', via: 'local', isBlackhole: false }]
  const routeTables = [{ id: 'rtb-1', vpc: told.interfaces?.[0]?.vpc ?? '', isMain: true, subnets: [], routes }]
  return { kinesis, routeTables }
}

describe('the second opinion', () => {
  it('is not asked in a run without findings: no connection is opened', async t => {
    const opened: string[] = []
    const second = startSecondOpinion(lent(t, opened), () => [])
    assert.equal(await second.ask(observed), undefined)
    second.close()
    assert.deepEqual(opened, [])
  })

  it('is not asked about a finding that is certain, but for the policy behind a denial', () => {
    const [finding] = diagnose(observed).findings
    assert.ok(finding && topicsOf(finding).includes('groups'))
    assert.deepEqual(topicsOf({ ...finding, nextStep: null }), [])
    const denial = { cause: 'endpoint-policy-denies', confidence: 'certain', evidence: [], against: [] } as const
    assert.ok(topicsOf({ ...finding, nextStep: null, causes: [denial] }).includes('endpoints'))
    // Whether the packets of this subnet pass a gateway endpoint, only its route table tells.
    assert.ok(topicsOf({ ...finding, nextStep: null, causes: [denial] }).includes('routes'))
  })

  it('connects when something fails, and asks nothing by that', async t => {
    const opened: string[] = []
    const second = startSecondOpinion(lent(t, opened), () => [])
    second.onTrouble()
    second.onTrouble()
    assert.deepEqual(opened, ['ec2.ap-northeast-1.amazonaws.com'])
    second.close()
  })

  it('of an API that does not answer is not asked on', async () => {
    const asked: ControlQuestion[] = []
    const heard: Ask = question => {
      asked.push(question)
      return silent(question)
    }
    const plane = await askTopics(observed, diagnose(observed).findings, heard)
    assert.deepEqual([...new Set(asked.map(q => q.operation))], ['DescribeNetworkInterfaces'])
    assert.deepEqual(Object.keys(plane), ['asked'])
  })

  it('asks for the rules of the groups where the groups themselves are denied', async () => {
    const asked: string[] = []
    const denying: Ask = ({ service, operation }) => {
      asked.push(operation)
      return Promise.resolve({ call: { action: `${service}:${operation}`, outcome: 'rejected', code: 'UnauthorizedOperation' } })
    }
    await askTopics(observed, diagnose(observed).findings, denying)
    assert.ok(asked.indexOf('DescribeSecurityGroupRules') > asked.indexOf('DescribeSecurityGroups'), asked.join())
  })

  it('makes the finding what it was in the run, and without it the finding is only likely', () => {
    assert.ok(told)
    const [open] = diagnose(observed).findings
    const [settled] = diagnose({ ...observed, controlPlane: told }).findings
    assert.deepEqual([open?.causes[0]?.confidence, settled?.causes[0]?.confidence], ['likely', 'certain'])
    assert.ok(open?.nextStep && settled?.nextStep === null)
  })

  it('proves nothing where one thing that it rests on was not told', () => {
    assert.ok(told)
    for (const part of ['interfaces', 'securityGroups', 'networkAcls', 'endpoints'] as const) {
      const { [part]: _, ...rest } = told
      const [finding] = diagnose({ ...observed, controlPlane: rest }).findings
      assert.notEqual(finding?.causes[0]?.confidence, 'certain', `without ${part}`)
    }
  })

  it('of a VPC that is shared with us takes no list of endpoints for the whole', () => {
    assert.ok(told)
    const vpcs = told.vpcs?.map(vpc => ({ ...vpc, owner: '999999999999' })) ?? []
    const { kinesis, routeTables } = missing(told)
    const sure = (owned: typeof vpcs) =>
      diagnose({ ...observed, targets: [kinesis], controlPlane: { ...told, vpcs: owned, routeTables } }).findings[0]?.causes[0]
    const own = told.vpcs?.map(vpc => ({ ...vpc, owner: '123456789012', dnsSupport: true, dnsHostnames: true })) ?? []
    assert.deepEqual([sure(own)?.cause, sure(own)?.confidence], ['interface-endpoint-missing', 'certain'])
    assert.notEqual(sure(vpcs)?.confidence, 'certain')
  })

  it('of an endpoint that does not serve yet says so, where its name is still public', () => {
    assert.ok(told?.endpoints?.[0])
    const { kinesis, routeTables } = missing(told)
    const vpcs = told.vpcs?.map(vpc => ({ ...vpc, dnsSupport: true, dnsHostnames: true })) ?? []
    const made = { ...told.endpoints[0], id: 'vpce-0k', service: 'com.amazonaws.ap-northeast-1.kinesis-streams' }
    const sure = (state: string, privateDns: boolean) => {
      const endpoints = [{ ...made, state, privateDns, dnsNames: ['kinesis.ap-northeast-1.amazonaws.com'] }]
      const plane = { ...told, vpcs, routeTables, endpoints }
      const cause = diagnose({ ...observed, targets: [kinesis], controlPlane: plane }).findings[0]?.causes[0]
      return `${cause?.cause} ${cause?.confidence}`
    }
    for (const state of ['pending', 'pendingAcceptance', 'rejected', 'failed', 'deleting'])
      for (const privateDns of [true, false]) assert.equal(sure(state, privateDns), 'endpoint-not-ready certain', state)
    assert.equal(sure('deleted', true), 'interface-endpoint-missing certain')
    assert.doesNotMatch(sure('available', true), /endpoint-not-ready/)
  })

  it('takes an interface for ours that only has our address, in a VPC that no metadata told, for a stranger', () => {
    assert.ok(told?.interfaces)
    const { kinesis, routeTables } = missing(told)
    const vpcs = told.vpcs?.map(vpc => ({ ...vpc, dnsSupport: true, dnsHostnames: true })) ?? []
    const nothing = { eni: null, vpc: null, subnet: null, subnetCidr: null, vpcCidrs: null, securityGroups: null }
    const vantage = { ...observed.vantage, network: nothing }
    const [own, ...others] = told.interfaces
    assert.ok(own)
    const sure = (first: typeof own, rest: typeof others, targets = [kinesis] as ObservedReport['targets']) => {
      const controlPlane = { ...told, vpcs, routeTables, interfaces: [first, ...rest] }
      return diagnose({ ...observed, vantage, targets, controlPlane }).findings[0]?.causes[0]?.confidence
    }
    const mac = vantage.interfaces[0]?.mac ?? ''
    assert.notEqual(sure(own, []), 'certain', 'the address alone')
    assert.notEqual(sure({ ...own, mac: '0a:00:00:00:00:01' }, []), 'certain', 'the hardware address of another')
    assert.equal(sure({ ...own, mac: mac.toUpperCase() }, []), 'certain', 'its own hardware address')
    // A pod has a hardware address of its own: the endpoint that holds what a name resolves to is of the VPC that it stands in.
    assert.equal(sure(own, others, observed.targets), 'certain', 'an endpoint of that VPC')
    const elsewhere = others.map(one => ({ ...one, vpc: 'vpc-0ffffffffffffffff' }))
    assert.notEqual(sure(own, elsewhere, observed.targets), 'certain', 'an endpoint of another VPC')
  })

  it('puts together what several answers say of one thing', () => {
    const merged = joinTold({ vpcs: [{ id: 'v', cidrs: ['10.0.0.0/16'] }] }, { vpcs: [{ id: 'v', cidrs: [], dnsSupport: true }] })
    assert.deepEqual(merged.vpcs, [{ id: 'v', cidrs: ['10.0.0.0/16'], dnsSupport: true }])
    const groups = joinControlPlanes(
      { asked: [], securityGroups: [{ id: 'sg-1', ingress: [], egress: [] }] },
      { asked: [], securityGroups: [{ id: 'sg-1', name: 'web', ingress: [], egress: [] }] },
    )
    assert.deepEqual(groups?.securityGroups, [{ id: 'sg-1', name: 'web', ingress: [], egress: [] }])
  })
})

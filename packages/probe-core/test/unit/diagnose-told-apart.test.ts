// Several targets that one cause could explain, of which configuration says different things: what is proven of one is not told in one
// breath with another that is cleared of it.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { diagnose } from '../../src/diagnose/index.ts'
import type { ControlPlane } from '../../src/model/control-plane.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { ObservedReport } from '../../src/model/report.ts'
import type { ObservedTarget } from '../../src/model/target.ts'
import { decodeReport } from '../../src/report/decode.ts'

const folder = new URL('../../../test/scenarios/', import.meta.url)
const observed: ObservedReport = decodeReport(
  readFileSync(new URL('endpoint-group-told-by-configuration/report.json', folder), 'utf8'),
)
const told = observed.controlPlane as ControlPlane
const [logs, sts, s3] = observed.targets as [ObservedTarget, ObservedTarget, ObservedTarget]
const openGroup = 'sg-0e1f2031425364758'

/** The same name, silent at these addresses, held by the interfaces of its endpoint. */
function silentAt(target: ObservedTarget, ...addresses: readonly string[]): ObservedTarget {
  const seen = { name: target.host, addresses, resolver: '10.20.0.2' }
  const tcp = addresses.map((address): Observation => ({ layer: 'tcp', address, outcome: 'silent', waitedMs: 3000, tries: 3 }))
  return { ...target, observations: [{ layer: 'dns', outcome: 'answered', seen }, ...tcp] }
}

const holder = (id: string, address: string, subnet: string) => ({
  id,
  address,
  vpc: 'vpc-0b1c2d3e4f5061728',
  subnet,
  addresses: [address],
  groups: [openGroup],
})
/** STS's endpoint, whose group admits us: its interfaces and its group, as EC2 tells them. */
const interfaces = [
  ...(told.interfaces ?? []),
  holder('eni-0e0a1401140000000', '10.20.1.20', 'subnet-0c1d2e3f405162738'),
  holder('eni-0e0a1402140000000', '10.20.2.20', 'subnet-0c9d8e7f605142332'),
]
const admitting = {
  id: openGroup,
  ingress: [{ protocol: '-1', peers: ['10.20.0.0/16'] }],
  egress: [{ protocol: '-1', peers: ['0.0.0.0/0'] }],
}
const plane: ControlPlane = {
  ...told,
  interfaces,
  securityGroups: [...(told.securityGroups ?? []).filter(group => group.id !== openGroup), admitting],
}

function findings(targets: readonly ObservedTarget[], controlPlane: ControlPlane = plane) {
  return diagnose({ ...observed, targets, controlPlane }).findings
}

describe('two silent endpoints', () => {
  it('of which one has a closed group are two findings, and the closed one stays certain', () => {
    const [closed, other, ...more] = findings([logs, silentAt(sts, '10.20.1.20', '10.20.2.20'), s3])
    assert.deepEqual(more, [])
    assert.deepEqual([closed?.targets, other?.targets], [['logs'], ['sts']])
    assert.deepEqual([closed?.causes[0]?.cause, closed?.causes[0]?.confidence], ['endpoint-security-group', 'certain'])
    assert.doesNotMatch(JSON.stringify(closed?.fix.snippets), new RegExp(openGroup))
    assert.equal(other?.causes[0]?.confidence, 'possible')
  })

  it('whatever order they come in', () => {
    const [a, b] = findings([silentAt(sts, '10.20.1.20', '10.20.2.20'), s3, logs])
    const certain = [a, b].find(finding => finding?.causes[0]?.confidence === 'certain')
    assert.deepEqual(certain?.targets, ['logs'])
  })

  it('that configuration lets through get no rule to add', () => {
    const [finding] = findings([silentAt(sts, '10.20.1.20', '10.20.2.20'), s3])
    assert.match(finding?.fix.summary ?? '', /^Open nothing for sts\./)
    assert.deepEqual(finding?.fix.snippets, {})
    assert.match(finding?.nextStep?.command ?? '', /describe-flow-logs/)
    const ja = diagnose({ ...observed, targets: [silentAt(sts, '10.20.1.20'), s3], controlPlane: plane }, { language: 'ja' })
    assert.match(ja.findings[0]?.fix.summary ?? '', /許可を追加する必要はありません/)
  })
})

describe('a network ACL that denies the other subnet', () => {
  const denying = (plane.networkAcls ?? []).map(acl =>
    acl.subnets.includes('subnet-0c1d2e3f405162738')
      ? {
          ...acl,
          entries: [
            { number: 1, direction: 'egress' as const, action: 'deny' as const, protocol: '-1', cidr: '10.20.2.0/24' },
            ...acl.entries,
          ],
        }
      : acl,
  )
  const closed = { ...plane, networkAcls: denying }

  it('is not why an endpoint is silent in our own subnet too, and is still certain for another', () => {
    const far = silentAt({ ...sts, id: 'far', host: 'kms.ap-northeast-1.amazonaws.com', service: 'kms' }, '10.20.2.20')
    const found = findings([silentAt(sts, '10.20.1.20', '10.20.2.20'), far, s3], closed)
    const acl = found.find(finding => finding.causes[0]?.cause === 'network-acl')
    assert.deepEqual([acl?.targets, acl?.causes[0]?.confidence], [['far'], 'certain'])
    const both = found.find(finding => finding.targets.includes('sts'))
    const suspected = both?.causes.find(({ cause }) => cause === 'network-acl')
    assert.equal(suspected?.confidence, 'possible')
    assert.match(suspected?.against[0]?.says ?? '', /our own subnet/)
  })

  it('is suspected no more than others where nobody told, and an address of our own subnet is silent', () => {
    const { controlPlane: _, ...alone } = observed
    const [finding] = diagnose({ ...alone, targets: [silentAt(sts, '10.20.1.20', '10.20.2.20'), logs, s3] }).findings
    const acl = finding?.causes.find(({ cause }) => cause === 'network-acl')
    assert.match(acl?.against[0]?.says ?? '', /our own subnet/)
  })
})

// What must not be concluded from two reports, and what must: each with the sentence that would be wrong.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Conclusion, compareReports, diagnose, type NamedReport, type Observation } from '../../src/index.ts'
import { decodeReport } from '../../src/report/decode.ts'

interface Place {
  readonly vpc?: string | null
  readonly subnet?: string | null
  readonly subnetCidr?: string | null
  readonly vpcCidrs?: readonly string[] | null
  readonly groups?: readonly string[] | null
  readonly resolver?: string
  readonly arn?: string
  readonly proxy?: string
  readonly internet?: string
}

interface Asked {
  readonly id: string
  readonly service?: string | null
  readonly host?: string
  readonly region?: string
  readonly observations: readonly Observation[]
}

const name = 'logs.eu-west-1.amazonaws.com'
const one = '10.0.9.5'
const two = '10.0.8.5'

function report(asked: readonly Asked[], place: Place = {}): NamedReport {
  const { vpc = 'vpc-1', subnet = 'subnet-1', subnetCidr = null, groups = ['sg-1'], resolver = '10.0.0.2' } = place
  const { vpcCidrs = ['10.0.0.0/16'], arn = 'arn:aws:sts::123456789012:assumed-role/app/one', internet = 'skipped' } = place
  const text = JSON.stringify({
    format: 'eniprobe/1',
    run: { startedAt: '2026-01-01T00:00:00.000Z' },
    vantage: {
      region: 'eu-west-1',
      resolvers: [resolver],
      network: { vpc, subnet, subnetCidr, securityGroups: groups, vpcCidrs },
      identity: { arn, account: '123456789012', source: 'imds' },
      internet,
      ...(place.proxy && { proxy: { url: place.proxy, from: 'HTTPS_PROXY', noProxy: null } }),
    },
    targets: asked.map(({ id, service = id, host = name, region = 'eu-west-1', observations }) => ({
      id,
      kind: service === null ? 'tls' : 'service',
      service,
      host,
      region,
      observations,
    })),
  })
  return { name: 'report', report: diagnose(decodeReport(text)) }
}

const logs = (...observations: readonly Observation[]): readonly Asked[] => [{ id: 'logs', observations }]

function dns(addresses: readonly string[] = [one], scope: 'vpc' | 'public' = 'vpc', resolver = '10.0.0.2'): Observation {
  return { layer: 'dns', outcome: 'answered', seen: { addresses, resolver, scope } }
}
const noName = (code: string, resolver = '10.0.0.2'): Observation => ({
  layer: 'dns',
  outcome: 'rejected',
  code,
  seen: { resolver },
})
const up = (address = one): Observation => ({ layer: 'tcp', address, outcome: 'answered', seen: {} })
const silent = (address = one): Observation => ({ layer: 'tcp', address, outcome: 'silent', waitedMs: 3000, tries: 3 })
const reset = (address = one): Observation => ({ layer: 'tcp', address, outcome: 'rejected', code: 'ECONNREFUSED' })
const skip = (layer: Observation['layer'], because: 'no-time' | 'no-credentials'): Observation => ({
  layer,
  outcome: 'skipped',
  because,
})
const tls: Observation = { layer: 'tls', outcome: 'answered', seen: { trusted: true } }
const http: Observation = { layer: 'http', outcome: 'answered', seen: { status: 404, awsMarks: ['x-amzn-requestid'] } }
const call: Observation = { layer: 'aws', outcome: 'answered', seen: { action: 'logs:List', signed: true, status: 200 } }
const works = logs(dns(), up(), tls, http, call)

function conclude(good: NamedReport, bad: NamedReport): readonly Conclusion[] {
  return compareReports([good, bad]).conclusions
}

function only(good: NamedReport, bad: NamedReport): Conclusion {
  const conclusions = conclude(good, bad)
  const [first] = conclusions
  assert.ok(first)
  assert.equal(conclusions.length, 1, JSON.stringify(conclusions))
  return first
}

describe('what was not tried', () => {
  for (const layer of ['dns', 'tcp', 'aws'] as const)
    it(`no time for ${layer} is no failure: nothing is concluded, and why it was not tried is kept`, () => {
      const seen = { dns: [], tcp: [dns()], aws: [dns(), up(), tls, http] }[layer]
      const comparison = compareReports([report(works), report(logs(...seen, skip(layer, 'no-time')))])
      assert.deepEqual(comparison.conclusions, [])
      const stopped = comparison.targets[0]?.seen[1]?.stopped
      assert.deepEqual(stopped, { layer, outcome: 'skipped', because: 'no-time' })
    })

  it('a name that is private here and public there is told though no connection was tried', () => {
    const cut = logs(dns(['3.5.0.1'], 'public'), skip('tcp', 'no-time'))
    assert.equal(only(report(works), report(cut, { vpc: 'vpc-2', subnet: 'subnet-2' })).phrase.key, 'dns.otherVpc')
  })

  it('credentials that were not there are told as that', () => {
    const unsigned = logs(dns(), up(), tls, http, skip('aws', 'no-credentials'))
    const drawn = only(report(works), report(unsigned))
    assert.equal(drawn.phrase.key, 'aws.noCredentials')
    assert.ok(drawn.causes.includes('no-credentials'))
  })
})

describe('names that resolve in one place', () => {
  const corp = (...observations: readonly Observation[]) => [{ id: 'db', service: null, host: 'db.corp.internal', observations }]
  const found = corp(dns(), up(), tls)

  it('each asks the resolver of its own VPC: a zone of one VPC, whatever the addresses of the resolvers', () => {
    for (const resolver of ['10.30.0.2', '169.254.169.253', 'fd00:ec2::253']) {
      const there = { vpc: 'vpc-2', subnet: 'subnet-2', vpcCidrs: ['10.30.0.0/16'], resolver }
      const drawn = only(report(found), report(corp(noName('NXDOMAIN', resolver)), there))
      assert.equal(drawn.phrase.key, 'dns.zoneOfVpc', resolver)
      assert.doesNotMatch(drawn.says, /what differs is the DNS server/)
      assert.ok(!drawn.causes.includes('custom-dns-bypasses-vpc'))
    }
  })

  it('a server of the user in one of them: the server is what differs', () => {
    const there = { vpc: 'vpc-2', subnet: 'subnet-2', vpcCidrs: ['10.30.0.0/16'], resolver: '10.30.7.7' }
    const drawn = only(report(found), report(corp(noName('NXDOMAIN', '10.30.7.7')), there))
    assert.equal(drawn.phrase.key, 'dns.resolverFails')
    assert.ok(drawn.causes.includes('custom-dns-bypasses-vpc'))
  })

  it('a silent server says nothing of zones, and neither does one that fails', () => {
    const quiet: Observation = { layer: 'dns', outcome: 'silent', waitedMs: 3000, seen: { resolver: '10.0.0.2' } }
    const there = { vpc: 'vpc-2', subnet: 'subnet-2' }
    const drawn = only(report(works), report(logs(quiet), there))
    assert.equal(drawn.phrase.key, 'dns.silent')
    assert.doesNotMatch(drawn.says, /hosted zone/)
    assert.ok(drawn.causes.includes('dns-server-unreachable') && !drawn.causes.includes('private-zone-shadows'))
    assert.equal(only(report(works), report(logs(noName('SERVFAIL')), there)).phrase.key, 'dns.serverFails')
  })

  it('a host of the user that is private in one VPC only has no endpoint that could be missing', () => {
    const drawn = only(
      report(found),
      report(corp(dns(['3.5.0.1'], 'public'), silent('3.5.0.1')), { vpc: 'vpc-2', subnet: 'subnet-2' }),
    )
    assert.equal(drawn.phrase.key, 'dns.split')
    assert.ok(!drawn.causes.includes('interface-endpoint-missing') && !drawn.causes.includes('private-dns-disabled'))
  })

  it('one service in two regions is two names: neither was asked for the other', () => {
    const other = [
      {
        id: 'logs',
        host: 'logs.us-east-1.amazonaws.com',
        region: 'us-east-1',
        observations: [dns(['3.5.0.1'], 'public'), silent('3.5.0.1')],
      },
    ]
    const drawn = only(report(works), report(other, { vpc: 'vpc-2', subnet: 'subnet-2' }))
    assert.match(drawn.says, /^A asks for logs in eu-west-1, B in us-east-1: two endpoints/)
    assert.doesNotMatch(drawn.says, /private in A and public in B/)
    assert.ok(drawn.causes.includes('interface-endpoint-missing') && !drawn.causes.includes('private-dns-disabled'))
  })

  it('one service by two host names in one region is told by both names', () => {
    const fips = [{ id: 'logs', host: 'logs-fips.eu-west-1.amazonaws.com', observations: [dns(), silent()] }]
    const drawn = only(report(works), report(fips, { subnet: 'subnet-2' }))
    assert.equal(drawn.phrase.key, 'name.other')
    assert.ok(drawn.says.includes(name) && drawn.says.includes('logs-fips.eu-west-1.amazonaws.com'))
    assert.deepEqual(drawn.ruledOut, [])
  })
})

describe('connections that one place gets', () => {
  it('a refusal is no silence: no group and no network ACL refuses, and nothing is ruled out', () => {
    for (const [address, scope] of [
      [one, 'vpc'],
      ['3.5.0.1', 'public'],
    ] as const) {
      const good = report(logs(dns([address], scope), up(address), tls, http, call))
      const drawn = only(good, report(logs(dns([address], scope), reset(address)), { subnet: 'subnet-2' }))
      assert.equal(drawn.phrase.key, 'tcp.refused')
      assert.doesNotMatch(drawn.says, /silent/)
      assert.ok(drawn.causes.includes('nothing-listens'))
      for (const cause of ['network-acl', 'eni-security-group', 'endpoint-security-group'] as const)
        assert.ok(!drawn.causes.includes(cause), cause)
      assert.deepEqual(drawn.ruledOut, [])
    }
  })

  it('groups that nobody knows are not told as other groups, nor as the same', () => {
    const drawn = only(report(works, { groups: null }), report(logs(dns(), silent()), { groups: null }))
    assert.equal(drawn.phrase.key, 'tcp.sameSubnet')
    assert.doesNotMatch(drawn.says, /with (other|the same) security groups/)
  })

  it('the same CIDR is the same subnet in a VPC that is known to be the same, and nowhere else', () => {
    const nowhere: Place = { vpc: null, subnet: null, groups: null, subnetCidr: '10.0.1.0/24' }
    const unknown = only(report(works, nowhere), report(logs(dns(), silent()), nowhere))
    assert.equal(unknown.phrase.key, 'tcp.unknownPlace')
    assert.doesNotMatch(unknown.says, /same subnet/)
    assert.deepEqual(unknown.ruledOut, [])
    const known = { ...nowhere, vpc: 'vpc-1' }
    assert.equal(only(report(works, known), report(logs(dns(), silent()), known)).phrase.key, 'tcp.sameSubnet')
  })

  it('an id and a CIDR of a subnet cannot be held against each other, and are no difference where the CIDRs agree', () => {
    const id: Place = { subnet: 'subnet-1', subnetCidr: '10.0.1.0/24' }
    const cidr: Place = { subnet: null, subnetCidr: '10.0.1.0/24', vpc: null, groups: null }
    const { conclusions, places } = compareReports([report(works, id), report(logs(dns(), silent()), cidr)])
    assert.doesNotMatch(conclusions[0]?.says ?? '', /another subnet|same subnet/)
    assert.ok(places.every(({ what }) => what !== 'subnet'))
  })

  it('one address in two VPCs that use one CIDR is two things: that one answers says nothing of the other', () => {
    const drawn = only(report(works), report(logs(dns(), silent()), { vpc: 'vpc-2', subnet: 'subnet-2', groups: ['sg-2'] }))
    assert.equal(drawn.phrase.key, 'tcp.twoVpcs')
    assert.doesNotMatch(drawn.says, /alive|the same address of/)
    assert.deepEqual(drawn.ruledOut, [])
  })

  it('which address answered is taken from the connections: one that only resolved has not answered', () => {
    const good = report(logs(dns([one, two]), up(one), tls, http, call))
    const drawn = only(good, report(logs(dns([two]), silent(two)), { subnet: 'subnet-2' }))
    assert.match(drawn.says, /answers A at 10\.0\.9\.5 and does not answer B at 10\.0\.8\.5/)
    assert.doesNotMatch(drawn.says, /same address/)
    assert.deepEqual(drawn.ruledOut, [])
  })

  it('a gateway endpoint is missing for services that have one, and for no other', () => {
    const open = [dns(['3.5.0.1'], 'public'), up('3.5.0.1'), tls, http, call]
    const closed = [dns(['3.5.0.1'], 'public'), silent('3.5.0.1')]
    for (const internet of ['answered', 'silent']) {
      const causesOf = (id: string) =>
        only(report([{ id, observations: open }]), report([{ id, observations: closed }], { subnet: 'subnet-2', internet }))
          .causes
      assert.ok(causesOf('s3').includes('gateway-endpoint-missing'))
      assert.ok(causesOf('dynamodb').includes('gateway-endpoint-missing'))
      assert.ok(!causesOf('logs').includes('gateway-endpoint-missing'))
      assert.ok(causesOf('logs').includes('interface-endpoint-missing'))
    }
  })

  it('a family that there is no route for does not hide that the other is silent', () => {
    const six: Observation = { layer: 'tcp', address: '2001:db8::5', outcome: 'rejected', code: 'ENETUNREACH' }
    const bad = report(logs(dns([one, '2001:db8::5']), six, silent()), { subnet: 'subnet-2' })
    const drawn = only(report(works), bad)
    assert.equal(drawn.phrase.key, 'tcp.subnetOnly')
    assert.match(drawn.says, /is silent to B/)
  })

  it('addresses of which some refuse and some are silent are neither told as silent nor as refusing', () => {
    const good = report(logs(dns([one, two]), up(one), up(two), tls, http, call))
    const drawn = only(good, report(logs(dns([one, two]), silent(one), reset(two)), { subnet: 'subnet-2' }))
    assert.equal(drawn.phrase.key, 'other')
    assert.deepEqual(drawn.ruledOut, [])
  })

  it('a router that says there is no way is no silence', () => {
    const away: Observation = { layer: 'tcp', address: one, outcome: 'rejected', code: 'EHOSTUNREACH' }
    const drawn = only(report(works), report(logs(dns(), away), { subnet: 'subnet-2' }))
    assert.equal(drawn.phrase.key, 'tcp.rejected')
    assert.ok(drawn.says.includes('EHOSTUNREACH') && drawn.causes.includes('host-unreachable'))
    assert.doesNotMatch(drawn.says, /silent to B/)
  })

  it('one address of two is silent: that address and its subnet are named, and the service is not said to be down', () => {
    const good = report(logs(dns([one, two]), up(one), up(two), tls, http, call), {
      subnet: 'subnet-9',
      subnetCidr: '10.0.8.0/24',
    })
    const bad = report(logs(dns([one, two]), up(one), silent(two), tls, http, call), { subnetCidr: '10.0.1.0/24' })
    const drawn = only(good, bad)
    assert.match(drawn.says, /^B gets no answer from 10\.0\.8\.5 \(subnet-9\), and one from the other addresses/)
    assert.ok(drawn.causes.includes('network-acl'))
    const { targets } = compareReports([good, bad])
    assert.deepEqual(targets[0]?.seen[1]?.stopped, { layer: 'tcp', outcome: 'silent', onlyAt: [two] })
    assert.equal(targets[0]?.differs, true)
  })
})

describe('ways that are not one way', () => {
  const url = 'http://10.0.5.5:3128'
  const proxied = logs(
    ...[dns(['3.5.0.1'], 'public'), up('10.0.5.5'), tls, http, call].map((o): Observation => ({ ...o, via: 'proxy' })),
  )
  const direct = logs(dns(['3.5.0.1'], 'public'), silent('3.5.0.1'))

  it('one through its proxy and one past it: that is what is told, and no gateway or group of the other', () => {
    const drawn = only(report(proxied, { proxy: url }), report(direct))
    assert.match(drawn.says, /^A goes to .* through its proxy, B directly/)
    assert.deepEqual(drawn.causes, ['interface-endpoint-missing', 'internet-not-reachable'])
    assert.doesNotMatch(drawn.says, /security group/)
  })

  it('the other way round, the proxy is what may be at fault', () => {
    const stuck = logs({ layer: 'tcp', address: '10.0.5.5', outcome: 'silent', waitedMs: 3000, tries: 3, via: 'proxy' })
    const drawn = only(report(works), report(stuck, { proxy: url }))
    assert.equal(drawn.phrase.key, 'proxy.bad')
    assert.ok(drawn.causes.includes('proxy-unreachable') && !drawn.causes.includes('network-acl'))
  })
})

describe('calls that one identity gets through', () => {
  const other = 'arn:aws:sts::123456789012:assumed-role/batch/one'
  const failed = (code: string) =>
    logs(dns(), up(), tls, http, {
      layer: 'aws',
      outcome: 'rejected',
      code,
      seen: { action: 'logs:List', signed: true, status: 400 },
    })

  it('throttled, expired, a wrong clock: nobody refused an identity', () => {
    for (const code of ['ThrottlingException', 'ExpiredTokenException', 'RequestExpired']) {
      const drawn = only(report(works), report(failed(code), { arn: other }))
      assert.equal(drawn.phrase.key, 'aws.notDenied', code)
      assert.ok(drawn.says.includes(code))
      assert.ok(!drawn.causes.includes('identity-policy-denies'))
    }
  })

  it('a denial of another identity is told as that', () => {
    const drawn = only(report(works), report(failed('AccessDeniedException'), { arn: other }))
    assert.equal(drawn.phrase.key, 'aws.otherIdentity')
    assert.ok(drawn.causes.includes('identity-policy-denies'))
  })
})

describe('many reports', () => {
  it('places that fail alike share one conclusion, in both languages', () => {
    const bad = report(logs(dns(), silent()), { subnet: 'subnet-2' })
    const reports = [report(works), bad, bad, bad]
    const [drawn, ...rest] = compareReports(reports).conclusions
    assert.deepEqual(rest, [])
    assert.deepEqual(drawn?.fails, ['B', 'C', 'D'])
    assert.match(drawn?.says ?? '', /is silent to each of B, C and D, in another subnet/)
    assert.match(compareReports(reports, { language: 'ja' }).conclusions[0]?.says ?? '', /B、C、D には無応答です/)
  })

  it('no sentence leaves a part unfilled', () => {
    const reports = [
      report(works),
      report(logs(dns(), silent()), { subnet: 'subnet-2' }),
      report(logs(dns(), reset()), { subnet: 'subnet-2' }),
      report(logs(noName('NXDOMAIN'))),
    ]
    for (const language of ['en', 'ja'] as const) {
      const { conclusions } = compareReports(reports, { language })
      assert.equal(conclusions.length, 3)
      for (const { says } of conclusions) assert.doesNotMatch(says, /[{}]/)
    }
  })

  it('without a common target nothing differs and nothing is concluded', () => {
    const { targets, conclusions } = compareReports([
      report(works),
      report([{ id: 'sts', host: 'sts.eu-west-1.amazonaws.com', observations: [dns(), silent()] }]),
    ])
    assert.deepEqual(
      targets.map(({ differs, seen }) => [differs, seen.filter(s => s !== null).length]),
      [
        [false, 1],
        [false, 1],
      ],
    )
    assert.deepEqual(conclusions, [])
  })
})

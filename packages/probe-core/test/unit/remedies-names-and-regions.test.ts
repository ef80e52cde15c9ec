// What is proposed for a name that nobody has, a server of the list that is silent, and a thing that lies in another region.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { diagnose } from '../../src/diagnose/index.ts'
import type { ControlPlane } from '../../src/model/control-plane.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { ObservedReport } from '../../src/model/report.ts'
import type { ObservedTarget } from '../../src/model/target.ts'
import type { Vantage, VantageCheck } from '../../src/model/vantage.ts'
import { decodeReport } from '../../src/report/decode.ts'

const folder = new URL('../../../test/scenarios/', import.meta.url)
const { controlPlane, ...observed }: ObservedReport = decodeReport(
  readFileSync(new URL('endpoint-group-told-by-configuration/report.json', folder), 'utf8'),
)
const told = controlPlane as ControlPlane
const [logs, sts, s3] = observed.targets as [ObservedTarget, ObservedTarget, ObservedTarget]

function negative(target: ObservedTarget, host: string, more: Partial<ObservedTarget> = {}, beside: readonly Observation[] = []) {
  const dns: Observation = { layer: 'dns', outcome: 'rejected', code: 'NXDOMAIN', seen: { name: host, resolver: '10.20.0.2' } }
  return { ...target, host, ...more, observations: [dns, ...beside] }
}

function findingOn(
  targets: readonly ObservedTarget[],
  more: Partial<ObservedReport> = {},
  language: 'en' | 'ja' = 'en',
): Finding {
  const { findings } = diagnose({ ...observed, targets, ...more }, { language })
  const found = findings.find(finding => finding.targets.includes(targets[0]?.id ?? ''))
  assert.ok(found)
  return found
}

const gist = ({ causes }: Finding) => causes.map(({ cause, confidence }) => `${cause} ${confidence}`)

describe('an endpoint’s own name that does not exist', () => {
  const gone = negative(logs, 'vpce-0abc-def.logs.ap-northeast-1.vpce.amazonaws.com', { hostFrom: 'AWS_ENDPOINT_URL_LOGS' })

  it('is unknown, and the setting that holds it is to be corrected', () => {
    const finding = findingOn([gone, sts])
    assert.deepEqual(gist(finding), ['dns-name-unknown likely', 'private-zone-shadows possible'])
    assert.match(finding.fix.summary, /^Correct AWS_ENDPOINT_URL_LOGS: /)
    assert.equal(finding.fix.snippets.cli, 'unset AWS_ENDPOINT_URL_LOGS')
    assert.match(findingOn([gone, sts], {}, 'ja').fix.summary, /^AWS_ENDPOINT_URL_LOGS を直してください。/)
  })

  it('is told beside the endpoint that is there, and not more certainly: it may be of another VPC', () => {
    const finding = findingOn([gone, sts], { controlPlane: told })
    assert.equal(gist(finding)[0], 'dns-name-unknown likely')
    assert.match(finding.causes[0]?.evidence.map(e => e.says).join('\n') ?? '', /vpc-\w+ has no endpoint vpce-0abc$/m)
    assert.match(finding.fix.steps.join('\n'), /vpce-090f9c2de20c73027/)
  })

  it('of an endpoint that is listed is told its state', () => {
    const endpoints =
      told.endpoints?.map(e => (e.service.endsWith('.logs') ? { ...e, id: 'vpce-0abc', state: 'deleting' } : e)) ?? []
    const finding = findingOn([gone, sts], { controlPlane: { ...told, endpoints } })
    assert.match(finding.causes[0]?.evidence.map(e => e.says).join('\n') ?? '', /vpce-0abc .*state deleting/)
  })

  it('that a file holds is corrected there, by no command', () => {
    const { fix } = findingOn([{ ...gone, hostFrom: 'endpoint_url in ~/.aws/config' }, sts])
    assert.match(fix.summary, /^Correct endpoint_url in ~\/\.aws\/config: /)
    assert.deepEqual(fix.snippets, {})
  })

  it('that nobody set is corrected where it was named', () => {
    const { hostFrom: _, ...named } = gone
    const { fix } = findingOn([named, sts])
    assert.match(fix.summary, /^Correct the endpoint’s name: /)
    assert.deepEqual(fix.snippets, {})
  })

  it('is hidden rather than unknown where a name that must exist fails alike', () => {
    const parent: Observation = {
      layer: 'dns',
      variant: 'must-exist',
      outcome: 'rejected',
      code: 'NXDOMAIN',
      seen: { name: 'ec2.ap-northeast-1.amazonaws.com', resolver: '10.20.0.2' },
    }
    const finding = findingOn([negative(logs, gone.host, {}, [parent])])
    assert.equal(finding.causes[0]?.cause, 'private-zone-shadows')
  })
})

describe('a name that a setting makes up', () => {
  const fips = negative(logs, 'logs-fips.ap-northeast-1.amazonaws.com', { hostFrom: 'AWS_USE_FIPS_ENDPOINT' })
  const sibling = (outcome: 'answered' | 'rejected'): Observation => {
    const seen = { name: logs.host, nameKind: 'regional' as const, resolver: '10.20.0.2' }
    return outcome === 'answered'
      ? { layer: 'dns', variant: 'sibling-name', outcome, seen: { ...seen, addresses: ['10.20.1.21'] } }
      : { layer: 'dns', variant: 'sibling-name', outcome, code: 'NXDOMAIN', seen }
  }

  it('is unknown where AWS has no FIPS name, and the setting is to be turned off', () => {
    const finding = findingOn([{ ...fips, observations: [...fips.observations, sibling('answered')] }, sts])
    assert.equal(gist(finding)[0], 'dns-name-unknown likely')
    assert.equal(finding.fix.snippets.cli, 'unset AWS_USE_FIPS_ENDPOINT')
    assert.match(finding.nextStep?.command ?? '', /use_\(fips\|dualstack\)_endpoint/)
  })

  it('of two settings is mended by both', () => {
    const both = {
      ...fips,
      host: 'logs-fips.ap-northeast-1.api.aws',
      hostFrom: 'AWS_USE_FIPS_ENDPOINT + AWS_USE_DUALSTACK_ENDPOINT',
    }
    assert.equal(findingOn([both, sts]).fix.snippets.cli, 'unset AWS_USE_FIPS_ENDPOINT AWS_USE_DUALSTACK_ENDPOINT')
  })

  it('takes no command from a report that spells a setting otherwise', () => {
    const spoiled = { ...fips, hostFrom: 'AWS_X; touch PWNED $(reboot)' }
    assert.equal(findingOn([spoiled, sts]).fix.snippets.cli, 'unset AWS_X')
  })

  it('that AWS publishes is hidden, if it is not there', () => {
    const there = negative({ ...logs, region: 'us-east-1' }, 'logs-fips.us-east-1.amazonaws.com')
    const finding = findingOn([there], { vantage: { ...observed.vantage, region: 'us-east-1', homeRegion: 'us-east-1' } })
    assert.equal(finding.causes[0]?.cause, 'private-zone-shadows')
  })

  it('is hidden rather than unknown where the regional name fails alike', () => {
    const finding = findingOn([{ ...fips, observations: [...fips.observations, sibling('rejected')] }])
    assert.equal(finding.causes[0]?.cause, 'private-zone-shadows')
  })

  it('of somebody’s own, by an endpoint URL, is unknown, and where it comes from is told', () => {
    const own = negative(logs, 'logs.proxy.internal', { hostFrom: 'AWS_ENDPOINT_URL_LOGS' })
    const finding = findingOn([own, sts])
    assert.equal(gist(finding)[0], 'dns-name-unknown likely')
    assert.match(finding.fix.steps[0] ?? '', /AWS_ENDPOINT_URL_LOGS/)
    assert.doesNotMatch(finding.causes[0]?.evidence.map(e => e.says).join() ?? '', /FIPS/)
  })

  it('and a regional name that fails stay what they were: hidden', () => {
    assert.equal(findingOn([negative(logs, logs.host), sts]).causes[0]?.cause, 'private-zone-shadows')
  })
})

describe('of several DNS servers', () => {
  const repeat = (resolver: string): Observation => ({
    layer: 'dns',
    variant: 'repeat',
    outcome: 'silent',
    waitedMs: 900,
    seen: { resolver, addresses: [] },
  })
  const answeredBy = (resolver: string): Observation => ({
    layer: 'dns',
    outcome: 'answered',
    seen: { name: logs.host, addresses: ['10.20.1.21'], resolver, tries: 1 },
  })
  const slow = (first: string, second: string): ObservedTarget => ({
    ...logs,
    observations: [
      answeredBy(second),
      ...Array.from({ length: 8 }, () => repeat(first)),
      { layer: 'tcp', address: '10.20.1.21', outcome: 'answered', seen: { port: 443 } },
    ],
  })
  const vantage = (...resolvers: readonly string[]): Vantage => {
    const checks = observed.vantage.checks?.filter((c: VantageCheck) => c.check !== 'system-resolver') ?? []
    return { ...observed.vantage, resolvers, checks }
  }

  it('only the one that is silent is to be mended; the other is told to answer', () => {
    const { fix } = findingOn([slow('192.168.50.53', '10.20.0.2')], { vantage: vantage('192.168.50.53', '10.20.0.2') })
    assert.match(fix.summary, /^Make the DNS server \(192\.168\.50\.53\) reachable/)
    assert.match(fix.steps[0] ?? '', /^10\.20\.0\.2 does answer/)
  })

  it('nothing is said of a third that nobody asked', () => {
    const three = vantage('192.168.50.53', '10.20.0.2', '192.168.50.54')
    const { fix } = findingOn([slow('192.168.50.53', '10.20.0.2')], { vantage: three })
    assert.doesNotMatch(fix.summary + fix.steps.join(), /192\.168\.50\.54/)
  })

  it('all are to be mended where none answered', () => {
    const dead: ObservedTarget = { ...logs, observations: [{ layer: 'dns', outcome: 'silent', waitedMs: 3000 }] }
    const { fix } = findingOn([dead], { vantage: vantage('192.168.50.53', '192.168.50.54') })
    assert.match(fix.summary, /\(192\.168\.50\.53, 192\.168\.50\.54\)/)
  })
})

describe('a bucket of another region', () => {
  const host = 'lab-data-elsewhere.s3.ap-northeast-1.amazonaws.com'
  const redirect: Observation = {
    layer: 'aws',
    outcome: 'rejected',
    code: 'PermanentRedirect',
    message: 'The bucket you are attempting to access must be addressed using the specified endpoint.',
    seen: { action: 's3:ListBucket', signed: true, status: 301, region: 'eu-west-1', requestId: 'r' },
  }
  const elsewhere: ObservedTarget = {
    ...s3,
    id: 's3://lab-data-elsewhere',
    host,
    resource: 'lab-data-elsewhere',
    observations: [...s3.observations.filter(o => o.layer !== 'aws'), redirect],
  }

  it('is named in its own client alone, and a closed network is told that this does not lead there', () => {
    const { fix, causes } = findingOn([elsewhere])
    assert.deepEqual([causes[0]?.cause, causes[0]?.confidence], ['region-mismatch', 'certain'])
    assert.equal(fix.snippets.cli, 'aws s3api head-bucket --bucket lab-data-elsewhere --region eu-west-1')
    const steps = fix.steps.join('\n')
    assert.match(steps, /no way to the internet, and a gateway endpoint serves only its own region, ap-northeast-1/)
    assert.match(steps, /replication/)
    assert.match(steps, /region_name="eu-west-1"/)
    assert.doesNotMatch(fix.snippets.cli ?? '', /export AWS_REGION/)
    assert.match(findingOn([elsewhere], {}, 'ja').fix.steps.join('\n'), /レプリケーション/)
  })

  it('in a network with a way out is named in its own client, and that is all', () => {
    const { fix } = findingOn([elsewhere], { vantage: { ...observed.vantage, internet: 'answered' } })
    assert.equal(fix.steps.length, 1)
    assert.match(fix.steps[0] ?? '', /not AWS_REGION/)
  })

  it('where the way out was not told is said to need one', () => {
    const { fix } = findingOn([elsewhere], { vantage: { ...observed.vantage, internet: 'skipped' } })
    assert.match(fix.summary, /^lab-data-elsewhere is in eu-west-1: name that region/)
    assert.match(fix.steps[0] ?? '', /^Unless this subnet has a way to the internet/)
  })

  it('that is of the region we stand in is a setting of this environment', () => {
    const home = { ...observed.vantage, homeRegion: 'eu-west-1' }
    const { fix } = findingOn([elsewhere], { vantage: home })
    assert.equal(fix.snippets.cli, 'export AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1')
  })
})

// What settings of the environment do to other clients, from made reports: whom they stop is said, and only where it is known.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { remark } from '../../src/catalog/remarks.ts'
import { diagnose } from '../../src/diagnose/index.ts'
import { reportIn } from '../../src/diagnose/report-in.ts'
import { summarise } from '../../src/health/summary.ts'
import type { Language } from '../../src/model/language.ts'
import type { Report } from '../../src/model/report.ts'
import { decodeReport } from '../../src/report/decode.ts'
import { redactReport } from '../../src/report/redact/index.ts'

type Part = Readonly<Record<string, unknown>>

const region = 'ap-northeast-1'
const logsHost = `logs.${region}.amazonaws.com`
const url = 'http://proxy.example:3128'
const imds = { check: 'imds-token', address: '169.254.169.254', outcome: 'answered' }
const byRole = { source: 'imds', tried: [{ source: 'imds', gave: true }] }

function made(targets: readonly Part[], vantage: Part = {}) {
  return decodeReport(
    JSON.stringify({
      format: 'eniprobe/1',
      run: { startedAt: '2026-11-01T00:00:00.000Z' },
      vantage: {
        region,
        internet: 'silent',
        resolvers: ['10.0.0.2'],
        interfaces: [{ name: 'eth0', address: '10.0.0.4', prefixLength: 24 }],
        checks: [imds],
        credentials: byRole,
        ...vantage,
      },
      targets,
    }),
  )
}

function judged(targets: readonly Part[], vantage: Part = {}, language: Language = 'en') {
  return diagnose(made(targets, vantage), { language })
}

/** `cause severity confidence: targets`, a line each. */
function told({ findings }: Report): string {
  const line = ({ causes: [best], severity, targets }: Report['findings'][number]) =>
    `${best?.cause} ${severity} ${best?.confidence}: ${targets.join(' ')}`
  return findings.map(line).join('; ')
}

function because({ findings }: Report): string {
  return findings.flatMap(({ causes }) => causes[0]?.evidence.map(({ says }) => says) ?? []).join('\n')
}

const steps = (host: string, http: Part, more: readonly Part[]) => [
  { layer: 'dns', outcome: 'answered', seen: { addresses: ['10.0.0.50'], resolver: '10.0.0.2', scope: 'private' } },
  { layer: 'tcp', address: '10.0.0.50', outcome: 'answered', seen: {} },
  {
    layer: 'tls',
    address: '10.0.0.50',
    outcome: 'answered',
    seen: { trusted: true, trustedBy: 'public', names: [host], issuer: 'CN=Amazon RSA 2048 M01,O=Amazon,C=US' },
  },
  { layer: 'http', address: '10.0.0.50', outcome: 'answered', seen: http },
  ...more,
]
const signed = { layer: 'aws', outcome: 'answered', seen: { action: 'logs:DescribeLogGroups', signed: true } }
const healthy = (host = logsHost, more: Part = {}) => ({
  id: 'logs',
  kind: 'service',
  service: 'logs',
  host,
  port: 443,
  region,
  wantedBy: ['command-line'],
  observations: steps(host, { status: 404, awsMarks: ['x-amzn-requestid'] }, [signed]),
  ...more,
})

describe('a proxy for plain http', () => {
  const httpProxy = (noProxy: string | null) => ({ url, from: 'HTTP_PROXY', noProxy })
  const warned = 'proxy-captures-metadata warning certain: '

  it('takes boto3’s requests for metadata, whatever the proxy for https', () => {
    assert.equal(told(judged([healthy()], { httpProxy: httpProxy(null) })), warned)
    assert.equal(told(judged([healthy()], { proxy: { url, from: 'HTTPS_PROXY', noProxy: '.amazonaws.com' } })), '')
  })

  it('takes them where NO_PROXY names a range, which boto3 does not read, and says who does', () => {
    const report = judged([healthy()], { httpProxy: httpProxy('169.254.0.0/16,.amazonaws.com') })
    assert.equal(told(report), warned)
    assert.match(because(report), /boto3 and the AWS CLI send .* as they read NO_PROXY/)
    assert.match(because(report), /otherwise, and go past the proxy: pip, curl, Go/)
    assert.match(because(judged([healthy()], { httpProxy: httpProxy('169.254.0.0/16') }, 'ja')), /boto3 と AWS CLI は、169\.254/)
  })

  it('takes none where NO_PROXY names the address, in whatever place metadata was asked', () => {
    for (const list of ['169.254.169.254', 'x, 169.254.169.254', '*'])
      assert.equal(told(judged([healthy()], { httpProxy: httpProxy(list) })), '')
    const v6 = { checks: [{ ...imds, address: '[fd00:ec2::254]' }] }
    assert.equal(told(judged([healthy()], { ...v6, httpProxy: httpProxy('169.254.169.254') })), warned)
    assert.equal(told(judged([healthy()], { ...v6, httpProxy: httpProxy('[fd00:ec2::254]') })), '')
  })

  it('is mended by a list that keeps what is on it', () => {
    const [finding] = judged([healthy()], { httpProxy: httpProxy('.amazonaws.com') }).findings
    const list = '.amazonaws.com,169.254.169.254,169.254.170.2,169.254.170.23'
    assert.equal(finding?.fix.snippets.cli, `export NO_PROXY=${list} no_proxy=${list}`)
  })

  it('is nobody’s concern where credentials come from elsewhere: boto3 asks containers past any proxy', () => {
    for (const source of ['environment', 'profile', 'container', 'web-identity']) {
      const credentials = { source, tried: [{ source, gave: true }] }
      assert.equal(told(judged([healthy()], { httpProxy: httpProxy(null), credentials })), '', source)
    }
  })

  it('is likely to matter, and no more, where nobody looked for credentials', () => {
    const unsigned = { httpProxy: httpProxy(null), credentials: undefined }
    assert.equal(told(judged([healthy()], unsigned)), 'proxy-captures-metadata warning likely: ')
    const inContainer = { check: 'container-credentials', address: '169.254.170.2', outcome: 'answered' }
    assert.equal(told(judged([healthy()], { ...unsigned, checks: [imds, inContainer] })), '')
    assert.equal(told(judged([healthy()], { ...unsigned, checks: [] })), '')
  })
})

describe('a NO_PROXY that boto3 does not read', () => {
  const proxy = (noProxy: string) => ({ url, from: 'HTTPS_PROXY', noProxy })
  const through = healthy(logsHost, {
    observations: healthy()
      .observations.map(o => ({ ...o, via: 'proxy' }))
      .slice(1),
  })
  const refused = healthy(logsHost, {
    observations: [
      { layer: 'tcp', via: 'proxy', address: '10.0.0.9', outcome: 'answered', seen: {} },
      {
        layer: 'http',
        via: 'proxy',
        address: '10.0.0.9',
        outcome: 'rejected',
        code: '403',
        seen: { method: 'CONNECT', status: 403 },
      },
      ...['tls', 'http', 'aws'].map(layer => ({ layer, outcome: 'skipped', because: 'below-failed' })),
    ],
  })

  it('is a warning where the proxy lets through, with a list that all read', () => {
    const report = judged([through], { proxy: proxy('*.amazonaws.com') })
    assert.equal(told(report), 'proxy-captures-metadata warning certain: logs')
    assert.match(because(report), /off the proxy for Go, Node, and not for boto3 and the AWS CLI/)
    assert.equal(report.findings[0]?.fix.snippets.cli, 'export NO_PROXY=.amazonaws.com no_proxy=.amazonaws.com')
    assert.match(because(judged([through], { proxy: proxy('*.amazonaws.com') }, 'ja')), /Go, Node は/)
  })

  it('is part of the proof where the proxy refuses', () => {
    const report = judged([refused], { proxy: proxy('.amazonaws.com 169.254.169.254') })
    assert.equal(told(report), 'proxy-refuses error certain: logs')
    assert.match(because(report), /for curl, Node, and not for boto3/)
  })

  it('leaves a proxy that refuses connections at likely where the direct way works: who asks may never meet it', () => {
    const closed = healthy(logsHost, {
      observations: [
        { layer: 'tcp', via: 'proxy', address: '10.0.0.9', outcome: 'rejected', code: 'ECONNREFUSED', seen: {} },
        { layer: 'tcp', variant: 'direct', address: '10.20.1.20', outcome: 'answered', seen: {} },
        ...['tls', 'http', 'aws'].map(layer => ({ layer, outcome: 'skipped', because: 'below-failed' })),
      ],
    })
    assert.equal(told(judged([closed], { proxy: proxy('*.amazonaws.com') })), 'proxy-unreachable error likely: logs')
    assert.equal(told(judged([closed], { proxy: proxy('169.254.169.254') })), 'proxy-unreachable error certain: logs')
  })

  it('is no news where nobody is exempted, or everybody is', () => {
    for (const list of ['169.254.169.254', '.amazonaws.com', 'ws.com'])
      assert.equal(told(judged([through], { proxy: proxy(list) })), '')
  })

  it('is told of a report with names masked, too', () => {
    const report = redactReport(made([through], { proxy: proxy('*.amazonaws.com') }))
    assert.equal(told(diagnose(report)), 'proxy-captures-metadata warning certain: logs')
  })
})

describe('a credential source that is set up and gives nothing', () => {
  const broken = {
    source: 'web-identity',
    gave: false,
    why: 'AWS_WEB_IDENTITY_TOKEN_FILE cannot be read (ENOENT)',
    stops: 'certain',
  }
  const chain = (source: string | null, ...tried: Part[]) => ({ credentials: { source, tried } })

  it('is a warning where the next one gave: boto3 stops there', () => {
    const vantage = chain('imds', broken, { source: 'imds', gave: true })
    const report = judged([healthy()], vantage)
    assert.equal(told(report), 'no-credentials warning certain: ')
    assert.match(because(report), /boto3 and the AWS CLI find no credentials here: .* never ask imds/)
    assert.match(because(report), /cannot be read \(ENOENT\)/)
    assert.match(report.findings[0]?.fix.summary ?? '', /: web-identity\.$/)
    assert.match(because(judged([healthy()], vantage, 'ja')), /AWS_WEB_IDENTITY_TOKEN_FILE を読めません/)
  })

  it('is as sure as the surest of them', () => {
    const sso = { source: 'sso', gave: false, why: 'expired', stops: 'likely' }
    assert.equal(told(judged([healthy()], chain('imds', sso, { source: 'imds', gave: true }))), 'no-credentials warning likely: ')
  })

  it('is none where it was merely not set', () => {
    const unset = { source: 'web-identity', gave: false, why: 'AWS_WEB_IDENTITY_TOKEN_FILE is not set' }
    assert.equal(told(judged([healthy()], chain('imds', unset, { source: 'imds', gave: true }))), '')
  })

  it('of a profile stops nobody at a web identity, which boto3 asks first; half a pair of keys does', () => {
    const gave = { source: 'web-identity', gave: true }
    const process = { source: 'process', gave: false, why: 'x', stops: 'certain' }
    assert.equal(told(judged([healthy()], chain('web-identity', process, gave))), '')
    const keys = { source: 'environment', gave: false, why: 'x', stops: 'certain' }
    assert.equal(told(judged([healthy()], chain('web-identity', keys, process, gave))), 'no-credentials warning certain: ')
  })
})

describe('an endpoint URL that leads to another host', () => {
  const setting = 'endpoint_url of logs in [services x], /home/me/.aws/config'
  const elsewhere = (http: Part) =>
    healthy('app.internal', {
      hostFrom: setting,
      observations: steps('app.internal', { awsMarks: [], server: 'nginx', ...http }, []),
    })

  it('is what answers in the place of the service, by the setting that is really set', () => {
    const report = judged([elsewhere({ status: 200 })])
    assert.equal(told(report), 'answered-by-other error likely: logs')
    assert.ok(because(report).includes(setting))
    assert.doesNotMatch(because(report), /is an AWS name/)
    assert.ok(report.findings[0]?.fix.summary.includes(setting))
    assert.deepEqual(
      report.findings[0]?.causes.map(({ cause }) => cause),
      ['answered-by-other'],
    )
  })

  it('may still be a gateway that blocks, where the page is one', () => {
    const report = judged([elsewhere({ status: 403, contentType: 'text/html', bodyStart: '<html>blocked</html>' })])
    assert.equal(told(report), 'answered-by-other error likely: logs')
    assert.deepEqual(
      report.findings[0]?.causes.map(({ cause }) => cause),
      ['answered-by-other', 'web-gateway-blocks'],
    )
  })

  it('is rather the proxy that answers, where it is asked in the clear', () => {
    const page = { awsMarks: [], server: 'squid/6.6', status: 403, contentType: 'text/html', bodyStart: '<html>denied</html>' }
    const observations = [
      { layer: 'tcp', via: 'proxy', address: '10.0.0.9', outcome: 'answered', seen: {} },
      { layer: 'http', via: 'proxy', address: '10.0.0.9', outcome: 'answered', seen: page },
    ]
    const report = judged([healthy('app.internal', { hostFrom: setting, scheme: 'http', port: 80, observations })])
    assert.equal(told(report), 'web-gateway-blocks error likely: logs')
    assert.equal(report.findings[0]?.causes[1]?.cause, 'answered-by-other')
  })

  it('with marks of AWS is an endpoint under another name', () => {
    const target = healthy('logs.corp.example', { hostFrom: 'AWS_ENDPOINT_URL_LOGS' })
    assert.equal(told(judged([target])), '')
  })

  it('has a certificate of the user’s own: nobody inspects', () => {
    const own = (id: string) => {
      const host = `${id}.corp.example`
      const tls = { trusted: true, trustedBy: 'custom-ca', names: [host], issuer: 'CN=Corp CA' }
      const observations = steps(host, { status: 404, awsMarks: ['x-amzn-requestid'] }, [signed]).map(o =>
        o.layer === 'tls' ? { ...o, seen: tls } : o,
      )
      return healthy(host, { id, service: id, hostFrom: `AWS_ENDPOINT_URL_${id.toUpperCase()}`, observations })
    }
    assert.equal(told(judged([own('logs'), own('sts')])), '')
  })
})

describe('a setting that stops the clients that read it', () => {
  const stopper =
    'AWS_CA_BUNDLE names a CA bundle that cannot be used: no TLS connection here succeeds for those that read it (boto3, AWS CLI)'

  it('is no finding, and is told in a summary and in every language', () => {
    const report = judged([healthy()], { stoppers: [stopper] })
    assert.equal(told(report), '')
    assert.ok(summarise(report).includes(`warning: ${stopper}`))
    assert.match(reportIn(report, 'ja').vantage.stoppers?.[0] ?? '', /クライアント（boto3, AWS CLI）は/)
  })

  it('says so of services that a bundle does not verify, and keeps its words where names are masked', () => {
    const lacks = remark('caLacks', { name: 'ca_bundle', services: 'logs, s3', list: 'boto3, AWS CLI' })
    const report = redactReport(made([healthy()], { stoppers: [lacks] }))
    assert.deepEqual(report.vantage.stoppers, [lacks])
    const said = reportIn(diagnose(report), 'ja').vantage.stoppers?.[0] ?? ''
    assert.match(said, /^ca_bundle が指す CA バンドルでは、ここでの logs, s3 の証明書を検証できません。/)
  })
})

describe('credentials of which other clients take others', () => {
  it('are no finding, and are told in every language', () => {
    const clientsDiffer = remark('keysBesideProfile', {})
    const tried = [{ source: 'environment', gave: true, keyKind: 'AKIA' }]
    const report = redactReport(made([healthy()], { credentials: { source: 'environment', tried, clientsDiffer } }))
    assert.equal(told(diagnose(report)), '')
    assert.equal(report.vantage.credentials?.clientsDiffer, clientsDiffer)
    const said = reportIn(diagnose(report), 'ja').vantage.credentials?.clientsDiffer ?? ''
    assert.match(said, /^AWS_PROFILE と AWS_ACCESS_KEY_ID の両方が設定されています。/)
  })
})

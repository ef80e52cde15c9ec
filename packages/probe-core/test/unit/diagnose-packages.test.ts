// What package targets are judged to be, from made reports: never surer than the evidence, and with the mend for the manager.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '../../src/diagnose/index.ts'
import { phrases } from '../../src/diagnose/phrases/index.ts'
import { packagesPhrases } from '../../src/diagnose/phrases/packages-en.ts'
import { packagesPhrasesJa } from '../../src/diagnose/phrases/packages-ja.ts'
import type { Language } from '../../src/model/language.ts'
import { decodeReport } from '../../src/report/decode.ts'

const region = 'ap-northeast-1'
const al2023 = `al2023-repos-${region}-de612dc2.s3.dualstack.${region}.amazonaws.com`

type Part = Readonly<Record<string, unknown>>

function judged(targets: readonly Part[], vantage: Part = {}, language: Language = 'en') {
  const report = {
    format: 'eniprobe/1',
    run: { startedAt: '2026-11-01T00:00:00.000Z' },
    vantage: {
      region,
      internet: 'silent',
      resolvers: ['10.0.0.2'],
      interfaces: [{ name: 'eth0', address: '10.0.0.4', prefixLength: 24 }],
      checks: [{ check: 'internet', address: '203.0.113.1', outcome: 'silent', waitedMs: 3000 }],
      ...vantage,
    },
    targets,
  }
  return diagnose(decodeReport(JSON.stringify(report)), { language })
}

const resolvesTo = (address: string, scope = 'public') => ({
  layer: 'dns',
  outcome: 'answered',
  seen: { addresses: [address], resolver: '10.0.0.2', scope },
})
const tcp = (address: string, outcome: string) => ({
  layer: 'tcp',
  address,
  outcome,
  ...(outcome === 'silent' ? { waitedMs: 3000, tries: 3 } : { seen: {} }),
})
const answered = (address: string, seen: Part) => [
  resolvesTo(address, /^10\./.test(address) ? 'private' : 'public'),
  tcp(address, 'answered'),
  { layer: 'tls', address, outcome: 'answered', seen: { trusted: true, trustedBy: 'public' } },
  { layer: 'http', address, outcome: 'answered', seen },
]

const place = (host: string, packages: Part, observations: readonly Part[], more: Part = {}) => ({
  id: `https://${host}`,
  kind: 'https',
  host,
  service: null,
  wantedBy: [packages.manager],
  path: '/',
  packages: { configuredBy: 'x', ...packages },
  observations,
  ...more,
})

const silentPyPi = place('pypi.org', { manager: 'pip', role: 'index', isDefault: true }, [
  resolvesTo('151.101.0.223'),
  tcp('151.101.0.223', 'silent'),
])

test('the four ways out are worded for the manager and this network, in both languages', () => {
  const vantage = { identity: { arn: 'arn:aws:sts::111122223333:assumed-role/r/s', account: '111122223333', source: 'imds' } }
  for (const [manager, role, host, word] of [
    ['pip', 'index', 'pypi.org', 'pip install --no-index'],
    ['npm', 'registry', 'registry.npmjs.org', 'npm ci --offline'],
    ['conda', 'channel', 'repo.anaconda.com', 'conda-pack'],
    ['apt', 'release', 'archive.example.org', 'apt-get install'],
    ['docker', 'image-registry', 'registry-1.docker.io', `prod-${region}-starport-layer-bucket`],
  ] as const) {
    for (const language of ['en', 'ja'] as const) {
      const target = place(host, { manager, role, isDefault: true }, silentPyPi.observations)
      const [finding] = judged([target], vantage, language).findings
      assert.equal(finding?.causes[0]?.cause, 'package-index-is-public', manager)
      const steps = finding?.fix.steps.join('\n') ?? ''
      assert.ok(steps.includes(word), steps)
      assert.ok(manager === 'apt' || steps.includes('111122223333.dkr.ecr.ap-northeast-1.amazonaws.com'), steps)
      assert.equal(/[ぁ-ん]/.test(steps), language === 'ja')
      assert.ok(!steps.includes('undefined') && !steps.includes('[object'), steps)
    }
  }
})

test('a public index of two is silent while the private one answers: no word of files that lie elsewhere', () => {
  const own = place(
    'packages.example.internal',
    { manager: 'pip', role: 'extra-index', configuredBy: 'extra-index-url of [global], /etc/pip.conf' },
    answered('10.0.1.9', { status: 200, index: { form: 'html', credentials: 'none' } }),
  )
  const { findings, targets } = judged([silentPyPi, own])
  assert.equal(targets[1]?.verdict, 'healthy')
  assert.ok(!findings.flatMap(f => f.causes).some(({ cause }) => cause === 'package-files-elsewhere'))
})

test('a bucket of Amazon Linux that is silent is a missing gateway endpoint, and the mend names the bucket', () => {
  const repository = place(
    al2023,
    { manager: 'dnf', role: 'mirror-list' },
    [resolvesTo('52.219.0.1'), tcp('52.219.0.1', 'silent')],
    {
      service: 's3',
      region,
    },
  )
  const [finding] = judged([repository]).findings
  assert.equal(finding?.causes[0]?.cause, 'gateway-endpoint-missing')
  assert.match(finding?.fix.steps.join() ?? '', new RegExp(`arn:aws:s3:::al2023-repos-${region}-de612dc2/\\*`))
})

test('an anonymous request that a bucket of Amazon Linux refuses is a policy on the way, never certain, and names the bucket', () => {
  const refused = place(
    al2023,
    { manager: 'dnf', role: 'mirror-list' },
    [
      ...answered('52.219.0.1', { status: 403, awsMarks: ['x-amz-request-id'], index: { form: 'other', credentials: 'none' } }),
      {
        layer: 'aws',
        address: '52.219.0.1',
        outcome: 'rejected',
        code: 'AccessDenied',
        message: 'Access Denied',
        seen: { signed: false, status: 403 },
      },
    ],
    { service: 's3', region },
  )
  const [finding] = judged([refused]).findings
  const causes = finding?.causes.map(({ cause }) => cause) ?? []
  assert.ok(causes.includes('endpoint-policy-denies'), causes.join())
  assert.ok(finding?.causes.every(({ confidence }) => confidence !== 'certain'))
})

test('CodeArtifact that answers "not found" to an ended token is unauthorized, and to a good one is not', () => {
  const host = `d-111122223333.d.codeartifact.${region}.amazonaws.com`
  const said = (tokenExpiresAt: string) =>
    judged([
      place(
        host,
        { manager: 'pip', role: 'index', credentials: 'url', tokenExpiresAt },
        answered('10.0.1.5', { status: 404, awsMarks: ['x-amzn-requestid'], index: { form: 'other', credentials: 'sent' } }),
        { service: 'codeartifact.repositories', region },
      ),
    ])
  const ended = said('2026-10-30T00:00:00.000Z')
  assert.deepEqual(
    ended.findings.map(f => [f.causes[0]?.cause, f.causes[0]?.confidence]),
    [['package-index-unauthorized', 'likely']],
  )
  assert.deepEqual(said('2026-11-02T00:00:00.000Z').findings, [])
})

test('a 403 with a page may be a gateway that blocks: both are said, neither is certain', () => {
  const target = place(
    'packages.example.com',
    { manager: 'pip', role: 'index', credentials: 'url' },
    answered('10.0.1.9', {
      status: 403,
      contentType: 'text/html',
      bodyStart: '<html>Blocked',
      index: { form: 'html', credentials: 'sent' },
    }),
  )
  const [finding] = judged([target]).findings
  const causes = finding?.causes.map(({ cause, confidence }) => `${cause} ${confidence}`) ?? []
  assert.deepEqual(causes, ['package-index-unauthorized likely', 'web-gateway-blocks possible'])
})

test("the proxy of the manager's own configuration is the one that is named", () => {
  const target = place(
    'pypi.org',
    {
      manager: 'pip',
      role: 'index',
      isDefault: true,
      proxy: { url: 'http://proxy.example.internal:3128', from: 'proxy of [global], /etc/pip.conf' },
    },
    [{ layer: 'tcp', address: '10.0.9.9', via: 'proxy', outcome: 'silent', waitedMs: 3000, seen: {} }],
  )
  const [finding] = judged([target]).findings
  assert.equal(finding?.causes[0]?.cause, 'proxy-unreachable')
  assert.match(finding?.fix.summary ?? '', /proxy of \[global\], \/etc\/pip\.conf \(proxy\.example\.internal:3128\)/)
})

test('every sentence about packages has its Japanese, with the same parts', () => {
  const partsOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
  for (const [key, text] of Object.entries(packagesPhrases)) {
    const japanese = packagesPhrasesJa[key as keyof typeof packagesPhrases]
    assert.deepEqual(partsOf(japanese), partsOf(text), key)
    assert.ok(key in phrases, key)
  }
})

// Peers that mean harm: the run ends by its deadline with a report that validates, and prints nothing that a terminal obeys.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { combine, type Fault } from '../src/faults/fault.ts'
import { interfaceEndpointMissing } from '../src/faults/index.ts'
import { privateIndex, privateIndexName } from '../src/faults/private-index.ts'
import type { FarBehaviour, HostileName } from '../src/plan/vpc-plan.ts'
import { liedAddress } from '../src/servers/hostile-dns.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { readReport } from './judge-run.ts'
import { measuredRun } from './peak-memory.ts'

const logs = 'logs.ap-northeast-1.amazonaws.com'

/** Where a run says in text what it says in JSON on standard output. */
const shownPath = '/run/lab/home/shown.txt'

/** What a run takes where nobody means harm (some 105 MB with Node itself), and 64. */
const mostMb = 170

const behaves =
  (does: FarBehaviour['does'], layer: FarBehaviour['layer'] = 'http'): Fault =>
  plan => ({ ...plan, behaviours: [{ match: logs, layer, does }] })

const namesAre =
  (form: HostileName, name = 'odd.internal'): Fault =>
  plan => ({ ...plan, dns: { ...plan.dns, hostile: { [name]: form } } })

const hostsFileOfThousands: Fault = plan => ({
  ...plan,
  workload: {
    ...plan.workload,
    hosts: Array.from({ length: 10_000 }, (_, at) => ({ address: `10.20.${200 + (at >> 8)}.${at & 255}`, name: 'odd.internal' })),
  },
})

const peers: readonly { readonly name: string; readonly fault: Fault; readonly target: string }[] = [
  { name: 'a body that never ends', fault: behaves('endless-body'), target: 'logs' },
  { name: 'a head that comes byte by byte and never ends', fault: behaves('dripping-head'), target: 'logs' },
  { name: 'a redirect to instance metadata', fault: behaves('redirect-to-metadata'), target: 'logs' },
  { name: 'a message of sixty thousand line feeds', fault: behaves('blank-message'), target: 'logs' },
  { name: 'ten megabytes packed into ten kilobytes', fault: behaves('packed-bomb'), target: 'logs' },
  { name: 'an error that breaks off', fault: behaves('cut-body'), target: 'logs' },
  { name: 'escape sequences', fault: behaves('escape-sequences'), target: 'logs' },
  { name: 'a head of endless lines', fault: behaves('heads-for-ever'), target: 'logs' },
  { name: 'interim answers for ever', fault: behaves('informs-for-ever'), target: 'logs' },
  { name: 'a body that comes byte by byte', fault: behaves('dripping-body'), target: 'logs' },
  { name: 'a handshake that comes byte by byte', fault: behaves('dripping-hello', 'tls'), target: 'logs' },
  { name: 'a certificate of thousands of names', fault: behaves('huge-certificate', 'tls'), target: 'logs' },
  { name: 'a chain of two thousand certificates', fault: behaves('huge-chain', 'tls'), target: 'logs' },
  { name: 'one new handshake after another', fault: behaves('renegotiates', 'tls'), target: 'logs' },
  { name: 'names that lead to each other', fault: namesAre('cname-loop'), target: 'tcp://odd.internal:443' },
  { name: 'a name with four thousand addresses', fault: namesAre('thousand-addresses'), target: 'tcp://odd.internal:443' },
  { name: 'a name with ten thousand addresses in the hosts file', fault: hostsFileOfThousands, target: 'tcp://odd.internal:443' },
  { name: 'a pointer to itself', fault: namesAre('pointer-loop'), target: 'tcp://odd.internal:443' },
  { name: 'a maze of pointers', fault: namesAre('pointer-maze'), target: 'tcp://odd.internal:443' },
  { name: 'ten thousand questions in an answer', fault: namesAre('questions-for-ever'), target: 'tcp://odd.internal:443' },
]

describe('a hostile peer', { concurrency: 4 }, () => {
  for (const { name, fault, target } of peers)
    test(`${name}: the run ends by its deadline with a sane report and harmless text`, async t => {
      const vpc = await vpcLab(t, fault)
      if (!vpc) return
      const args = [target, 'sts', '--deadline', '5s', '--verbose', '--format', 'text', '--output', shownPath, '--output', '-']
      const ran = await measuredRun(vpc, args)
      const report = readReport(ran)
      t.diagnostic(`${Math.round(ran.peakMb)} MB at the highest`)
      assert.ok(ran.peakMb <= mostMb, `${ran.peakMb} MB`)
      assert.ok([0, 1].includes(ran.status ?? -1), `exit ${ran.status}`)
      assert.equal(ran.stderr, `saved ${shownPath}\n`)
      assert.ok(report.run.durationMs < 5250, `${report.run.durationMs} ms`)
      assert.equal(report.targets.find(({ id }) => id === 'sts')?.verdict, 'healthy')
      assert.ok((report.targets[0]?.observations.filter(o => o.layer === 'tcp' && !o.variant).length ?? 0) <= 8)
      assert.ok(ran.stdout.length < 200_000, `${ran.stdout.length} characters`)
      const shown = await vpc.run(['cat', shownPath])
      assert.match(shown.stdout, /VERDICT/, shown.stderr)
      assert.doesNotMatch(shown.stdout, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
    })

  test('an index page of endless links leads to few places, never to this machine, and ends by the deadline', async t => {
    const endless: Fault = plan => ({
      ...plan,
      behaviours: [{ match: privateIndexName, layer: 'http', does: 'links-for-ever' }],
      workload: { ...plan.workload, env: { ...plan.workload.env, PIP_INDEX_URL: `https://${privateIndexName}/simple/` } },
    })
    const vpc = await vpcLab(t, combine(privateIndex(), endless))
    if (!vpc) return
    const report = readReport(await vpc.eniprobe(['pip', 'sts', '--deadline', '6s']))
    assert.ok(report.run.durationMs <= 6250, `${report.run.durationMs} ms`)
    assert.ok(report.targets.length <= 6, report.targets.map(({ id }) => id).join(' '))
    assert.ok(report.targets.every(({ host }) => !host.startsWith('169.254.')))
    assert.equal(report.targets.find(({ id }) => id === 'sts')?.verdict, 'healthy')
  })

  test('a control plane that pages for ever is left with its questions open, and the run ends by its deadline', async t => {
    const pages: Fault = plan => ({
      ...plan,
      behaviours: [{ match: 'ec2.ap-northeast-1.amazonaws.com', layer: 'http', does: 'pages-for-ever' }],
    })
    const vpc = await vpcLab(t, combine(interfaceEndpointMissing('logs'), pages))
    if (!vpc) return
    const report = readReport(await vpc.eniprobe(['logs', 'sts', '--deadline', '9s']))
    assert.ok(report.run.durationMs <= 9250, `${report.run.durationMs} ms`)
    const asked = report.controlPlane?.asked ?? []
    assert.ok(asked.length > 0 && asked.every(({ outcome }) => outcome !== 'answered'), JSON.stringify(asked))
    assert.ok(
      asked.some(({ code }) => code === 'TOO_MANY_PAGES'),
      JSON.stringify(asked),
    )
    assert.ok(report.findings.every(({ causes }) => causes.every(({ confidence }) => confidence !== 'certain')))
  })

  for (const form of ['from-elsewhere', 'of-another-id'] as const)
    test(`an answer ${form.replaceAll('-', ' ')} is no answer, and the true one behind it counts`, async t => {
      const vpc = await vpcLab(t, namesAre(form, 'db.internal'))
      if (!vpc) return
      const ran = await vpc.eniprobe(['tcp://db.internal:5432', '--deadline', '5s'])
      const report = readReport(ran)
      const dns = report.targets[0]?.observations.find(o => o.layer === 'dns' && o.outcome === 'answered')
      assert.deepEqual(dns?.outcome === 'answered' && dns.layer === 'dns' && dns.seen.addresses, ['10.20.3.9'])
      assert.equal(report.targets[0]?.verdict, 'healthy')
      assert.ok(!ran.stdout.includes(liedAddress))
    })

  test('a redirect is never followed', async t => {
    const vpc = await vpcLab(t, behaves('redirect-to-metadata'))
    if (!vpc) return
    const report = readReport(await vpc.eniprobe(['logs']))
    const http = report.targets[0]?.observations.filter(o => o.layer === 'http' && o.outcome === 'answered') ?? []
    assert.ok(http.length > 0 && http.every(o => o.address?.startsWith('10.20.')))
  })
})

// Reports that the tests of the file formats render: recorded ones, and others made of them: hundreds of targets, hostile
// names in every place a stranger can write to, and facts of the control plane.

import { readFileSync } from 'node:fs'
import { decodeReport, diagnose, type Language, type Report, type Target } from '@eniprobe/core'
import { en } from '../src/messages/en.ts'
import { formatsEn } from '../src/messages/formats-en.ts'
import { formatsJa } from '../src/messages/formats-ja.ts'
import { ja } from '../src/messages/ja.ts'
import { noPaint } from '../src/render/colour.ts'
import type { FormatPage } from '../src/render/format-page.ts'

const here = new URL('../../test/', import.meta.url)
const recorded = new URL('../../../probe-lab/recorded/closed-vpc/report.json', import.meta.url)

export type ReportName = 'mixed' | 'healthy' | 'interrupted' | 'proxy' | 'closed'

export function reportNamed(name: ReportName): Report {
  const file = name === 'closed' ? recorded : new URL(`reports/${name}.json`, here)
  const report = decodeReport(readFileSync(file, 'utf8'))
  // The recorded ones as this version judges them; the others are written by hand, findings and all.
  return name === 'closed' || name === 'proxy' ? diagnose(report) : report
}

/** What the pages are written with in a language. */
export function formatPage(language: Language, more: Partial<FormatPage> = {}): FormatPage {
  const messages = language === 'ja' ? ja : en
  const formats = language === 'ja' ? formatsJa : formatsEn
  return { columns: 100, paint: noPaint, messages, verbose: false, formats, quiet: false, ...more }
}

/** As many targets as no terminal shows, with every verdict and every way to end. */
export function manyTargets(count: number): Report {
  const report = reportNamed('closed')
  const targets = Array.from({ length: count }, (_, index): Target => {
    const model = report.targets[index % report.targets.length]
    if (model === undefined) throw new Error('the recorded report has targets')
    return { ...model, id: `${model.id}-${index}`, host: `host-${index}.${model.host}` }
  })
  const findings = report.findings.map(found => ({
    ...found,
    targets: targets.filter(({ id }) => found.targets.some(known => id.startsWith(`${known}-`))).map(({ id }) => id),
  }))
  return { ...report, targets, findings }
}

/** Attempts to leave the place they are written in: HTML, attributes, SVG, CSS, scripts, Markdown, XML, label values. */
export const payloads: readonly string[] = [
  '<script>window.broken=1</script>',
  '"><img src=x onerror="window.broken=1">',
  "' onmouseover='window.broken=1",
  '</title></svg><svg onload="window.broken=1">',
  '</style><style>body{display:none}</style>',
  '</script><script>window.broken=1</script>',
  'javascript:window.broken=1',
  '`code` ``` fence | pipe \\| [link](javascript:window.broken=1) ![image](x)',
  '```\n# heading\n~~~\n<b>bold</b> **bold** @everyone #1 www.example.com http://example.com',
  ']]><!-- &amp; <![CDATA[ --> <?xml version="1.0"?>',
  'back\\slash "quote" line\nfeed {le="x"} 1 # HELP eniprobe_up',
  '\ud800 lone \udfff \u0000 \u001b[31m \u202e turned \uffff',
  'url(#hatch);} * { display: none } @import "x"',
]

/** Every text of the mixed report that can come from outside is replaced by a payload. */
export function hostileReport(): Report {
  const report = reportNamed('mixed')
  let turn = 0
  const nasty = () => payloads[turn++ % payloads.length] ?? ''
  const targets = report.targets.map(
    (target): Target => ({
      ...target,
      id: `${target.id} ${nasty()}`,
      host: nasty(),
      note: nasty(),
      hangs: [{ client: nasty(), ms: 1000, how: nasty() }],
      observations: [
        ...target.observations,
        { layer: 'http', outcome: 'rejected', code: nasty(), message: nasty(), startMs: 5, durationMs: 3, address: nasty() },
      ],
    }),
  )
  const renamed = new Map(report.targets.map(({ id }, index) => [id, targets[index]?.id ?? id]))
  const { vantage } = report
  return {
    ...report,
    run: { ...report.run, version: nasty(), startedAt: nasty() },
    targets,
    unexplained: report.unexplained.map(id => renamed.get(id) ?? id),
    findings: report.findings.map(found => ({
      ...found,
      targets: found.targets.map(id => renamed.get(id) ?? id),
      causes: found.causes.map(cause => ({ ...cause, evidence: cause.evidence.map(each => ({ ...each, says: nasty() })) })),
      excluded: (found.excluded ?? []).map(({ cause, by }) => ({ cause, by: { ...by, says: nasty() } })),
      fix: {
        summary: nasty(),
        steps: payloads,
        snippets: { cli: nasty(), terraform: payloads.join('\n'), cloudformation: nasty() },
        docs: `https://docs.aws.amazon.com/${nasty()}`,
      },
      nextStep: { summary: nasty(), command: nasty() },
    })),
    vantage: {
      ...vantage,
      region: nasty(),
      workload: nasty(),
      interfaces: [{ name: nasty(), address: nasty(), prefixLength: 24 }],
      resolvers: [nasty()],
      proxy: { url: nasty(), from: nasty(), noProxy: nasty() },
      network: { ...vantage.network, vpc: nasty(), subnet: nasty(), eni: nasty(), securityGroups: [nasty()] },
      identity: { arn: nasty(), account: nasty(), source: nasty() },
    },
    controlPlane: {
      asked: [],
      endpoints: [{ id: nasty(), type: 'Interface', service: 'com.amazonaws.ap-northeast-1.logs', vpc: nasty(), state: nasty() }],
    },
  }
}

/** The recorded run, with what the control plane would have told. */
export function toldReport(): Report {
  const report = reportNamed('closed')
  const vpc = report.vantage.network.vpc ?? ''
  return {
    ...report,
    controlPlane: {
      asked: [{ action: 'ec2:DescribeVpcEndpoints', outcome: 'answered' }],
      endpoints: [
        {
          id: 'vpce-0a9b8c7d6e5f40312',
          type: 'Interface',
          service: 'com.amazonaws.ap-northeast-1.kms',
          vpc,
          state: 'available',
          privateDns: true,
          groups: ['sg-0aa1bb2cc3dd4ee5f'],
          subnets: ['subnet-0c1d2e3f405162738'],
        },
      ],
      securityGroups: [{ id: 'sg-0aa1bb2cc3dd4ee5f', name: 'kms-endpoint', vpc, ingress: [], egress: [] }],
    },
  }
}

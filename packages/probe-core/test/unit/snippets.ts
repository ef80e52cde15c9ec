// Every remedy over a spread of runs, for the judges of what people paste: with nothing known, with what scenarios told, and with
// strangers' texts wherever a report holds one.

import { readdirSync, readFileSync } from 'node:fs'
import { remedyOf } from '../../src/diagnose/remedies.ts'
import { NetworkView } from '../../src/diagnose/view.ts'
import { type CauseCode, causeCodes } from '../../src/model/cause.ts'
import type { Language, Said } from '../../src/model/language.ts'
import type { ObservedReport } from '../../src/model/report.ts'
import { decodeReport } from '../../src/report/decode.ts'

export interface Pasted {
  readonly cause: CauseCode
  readonly run: string
  readonly kind: 'cli' | 'terraform' | 'cloudformation' | 'next'
  readonly text: string
}

const folder = new URL('../../../test/scenarios/', import.meta.url)

export function scenarios(): readonly (readonly [string, ObservedReport])[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && entry.name !== 'made')
    .map(({ name }) => [name, decodeReport(readFileSync(new URL(`${name}/report.json`, folder), 'utf8'))] as const)
}

/** A few runs of every kind: nothing known of the network, no control plane, everything told. */
export function runs(): readonly (readonly [string, ObservedReport])[] {
  const all = new Map(scenarios())
  const names = [
    'endpoint-group-told-by-configuration',
    'network-acl-told-by-configuration',
    'gateway-missing-in-database-subnets',
    'bucket-wants-source-vpc',
    'example-endpoint-policy-denies',
    'function-may-not-use-the-key',
    'training-job-installs-packages',
    'ipv6-only-instance',
    'database-admits-one-workstation',
    'private-nodes-without-endpoints',
  ]
  const chosen = names.map(name => [name, all.get(name) as ObservedReport] as const)
  return [...chosen, ...chosen.slice(0, 3).map(([name, report]) => [`${name}, nothing known`, unknowing(report)] as const)]
}

function unknowing(report: ObservedReport): ObservedReport {
  const { controlPlane: _, ...rest } = report
  const nobody = { eni: null, vpc: null, subnet: null, subnetCidr: null, vpcCidrs: null, securityGroups: null }
  return { ...rest, vantage: { ...report.vantage, interfaces: [], identity: null, network: nobody } }
}

/** What every cause would have pasted: for each target alone, and for all together. */
export function pastedOf(name: string, report: ObservedReport, causes: readonly CauseCode[] = causeCodes): readonly Pasted[] {
  const network = new NetworkView(report)
  const groups = [network.targets, ...network.targets.map(target => [target])].filter(targets => targets.length > 0)
  return causes.flatMap(cause =>
    groups.flatMap((targets, index) => {
      const run = `${name}, ${index === 0 ? 'all targets' : targets[0]?.id}`
      const { snippets, steps } = remedyOf(cause).fix(targets, network)
      const { command } = remedyOf(cause).nextStep(targets, network)
      const kinds = (['cli', 'terraform', 'cloudformation'] as const).flatMap(kind => {
        const text = snippets[kind]
        return text === undefined ? [] : [{ cause, run, kind, text }]
      })
      const inSteps = steps
        .flatMap(step => commandsIn(said(step, 'en')))
        .map(text => ({ cause, run, kind: 'cli' as const, text }))
      return [...kinds, ...inSteps, { cause, run, kind: 'next' as const, text: command }]
    }),
  )
}

/** Without what is word for word the same. */
export function distinct(pasted: readonly Pasted[]): readonly Pasted[] {
  return [...new Map(pasted.map(each => [`${each.kind} ${each.text}`, each])).values()]
}

function commandsIn(step: string): readonly string[] {
  return [...step.matchAll(/(?:: |here: )((?:aws|pip|npm|conda|dnf|conda-pack|apt-get) .+?)(?=\. Here: |$)/g)].map(
    ([, command = '']) => command,
  )
}

function said(words: string | Said, language: Language): string {
  return typeof words === 'string' ? words : words[language]
}

/** Placeholders filled in as a person would, by their names. */
export function filled(text: string): string {
  return text
    .replaceAll('"<statements-that-stand-there-already>"', text.includes('AWS::IAM::') ? identityStatement : resourceStatement)
    .replace(/<[A-Za-z][A-Za-z0-9:.-]*>/g, whole => {
      const name = whole.slice(1, -1)
      const found = samples.find(([pattern]) => pattern.test(name))
      if (found === undefined) throw new Error(`no sample for ${whole}`)
      return found[1]
    })
}

const identityStatement = '{Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::own/*"}'
const resourceStatement = '{Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::own/*"}'

const samples: readonly (readonly [RegExp, string])[] = [
  [/^security-group-id/, 'sg-0123456789abcdef0'],
  [/^route-table-id/, 'rtb-0123456789abcdef0'],
  [/^prefix-list-id/, 'pl-0123456789abcdef0'],
  [/endpoint-id$/, 'vpce-0123456789abcdef0'],
  [/^vpc-id$/, 'vpc-0123456789abcdef0'],
  [/^subnet-ids?/, 'subnet-0123456789abcdef0'],
  [/^network-acl-id/, 'acl-0123456789abcdef0'],
  [/^eni-id$/, 'eni-0123456789abcdef0'],
  [/^instance-id$/, 'i-0123456789abcdef0'],
  [/cidr|^public-range/, '10.20.0.0/16'],
  [/rule-number/, '90'],
  [/^service-name$/, 'com.amazonaws.ap-northeast-1.logs'],
  [/^service:Action$/, 'logs:DescribeLogGroups'],
  [/^region$/, 'ap-northeast-1'],
  [/^account-id/, '111122223333'],
  [/^address|^dns-server$/, '10.20.1.10'],
  [/^arn-of-the-role$/, 'arn:aws:iam::111122223333:role/workload'],
  [/^arn-of-the-boundary$/, 'arn:aws:iam::111122223333:policy/boundary'],
  [/^arn-of-the-resource$/, 'arn:aws:logs:ap-northeast-1:111122223333:log-group:app'],
  [/^key-id$/, '1234abcd-12ab-34cd-56ef-1234567890ab'],
  [/^launch-template-id$/, 'lt-0123456789abcdef0'],
  [/^(?:launch-template|default)-version/, '1'],
  [/^minute$/, '0'],
  [/^hour$/, '8'],
  [/^policy-id$/, 'p-examplepolicyid111'],
  [/^Operation$/, 'DescribeLogGroups'],
  [/^queue-url$/, 'https://sqs.ap-northeast-1.amazonaws.com/111122223333/jobs'],
  [/^task-definition$/, 'arn:aws:ecs:ap-northeast-1:111122223333:task-definition/app:1'],
  [/host$/, 'packages.example.internal'],
  [/^[a-z-]+$/, 'sample-name'],
]

const payloads = [
  '$(touch PWNED)',
  '`touch PWNED`',
  '; touch PWNED #',
  "'; touch PWNED; '",
  '"; touch PWNED; "',
  '| touch PWNED',
  '& touch PWNED',
  '> PWNED',
  '\ntouch PWNED\n',
  '\u001b[201~\ntouch PWNED\n',
  '\\\ntouch PWNED',
  ' --endpoint-url http://127.0.0.1:9 ',
  '},{CidrIp=0.0.0.0/0}]',
  '"\n}\nresource "null_resource" "pwned" {}\n#',
  '\n  Pwned:\n    Type: AWS::IAM::User\n',
  ['$', '{file("/etc/passwd")}'].join(''),
  '%{ if true }PWNED%{ endif }',
  '\u2028touch PWNED\u202e',
]

/** A report in which every text that is no word of the format itself carries a stranger's. */
export function hostile(report: ObservedReport): ObservedReport {
  let count = 0
  const kept = new Set([
    'format',
    'layer',
    'outcome',
    'variant',
    'kind',
    'scheme',
    'because',
    'purpose',
    'direction',
    'action',
    'protocol',
    'type',
    'code',
    'service',
    'partition',
  ])
  const spoil = (value: unknown, key: string, isInIds: boolean): unknown => {
    if (typeof value === 'string') {
      if (kept.has(key) && !isInIds) return value
      count += 1
      const payload = payloads[count % payloads.length] ?? ''
      return count % 3 === 0 ? payload : `${value}${payload}`
    }
    if (Array.isArray(value)) return value.map(each => spoil(each, key, isInIds))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([k, each]) => [k, spoil(each, k, isInIds)]))
  }
  return spoil(report, '', false) as ObservedReport
}

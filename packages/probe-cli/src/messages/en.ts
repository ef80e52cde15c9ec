// Every sentence the CLI itself prints, in English. Another language is another object of type `Messages`: one that lacks
// a sentence does not compile. What a finding says comes with the report.

import type { Confidence, Language, Layer, Outcome, Severity, SkipReason, Verdict, Via } from '@eniprobe/core'
import { causeTexts } from './cause-texts-en.ts'
import { whyMessages } from './why-en.ts'

const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`

export const en = {
  language: 'en' as Language,
  /** Between two sentences, and between two items of a list in a sentence. */
  sentenceGap: ' ',
  listGap: ', ',
  clauseGap: '; ',

  causes: causeTexts,
  why: whyMessages,

  answer: {
    interrupted: 'Interrupted.',
    timeIsUp: (deadline: string) => `Time was up after ${deadline}: not everything was seen.`,
    noTarget: 'No target was looked at.',
    allHealthy: (n: number) => (n === 1 ? 'The target is healthy.' : `All ${n} targets are healthy.`),
    causesExplain: (causes: string, failures: number) => `${causes} ${count(failures, 'failure')}.`,
    causeCount: (n: number, sure: string) =>
      `${count(n, 'cause')}${sure === '' ? '' : ` (${sure})`} ${n === 1 ? 'explains' : 'explain'}`,
    sure: (n: number, confidence: string) => `${n} ${confidence}`,
    problems: (n: number) => `${count(n, 'problem')} found.`,
    warnings: (n: number) => `${count(n, 'warning')}.`,
    stopper: (text: string) => `${text}.`,
    unexplained: (n: number) => `${count(n, 'failure')} ${n === 1 ? 'is' : 'are'} UNEXPLAINED.`,
    unknown: (n: number) => `${count(n, 'target')} could not be judged.`,
    healthy: (n: number, all: number) =>
      `${n} of ${all} ${all === 1 ? 'target' : 'targets'} ${n === 1 || all === 1 ? 'is' : 'are'} healthy.`,
  },

  finding: {
    severity: { error: 'ERROR', warning: 'WARNING' } satisfies Record<Severity, string>,
    confidence: { certain: 'certain', likely: 'likely', possible: 'possible' } satisfies Record<Confidence, string>,
    codeLine: (code: string, sure: string) => `${code}, ${sure}`,
    other: (title: string, code: string, sure: string) => `${title} (${code}, ${sure})`,
    line: (code: string, sure: string, ids: string) => `${code} (${sure})${ids === '' ? '' : `: ${ids}`}`,
    targets: 'affects',
    effect: 'effect',
    because: 'because',
    against: 'against',
    also: 'and also',
    or: 'or else',
    excluded: 'ruled out',
    fix: 'fix',
    docs: 'docs',
    next: 'next',
    alike: (ids: string) => ` (the same of ${ids})`,
    further: (n: number) => `and ${n} more (--verbose shows all)`,
    otherSnippets: (names: string) => `also for ${names}: --verbose`,
    fails: (workload: string, ids: string) => `${workload} fails without ${ids}`,
    stalls: (workload: string, ids: string) => `${workload} stalls without ${ids}`,
    degrades: (workload: string, ids: string) => `${workload} loses something without ${ids}`,
    onlyFor: (id: string, when: string) => `${id} (only for ${when})`,
  },

  unexplained: {
    title: 'UNEXPLAINED',
    body: (ids: string) => `${ids}: this fails, and no cause that eniprobe knows fits what was seen.`,
    mend: 'What was seen stands in the table, and in full with --verbose. A saved report (--format json --output report.json) can be diagnosed again by a later version.',
  },

  vantage: {
    title: 'Where this stands',
    region: 'region',
    noRegion: 'none found: give --region, or set AWS_REGION',
    from: (where: string) => `from ${where}`,
    workload: 'workload',
    noWorkload: 'not recognised (--for names one)',
    interface: 'interface',
    network: 'network',
    groups: 'groups',
    resolvers: 'DNS server',
    proxy: 'proxy',
    noProxy: (list: string) => `NO_PROXY ${list}`,
    /** Beside the proxy of https, where they differ. */
    forHttp: (from: string) => `${from}, for http, which instance metadata is`,
    forSome: (from: string) => `${from}: curl and pip read it, boto3 does not`,
    noProxySet: 'NO_PROXY is not set',
    identity: 'identity',
    noIdentity: 'not known',
    noneGave: 'no credentials found',
    internet: 'internet',
    internetWords: {
      answered: 'reachable',
      rejected: 'refused',
      silent: 'no way out (silent)',
      skipped: 'not looked at',
    } satisfies Record<Outcome, string>,
    clock: 'clock',
    clockOff: (by: string, way: 'ahead' | 'behind') => `${by} ${way}`,
    settings: 'SDK settings',
    customCa: 'CA bundle',
    expectClosed: 'expected to be closed',
    dualStack: 'dual-stack',
    fips: 'FIPS',
    endpointUrl: (service: string, url: string) =>
      `endpoint URL ${service === '*' ? 'for all services' : `for ${service}`} = ${url}`,
    regionsDiffer: (regions: string) => `AWS_REGION and AWS_DEFAULT_REGION differ: ${regions}`,
  },

  targets: {
    title: 'Targets',
    head: { target: 'TARGET', verdict: 'VERDICT', via: 'PATH' },
    layers: { dns: 'DNS', tcp: 'TCP', tls: 'TLS', http: 'HTTP', aws: 'AWS' } satisfies Record<Layer, string>,
    verdicts: { healthy: 'healthy', denied: 'denied', failing: 'failing', unknown: 'unknown' } satisfies Record<Verdict, string>,
    via: {
      'interface-endpoint': 'endpoint',
      'gateway-endpoint': 'gateway',
      internet: 'internet',
      proxy: 'proxy',
      'private-network': 'private',
      unknown: '',
    } satisfies Record<Via, string>,
    ok: 'ok',
    silent: (time: string) => `silent ${time}`,
    some: (good: number, all: number) => `${good} of ${all} ok`,
    skipped: { 'below-failed': '-', 'not-asked': '-', 'no-time': 'no time', 'no-credentials': 'no creds' } satisfies Record<
      SkipReason,
      string
    >,
    notes: 'Notes',
    more: (n: number) => `… ${n} more`,
    moreAlike: (n: number) => `… ${n} more like ${n === 1 ? 'it' : 'them'} (--verbose shows all)`,
    otherName: (id: string, host: string, from: string) => `${id}: asked as ${host}, because of ${from}`,
  },

  hangs: {
    title: 'What your own client would sit through',
    line: (client: string, time: string, ids: string, how: string) => `${client} hangs ${time} on ${ids} (${how})`,
    shorter: (time: string, ids: string) => `; ${time} (${ids})`,
  },

  trace: {
    title: 'Everything observed, in order of time',
    answered: 'answered',
    via: (what: string) => `via ${what}`,
    rejected: (code: string) => `rejected ${code}`,
    silent: (time: string, tries: number) => `silent for ${time}${tries > 1 ? ` in ${tries} tries` : ''}`,
    skipped: {
      'below-failed': 'skipped: the layer below failed',
      'not-asked': 'skipped: not asked',
      'no-time': 'skipped: no time left',
      'no-credentials': 'skipped: no credentials',
    } satisfies Record<SkipReason, string>,
  },

  units: {
    ms: (n: string) => `${n} ms`,
    seconds: (n: string) => `${n} s`,
    minutes: (m: number, s: number) => (s === 0 ? `${m} min` : `${m} min ${s} s`),
  },

  progress: {
    line: (settled: number, all: number, layers: string, elapsed: string, deadline: string) =>
      `${settled}/${all} settled  ${layers}${layers === '' ? '' : '  '}${elapsed} of ${deadline}`,
    planning: 'looking around',
    diagnosing: 'diagnosing',
  },

  interrupted: 'interrupted: printing what was observed (once more to stop at once)',
  saved: (file: string) => `saved ${file}`,
  policyNote: (text: string) => `note: ${text}`,

  explain: {
    head: (title: string, code: string) => `${title} (${code})`,
    shows: 'How it shows',
    fix: 'How to fix it',
  },

  errors: {
    line: (what: string, mend: string) => `eniprobe: ${what}: ${mend}`,
    internal: (what: string) => `eniprobe: internal error: ${what}`,
    stackHint: ' (--verbose shows where)',
  },
}

export type Messages = typeof en

// A report in Prometheus' text exposition format, for node_exporter's textfile collector. Its words are for programs and the
// same in every language: two machines that help differently on one metric would spoil each other's metadata.

import type { Report, Verdict } from '@eniprobe/core'
import { exitStatusOf } from '../exit-status.ts'
import { cleanReport } from './clean.ts'
import { climbedLayers, layerStateOf } from './layer-state.ts'

type Labels = Readonly<Record<string, string>>

interface Metric {
  readonly name: string
  readonly help: string
  readonly samples: readonly { readonly labels?: Labels; readonly value: number }[]
}

const verdicts: readonly Verdict[] = ['healthy', 'denied', 'failing', 'unknown']

/** Ends in a line feed, as the format demands. A metric without a sample is left out. */
export function renderPrometheus(stranger: Report): string {
  const report = cleanReport(stranger)
  return [...runMetrics(report), ...targetMetrics(report), ...findingMetrics(report), ...vantageMetrics(report)]
    .map(renderMetric)
    .join('')
}

function runMetrics(report: Report): Metric[] {
  const { run } = report
  const startedMs = Date.parse(run.startedAt)
  return [
    {
      name: 'eniprobe_up',
      help: 'Whether nothing is wrong: 1 when the exit status is 0.',
      samples: [one(exitStatusOf(report) === 0)],
    },
    {
      name: 'eniprobe_build_info',
      help: 'The version of eniprobe that looked, always 1.',
      samples: [{ labels: { version: run.version }, value: 1 }],
    },
    {
      name: 'eniprobe_run_complete',
      help: 'Whether everything was looked at before the deadline.',
      samples: [one(run.complete)],
    },
    {
      name: 'eniprobe_run_timestamp_seconds',
      help: 'When the run began, in seconds since 1970.',
      samples: Number.isNaN(startedMs) ? [] : [{ value: startedMs / 1000 }],
    },
    { name: 'eniprobe_run_duration_seconds', help: 'How long the run took.', samples: [{ value: run.durationMs / 1000 }] },
    {
      name: 'eniprobe_run_deadline_seconds',
      help: 'How long it was allowed to take.',
      samples: [{ value: run.deadlineMs / 1000 }],
    },
  ]
}

function targetMetrics({ targets }: Report): Metric[] {
  const states = targets.flatMap(target =>
    climbedLayers.flatMap(layer => {
      const state = layerStateOf(target, layer)
      return state === undefined ? [] : [{ target: target.id, layer, state }]
    }),
  )
  return [
    {
      name: 'eniprobe_targets',
      help: 'How many targets have this verdict.',
      samples: verdicts.map(verdict => ({
        labels: { verdict },
        value: targets.filter(target => target.verdict === verdict).length,
      })),
    },
    {
      name: 'eniprobe_target_healthy',
      help: 'Whether every layer of the target answered: 0 when it fails, is denied or could not be judged.',
      samples: targets.map(({ id, service, verdict }) => ({
        labels: { target: id, service: service ?? '' },
        value: verdict === 'healthy' ? 1 : 0,
      })),
    },
    {
      name: 'eniprobe_target_info',
      help: 'What is known of the target, always 1.',
      samples: targets.map(({ id, service, host, port, region, verdict, via }) => ({
        labels: { target: id, service: service ?? '', host, port: String(port), region: region ?? '', verdict, path: via },
        value: 1,
      })),
    },
    {
      name: 'eniprobe_layer_outcome',
      help: 'What the layer did, always 1: answered, rejected, silent or skipped.',
      samples: states.map(({ target, layer, state }) => ({ labels: { target, layer, outcome: state.outcome }, value: 1 })),
    },
    {
      name: 'eniprobe_layer_duration_seconds',
      help: 'How long the layer took to answer or to refuse, or how long its silence was waited for.',
      samples: states.flatMap(({ target, layer, state }) =>
        state.ms === undefined ? [] : [{ labels: { target, layer }, value: state.ms / 1000 }],
      ),
    },
    {
      name: 'eniprobe_client_hang_seconds',
      help: 'How long a client with its own settings would wait for this target.',
      samples: targets.flatMap(({ id, hangs }) =>
        hangs.map(({ client, ms }) => ({ labels: { target: id, client }, value: ms / 1000 })),
      ),
    },
  ]
}

function findingMetrics({ findings, unexplained }: Report): Metric[] {
  const groups = new Map<string, { labels: Labels; targets: Set<string> }>()
  for (const { causes, severity, targets } of findings) {
    const best = causes[0]
    if (best === undefined) continue
    const labels = { cause: best.cause, confidence: best.confidence, severity }
    const group = groups.get(Object.values(labels).join()) ?? { labels, targets: new Set() }
    for (const target of targets) group.targets.add(target)
    groups.set(Object.values(labels).join(), group)
  }
  return [
    {
      name: 'eniprobe_finding',
      help: 'A finding by its first cause, always 1.',
      samples: [...groups.values()].map(({ labels }) => ({ labels, value: 1 })),
    },
    {
      name: 'eniprobe_finding_targets',
      help: 'How many targets the findings of this cause explain.',
      samples: [...groups.values()].map(({ labels, targets }) => ({ labels, value: targets.size })),
    },
    {
      name: 'eniprobe_target_cause',
      help: 'The cause that a finding names for this target, always 1.',
      samples: [...groups.values()].flatMap(({ labels, targets }) =>
        [...targets].map(target => ({ labels: { target, ...labels }, value: 1 })),
      ),
    },
    {
      name: 'eniprobe_unexplained_targets',
      help: 'Failing targets that no finding explains.',
      samples: [{ value: unexplained.length }],
    },
  ]
}

function vantageMetrics({ vantage }: Report): Metric[] {
  const { network } = vantage
  const labels = {
    region: vantage.region ?? '',
    workload: vantage.workload ?? '',
    vpc: network.vpc ?? '',
    subnet: network.subnet ?? '',
    eni: network.eni ?? '',
    zone: network.availabilityZone ?? '',
  }
  return [
    { name: 'eniprobe_vantage_info', help: 'Where the run stood, always 1.', samples: [{ labels, value: 1 }] },
    {
      name: 'eniprobe_internet_reachable',
      help: 'Whether the internet answered. Left out when it was not asked.',
      samples: vantage.internet === 'skipped' ? [] : [one(vantage.internet === 'answered')],
    },
    {
      name: 'eniprobe_clock_skew_seconds',
      help: 'The clock of AWS less the clock of this machine: positive when this machine is behind.',
      samples: vantage.clockSkewMs === null ? [] : [{ value: vantage.clockSkewMs / 1000 }],
    },
  ]
}

function one(truth: boolean): { value: number } {
  return { value: truth ? 1 : 0 }
}

/** The same labels twice would make the whole file unreadable: the first counts. */
function renderMetric({ name, help, samples }: Metric): string {
  const lines = new Map<string, number>()
  for (const { labels = {}, value } of samples) {
    const series = `${name}${renderLabels(labels)}`
    if (Number.isFinite(value) && !lines.has(series)) lines.set(series, value)
  }
  if (lines.size === 0) return ''
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${[...lines].map(([series, value]) => `${series} ${value}\n`).join('')}`
}

function renderLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

/** Backslash, quote and line feed; a surrogate that stands alone is no UTF-8. */
function escapeLabel(text: string): string {
  return text
    .replaceAll(/\p{Cs}/gu, '\ufffd')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
}

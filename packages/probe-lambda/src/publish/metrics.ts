// Metrics in the embedded metric format: a line of the function's own log, which CloudWatch makes metrics of. Lambda carries its
// logs past the VPC, so this works where nothing else does.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html

import type { Report, Verdict } from '@eniprobe/core'
import type { Publish } from '../request.ts'
import type { Publisher } from './index.ts'

type Unit = 'Count' | 'Milliseconds'

export function writeMetrics(metrics: NonNullable<Publish['metrics']>): Publisher {
  return async (report, name) => {
    // Written past console, whose lines begin with a time and an id.
    process.stdout.write(`${embedded(report, name, metrics).join('\n')}\n`)
    return metrics.namespace
  }
}

export function embedded(
  report: Report,
  name: string,
  { namespace, perTarget }: NonNullable<Publish['metrics']>,
): readonly string[] {
  const { targets, findings, run } = report
  const count = (verdict: Verdict) => targets.filter(target => target.verdict === verdict).length
  const values = {
    Targets: targets.length,
    HealthyTargets: count('healthy'),
    FailingTargets: count('failing'),
    DeniedTargets: count('denied'),
    UnknownTargets: count('unknown'),
    ErrorFindings: findings.filter(({ severity }) => severity === 'error').length,
    WarningFindings: findings.filter(({ severity }) => severity === 'warning').length,
    DurationMs: run.durationMs,
  }
  const causes = [...new Set(findings.flatMap(({ causes: [first] }) => first?.cause ?? []))]
  const line = (dimensions: Readonly<Record<string, string>>, numbers: Readonly<Record<string, number>>, more: object = {}) =>
    JSON.stringify({
      _aws: {
        Timestamp: Date.parse(run.startedAt),
        CloudWatchMetrics: [
          {
            Namespace: namespace,
            Dimensions: [Object.keys(dimensions)],
            Metrics: Object.keys(numbers).map(metric => ({ Name: metric, Unit: unitOf(metric) })),
          },
        ],
      },
      ...dimensions,
      ...numbers,
      ...more,
    })
  const whole = line({ Probe: name }, values, { causes, subnet: report.vantage.network.subnet })
  const each = targets.map(({ id, verdict }) =>
    line({ Probe: name, Target: id.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 250) }, { Healthy: verdict === 'healthy' ? 1 : 0 }),
  )
  return perTarget ? [whole, ...each] : [whole]
}

function unitOf(metric: string): Unit {
  return metric.endsWith('Ms') ? 'Milliseconds' : 'Count'
}

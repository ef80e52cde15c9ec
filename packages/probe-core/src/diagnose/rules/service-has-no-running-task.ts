// Cause: no task of the service runs, so nothing is registered behind its name or load balancer.
// Shows as: a load balancer answers 503 or resets; a Cloud Map name does not exist; ECS counts none.
// Looks like, but is not: a wrong name, or a process that died inside a running task.

import { resolved } from '../facts.ts'
import { fits, type Judgement, type Rule, says } from '../rule.ts'
import { sayFound, sayOfService } from '../state/evidence.ts'
import { foundBehind, runningOfService } from '../state/found.ts'
import type { TargetView } from '../view.ts'

export const serviceHasNoRunningTask: Rule = {
  cause: 'service-has-no-running-task',
  severity: 'error',
  shows: ['http-status', 'dns-negative', 'tcp-refused', 'tls-cut', 'http-cut', 'not-running'],
  judge(target, _network, symptom) {
    if (symptom === 'not-running') return judgeService(target)
    if (target.isAws) return undefined
    if (symptom === 'dns-negative') {
      const dns = target.dns
      const code = dns?.outcome === 'rejected' ? dns.code : ''
      const local = /\.(local|internal|svc)$/.test(target.target.host)
      return local
        ? fits('weak', [
            says(target, 'dns', 'dns.rejected', {
              name: target.target.host,
              code,
              resolver: dns?.outcome === 'rejected' ? (dns.seen?.resolver ?? '?') : '?',
            }),
          ])
        : undefined
    }
    if (symptom !== 'http-status') {
      // A load balancer without a healthy target takes the connection and resets it, or refuses it.
      const isBalancer = /\.elb\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/.test(target.target.host)
      return isBalancer ? fits('weak', [resolved(target)]) : undefined
    }
    const http = target.http
    const seen = http === undefined || http.outcome === 'skipped' ? undefined : http.seen
    if (seen?.status !== 503) return undefined
    const balancer = /awselb/.test(seen.server ?? '')
    return fits(balancer ? 'plain' : 'weak', [
      says(target, 'http', 'http.status', { host: target.target.host, status: 503, server: seen.server ?? '-' }),
    ])
  },
}

/** Tasks are wanted, and none runs. A service that wants none is scaled to zero. */
function judgeService(target: TargetView): Judgement {
  const found = foundBehind(target).find(each => each.of === 'service')
  if (found === undefined) return undefined
  const { desired, isDaemon } = found.service
  if (runningOfService(found.service) !== 'stopped' || (desired === 0 && isDaemon !== true)) return undefined
  return fits('strong', [sayFound(target, found), ...sayOfService(target)])
}

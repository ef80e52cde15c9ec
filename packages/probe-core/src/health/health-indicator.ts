// The last background run as a health indicator of NestJS Terminus: a plain function of a key, no class to inherit from.

import type { HealthCheck } from './health-check.ts'
import { type HealthSummary, summaryOf } from './health-handler.ts'

export type IndicatorResult = Readonly<Record<string, Omit<HealthSummary, 'status'> & { readonly status: 'up' | 'down' }>>

/**
 * `(key) => { [key]: { status: 'up' | 'down', … } }`, as Terminus reads it: https://docs.nestjs.com/recipes/terminus.
 * `down` until the first run has ended.
 */
export function healthIndicator(check: Pick<HealthCheck, 'status'>): (key: string) => Promise<IndicatorResult> {
  return async key => {
    const { status: _, ...summary } = summaryOf(check.status(), true)
    return { [key]: { status: check.status().state === 'healthy' ? 'up' : 'down', ...summary } }
  }
}

// When a schedule of AWS's acts next, and when it was due last: cron in both of AWS's forms, rate and at. Pure but for the
// loading of the cron library, which knows time zones and their summer times.

export interface Schedule {
  /** `cron(…)`, `rate(…)`, `at(…)` of Application Auto Scaling, or the five fields of EC2 Auto Scaling's Recurrence. */
  readonly expression: string | undefined
  /** IANA name; AWS takes UTC where none is set. */
  readonly timeZone: string | undefined
  /** Its first occurrence, ISO 8601: it does not act before. */
  readonly from: string | undefined
  /** When it was made: a rate without a first occurrence is counted from there. */
  readonly madeAt?: string | undefined
  readonly until: string | undefined
}

interface ScheduleTimes {
  readonly nextAt?: string
  readonly lastAt?: string
}

const longestExpression = 200

/** An expression that is not understood, or that never comes, has no times: nothing is guessed. */
export async function findTimes(schedule: Schedule, nowMs: number): Promise<ScheduleTimes> {
  const fromMs = timeMs(schedule.from)
  const untilMs = timeMs(schedule.until)
  const { next, last } = await occurrences(schedule, nowMs, fromMs ?? timeMs(schedule.madeAt))
  // A start that is yet to come is itself the first occurrence.
  const nextMs = fromMs !== undefined && fromMs > nowMs && schedule.expression?.startsWith('at(') !== true ? fromMs : next
  const lastMs = last !== undefined && fromMs !== undefined && last < fromMs ? undefined : last
  return {
    ...(nextMs !== undefined && (untilMs === undefined || nextMs <= untilMs) && { nextAt: iso(nextMs) }),
    ...(lastMs !== undefined && (untilMs === undefined || lastMs <= untilMs) && { lastAt: iso(lastMs) }),
  }
}

interface Around {
  readonly next?: number | undefined
  readonly last?: number | undefined
}

async function occurrences({ expression, timeZone, from }: Schedule, nowMs: number, fromMs: number | undefined): Promise<Around> {
  if (expression === undefined) return from === undefined || fromMs === undefined ? {} : around(fromMs, nowMs)
  if (expression.length > longestExpression) return {}
  const [, form, inner = ''] = /^(cron|rate|at)\((.*)\)$/.exec(expression.trim()) ?? []
  if (form === 'rate') return rate(inner, nowMs, fromMs)
  const pattern = form === 'at' ? inner.trim() : form === 'cron' ? fromAwsCron(inner) : fiveFields(expression)
  if (pattern === undefined || (form === 'at' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(pattern))) return {}
  try {
    const { Cron } = await import('croner')
    const cron = new Cron(form === 'at' && pattern.length === 16 ? `${pattern}:00` : pattern, { timezone: timeZone ?? 'UTC' })
    const now = new Date(nowMs)
    if (form !== 'at') return { next: cron.nextRun(now)?.getTime(), last: cron.previousRuns(1, now)[0]?.getTime() }
    const once = cron.getOnce()?.getTime()
    return once === undefined ? {} : around(once, nowMs)
  } catch {
    // No cron expression, or no time zone that this machine knows.
    return {}
  }
}

function around(atMs: number, nowMs: number): Around {
  return atMs > nowMs ? { next: atMs } : { last: atMs }
}

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }

function rate(inner: string, nowMs: number, fromMs: number | undefined): Around {
  const [, count, unit = ''] = /^\s*(\d{1,6})\s+(minute|hour|day)s?\s*$/.exec(inner) ?? []
  const everyMs = Number(count) * (unitMs[unit] ?? Number.NaN)
  // Without its beginning, a rate says how often, and never when.
  if (!(everyMs > 0) || fromMs === undefined) return {}
  if (fromMs > nowMs) return { next: fromMs }
  const last = fromMs + Math.floor((nowMs - fromMs) / everyMs) * everyMs
  return { last, next: last + everyMs }
}

/**
 * Minutes, hours, day of month, month, day of week, year. Unlike elsewhere, days of the week count from 1 = Sunday, `?` stands
 * for any, `L` alone as a day of the week is Saturday, and `N/M` begins at N.
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
 */
function fromAwsCron(inner: string): string | undefined {
  const fields = inner.trim().split(/\s+/)
  if (fields.length !== 6) return undefined
  const [minute = '', hour = '', day = '', month = '', weekday = '', year = ''] = fields
  return [
    '0',
    steps(minute, 59),
    steps(hour, 23),
    steps(day, 31),
    steps(month, 12),
    steps(weekdays(weekday), 6),
    steps(year, 2199),
  ].join(' ')
}

function steps(field: string, last: number): string {
  return field.replaceAll(/(^|,)(\d+)\/(\d+)/g, `$1$2-${last}/$3`).replaceAll('?', '*')
}

function weekdays(field: string): string {
  if (field.toUpperCase() === 'L') return '6'
  // The number after `#` (which week) and after `/` (the step) are no days.
  return field.replaceAll(/(^|[,-])([1-7])(?=$|[,\-#L/])/g, (_, before, day) => `${before}${Number(day) - 1}`)
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html */
function fiveFields(expression: string): string | undefined {
  const fields = expression.trim().split(/\s+/)
  return fields.length === 5 ? fields.join(' ') : undefined
}

function timeMs(time: string | undefined): number | undefined {
  const ms = time === undefined ? Number.NaN : Date.parse(time)
  return Number.isNaN(ms) ? undefined : ms
}

function iso(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

// The report to where the event asked for: all at once, each on its own. What fails is told beside the result, never in its place.

import type { Report } from '@eniprobe/core'
import { wordsOf } from '../error-words.ts'
import type { Request } from '../request.ts'
import { type Context, publishMs } from '../time.ts'
import { writeMetrics } from './metrics.ts'

export interface Published {
  readonly to: 'metrics' | 'logs' | 's3' | 'sns'
  /** Log group and stream, object, topic, namespace. */
  readonly place: string
  readonly done: boolean
  /** One line when it was not done. */
  readonly problem?: string
}

/** Tells where it wrote to. */
export type Publisher = (report: Report, name: string, context: Context, signal: AbortSignal) => Promise<string>

/** Never throws for the network's or AWS's sake. */
export async function publishReport(
  report: Report,
  { publish, redact, language }: Pick<Request, 'publish' | 'redact' | 'language'>,
  context: Context,
): Promise<readonly Published[]> {
  const name = nameOf(context)
  const { metrics, logGroup, s3, sns } = publish
  const tasks: Promise<Published>[] = []
  const task = (to: Published['to'], place: string, load: () => Promise<Publisher>) => {
    tasks.push(attempt(to, place, redact, async signal => (await load())(report, name, context, signal)))
  }
  if (metrics !== undefined) task('metrics', metrics.namespace, async () => writeMetrics(metrics))
  if (logGroup !== undefined) task('logs', logGroup, async () => (await import('./logs.ts')).writeLog(logGroup))
  if (s3 !== undefined) task('s3', `s3://${s3.bucket}`, async () => (await import('./s3.ts')).writeObject(s3))
  if (sns !== undefined) task('sns', sns.topic, async () => (await import('./sns.ts')).sendMessage(sns, language))
  return Promise.all(tasks)
}

/** What this probe is called in metrics, streams and objects: its setting, else the function's name. */
function nameOf(context: Context): string {
  const name = process.env.ENIPROBE_NAME || context.functionName || process.env.AWS_LAMBDA_FUNCTION_NAME || 'eniprobe'
  return name.replaceAll(/[^\w.-]/g, '-').slice(0, 128)
}

async function attempt(
  to: Published['to'],
  place: string,
  redact: boolean,
  act: (signal: AbortSignal) => Promise<string>,
): Promise<Published> {
  const over = new AbortController()
  let timer: NodeJS.Timeout | undefined
  // The SDK's own retries and look-ups may outlive the signal: what has not ended by then is told as it stands.
  const silent = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      over.abort()
      reject(new Error(`no answer in ${publishMs} ms`))
    }, publishMs - 100)
  })
  try {
    return { to, place: await Promise.race([act(over.signal), silent]), done: true }
  } catch (error) {
    return { to, place, done: false, problem: problemOf(error, redact) }
  } finally {
    clearTimeout(timer)
  }
}

/** AWS's sentences name accounts and roles: of a masked report only the kind of error is told. */
function problemOf(error: unknown, redact: boolean): string {
  const { name = 'Error', message = '' } = error instanceof Error ? error : { message: String(error) }
  if (redact && name !== 'Error') return name.slice(0, 100)
  return wordsOf(`${name === 'Error' ? '' : `${name}: `}${message}`)
}

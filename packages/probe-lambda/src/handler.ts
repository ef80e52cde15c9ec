// The function inside the VPC: an event in, the report out. Its answer needs no network: Lambda carries it, as it carries the log.

import { diagnose, isReachable, NotReachableError, ProbeUsageError, probe, type Report, redactReport } from '@eniprobe/core'
import { fitAnswer } from './answer.ts'
import { readInvocation } from './invocation.ts'
import { type Published, publishReport } from './publish/index.ts'
import type { Request } from './request.ts'
import { type Context, fitToTime } from './time.ts'

export type Answer = Report & {
  /** What was asked to be published, and whether it was. */
  readonly published?: readonly Published[]
}

/**
 * Answers with the report. `failOn: 'error'` makes an invocation fail with `NotReachableError` when a finding is an error; a
 * custom resource and a CodeDeploy hook are answered as those services expect it.
 * @throws ProbeUsageError for an event that cannot be read
 */
export async function handler(event: unknown, context: Context): Promise<unknown> {
  const invocation = inOneLine(() => readInvocation(event, process.env))
  switch (invocation.by) {
    case 'direct': {
      const answer = await look(invocation.request, context)
      if (invocation.request.failOn === 'error' && !isReachable(answer)) throw new NotReachableError(answer)
      return fitAnswer(answer)
    }
    case 'cloudformation':
      return (await import('./custom-resource.ts')).answerResource(invocation, context, look)
    case 'codedeploy':
      return (await import('./code-deploy.ts')).answerHook(invocation, context, look)
  }
}

export type Look = typeof look

async function look(request: Request, context: Context): Promise<Answer> {
  const options = inOneLine(() => fitToTime(request.options, request.publish, context))
  const seen = await probe(options)
  const report = request.redact ? diagnose(redactReport(seen)) : seen
  const published = await publishReport(report, request.publish, context)
  return published.length > 0 ? { ...report, published } : report
}

/** Lambda shows an error by its message alone: the mend belongs into it. */
function inOneLine<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof ProbeUsageError) throw new ProbeUsageError(error.code, `${error.message}: ${error.hint}`, error.hint)
    throw error
  }
}

// The function inside the VPC: an event in, the report out. Its answer needs no network: Lambda carries it, as it carries the log.

import { diagnose, isReachable, NotReachableError, ProbeUsageError, probe, type Report, redactReport } from '@eniprobe/core'
import { fitAnswer } from './answer.ts'
import { readInvocation } from './invocation.ts'
import { type Published, publishReport } from './publish/index.ts'
import type { Request } from './request.ts'
import { type Context, fitToTime } from './time.ts'

type Answer = Report & {
  /** What was asked to be published, and whether it was. */
  readonly published?: readonly Published[]
}

/**
 * Answers with the report. `failOn: 'error'` makes an invocation fail with `NotReachableError` when a finding is an error; a
 * custom resource and a CodeDeploy hook are answered as those services expect it.
 * @throws ProbeUsageError for an event that cannot be read
 */
export async function handler(event: unknown, context: Context): Promise<unknown> {
  const invocation = readInvocation(event, process.env)
  const attempt = async (within: Context) => look(inOneLine(invocation.request), within)
  switch (invocation.by) {
    case 'direct': {
      const request = inOneLine(invocation.request)
      const answer = await look(request, context)
      if (request.failOn === 'error' && !isReachable(answer)) throw new NotReachableError(answer, request.language)
      return fitAnswer(answer, request.answerBytes)
    }
    case 'cloudformation':
      return (await import('./custom-resource.ts')).settleResource(invocation.event, context, attempt)
    case 'codedeploy':
      return (await import('./code-deploy.ts')).settleHook(invocation.event, context, attempt)
  }
}

async function look(request: Request, context: Context): Promise<Answer> {
  const options = inOneLine(() => fitToTime(request.options, request.publish, context))
  const seen = await probe(options)
  const { language, redact } = request
  const report = redact || language !== 'en' ? diagnose(redact ? redactReport(seen) : seen, { language }) : seen
  const published = await publishReport(report, request, context)
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

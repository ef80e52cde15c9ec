// The other half of a custom resource or a hook, outside of the VPC: it asks the probe inside to look, and answers CloudFormation or
// CodeDeploy from where they can always be reached. So a network that reaches nothing fails a stack with its diagnosis instead of
// hanging it.

import { ProbeUsageError, type Report, reportFormat } from '@eniprobe/core'
import { type Invocation, readInvocation } from './invocation.ts'
import type { Context } from './time.ts'

/** `ENIPROBE_FUNCTION`: name or ARN of the probe inside the VPC. @throws for an event that is neither a custom resource's nor a hook's */
export async function respond(event: unknown, context: Context): Promise<unknown> {
  const invocation = readInvocation(event, {})
  if (invocation.by === 'direct')
    throw new Error('index.respond answers CloudFormation custom resources and CodeDeploy hooks only')
  const attempt = (within: Context) => ask(invocation, within)
  return invocation.by === 'cloudformation'
    ? (await import('./custom-resource.ts')).settleResource(invocation.event, context, attempt)
    : (await import('./code-deploy.ts')).settleHook(invocation.event, context, attempt)
}

async function ask(invocation: Exclude<Invocation, { by: 'direct' }>, within: Context): Promise<Report> {
  // What is wrong with the properties is told before anything is invoked.
  invocation.request()
  const FunctionName = process.env.ENIPROBE_FUNCTION ?? ''
  if (FunctionName === '')
    throw new ProbeUsageError('bad-event', 'ENIPROBE_FUNCTION is empty', 'name the probe inside the VPC with it')
  // A failure is judged here; the probe shall answer with its report.
  return invoke(
    FunctionName,
    { ...invocation.given, failOn: 'never' },
    Math.max(1000, Math.round(within.getRemainingTimeInMillis())),
  )
}

async function invoke(FunctionName: string, event: object, timeoutMs: number): Promise<Report> {
  const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda')
  const client = new LambdaClient({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 3000, requestTimeout: timeoutMs, throwOnRequestTimeout: true },
  })
  try {
    const { Payload, FunctionError } = await client.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }), {
      abortSignal: AbortSignal.timeout(timeoutMs),
    })
    const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString('utf8'))
    const told = (typeof answer === 'object' && answer !== null ? answer : {}) as Readonly<Record<string, unknown>>
    if (FunctionError !== undefined) {
      const why = String(told.errorMessage).slice(0, 500)
      if (told.errorType === 'ProbeUsageError') throw new ProbeUsageError('bad-event', why, '')
      throw new Error(`the probe failed: ${why}`)
    }
    if (told.format !== reportFormat)
      throw new ProbeUsageError('bad-event', 'ENIPROBE_FUNCTION names no probe', 'its answer is no report')
    return answer as Report
  } finally {
    client.destroy()
  }
}

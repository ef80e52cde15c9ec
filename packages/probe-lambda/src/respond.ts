// The other half of a custom resource, outside of the VPC: it asks the probe inside to look, and answers CloudFormation from where
// S3 can always be reached. So a network that reaches nothing fails a stack with its diagnosis instead of hanging it.

import type { Report } from '@eniprobe/core'
import { settleResource } from './custom-resource.ts'
import { readInvocation } from './invocation.ts'
import type { Context } from './time.ts'

/** `ENIPROBE_FUNCTION`: name or ARN of the probe inside the VPC. @throws for an event that is no custom resource's */
export async function respond(event: unknown, context: Context): Promise<unknown> {
  const invocation = readInvocation(event, {})
  const probe = process.env.ENIPROBE_FUNCTION
  if (invocation.by !== 'cloudformation') throw new Error('index.respond answers CloudFormation custom resources only')
  return settleResource(invocation.event, context, async within => {
    // What is wrong with the properties is told before anything is invoked.
    invocation.request()
    if (probe === undefined || probe === '') throw new Error('ENIPROBE_FUNCTION does not name the probe inside the VPC')
    const { ServiceToken: _, ServiceTimeout: __, ...properties } = invocation.event.ResourceProperties ?? {}
    return invoke(probe, properties, Math.round(Math.max(1000, within.getRemainingTimeInMillis())))
  })
}

async function invoke(FunctionName: string, event: object, timeoutMs: number): Promise<Report> {
  const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda')
  const client = new LambdaClient({ maxAttempts: 1, requestHandler: { connectionTimeout: 3000, requestTimeout: timeoutMs } })
  try {
    const { Payload, FunctionError } = await client.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }), {
      abortSignal: AbortSignal.timeout(timeoutMs),
    })
    const answer = JSON.parse(Buffer.from(Payload ?? []).toString('utf8')) as Report & { errorMessage?: string }
    if (FunctionError !== undefined) throw new Error(`the probe failed: ${String(answer.errorMessage).slice(0, 500)}`)
    return answer
  } finally {
    client.destroy()
  }
}

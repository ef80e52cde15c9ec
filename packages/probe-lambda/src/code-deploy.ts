// A CodeDeploy lifecycle hook: traffic is shifted to a new version only where its network can be used.
// https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html

import { CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } from '@aws-sdk/client-codedeploy'
import { isReachable } from '@eniprobe/core'
import { fitAnswer } from './answer.ts'
import type { Look } from './handler.ts'
import type { Invocation } from './invocation.ts'
import { brief } from './publish/client.ts'
import type { Context } from './time.ts'

/** For the call to CodeDeploy, which goes over the same network that is judged. */
const answerMs = 3500

/** @throws when CodeDeploy cannot be told: the hook then waits for its own timeout, and the log says why */
export async function answerHook(
  { event, request }: Extract<Invocation, { by: 'codedeploy' }>,
  context: Context,
  look: Look,
): Promise<unknown> {
  const report = await look(request, {
    ...context,
    getRemainingTimeInMillis: () => context.getRemainingTimeInMillis() - answerMs,
  })
  const client = new CodeDeployClient({ ...brief, maxAttempts: 2 })
  try {
    await client.send(
      new PutLifecycleEventHookExecutionStatusCommand({
        deploymentId: event.DeploymentId,
        lifecycleEventHookExecutionId: event.LifecycleEventHookExecutionId,
        status: isReachable(report) ? 'Succeeded' : 'Failed',
      }),
      { abortSignal: AbortSignal.timeout(answerMs) },
    )
  } finally {
    client.destroy()
  }
  return fitAnswer(report)
}

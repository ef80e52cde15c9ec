// A CodeDeploy lifecycle hook: traffic is shifted to a new version only where its network can be used.
// https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html

import { setTimeout as pause } from 'node:timers/promises'
import { CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } from '@aws-sdk/client-codedeploy'
import { isReachable, type Report } from '@eniprobe/core'
import { fitAnswer } from './answer.ts'
import { wordsOf } from './error-words.ts'
import type { HookEvent } from './invocation.ts'
import { brief } from './publish/client.ts'
import { type Context, lessTime } from './time.ts'

/** For the call to CodeDeploy, which from inside the VPC goes over the same network that is judged. */
const answerMs = 5000
const betweenMs = 500

/**
 * Tells CodeDeploy `Succeeded` or `Failed`; what keeps the look from being taken is `Failed` too, and thrown.
 * @throws when CodeDeploy cannot be told: the hook then waits for its own timeout, and the log says why
 */
export async function settleHook(
  event: HookEvent,
  context: Context,
  attempt: (within: Context) => Promise<Report>,
): Promise<unknown> {
  let report: Report
  try {
    report = await attempt(lessTime(context, answerMs))
  } catch (error) {
    await tell(event, 'Failed', context)
    throw error
  }
  await tell(event, isReachable(report) ? 'Succeeded' : 'Failed', context)
  return fitAnswer(report)
}

async function tell(event: HookEvent, status: 'Succeeded' | 'Failed', context: Context): Promise<void> {
  const { DeploymentId: deploymentId, LifecycleEventHookExecutionId: lifecycleEventHookExecutionId } = event
  const command = new PutLifecycleEventHookExecutionStatusCommand({ deploymentId, lifecycleEventHookExecutionId, status })
  const client = new CodeDeployClient(brief)
  try {
    for (;;) {
      const leftMs = Math.min(2500, context.getRemainingTimeInMillis() - 400)
      const abortSignal = AbortSignal.timeout(Math.max(200, Math.round(leftMs)))
      const problem = await client.send(command, { abortSignal }).then(
        () => undefined,
        (error: unknown) => error,
      )
      if (problem === undefined) return
      // A hook that CodeDeploy has closed, or that it does not know, stays so.
      const isFinal = problem instanceof Error && '$fault' in problem && problem.$fault === 'client'
      if (isFinal || context.getRemainingTimeInMillis() < 2500 + betweenMs) {
        const why = problem instanceof Error ? `${problem.name}: ${problem.message}` : String(problem)
        throw new Error(
          `CodeDeploy could not be told ${status} (${wordsOf(why)}): give the VPC an endpoint for codedeploy, or let index.respond answer from outside of it`,
        )
      }
      await pause(betweenMs)
    }
  } finally {
    client.destroy()
  }
}

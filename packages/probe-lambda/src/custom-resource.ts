// A CloudFormation custom resource that is there once the network can be used: the stack waits for it, and fails with the diagnosis
// as its reason. A Delete succeeds at once, whatever the network does.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html

import { setTimeout as pause } from 'node:timers/promises'
import { isReachable, type Report } from '@eniprobe/core'
import type { Look } from './handler.ts'
import type { Invocation, ResourceEvent } from './invocation.ts'
import { sendResponse } from './response.ts'
import { summarise } from './summary.ts'
import type { Context } from './time.ts'

/** For the answer to CloudFormation, tried again while it lasts. */
const answerMs = 5000
const betweenMs = 5000
/** A response may hold 4,096 bytes in all; a character of the reason may take four of them in JSON, quotes two. */
const mostReason = 700

export interface ResourceResponse {
  readonly Status: 'SUCCESS' | 'FAILED'
  readonly Reason: string
  readonly PhysicalResourceId: string
  readonly StackId: string
  readonly RequestId: string
  readonly LogicalResourceId: string
  readonly Data?: { readonly Summary: string }
}

export async function answerResource(
  { event, request }: Extract<Invocation, { by: 'cloudformation' }>,
  context: Context,
  look: Look,
): Promise<ResourceResponse> {
  return settleResource(event, context, async within => {
    const wanted = request()
    return look(wanted, within)
  })
}

/** Looks again and again until the network can be used or the time is up, then answers; never throws for the network's sake. */
export async function settleResource(
  event: ResourceEvent,
  context: Context,
  attempt: (within: Context) => Promise<Report>,
): Promise<ResourceResponse> {
  const response =
    event.RequestType === 'Delete' ? respond(event, 'SUCCESS', 'nothing to take away') : await waitFor(event, context, attempt)
  await sendResponse(event.ResponseURL, response, () => context.getRemainingTimeInMillis())
  return response
}

async function waitFor(
  event: ResourceEvent,
  context: Context,
  attempt: (within: Context) => Promise<Report>,
): Promise<ResourceResponse> {
  const remaining = () => context.getRemainingTimeInMillis() - answerMs
  const within: Context = { ...context, getRemainingTimeInMillis: remaining }
  let last: Report | undefined
  try {
    for (;;) {
      const report = await attempt(within)
      last = report
      if (isReachable(report)) return respond(event, 'SUCCESS', summarise(report, mostReason))
      // Another look has to be worth its name.
      if (remaining() < betweenMs + 3000) return respond(event, 'FAILED', summarise(report, mostReason))
      await pause(betweenMs)
    }
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    return respond(event, 'FAILED', last === undefined ? what.slice(0, mostReason) : summarise(last, mostReason))
  }
}

function respond(event: ResourceEvent, status: ResourceResponse['Status'], reason: string): ResourceResponse {
  return {
    Status: status,
    Reason: reason,
    // The same from Create to Delete, so that an Update replaces nothing.
    PhysicalResourceId: event.PhysicalResourceId ?? `eniprobe-${event.LogicalResourceId}`,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    ...(status === 'SUCCESS' ? { Data: { Summary: reason.slice(0, 200) } } : {}),
  }
}

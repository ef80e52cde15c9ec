// A CloudFormation custom resource that is there once the network can be used: the stack waits for it, and fails with the diagnosis
// as its reason. A Delete succeeds at once, whatever the network does.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html

import { setTimeout as pause } from 'node:timers/promises'
import type { Report } from '@eniprobe/core'
import type { ResourceEvent } from './invocation.ts'
import { sendResponse } from './response.ts'
import { type Context, lessTime } from './time.ts'

/** For the answer to CloudFormation, tried again while it lasts. */
const answerMs = 5000
const betweenMs = 5000
/** A response may hold 4,096 bytes in all; a character of the reason may take three of them, or two when it is a quote. */
const mostReason = 600

interface ResourceResponse {
  readonly Status: 'SUCCESS' | 'FAILED'
  readonly Reason: string
  readonly PhysicalResourceId: string
  readonly StackId: string
  readonly RequestId: string
  readonly LogicalResourceId: string
  readonly Data?: { readonly Summary: string }
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
  // Read here: a Delete needs nothing of it.
  const { isReachable, ProbeUsageError, summarise } = await import('@eniprobe/core')
  const within = lessTime(context, answerMs)
  let reason = ''
  let seen = false
  for (;;) {
    try {
      const report = await attempt(within)
      seen = true
      reason = summarise(report, { limit: mostReason, language: languageOf(event) })
      if (isReachable(report)) return respond(event, 'SUCCESS', reason)
    } catch (error) {
      const what = (error instanceof Error ? error.message : String(error)).slice(0, mostReason)
      // A mistake in the properties stays one; a function whose interface or role is still being made does not.
      if (error instanceof ProbeUsageError && error.code !== 'no-time') return respond(event, 'FAILED', what)
      // What was seen says more than a call that did not come back.
      if (!seen) reason = what
    }
    // Another look has to be worth its name.
    if (within.getRemainingTimeInMillis() < betweenMs + 3000) return respond(event, 'FAILED', reason)
    await pause(betweenMs)
  }
}

function languageOf({ ResourceProperties: given }: ResourceEvent): 'en' | 'ja' {
  return typeof given === 'object' && given !== null && 'language' in given && given.language === 'ja' ? 'ja' : 'en'
}

function respond(event: ResourceEvent, status: ResourceResponse['Status'], reason: string): ResourceResponse {
  return {
    Status: status,
    Reason: reason,
    // The same from Create to Delete, so that an Update replaces nothing.
    PhysicalResourceId: event.PhysicalResourceId || `eniprobe-${event.LogicalResourceId}`,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    ...(status === 'SUCCESS' ? { Data: { Summary: reason.slice(0, 200) } } : {}),
  }
}

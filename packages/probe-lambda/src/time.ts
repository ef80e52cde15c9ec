// How long a run may take within an invocation: a Lambda timeout must never eat the report.

import { defaults, type ProbeOptions, ProbeUsageError } from '@eniprobe/core'
import type { Publish } from './request.ts'

/** The part of Lambda's context that is used. */
export interface Context {
  getRemainingTimeInMillis(): number
  readonly awsRequestId?: string
  readonly functionName?: string
}

/** For making the answer and handing it over: a part of the time, since with little memory goes little of a processor. */
const marginOf = (remainingMs: number) => Math.min(1500, Math.max(500, remainingMs / 5))
/** For what is published over the network, all at once; one silent connect. */
export const publishMs = 2500
const shortestMs = 500

/** @throws ProbeUsageError `no-time` where the function's timeout leaves none */
export function fitToTime(
  options: ProbeOptions,
  publish: Publish,
  context: Context,
): ProbeOptions & { readonly deadlineMs: number } {
  const remainingMs = context.getRemainingTimeInMillis()
  const leaves = remainingMs - marginOf(remainingMs) - (crossesNetwork(publish) ? publishMs : 0)
  if (leaves < shortestMs)
    throw new ProbeUsageError(
      'no-time',
      `the function has ${Math.max(0, Math.round(remainingMs))} ms left, too little for a run`,
      'give it a timeout of 20 seconds or more',
    )
  const deadlineMs = Math.round(Math.min(options.deadlineMs ?? defaults.deadlineMs, leaves))
  // Silence can be called silence only if there is time to wait for it, and a moment to judge.
  const connectTimeoutMs = Math.min(options.connectTimeoutMs ?? defaults.connectTimeoutMs, Math.max(300, deadlineMs - 800))
  return { ...options, deadlineMs, connectTimeoutMs }
}

/** The same invocation, with so much of its time kept back. */
export function lessTime(context: Context, keptMs: number): Context {
  const { awsRequestId, functionName } = context
  return {
    getRemainingTimeInMillis: () => context.getRemainingTimeInMillis() - keptMs,
    ...(awsRequestId === undefined ? {} : { awsRequestId }),
    ...(functionName === undefined ? {} : { functionName }),
  }
}

function crossesNetwork({ logGroup, s3, sns }: Publish): boolean {
  return logGroup !== undefined || s3 !== undefined || sns !== undefined
}

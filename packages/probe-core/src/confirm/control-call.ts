// One question as the call that is signed and sent, and its answer as what a report tells of it. Who sends it, and over which
// connection, is another's.

import type { ControlCall } from '../model/control-plane.ts'
import type { AwsObservation } from '../model/observation.ts'
import type { AwsCall, AwsResult } from '../probe/aws.ts'
import type { LineEnd } from '../probe/control-line.ts'
import type { ControlQuestion } from './ask.ts'
import { requestOf } from './protocols.ts'
import { type Body, readBody } from './read-body.ts'

const mostMessage = 500

/** What a report says of every question, however it ends. */
export function baseOf({ service, operation, about }: ControlQuestion): Pick<ControlCall, 'action' | 'about'> {
  return { action: `${service}:${operation}`, ...(about && { about }) }
}

/** @throws RangeError for an API or operation that is not asked */
export function callOf(question: ControlQuestion, signingName: string, page?: string): AwsCall {
  const request = requestOf(question, page)
  const { action } = baseOf(question)
  if (request === undefined) throw new RangeError(`${action} is not a question that is asked`)
  return { ...request, service: question.service, action, signingName }
}

/** `UNREADABLE`: 2xx, and nothing that can be read. What it would have told stays unknown. */
export function readResult(
  { observation, answer }: AwsResult,
  protocol: string,
): { readonly end: LineEnd; readonly body?: Body } {
  if (observation.outcome !== 'answered') return { end: endOf(observation) }
  const isWhole = answer !== undefined && !('truncated' in answer && answer.truncated === true)
  const body = isWhole ? readBody(answer.body, protocol) : undefined
  return body === undefined ? { end: { outcome: 'rejected', code: 'UNREADABLE' } } : { end: { outcome: 'answered' }, body }
}

function endOf(observation: AwsObservation): LineEnd {
  switch (observation.outcome) {
    case 'skipped':
      return { outcome: 'skipped', because: observation.because }
    case 'rejected':
      return {
        outcome: 'rejected',
        code: observation.code,
        ...(observation.message && { message: observation.message.slice(0, mostMessage) }),
      }
    default:
      return { outcome: observation.outcome }
  }
}

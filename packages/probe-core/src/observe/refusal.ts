// A URL of the user's at an AWS host that answered with an error of AWS's own: who said no to the
// unsigned request is known, also where no signed one can follow.

import { readHost } from '../catalog/index.ts'
import type { AwsObservation, HttpObservation } from '../model/observation.ts'
import type { PlannedTarget } from '../model/target.ts'
import { readEnvelope } from '../probe/envelope.ts'
import type { HttpAnswer } from '../probe/http.ts'

export function readRefusal(target: PlannedTarget, http: HttpObservation, answer: HttpAnswer): AwsObservation | undefined {
  if (answer.status < 400 || readHost(target.host) === undefined) return undefined
  if (http.outcome !== 'answered' || http.seen.awsMarks?.length === 0) return undefined
  const error = readEnvelope(answer)
  if (error === undefined) return undefined
  const { layer: _, outcome: __, seen, ...where } = http
  return {
    ...where,
    layer: 'aws',
    outcome: 'rejected',
    code: error.code,
    ...(error.message && { message: error.message }),
    seen: {
      signed: false,
      status: seen.status,
      ...(error.region && { region: error.region }),
      ...(error.requestId && { requestId: error.requestId }),
    },
  }
}

// Reads an HTTP answer into what an observation keeps of it: status, marks, and text that is safe to keep. Pure.

import type { HttpSeen } from '../model/observation.ts'
import { findAwsMarks } from './aws-marks.ts'
import type { HttpAnswer } from './http.ts'
import { safeText } from './text.ts'

const longestBodyStart = 300

/** `middleWallMs`: this machine's wall clock half-way between the sending and the head's coming. */
export function readHttpAnswer(answer: HttpAnswer, middleWallMs: number): HttpSeen {
  const { headers } = answer
  const bodyStart = answer.body.subarray(0, 4096).toString('utf8')
  const awsMarks = findAwsMarks({ headers, bodyStart })
  const requestId = headers['x-amzn-requestid'] ?? headers['x-amz-request-id']
  const dateMs = Date.parse(headers.date ?? '')
  const location = headers.location && findLocation(headers.location)
  const printable = awsMarks.length === 0 ? safeText(bodyStart, longestBodyStart) : ''
  return {
    status: answer.status,
    ...(headers.server && { server: safeText(headers.server, 100) }),
    ...(requestId && { requestId: safeText(requestId, 100) }),
    awsMarks,
    ...(headers['content-type'] && { contentType: safeText(headers['content-type'], 100) }),
    ...(location && { location }),
    ...(!Number.isNaN(dateMs) && {
      date: new Date(dateMs).toISOString(),
      clockSkewMs: Math.round(dateMs - middleWallMs),
    }),
    ...(printable && { bodyStart: printable }),
  }
}

/** Origin and path only: a query may hold a token, and so may user information. */
function findLocation(location: string): string | undefined {
  try {
    const url = new URL(location, 'http://relative.invalid')
    const origin = url.hostname === 'relative.invalid' ? '' : `${url.protocol}//${url.host}`
    return safeText(`${origin}${url.pathname}`, 200)
  } catch {
    return undefined
  }
}

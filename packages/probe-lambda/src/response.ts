// The answer to CloudFormation, put to the presigned URL that came with the event. That URL is S3's: inside a closed VPC it needs a
// gateway endpoint whose policy lets CloudFormation's buckets through.

import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { setTimeout as pause } from 'node:timers/promises'

const tryMs = 3000
const betweenMs = 500

/** Tries until it is taken or the time is up. @throws when it could not be handed over: the log then says why the stack waits */
export async function sendResponse(url: string, response: object, remainingMs: () => number): Promise<void> {
  const body = JSON.stringify(response)
  for (;;) {
    try {
      return await put(new URL(url), body, Math.min(tryMs, Math.max(200, remainingMs() - 300)))
    } catch (error) {
      if (remainingMs() < tryMs + betweenMs) {
        const why = error instanceof Error ? error.message : String(error)
        throw new Error(
          `CloudFormation could not be answered (${why}): S3 cannot be reached from here, or the endpoint policy keeps its buckets out. Let index.respond answer from outside of the VPC`,
        )
      }
      await pause(betweenMs)
    }
  }
}

/** Not followed when redirected: the URL is signed. Never quoted: its query is the signature. */
function put(url: URL, body: string, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'http:' ? requestHttp : requestHttps
    // Presigned without a content type: S3 wants the header empty.
    const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) }
    const sent = request(
      url,
      { method: 'PUT', headers, agent: false, signal: AbortSignal.timeout(Math.round(timeoutMs)) },
      answer => {
        answer.resume()
        answer.on('error', reject)
        if ((answer.statusCode ?? 500) < 300) answer.on('end', resolve)
        else reject(new Error(`status ${answer.statusCode}`))
      },
    )
    sent.on('error', error => reject(new Error((error as NodeJS.ErrnoException).code ?? error.name)))
    sent.end(body)
  })
}

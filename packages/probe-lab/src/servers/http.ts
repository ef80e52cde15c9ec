// What is behind TLS at the far side: AWS, a package index, the canary, a company's gateway. Chooses by Host and behaviour.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { type AwsSide, answerAsAws } from './aws.ts'
import type { HttpAnswer } from './aws-answer.ts'
import { awsError } from './aws-answer.ts'
import { readAwsRequest } from './aws-request.ts'
import { findBehaviour } from './behaviour.ts'

/** Requests larger than this are not read to their end. */
const bodyLimitBytes = 4 * 1024 * 1024

export function httpListener(side: AwsSide): RequestListener {
  return (request, response) => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= bodyLimitBytes) chunks.push(chunk)
    })
    request.on('error', () => response.destroy())
    request.on('end', () => {
      answer(side, request, Buffer.concat(chunks)).then(
        found => found && send(side, response, found),
        error => send(side, response, { status: 500, headers: {}, body: `lab: ${String(error)}` }),
      )
    })
  }
}

/** Undefined: the far side never answers. */
async function answer(side: AwsSide, request: IncomingMessage, body: Buffer): Promise<HttpAnswer | undefined> {
  const host = (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
  const address = request.socket.localAddress ?? ''
  switch (findBehaviour(side.plan, 'http', host, address)?.does) {
    case 'mute':
      return undefined
    case 'block-page':
      return {
        status: 403,
        headers: { server: 'gateway', 'content-type': 'text/html' },
        body: '<html><head><title>Access blocked</title></head><body><h1>This site is blocked by your company policy</h1></body></html>',
      }
    case 'other-answer':
      return {
        status: 200,
        headers: { server: 'nginx/1.24.0', 'content-type': 'text/html' },
        body: '<html><head><title>Welcome to nginx!</title></head></html>',
      }
    case 'throttle':
      return awsError(readAwsRequest(request, body), {
        status: 400,
        code: 'Throttling',
        jsonCode: 'ThrottlingException',
        message: 'Rate exceeded',
      })
    case 'forbidden-by-api-gateway':
      return {
        status: 403,
        headers: {
          'content-type': 'application/json',
          'x-amzn-requestid': '5f0c1d9e-1c1d-4a4e-8d53-2d4f4f0d4a11',
          'x-amzn-errortype': 'ForbiddenException',
        },
        body: '{"message":"Forbidden"}',
      }
  }
  if (host === 'checkip.amazonaws.com') return { status: 200, headers: { 'content-type': 'text/plain' }, body: '203.0.113.10\n' }
  if (!/(^|\.)(amazonaws\.com|api\.aws|ecr\.aws)$/.test(host))
    return {
      status: 200,
      headers: { server: 'nginx', 'content-type': 'text/html' },
      body: `<html><body>${host.slice(0, 80)}</body></html>`,
    }
  return answerAsAws(side, request, body)
}

function send(side: AwsSide, response: ServerResponse, found: HttpAnswer): void {
  response.sendDate = false
  response.writeHead(found.status, {
    ...found.headers,
    date: new Date(Date.now() + side.plan.aws.clockOffsetMs).toUTCString(),
    ...(response.req.method === 'HEAD' || found.status === 204 ? {} : { 'content-length': Buffer.byteLength(found.body) }),
  })
  response.end(response.req.method === 'HEAD' || found.status === 204 ? undefined : found.body)
}

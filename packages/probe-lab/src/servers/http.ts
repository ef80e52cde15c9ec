// What is behind TLS at the far side: AWS, a package index, the canary, a company's gateway. Chooses by Host and behaviour.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { HostPlan } from '../plan/vpc-plan.ts'
import { type AwsSide, answerAsAws } from './aws.ts'
import type { HttpAnswer } from './aws-answer.ts'
import { awsError } from './aws-answer.ts'
import { readAwsRequest } from './aws-request.ts'
import { findBehaviour } from './behaviour.ts'
import { answersWithoutEnd } from './hostile-http.ts'

/** Answers of a control plane that never comes to its last page. */
let pages = 0

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
    const harm = findBehaviour(side.plan, 'http', hostOf(request), request.socket.localAddress ?? '')?.does
    if (answersWithoutEnd(harm, request, response)) return
    request.on('end', () => {
      answer(side, request, Buffer.concat(chunks)).then(
        found => found && send(side, response, found),
        error => send(side, response, { status: 500, headers: {}, body: `lab: ${String(error)}` }),
      )
    })
  }
}

function hostOf(request: IncomingMessage): string {
  return (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
}

/** Undefined: the far side never answers. */
async function answer(side: AwsSide, request: IncomingMessage, body: Buffer): Promise<HttpAnswer | undefined> {
  const host = hostOf(request)
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
    case 'redirect-to-metadata':
      return { status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data/' }, body: '' }
    case 'pages-for-ever': {
      const operation = new URLSearchParams(body.toString('utf8')).get('Action') ?? 'Describe'
      pages += 1
      return {
        status: 200,
        headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'page' },
        body: `<${operation}Response><vpcSet/><nextToken>page-${pages}</nextToken></${operation}Response>`,
      }
    }
    case 'blank-message':
      return {
        status: 403,
        headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'blank' },
        body: `<Error><Code>AccessDenied</Code><Message>${'\n'.repeat(60_000)}x</Message></Error>`,
      }
    case 'packed-bomb': {
      // Ten megabytes of nothing; nobody asked for an encoding.
      const packed = gzipSync(Buffer.alloc(10 * 1024 * 1024)).toString('latin1')
      return { status: 403, headers: { 'content-type': 'text/xml', 'content-encoding': 'gzip' }, body: packed }
    }
    case 'escape-sequences':
      return {
        status: 403,
        // What a terminal would obey: clear the screen, set the title, C1's CSI, right-to-left override.
        headers: { server: 'evil\u009b2J\u009d0;owned\u009c', 'content-type': 'text/html' },
        body: '<html>\u001b[2J\u001b]0;owned\u0007\u202edenied\u001b[31m</html>',
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
  const index = side.plan.hosts.find(one => one.name === host)?.index
  if (index) return answerAsIndex(index, request)
  if (host === 'checkip.amazonaws.com') return { status: 200, headers: { 'content-type': 'text/plain' }, body: '203.0.113.10\n' }
  if (!/(^|\.)(amazonaws\.com|api\.aws|ecr\.aws)$/.test(host))
    return {
      status: 200,
      headers: { server: 'nginx', 'content-type': 'text/html' },
      body: `<html><body>${host.slice(0, 80)}</body></html>`,
    }
  return answerAsAws(side, request, body)
}

/** One project, one file: a page as PEP 503 has it. */
function answerAsIndex(index: NonNullable<HostPlan['index']>, request: IncomingMessage): HttpAnswer {
  if (index.authorization !== undefined && request.headers.authorization !== index.authorization)
    return { status: 401, headers: { 'www-authenticate': 'Basic realm="packages"' }, body: '' }
  const file = '/packages/pip-24.0-py3-none-any.whl'
  if (request.url === file) return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: 'PK' }
  if (request.url !== '/simple/pip/') return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not Found' }
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!DOCTYPE html><html><body><a href="https://${index.files}${file}#sha256=00">pip</a></body></html>`,
  }
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

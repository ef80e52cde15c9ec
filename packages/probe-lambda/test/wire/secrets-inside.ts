// The function with secrets planted wherever it could come by one, beside a server that stands for AWS and repeats, in whatever it
// refuses, all that it was sent. Run in a network namespace of its own; prints what the server was told and what was answered.

import { execFileSync } from 'node:child_process'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { handler } from '../../src/handler.ts'

const secrets = JSON.parse(process.argv[2] ?? '{}') as Readonly<Record<string, string>>
/** `refuse`: publications are refused too. */
const isRefusing = process.argv[3] === 'refuse'

interface Told {
  readonly action: string
  readonly url: string
  readonly body: string
}
const told: Told[] = []
const published = new Set(['CreateLogStream', 'PutLogEvents', 'Publish', 'PUT', 'PutLifecycleEventHookExecutionStatus'])

execFileSync('ip', ['link', 'set', 'lo', 'up'])
const server = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  const action = actionOf(request, body)
  const url = (request.url ?? '').replace(/\?X-Amz-Signature=.*$/, '')
  told.push({ action, url, body })
  const isTaken = published.has(action) && !isRefusing
  // As AWS writes a request that it could not verify, but in one line.
  const sent = Object.entries(request.headers)
    .sort(([a], [b]) => b.localeCompare(a))
    .map(([name, value]) => `${name}:${value}`)
  const why = `Not so: ${sent.join(' ')}`
  response.setHeader('x-amzn-requestid', '7a0c6a29-0000-4000-8000-000000000000')
  if (isTaken || url.startsWith('/response')) response.end(action === 'Publish' ? '<PublishResponse/>' : '{}')
  else if (request.headers['x-amz-target'] !== undefined)
    response
      .writeHead(400, { 'content-type': 'application/x-amz-json-1.1' })
      .end(JSON.stringify({ __type: 'AccessDeniedException', message: why }))
  else
    response
      .writeHead(403, { 'content-type': 'text/xml' })
      .end(
        `<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>${why.replaceAll(/[<>&]/g, '')}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
      )
})
await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

Object.assign(process.env, {
  AWS_ENDPOINT_URL: here,
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: secrets.keyId,
  AWS_SECRET_ACCESS_KEY: secrets.secretKey,
  AWS_SESSION_TOKEN: secrets.sessionToken,
  AWS_CONTAINER_CREDENTIALS_FULL_URI: `${here}/credentials`,
  AWS_CONTAINER_AUTHORIZATION_TOKEN: secrets.containerToken,
  PIP_INDEX_URL: here.replace('//', `//aws:${secrets.indexToken}@`),
})

const targets = ['logs', 'sts', 'pip', `${here}/?token=${secrets.urlToken}`]
const publish = {
  metrics: { namespace: 'eniprobe', perTarget: true },
  logGroup: '/eniprobe',
  s3: 's3://reports/here',
  sns: { topic: 'arn:aws:sns:eu-west-1:123456789012:told', when: 'always' },
}
const stack = { RequestType: 'Create', StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Network' }
const resource = {
  ...stack,
  ResponseURL: `${here}/response?X-Amz-Signature=${secrets.signature}`,
  ResourceProperties: { targets },
}
const events = [
  { targets, publish },
  { targets, publish, redact: 'true', language: 'ja' },
  { targets, failOn: 'error' },
  { targets: [`https://user:${secrets.urlPassword}@127.0.0.1/?token=${secrets.urlToken}`] },
  resource,
  { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'hook' },
]
process.env.ENIPROBE_EVENT = JSON.stringify({ internetCanary: 'off', resolvers: ['127.0.0.1'], deadlineMs: 4000 })
const answered: unknown[] = []
for (const event of events) {
  const endsAt = performance.now() + 13_000
  const context = { getRemainingTimeInMillis: () => endsAt - performance.now(), awsRequestId: 'r-1', functionName: 'probe' }
  const withTargets = 'DeploymentId' in event ? { ...event, targets } : event
  answered.push(
    await handler(withTargets, context).catch((error: Error) => ({ errorType: error.name, errorMessage: error.message, error })),
  )
}
process.stdout.write(`${JSON.stringify({ told, answered })}\n`)
process.exit(0)

function actionOf({ method = '', headers }: IncomingMessage, body: string): string {
  const target = headers['x-amz-target']
  return (
    String(target ?? /(?:^|&)Action=(\w+)/.exec(body)?.[1] ?? method)
      .split('.')
      .at(-1) ?? ''
  )
}

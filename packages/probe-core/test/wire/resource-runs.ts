// A climb of a named resource against servers that answer as the services do, and what is made of it.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { diagnose } from '../../src/diagnose/index.ts'
import type { AwsObservation, Observation } from '../../src/model/observation.ts'
import type { Report } from '../../src/model/report.ts'
import type { PlannedTarget } from '../../src/model/target.ts'
import { climb } from '../../src/observe/climb.ts'
import { makePlaces } from '../../src/observe/places.ts'
import { makeHandover } from '../../src/observe/resources/handover.ts'
import { planTargets } from '../../src/plan/targets.ts'
import { readTrust } from '../../src/probe/trust.ts'
import { makeAuthority } from './certificates.ts'
import { surroundings } from './surroundings.ts'

export const region = 'eu-west-1'
export const account = '111122223333'
export const token = 'token-that-must-not-be-seen'
const secretAccessKey = 'secret-that-must-not-be-seen'

export interface Asked {
  readonly host: string
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface Answered {
  readonly status: number
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

interface Run {
  readonly report: Report
  readonly asked: readonly Asked[]
  readonly aws: readonly (AwsObservation & { readonly target: string })[]
}

/** One TLS server under every name of the plan; unsigned requests are turned away as AWS does. */
export async function runWith(
  t: TestContext,
  words: readonly string[],
  answer: (asked: Asked) => Answered,
  options: { readonly writeChecks?: boolean; readonly hosts?: readonly string[]; readonly account?: string } = {},
): Promise<Run> {
  const asked: Asked[] = []
  const targets = planTargets(words, { region, workloads: [] })
  const names = [...new Set([...targets.map(({ host }) => host), ...(options.hosts ?? [])])]
  const authority = await makeAuthority('Test Root')
  const server = createServer(await authority.issue({ name: names[0] ?? 'x', names }), (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => respond(request, response, Buffer.concat(chunks).toString()))
  })
  const respond = (request: IncomingMessage, response: ServerResponse, body: string) => {
    const one: Asked = {
      host: (request.headers.host ?? '').replace(/:\d+$/, ''),
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body,
    }
    const isOpening = request.headers.authorization === undefined && !/[?]/.test(one.path)
    if (!isOpening) asked.push(one)
    const said: Answered = isOpening ? { status: 403, body: '{"__type":"MissingAuthenticationTokenException"}' } : answer(one)
    response.writeHead(said.status, { 'x-amzn-requestid': 'r-1', 'content-type': 'application/json', ...said.headers })
    response.end(request.method === 'HEAD' ? undefined : said.body)
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const planned = targets.map((target): PlannedTarget => ({ ...target, port }))
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey }
  const run = surroundings(t, {
    connectTimeoutMs: 3000,
    trust: { ...readTrust({}), ca: [authority.pem], trustedBy: () => 'custom-ca' as const },
    hosts: new Map(names.map(name => [name, ['127.0.0.1']])),
    places: makePlaces(1),
    region,
    credentials: Promise.resolve({ credentials, source: 'environment', tried: [] }),
    writeChecks: options.writeChecks === true,
    account: Promise.resolve(options.account),
    handover: makeHandover(planned),
  })
  const logs = planned.map((): Observation[] => [])
  await Promise.all(planned.map((target, i) => climb(target, run, o => logs[i]?.push(o))))
  const report = diagnose({
    format: 'eniprobe/1',
    run: { version: '0', startedAt: '2026-11-23T10:00:00.000Z', durationMs: 1, deadlineMs: 1, complete: true },
    vantage: {
      workload: null,
      region,
      partition: 'aws',
      interfaces: [{ name: 'eth0', address: '10.20.1.10', prefixLength: 24 }],
      resolvers: [],
      proxy: null,
      network: { eni: null, vpc: null, subnet: null, subnetCidr: null, vpcCidrs: null, securityGroups: null },
      identity: { arn: `arn:aws:sts::${account}:assumed-role/w/s`, account, source: 'environment' },
      internet: 'skipped',
      clockSkewMs: null,
      checks: [],
    },
    targets: planned.map((target, i) => ({ ...target, observations: (logs[i] ?? []).map(asIssuedByAmazon) })),
  })
  const aws = report.targets.flatMap(({ id, observations }) =>
    observations.flatMap(o => (o.layer === 'aws' ? [{ ...o, target: id }] : [])),
  )
  const told = JSON.stringify(report)
  for (const secret of [token, secretAccessKey, btoa(`aws:${token}`), btoa(`AWS:${token}`)])
    assert.ok(!told.includes(secret), 'a secret is in the report')
  return { report, asked, aws }
}

/** The authority of the test is no company's that inspects. */
function asIssuedByAmazon(o: Observation): Observation {
  if (o.layer !== 'tls' || o.outcome !== 'answered') return o
  const { issuers: _, ...seen } = o.seen
  return { ...o, seen: { ...seen, issuer: 'CN=Amazon RSA 2048 M01, O=Amazon, C=US' } }
}

export const outline = (aws: Run['aws']) =>
  aws.map(o => {
    const how = o.outcome === 'rejected' ? o.code : o.outcome === 'skipped' ? o.because : o.outcome
    const seen = o.outcome === 'skipped' ? undefined : o.seen
    return `${seen?.action ?? '-'}${o.variant ? ` (${o.variant})` : ''} ${how}`
  })

export const verdicts = (run: Run) => run.report.targets.map(({ verdict }) => verdict)
export const causes = (run: Run) => run.report.findings.flatMap(f => f.causes.map(c => `${c.cause} ${c.confidence}`))
export const error = (status: number, type: string, message = ''): Answered => ({
  status,
  headers: { 'x-amzn-errortype': type },
  body: JSON.stringify({ message }),
})
export const s3Error = (status: number, code: string, message = code, headers = {}): Answered => ({
  status,
  headers: { 'content-type': 'application/xml', 'x-amz-request-id': 'r-2', ...headers },
  body: `<Error><Code>${code}</Code><Message>${message}</Message><RequestId>r-2</RequestId></Error>`,
})

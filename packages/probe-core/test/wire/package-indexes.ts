// Package indexes on loopback, for tests: how they answer, and what a climb of them sees and is judged to mean.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import type net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, type TestContext } from 'node:test'
import { diagnose } from '../../src/diagnose/index.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { PackageUse } from '../../src/model/packages.ts'
import type { ObservedTarget, PlannedTarget } from '../../src/model/target.ts'
import { climb } from '../../src/observe/climb.ts'
import { makePackageKeys } from '../../src/observe/packages/access.ts'
import { makePlaces } from '../../src/observe/places.ts'
import { readSource } from '../../src/probe/packages/index.ts'
import { readTrust } from '../../src/probe/trust.ts'
import { decodeReport } from '../../src/report/decode.ts'
import { makeAuthority } from './certificates.ts'
import { surroundings } from './surroundings.ts'

export let authority: Awaited<ReturnType<typeof makeAuthority>>
before(async () => {
  authority = await makeAuthority('Root of the Network')
})

export type Serve = (request: IncomingMessage, response: ServerResponse) => void

interface Served {
  readonly port: number
  readonly asked: {
    readonly path: string
    readonly authorization: string | undefined
    readonly headers: IncomingMessage['headers']
  }[]
}

export async function serve(t: TestContext, name: string, answer: Serve, scheme: 'http' | 'https' = 'https'): Promise<Served> {
  const asked: Served['asked'] = []
  const handle: Serve = (request, response) => {
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization, headers: request.headers })
    answer(request, response)
  }
  const server = scheme === 'https' ? https.createServer(await authority.issue({ name }), handle) : createServer(handle)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as net.AddressInfo).port, asked }
}

interface Looked {
  readonly targets: readonly ObservedTarget[]
  readonly http: ReturnType<typeof httpOf>
}

/** Climbs the place that a configuration names, and whatever its answers lead to. Every `*.test` name is this machine. */
export async function look(
  t: TestContext,
  url: string,
  use: Partial<PackageUse> = {},
  env: NodeJS.ProcessEnv = {},
): Promise<Looked> {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'ca.pem'), authority.pem)
  const given = { manager: 'pip', role: 'index', configuredBy: 'index-url of [global], /etc/pip.conf', ...use } as const
  const read = readSource(url, given)
  assert.ok(read)
  const { url: plain, ...packages } = read.source
  const hosts = new Map(['index.test', 'files.test', 'other.test', 'auth.test'].map(name => [name, ['127.0.0.1']]))
  const targets: ObservedTarget[] = []
  const begin = async (target: PlannedTarget) => {
    const observations: Observation[] = []
    targets.push({ ...target, observations })
    await climb(target, run, observation => observations.push(observation))
  }
  const run = surroundings(t, {
    env,
    connectTimeoutMs: 1000,
    trust: readTrust({ AWS_CA_BUNDLE: join(folder, 'ca.pem') }),
    hosts,
    places: makePlaces(8),
    region: 'eu-west-1',
    packageKeys: makePackageKeys(new Map([[plain, read.access]]), { region: 'eu-west-1', dnsSuffix: 'amazonaws.com' }),
    found: target => (targets.length < 10 ? begin(target) : Promise.resolve()),
  })
  const to = new URL(plain)
  const isClear = to.protocol === 'http:'
  await begin({
    id: 'index',
    kind: 'https',
    service: null,
    host: to.hostname,
    port: Number(to.port) || (isClear ? 80 : 443),
    region: 'eu-west-1',
    wantedBy: ['pip'],
    path: to.pathname,
    ...(isClear && { scheme: 'http' as const }),
    packages,
  })
  return { targets, http: httpOf(targets[0]) }
}

function httpOf(target: ObservedTarget | undefined) {
  const http = target?.observations.find(o => o.layer === 'http' && o.variant === undefined)
  return http?.layer === 'http' && http.outcome === 'answered' ? http.seen : undefined
}

/** As a saved report of such a run, judged. */
export function judged(targets: readonly ObservedTarget[]) {
  const vantage = {
    interfaces: [{ name: 'eth0', address: '10.0.0.4', prefixLength: 24 }],
    internet: 'silent',
    region: 'eu-west-1',
  }
  const run = { startedAt: '2026-11-01T00:00:00.000Z' }
  return diagnose(decodeReport(JSON.stringify({ format: 'eniprobe/1', run, vantage, targets })))
}

export const topCauses = (targets: readonly ObservedTarget[]) =>
  judged(targets).findings.map(f => `${f.targets.join()}: ${f.causes[0]?.cause} ${f.causes[0]?.confidence}`)

export function html(response: ServerResponse, links: readonly string[]): void {
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(
    `<!DOCTYPE html><html><body>${links.map(link => `<a class="x" href="${link}">f</a>`).join('<br/>\n')}</body></html>`,
  )
}

/** As pypiserver: what it has itself, and a redirect to a public index for the rest. */
export const projects: Serve = (request, response) => {
  if (request.url === '/simple/pip/') return html(response, ['/packages/pip-24.0-py3-none-any.whl#sha256=00', '../x'])
  if (request.url?.startsWith('/packages/')) return void response.end('PK')
  response.statusCode = 404
  response.end()
}

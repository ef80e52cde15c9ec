// A fleet: the zip in places of different faults, each answer carried by the template's own state machine into S3, and from there
// one picture. moto deploys the templates and runs the machine.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import type { Report } from '@eniprobe/core'
import type { Fault } from '../src/faults/fault.ts'
import * as faults from '../src/faults/index.ts'
import { findRuntime, unpackFunction, zipPath } from '../src/lambda/find-runtime.ts'
import { playInside } from '../src/lambda/play.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { onLambda } from '../src/workloads.ts'
import { cliPath } from '../src/world/vpc.ts'

const lambda = dirname(dirname(zipPath))
const places: Readonly<Record<string, Fault>> = {
  healthy: plan => plan,
  'without-logs': faults.interfaceEndpointMissing('logs'),
  closed: faults.eniSecurityGroup(),
}

interface Deployed {
  readonly statuses: Readonly<Record<string, string>>
  readonly environment: Readonly<Record<string, string>>
  readonly run: { readonly status: string; readonly output: string }
  readonly objects: Readonly<Record<string, string>>
}

test('the reports of many subnets, one of which reaches nothing, come to S3 by the state machine and make one picture', async t => {
  const runtime = findRuntime('node22')
  if ('missing' in runtime) return t.skip(runtime.missing)
  if (spawnSync('python3', ['-c', 'import moto.server, boto3']).status !== 0) return t.skip('moto is not installed')
  const { folder, remove } = unpackFunction()
  t.after(remove)
  const answers: { name: string; report: Report }[] = []
  const functions = { probe: { handler: 'index.handler', timeoutMs: 12_000 } }
  const event = { targets: ['sts', 'logs'], answerBytes: 240_000, failOn: 'never' }
  for (const [name, fault] of Object.entries(places)) {
    const vpc = await vpcLab(t, plan => onLambda(fault(plan)))
    if (!vpc) return
    const played = await playInside(vpc, { runtime, folder, functions, invocations: [{ name: 'probe', event }] })
    const invoked = played.invoked[0]
    assert.equal(invoked?.kind, 'response')
    answers.push({ name, report: invoked?.body as Report })
    await vpc.stop()
  }

  const script = join(lambda, 'test', 'templates', 'deploy_in_moto.py')
  const input = JSON.stringify({ templates: join(lambda, 'templates'), zip: zipPath, answers })
  const done = spawnSync('python3', ['-W', 'ignore', script], { input, encoding: 'utf8', timeout: 120_000 })
  assert.equal(done.status, 0, done.stderr)
  const deployed = JSON.parse(done.stdout.slice(done.stdout.indexOf('{"statuses"'))) as Deployed
  assert.deepEqual([...new Set(Object.values(deployed.statuses))], ['CREATE_COMPLETE'])
  assert.equal(deployed.environment.ENIPROBE_TARGETS, 'sts,logs')
  assert.equal(deployed.run.status, 'SUCCEEDED', deployed.run.output)
  const keys = Object.keys(places).map(name => `runs/morning/${name}.json`)
  assert.deepEqual(Object.keys(deployed.objects).sort(), keys.sort())

  const reports = mkdtempSync(join(tmpdir(), 'eniprobe-fleet-'))
  t.after(() => rmSync(reports, { recursive: true, force: true }))
  const files = answers.map(({ name }) => join(reports, `${name}.json`))
  for (const [index, { name }] of answers.entries())
    writeFileSync(files[index] ?? '', deployed.objects[`runs/morning/${name}.json`] ?? '')
  const compared = spawnSync(process.execPath, [cliPath(), 'compare', ...files, '--format', 'json'], { encoding: 'utf8' })
  assert.equal(compared.status, 1, compared.stderr)
  const { targets } = JSON.parse(compared.stdout) as {
    targets: { id: string; seen: ({ verdict: string; cause: string | null } | null)[] }[]
  }
  const picture = Object.fromEntries(targets.map(({ id, seen }) => [id, seen.map(one => one?.cause ?? one?.verdict)]))
  assert.deepEqual(picture, {
    sts: ['healthy', 'healthy', 'eni-security-group'],
    logs: ['healthy', 'interface-endpoint-missing', 'eni-security-group'],
  })
})

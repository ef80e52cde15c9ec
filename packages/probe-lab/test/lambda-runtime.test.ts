// The zip as Lambda runs it: its own runtime interface client and Node, on the lab's ENI. Events come, and answers go, past the
// network that is judged, as they do at AWS.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { after, before, describe, type TestContext, test } from 'node:test'
import { decodeReport, diagnose, type Report } from '@eniprobe/core'
import { combine, type Fault } from '../src/faults/fault.ts'
import * as faults from '../src/faults/index.ts'
import { findRuntime, type RuntimeName, unpackFunction, zipPath } from '../src/lambda/find-runtime.ts'
import type { Play, Played } from '../src/lambda/inside.ts'
import { playInside } from '../src/lambda/play.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { onLambda } from '../src/workloads.ts'

let unpacked: ReturnType<typeof unpackFunction> | undefined
before(() => {
  if (existsSync(zipPath)) unpacked = unpackFunction()
})
after(() => unpacked?.remove())

const probeFunction = { handler: 'index.handler', timeoutMs: 12_000 }
const targets = ['sts', 's3', 'logs', 'tcp://db.internal:5432']
const closed = faults.eniSecurityGroup()

/** What came of it, or undefined after having marked the test as skipped. */
async function play(
  t: TestContext,
  fault: Fault,
  what: Pick<Play, 'functions' | 'invocations'>,
  name: RuntimeName = 'node22',
): Promise<Played | undefined> {
  const runtime = findRuntime(name)
  if ('missing' in runtime) return void t.skip(runtime.missing)
  if (unpacked === undefined) return void t.skip('the zip is not made: npm run package makes it')
  const vpc = await vpcLab(t, combine(fault, onLambda))
  return vpc && playInside(vpc, { ...what, runtime, folder: unpacked.folder })
}

/** One event to the probe; its answer, which came in time. */
async function ask(t: TestContext, fault: Fault, event: object, name?: RuntimeName) {
  const played = await play(t, fault, { functions: { probe: probeFunction }, invocations: [{ name: 'probe', event }] }, name)
  const [invoked] = played?.invoked ?? []
  if (invoked === undefined) return undefined
  assert.equal(invoked.kind, 'response', `${JSON.stringify(invoked.body)} ${invoked.log}`)
  const answer = invoked.body as Report & {
    published?: readonly { to: string; done: boolean; problem?: string; place: string }[]
  }
  const report = decodeReport(JSON.stringify(answer))
  assert.deepEqual(diagnose(report).findings, report.findings, 'judged again, the same')
  return { ...invoked, report, published: answer.published ?? [] }
}

const verdicts = (report: Report) => Object.fromEntries(report.targets.map(({ id, verdict }) => [id, verdict]))
const causes = (report: Report) => report.findings.map(({ causes: [first] }) => `${first?.cause} ${first?.confidence}`)
/** The embedded metrics in a log: lines that are nothing but one JSON document. */
const metricsIn = (log: string) =>
  log.split('\n').flatMap(line => (line.startsWith('{"_aws"') ? [JSON.parse(line) as Record<string, unknown>] : []))

describe('the zip under the real Lambda runtime', { concurrency: 2 }, () => {
  for (const name of ['node22', 'node24'] as const)
    test(`a healthy network is told healthy, and everything asked for is published (${name})`, async t => {
      const publish = {
        metrics: { perTarget: true },
        s3: 's3://lab-data/reports',
        sns: { topic: 'arn:aws:sns:ap-northeast-1:123456789012:lab', when: 'always' },
      }
      const asked = await ask(t, plan => plan, { targets, publish }, name)
      if (!asked) return
      assert.deepEqual(verdicts(asked.report), Object.fromEntries(targets.map(id => [id, 'healthy'])))
      const [whole, ...each] = metricsIn(asked.log)
      assert.deepEqual([whole?.HealthyTargets, whole?.Probe, each.length], [4, 'probe', 4])
      const metrics = asked.published.find(({ to }) => to === 'metrics')
      assert.deepEqual(metrics, { to: 'metrics', place: 'eniprobe', done: true })
      const object = asked.published.find(({ to }) => to === 's3')
      assert.ok(object?.done, object?.problem)
      assert.match(object.place, /^s3:\/\/lab-data\/reports\/probe\/\d{4}-\d\d-\d\dT[\d-]+Z-[\w-]+\.json$/)
    })

  test('where nothing can be reached the report comes all the same, in time, with its metrics; what was not published is told', async t => {
    const publish = {
      metrics: true,
      s3: 's3://lab-data',
      logGroup: '/eniprobe',
      sns: 'arn:aws:sns:ap-northeast-1:123456789012:lab',
    }
    const asked = await ask(t, closed, { targets, publish })
    if (!asked) return
    assert.deepEqual([...new Set(Object.values(verdicts(asked.report)))], ['failing'])
    assert.ok(causes(asked.report)[0]?.startsWith('eni-security-group'), causes(asked.report).join(', '))
    assert.equal(metricsIn(asked.log)[0]?.FailingTargets, targets.length)
    assert.deepEqual(
      asked.published.map(({ to, done, problem = '' }) => [to, done, problem !== '']),
      [
        ['metrics', true, false],
        ['logs', false, true],
        ['s3', false, true],
        ['sns', false, true],
      ],
    )
  })

  test('a resolver that never answers keeps neither the report nor the word on what was not published', async t => {
    const asked = await ask(t, faults.dnsServerUnreachable(), { targets, publish: { s3: 's3://lab-data' } })
    if (!asked) return
    assert.ok(causes(asked.report)[0]?.startsWith('dns-server-unreachable'), causes(asked.report).join(', '))
    assert.equal(asked.published[0]?.done, false)
  })

  test('a missing endpoint and a closed security group are told apart', async t => {
    const asked = await ask(t, combine(faults.interfaceEndpointMissing('logs'), faults.endpointSecurityGroup('kms')), {
      targets: ['sts', 'logs', 'kms'],
    })
    if (!asked) return
    const found = asked.report.findings.flatMap(({ targets: ids, causes: [first] }) => ids.map(id => `${id} ${first?.cause}`))
    assert.deepEqual(found.sort(), ['kms endpoint-security-group', 'logs interface-endpoint-missing'])
  })

  test('an answer within a limit, words in Japanese, and a masked report', async t => {
    const played = await play(t, faults.interfaceEndpointMissing('logs'), {
      functions: { probe: probeFunction },
      invocations: [
        { name: 'probe', event: { targets, answerBytes: 3000 } },
        {
          name: 'probe',
          event: { targets: ['logs'], language: 'ja', redact: true, publish: { s3: 's3://no-such-bucket-here' } },
        },
        { name: 'probe', event: { tragets } },
        { name: 'probe', event: { targets: ['logs'], failOn: 'error' } },
      ],
    })
    if (!played) return
    const [short, masked, wrong, failed] = played.invoked
    const report = short?.body as Report & { shortened?: { targets: number } }
    assert.equal(report.shortened?.targets, targets.length)
    assert.match(JSON.stringify(masked?.body), /エンドポイント/)
    assert.doesNotMatch(JSON.stringify(masked?.body), /123456789012|10\.20\.1\.10/)
    assert.deepEqual([wrong?.kind, failed?.kind], ['error', 'error'])
    assert.match(JSON.stringify(wrong?.body), /tragets.*did you mean targets\?/)
    assert.match(JSON.stringify(failed?.body), /NotReachableError.*interface-endpoint-missing/)
    assert.doesNotMatch(JSON.stringify(played), /X-Amz-Signature|X-Amz-Security-Token|AWS4-HMAC/i)
  })

  test('no key or token of the function is in an answer, an error or the log, whatever is refused', async t => {
    const keys = {
      AWS_ACCESS_KEY_ID: 'ASIACANARY0000000001',
      AWS_SECRET_ACCESS_KEY: 'CanarySecretKeyCanarySecretKey0123456789',
      AWS_SESSION_TOKEN: 'CanarySessionTokenCanarySessionToken0123456789',
    }
    const publish = {
      metrics: true,
      s3: 's3://lab-data',
      logGroup: '/eniprobe',
      sns: 'arn:aws:sns:ap-northeast-1:123456789012:lab',
    }
    const played = await play(t, plan => plan, {
      functions: { probe: { ...probeFunction, env: keys } },
      invocations: [
        { name: 'probe', event: { targets, publish } },
        { name: 'probe', event: { targets, publish, failOn: 'error' } },
      ],
    })
    if (!played) return
    const [answer, error] = played.invoked
    assert.deepEqual([answer?.kind, error?.kind], ['response', 'error'])
    assert.match(JSON.stringify(answer?.body), /credentials-invalid/)
    const all = JSON.stringify(played)
    for (const [name, secret] of Object.entries(keys)) assert.ok(!all.includes(secret), `${name} is told`)
    assert.doesNotMatch(all, /Signature=|X-Amz-Security-Token/i)
  })

  test('a function with three seconds, as Lambda gives by default, answers before it is ended', async t => {
    const short = { handler: 'index.handler', timeoutMs: 3000 }
    const event = { targets }
    const played = await play(t, closed, { functions: { short }, invocations: [{ name: 'short', event }] })
    if (!played) return
    assert.equal(played.invoked[0]?.kind, 'response', JSON.stringify(played.invoked[0]?.body))
  })
})

const tragets = ['logs']

const stack = {
  RequestType: 'Create',
  ResponseURL: 'OUTSIDE/response?X-Amz-Signature=secret',
  StackId: 'arn:aws:cloudformation:ap-northeast-1:123456789012:stack/app/1',
  RequestId: 'request',
  ResourceType: 'AWS::CloudFormation::CustomResource',
  LogicalResourceId: 'Network',
  ResourceProperties: { ServiceToken: 'arn', ServiceTimeout: '900', targets: ['sts', 'logs'] },
}
const outsideEnv = {
  ENIPROBE_FUNCTION: 'probe',
  AWS_ENDPOINT_URL_LAMBDA: 'OUTSIDE',
  AWS_ENDPOINT_URL_CODEDEPLOY: 'OUTSIDE',
}
const respond = { handler: 'index.respond', timeoutMs: 20_000, env: outsideEnv }
const functions = { probe: probeFunction, respond }

describe('who waits for an answer gets one', { concurrency: 2 }, () => {
  test('a stack in a network that reaches nothing fails with the diagnosis; its Delete succeeds at once', async t => {
    const played = await play(t, closed, {
      functions,
      invocations: [
        { name: 'respond', event: stack },
        { name: 'respond', event: { ...stack, RequestType: 'Delete', PhysicalResourceId: 'eniprobe-Network' } },
      ],
    })
    if (!played) return
    const [created, deleted] = played.told.map(({ body }) => body as Record<string, string>)
    assert.deepEqual([created?.Status, deleted?.Status], ['FAILED', 'SUCCESS'])
    assert.match(created?.Reason ?? '', /2 of 2 targets cannot be used.*\n.*eni-security-group/)
    assert.equal(created?.PhysicalResourceId, deleted?.PhysicalResourceId)
    assert.deepEqual([...new Set(played.told.map(({ contentType }) => contentType))], [''])
    assert.ok((played.invoked[1]?.tookMs ?? 9999) < 2000, 'nothing is looked at for a Delete')
    assert.doesNotMatch(JSON.stringify(played), /secret"|X-Amz-Signature/)
  })

  test('a stack in a healthy network goes on; a mistake in its properties is its reason', async t => {
    const played = await play(t, plan => plan, {
      functions,
      invocations: [
        { name: 'respond', event: stack },
        { name: 'respond', event: { ...stack, ResourceProperties: { ...stack.ResourceProperties, tragets } } },
      ],
    })
    if (!played) return
    const [good, wrong] = played.told.map(({ body }) => body as Record<string, string>)
    assert.deepEqual([good?.Status, wrong?.Status], ['SUCCESS', 'FAILED'])
    assert.match(wrong?.Reason ?? '', /tragets/)
  })

  test('from inside a network without a way to S3 a Delete cannot be answered: the log says what to do, and nothing hangs', async t => {
    const played = await play(t, closed, {
      functions: { probe: { ...probeFunction, timeoutMs: 8000, env: { ENIPROBE_EVENT: 'no JSON' } } },
      invocations: [
        {
          name: 'probe',
          event: { ...stack, RequestType: 'Delete', ResponseURL: 'https://lab-data.s3.ap-northeast-1.amazonaws.com/x?sig' },
        },
      ],
    })
    if (!played) return
    assert.equal(played.invoked[0]?.kind, 'error')
    assert.match(JSON.stringify(played.invoked[0]?.body), /index\.respond/)
  })

  for (const [name, fault, status] of [
    ['healthy', (plan => plan) as Fault, 'Succeeded'],
    ['closed', closed, 'Failed'],
  ] as const)
    test(`a CodeDeploy hook in a ${name} network is told ${status}`, async t => {
      const event = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'execution' }
      const env = { ENIPROBE_TARGETS: 'sts,logs', AWS_ENDPOINT_URL_CODEDEPLOY: 'OUTSIDE' }
      const played = await play(t, fault, {
        functions: { probe: { ...probeFunction, timeoutMs: 20_000, env }, respond },
        invocations: [
          { name: 'probe', event },
          { name: 'respond', event },
        ],
      })
      if (!played) return
      const expected = { deploymentId: 'd-1', lifecycleEventHookExecutionId: 'execution', status }
      assert.deepEqual(
        played.told.map(({ body }) => body),
        [expected, expected],
      )
    })

  test('a hook whose settings cannot be read fails at once, and the error says why', async t => {
    const env = { ENIPROBE_TARGETS: 'no such service', AWS_ENDPOINT_URL_CODEDEPLOY: 'OUTSIDE' }
    const event = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'execution' }
    const played = await play(t, plan => plan, {
      functions: { probe: { ...probeFunction, env } },
      invocations: [{ name: 'probe', event }],
    })
    if (!played) return
    assert.equal((played.told[0]?.body as { status?: string })?.status, 'Failed')
    assert.equal(played.invoked[0]?.kind, 'error')
    assert.match(JSON.stringify(played.invoked[0]?.body), /no such service/)
  })
})

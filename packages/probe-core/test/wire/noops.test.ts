// Every call of the catalogue that is signed without a resource being named, sent to an AWS that is not ours, whose whole account is
// compared before and after.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { findService, hostsOf, serviceIds } from '../../src/catalog/index.ts'
import { noopsOf } from '../../src/catalog/noops.ts'

const region = 'ap-northeast-1'
const script = fileURLToPath(new URL('../../../test/wire/noops-in-moto.py', import.meta.url))
const hasMoto = spawnSync('python3', ['-c', 'import moto.server, flask'], { stdio: 'ignore' }).status === 0
const skip = hasMoto ? false : 'moto is not installed'

interface Sent {
  readonly action: string
  readonly host: string
  readonly region: string
  readonly signingName: string
  readonly method: string
  readonly path: string
  readonly query: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

interface Told {
  readonly statuses: readonly (number | string)[]
  readonly kept: number
  readonly changed: readonly string[]
}

function play(requests: readonly Sent[]): Told {
  const { stdout, stderr, status } = spawnSync('python3', ['-W', 'ignore', script], {
    input: JSON.stringify({ requests }),
    encoding: 'utf8',
    timeout: 240_000,
  })
  assert.equal(status, 0, stderr)
  return JSON.parse(stdout)
}

/** moto answers for endpoints that do not exist, and keeps what it has invented for each; AWS refuses (the call is for a name that cannot be). */
const invented = 'sagemaker:InvokeEndpoint'

const calls: readonly Sent[] = serviceIds().flatMap(id => {
  const service = findService(id)
  const host = service && hostsOf(service, region)[0]?.host
  const noops = noopsOf(id).filter(({ action }) => action !== invented)
  return noops.map(({ action, signingName, method, path, query, headers, body, host: own }) => {
    const at = own ?? host ?? `${id}.${region}.amazonaws.com`
    return { action, host: at, region, signingName, method, path, query, headers, body }
  })
})

test('no call of the catalogue leaves anything behind in an account', { skip }, t => {
  const { statuses, kept, changed } = play(calls)
  const answered = calls.filter((_, at) => statuses[at] === 200)
  const refused = calls.filter(
    (_, at) => typeof statuses[at] === 'number' && Number(statuses[at]) >= 400 && Number(statuses[at]) < 500,
  )
  t.diagnostic(
    `of ${calls.length} calls ${answered.length} were done and ${refused.length} refused; ${kept} places of services compared`,
  )
  assert.ok(answered.length > calls.length / 2, `only ${answered.length} of ${calls.length} were done`)
  assert.ok(kept > 100)
  assert.deepEqual(changed, [])
})

test('the comparison sees a single thing that a call leaves', { skip }, () => {
  const like = calls.find(({ action }) => action === 'logs:DescribeLogGroups')
  assert.ok(like)
  const headers = { ...like.headers, 'x-amz-target': 'Logs_20140328.CreateLogGroup' }
  assert.deepEqual(play([{ ...like, headers, body: '{"logGroupName":"left"}' }]).changed, [`logs ${region}`])
})

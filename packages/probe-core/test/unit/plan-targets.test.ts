import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serviceIds } from '../../src/catalog/index.ts'
import { ProbeUsageError } from '../../src/model/usage-error.ts'
import { type PlanContext, planTargets } from '../../src/plan/targets.ts'

const tokyo: PlanContext = { region: 'ap-northeast-1', workloads: [] }

/** id, host and port: what somebody would look for in the plan. */
function plan(words: string[], context: Partial<PlanContext> = {}): string[] {
  return planTargets(words, { ...tokyo, ...context }).map(({ id, host, port }) => `${id} -> ${host}:${port}`)
}

function one(word: string, context: Partial<PlanContext> = {}) {
  const [target, ...more] = planTargets([word], { ...tokyo, ...context })
  assert.ok(target !== undefined && more.length === 0)
  return target
}

test('each form of word is the host that it means', () => {
  const table: [string, string][] = [
    ['logs', 'logs -> logs.ap-northeast-1.amazonaws.com:443'],
    ['tcp://10.0.3.9:5432', 'tcp://10.0.3.9:5432 -> 10.0.3.9:5432'],
    ['tcp://[FD00::1]:5432', 'tcp://[fd00::1]:5432 -> fd00::1:5432'],
    ['tls://DB.Internal', 'tls://db.internal -> db.internal:443'],
    ['tls://db.internal:8443', 'tls://db.internal:8443 -> db.internal:8443'],
    ['https://example.com', 'https://example.com -> example.com:443'],
    ['https://example.com:8443/health', 'https://example.com:8443/health -> example.com:8443'],
    ['https://[::1]/', 'https://[::1] -> ::1:443'],
    ['aws://logs.ap-northeast-1.amazonaws.com', 'logs -> logs.ap-northeast-1.amazonaws.com:443'],
    ['aws://sts.amazonaws.com', 'aws://sts.amazonaws.com -> sts.amazonaws.com:443'],
    ['aws://LOGS.us-west-2.amazonaws.com', 'aws://logs.us-west-2.amazonaws.com -> logs.us-west-2.amazonaws.com:443'],
    [
      'aws://my-bucket.s3.us-west-2.amazonaws.com',
      's3://my-bucket (my-bucket.s3.us-west-2.amazonaws.com) -> my-bucket.s3.us-west-2.amazonaws.com:443',
    ],
    ['s3://my-bucket', 's3://my-bucket -> my-bucket.s3.ap-northeast-1.amazonaws.com:443'],
    ['s3://my.bucket/a/b', 's3://my.bucket/a/b -> s3.ap-northeast-1.amazonaws.com:443'],
    ['kms:alias/app', 'kms:alias/app -> kms.ap-northeast-1.amazonaws.com:443'],
    ['secret:team/db', 'secret:team/db -> secretsmanager.ap-northeast-1.amazonaws.com:443'],
    ['npm', 'https://registry.npmjs.org -> registry.npmjs.org:443'],
  ]
  for (const [word, expected] of table) assert.deepEqual(plan([word]), [expected], word)
})

test('a package tool is its index and the host of its files', () => {
  assert.deepEqual(plan(['pip']), [
    'https://pypi.org/simple -> pypi.org:443',
    'https://files.pythonhosted.org -> files.pythonhosted.org:443',
  ])
  assert.match(plan(['dnf'])[0] ?? '', /al2023-repos-ap-northeast-1-.*\.s3\.dualstack\.ap-northeast-1\.amazonaws\.com:443$/)
})

test('"all" is every service of the catalogue, each once', () => {
  const ids = planTargets(['all'], tokyo).map(({ id }) => id)
  assert.equal(new Set(ids).size, ids.length)
  assert.ok(ids.length > 100 && ids.length <= serviceIds().length)
})

test('a resource is kept by name, and an ARN tells its own region', () => {
  assert.equal(one('s3://my-bucket/prefix').resource, 'my-bucket/prefix')
  const key = one('kms:arn:aws:kms:eu-west-1:123456789012:key/0a')
  assert.equal(key.host, 'kms.eu-west-1.amazonaws.com')
  assert.equal(key.kind, 'resource')
  assert.equal(key.note, undefined)
  assert.match(one('rds:orders').note ?? '', /only the endpoint of rds is looked at/)
})

test('an AWS name in a URL is recognised as its service', () => {
  assert.equal(one('https://logs.ap-northeast-1.amazonaws.com/').service, 'logs')
  assert.equal(one('https://example.com/').service, null)
})

test('one host and port asked for twice is one target, climbed as high as either wants', () => {
  const targets = planTargets(['tcp://logs.ap-northeast-1.amazonaws.com:443', 'logs', 'logs'], tokyo)
  assert.deepEqual(
    targets.map(({ id, kind, wantedBy }) => ({ id, kind, wantedBy })),
    [{ id: 'logs', kind: 'service', wantedBy: ['command-line'] }],
  )
})

test('two paths, two resources, or two services behind one endpoint URL stay apart', () => {
  assert.equal(plan(['https://example.com/a', 'https://example.com/b']).length, 2)
  assert.equal(plan(['kms:alias/a', 'kms:alias/b', 'kms']).length, 3)
  assert.equal(plan(['sts', 'logs'], { settings: { endpointUrls: { '*': 'http://localhost:4566' } } }).length, 2)
})

test('settings of the SDK decide the host, and the target says which', () => {
  const asked = (word: string, settings: NonNullable<PlanContext['settings']>) => {
    const { host, port, hostFrom } = one(word, { settings })
    return `${host}:${port} ${hostFrom}`
  }
  assert.equal(
    asked('logs', { endpointUrls: { cloudwatch_logs: 'https://x.example:8443', '*': 'https://y' } }),
    'x.example:8443 AWS_ENDPOINT_URL_CLOUDWATCH_LOGS',
  )
  assert.equal(asked('sts', { endpointUrls: { '*': 'http://y' } }), 'y:80 AWS_ENDPOINT_URL')
  assert.equal(asked('sts', { stsRegionalEndpoints: 'legacy' }), 'sts.amazonaws.com:443 AWS_STS_REGIONAL_ENDPOINTS=legacy')
  assert.equal(asked('logs', { useDualstack: true }), 'logs.ap-northeast-1.api.aws:443 AWS_USE_DUALSTACK_ENDPOINT')
  assert.match(asked('kms', { useFips: true, stsRegionalEndpoints: 'legacy' }), /^kms-fips\..*AWS_USE_FIPS_ENDPOINT$/)
})

test('legacy STS means the global name only in regions that are older than the regional ones', () => {
  assert.equal(
    one('sts', { region: 'ap-northeast-3', settings: { stsRegionalEndpoints: 'legacy' } }).host,
    'sts.ap-northeast-3.amazonaws.com',
  )
})

test('an endpoint URL that is none is told in a note, not probed as something else', () => {
  const target = one('logs', { settings: { endpointUrls: { '*': 'not a url' } } })
  assert.equal(target.host, '')
  assert.match(target.note ?? '', /AWS_ENDPOINT_URL is not a URL/)
})

test('with an endpoint URL the bucket goes into the path, as boto3 does it', () => {
  const target = one('s3://my-bucket', { settings: { endpointUrls: { '*': 'http://localhost:4566' } } })
  assert.equal(`${target.scheme} ${target.host} ${target.path}`, 'http localhost /my-bucket')
})

test('without a region a regional service stays in the plan with no host, a global one keeps its own', () => {
  const targets = planTargets(['logs', 'iam', 'tcp://h:1'], { region: null, workloads: [] })
  assert.deepEqual(
    targets.map(({ host }) => host),
    ['', 'iam.amazonaws.com', 'h'],
  )
  assert.match(targets[0]?.note ?? '', /no region/)
})

test('a recognised workload plans what it always needs and what stalls in silence; a named one everything', () => {
  const detected = planTargets([], { ...tokyo, detected: ['sagemaker-studio'] })
  const named = planTargets([], { ...tokyo, workloads: ['sagemaker-studio'] })
  assert.ok(named.length > detected.length)
  assert.ok(detected.every(({ wantedBy }) => wantedBy.includes('sagemaker-studio')))
  const find = (id: string) => detected.find(target => target.id === id)
  assert.equal(find('sagemaker.api')?.when, undefined)
  assert.equal(find('sagemaker.api')?.without, 'fails')
  assert.notEqual(find('sts')?.when, undefined)
  assert.equal(find('athena'), undefined)
  assert.ok(named.every(({ host }) => !/[{}*() ]/.test(host)))
})

test('the same service on another port is another target', () => {
  assert.deepEqual(
    plan([], { workloads: ['athena'] }).filter(line => line.startsWith('athena')),
    ['athena -> athena.ap-northeast-1.amazonaws.com:443', 'athena:444 -> athena.ap-northeast-1.amazonaws.com:444'],
  )
})

test('a need of two workloads is always needed if it is for one of them, and as bad as the worse', () => {
  const [s3] = planTargets([], { ...tokyo, workloads: ['cloudshell-vpc', 'sagemaker-training'] }).filter(({ id }) => id === 's3')
  assert.deepEqual(s3?.wantedBy, ['cloudshell-vpc', 'sagemaker-training'])
  assert.equal(s3?.when, undefined)
  assert.equal(s3?.without, 'fails')
})

test('with nothing named and nothing recognised the plan is what nearly every client touches', () => {
  assert.deepEqual(
    planTargets([], tokyo).map(({ id, wantedBy }) => [id, ...wantedBy]),
    [
      ['sts', 'default'],
      ['s3', 'default'],
    ],
  )
})

test('a word that is no target is refused with a mend', () => {
  const table: [string, string, RegExp][] = [
    ['lgos', 'unknown-service', /did you mean logs\?/],
    ['s3//my-bucket', 'bad-target', /^write s3:\/\/my-bucket$/],
    ['s3:my-bucket/a', 'bad-target', /^write s3:\/\/my-bucket\/a$/],
    ['tcp:/db.internal:5432', 'bad-target', /^write tcp:\/\/db\.internal:5432$/],
    ['HTTPS:example.com', 'bad-target', /^write https:\/\/example\.com$/],
    ['', 'bad-target', /name a service/],
    ['zzzzzzzz', 'unknown-service', /list services/],
    ['__proto__', 'unknown-service', /list services/],
    ['db.internal:5432', 'bad-target', /write tcp:\/\/db\.internal:5432/],
    ['s3:my-bucket/x', 'bad-target', /write s3:\/\/my-bucket\/x/],
    ['pypi.org', 'bad-target', /write https:\/\/pypi\.org/],
    ['ftp://x', 'bad-target', /use s3:\/\//],
    ['tcp://h', 'bad-port', /tcp:\/\/h:443/],
    ['tcp://h:0', 'bad-port', /HOST:PORT/],
    ['tcp://h:65536', 'bad-port', /HOST:PORT/],
    ['tcp://h:80x', 'bad-port', /HOST:PORT/],
    ['tcp://:1', 'empty-host', /HOST:PORT/],
    ['tcp://a..b:1', 'bad-host', /letters, digits/],
    ['tcp://a b:1', 'bad-host', /letters, digits/],
    ['tcp://10.1:2', 'bad-host', /letters, digits/],
    [`tcp://${'a'.repeat(64)}.b:1`, 'bad-host', /letters, digits/],
    ['https://', 'bad-url', /https:\/\/pypi/],
    ['https://h:99999/', 'bad-url', /https:\/\/pypi/],
    ['s3://', 'bad-bucket', /s3:\/\/my-bucket/],
    ['s3://a', 'bad-bucket', /have 3 to 63 characters; write it like s3:\/\/my-bucket/],
    ['s3://ab/key', 'bad-bucket', /3 to 63/],
    ['s3://_a', 'bad-bucket', /^write it like s3:\/\/my-bucket or/],
    ['arn:aws:s3:::b', 'bad-bucket', /3 to 63/],
    ['arn:aws:s3:::my-bucket/a', 'bad-target', /^write s3:\/\/my-bucket\/a$/],
    ['ec2:web-1', 'bad-resource', /ec2:i-/],
    ['ec2:i-0123456789abcdef0:0', 'bad-resource', /ec2:i-/],
    ['ec2:i-0123456789abcdef0:65536', 'bad-resource', /ec2:i-/],
    ['ec2:i-0123456789abcdef0:ssh', 'bad-resource', /ec2:i-/],
    ['ec2:i-0123456789', 'bad-resource', /ec2:i-/],
    ['rds:', 'bad-resource', /rds:my-database/],
    ['rds:two--hyphens', 'bad-resource', /rds:my-database/],
    ['rds:ends-', 'bad-resource', /rds:my-database/],
    ['rds:1st', 'bad-resource', /rds:my-database/],
    ['rds:orders.abc.ap-northeast-1.rds.amazonaws.com', 'bad-resource', /rds:my-database/],
    [`rds:${'a'.repeat(64)}`, 'bad-resource', /rds:my-database/],
    ['ecs:api', 'bad-resource', /ecs:my-cluster\/my-service/],
    ['ecs:web/', 'bad-resource', /ecs:my-cluster\/my-service/],
    ['ecs:web/api/more', 'bad-resource', /ecs:my-cluster\/my-service/],
    ['kms:', 'bad-resource', /kms:alias/],
  ]
  for (const [word, code, hint] of table) {
    assert.throws(
      () => planTargets([word], tokyo),
      error => error instanceof ProbeUsageError && error.code === code && hint.test(error.hint),
      word,
    )
  }
})

test('a region or a workload that cannot be is refused with the nearest', () => {
  assert.throws(() => planTargets(['logs'], { ...tokyo, region: 'ap-northeast1' }), {
    code: 'bad-region',
    hint: /did you mean ap-northeast-1\?/,
  })
  assert.throws(() => planTargets([], { ...tokyo, workloads: ['lamda'] }), {
    code: 'unknown-workload',
    hint: /did you mean lambda\?/,
  })
})

test('no password or query of a URL reaches the plan or a message', () => {
  assert.throws(
    () => planTargets(['https://user:hunter2@example.com/'], tokyo),
    error => error instanceof ProbeUsageError && !/hunter2/.test(`${error.message} ${error.hint}`),
  )
  const target = one('https://example.com/a?X-Amz-Signature=hunter2#hunter2')
  assert.doesNotMatch(JSON.stringify(target), /hunter2/)
  assert.match(target.note ?? '', /query/)
})

test('a host named as a service keeps its own region and bucket, whatever region one stands in', () => {
  const target = one('aws://my-bucket.s3.us-west-2.amazonaws.com', { region: null })
  assert.deepEqual(
    { kind: target.kind, service: target.service, region: target.region, resource: target.resource },
    { kind: 'service', service: 's3', region: 'us-west-2', resource: 'my-bucket' },
  )
  for (const word of ['aws://db.internal', 'aws://mydb.abc123.eu-west-1.rds.amazonaws.com', 'aws://'])
    assert.throws(() => planTargets([word], tokyo), ProbeUsageError, word)
})

// Repositories of packages and images, whose token leads to a host of their own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answered, type Asked, account, causes, error, outline, region, runWith, token, verdicts } from './resource-runs.ts'

const repositoryHost = `my-domain-${account}.d.codeartifact.${region}.amazonaws.com`

function codeartifact(read: Answered, endpoint = `https://${repositoryHost}/pypi/mine/`) {
  return ({ path }: Asked): Answered => {
    if (path.startsWith('/v1/authorization-token')) return { status: 200, body: JSON.stringify({ authorizationToken: token }) }
    if (path.startsWith('/v1/repository/endpoint')) return { status: 200, body: JSON.stringify({ repositoryEndpoint: endpoint }) }
    return read
  }
}

test('a package repository: a token for 15 minutes, its own host, and a package that is not there', async t => {
  const run = await runWith(t, ['codeartifact:my-domain/mine'], codeartifact(error(404, 'ResourceNotFoundException')), {
    hosts: [repositoryHost],
  })
  assert.deepEqual(outline(run.aws), [
    'codeartifact:GetAuthorizationToken answered',
    'codeartifact:GetRepositoryEndpoint answered',
    'codeartifact:ReadFromRepository answered',
  ])
  assert.deepEqual(verdicts(run), ['healthy', 'healthy'])
  const read = run.asked.find(({ path }) => path.startsWith('/pypi/'))
  assert.equal(`${read?.host} ${read?.path}`, `${repositoryHost} /pypi/mine/simple/eniprobe-does-not-exist/`)
  assert.equal(read?.headers.authorization, `Basic ${btoa(`aws:${token}`)}`)
  assert.ok(run.asked.some(({ path }) => /duration=900/.test(path)))
})

test('a token never goes to a host that is not the service’s own', async t => {
  const run = await runWith(
    t,
    ['codeartifact:my-domain/mine'],
    codeartifact({ status: 200 }, 'https://d.codeartifact.eu-west-1.amazonaws.com.example.com/pypi/mine/'),
    { hosts: ['d.codeartifact.eu-west-1.amazonaws.com.example.com'] },
  )
  assert.ok(!run.asked.some(({ path }) => path.startsWith('/pypi/')))
  assert.deepEqual(verdicts(run), ['healthy', 'unknown'])
})

test('a repository that refuses the token is denied, and nobody is sure who denies', async t => {
  const run = await runWith(t, ['codeartifact:my-domain/mine'], codeartifact(error(403, 'AccessDeniedException', '')), {
    hosts: [repositoryHost],
  })
  assert.deepEqual(verdicts(run), ['healthy', 'denied'])
  assert.equal(run.report.findings[0]?.severity, 'error')
  assert.match(run.report.findings[0]?.fix.summary ?? '', /codeartifact:ReadFromRepository/)
  assert.ok(!causes(run).some(cause => cause.endsWith('certain')))
})

test('without a token nothing is asked of the repository, which is then not called healthy', async t => {
  const deny = `User: x is not authorized to perform: codeartifact:GetAuthorizationToken because no identity-based policy allows the codeartifact:GetAuthorizationToken action`
  const run = await runWith(t, ['codeartifact:my-domain/mine'], ({ path }) =>
    path.startsWith('/v1/authorization') ? error(403, 'AccessDeniedException', deny) : { status: 200, body: '{}' },
  )
  assert.deepEqual(verdicts(run), ['denied', 'unknown'])
  assert.equal(causes(run)[0], 'identity-policy-denies certain')
})

const registryHost = `${account}.dkr.ecr.${region}.amazonaws.com`
const authorization = {
  authorizationData: [{ authorizationToken: btoa(`AWS:${token}`), proxyEndpoint: `https://${registryHost}` }],
}

function ecr(registry: Answered) {
  return ({ headers, path }: Asked): Answered => {
    const target = String(headers['x-amz-target'] ?? '')
    if (target.endsWith('GetAuthorizationToken')) return { status: 200, body: JSON.stringify(authorization) }
    if (target.endsWith('GetDownloadUrlForLayer')) return { status: 400, body: '{"__type":"LayersNotFoundException"}' }
    if (target.endsWith('CompleteLayerUpload')) return { status: 400, body: '{"__type":"UploadNotFoundException"}' }
    return path.startsWith('/v2/') ? registry : { status: 200, body: '{}' }
  }
}

test('an image repository: the calls of a pull, the registry with its token, and the bucket of the layers', async t => {
  const run = await runWith(t, ['ecr:team/app'], ecr({ status: 404, body: '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}' }), {
    hosts: [registryHost],
    writeChecks: true,
  })
  assert.deepEqual(verdicts(run), ['healthy', 'healthy', 'healthy'])
  const registry = run.asked.filter(({ path }) => path.startsWith('/v2/'))
  assert.deepEqual(
    registry.map(({ host, method, path, headers }) => [host, method, path, headers.authorization]),
    [[registryHost, 'GET', '/v2/team/app/manifests/eniprobe-does-not-exist', `Basic ${btoa(`AWS:${token}`)}`]],
  )
  assert.ok(outline(run.aws).includes('ecr:CompleteLayerUpload answered'))
  const layers = run.report.targets.find(({ id }) => id.endsWith('(layers)'))
  assert.match(layers?.host ?? '', /^prod-eu-west-1-starport-layer-bucket\.s3\./)
})

test('a registry that knows no such repository says so', async t => {
  const run = await runWith(t, ['ecr:team/app'], ecr({ status: 404, body: '{"errors":[{"code":"NAME_UNKNOWN"}]}' }), {
    hosts: [registryHost],
  })
  assert.deepEqual(causes(run), ['resource-missing certain'])
})

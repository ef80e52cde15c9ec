// AWS's side: what a signed call gets when all is well, and with each credential and permission fault.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as faults from '../src/faults/index.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { onFargate } from '../src/workloads.ts'
import { look, requestInside } from './look-inside.ts'
import {
  type Call,
  callInside,
  describeLogGroups,
  getObject,
  keysInside,
  listBucket,
  listSecrets,
  whoAmI,
} from './sign-inside.ts'

test('a rightly signed call succeeds, and AWS knows who made it', async t => {
  const vpc = await vpcLab(t)
  if (!vpc) return
  const who = await callInside(vpc, whoAmI)
  assert.equal(who.status, 200)
  assert.match(who.body, /arn:aws:sts::123456789012:assumed-role\/lab-workload\//)
  assert.equal((await callInside(vpc, describeLogGroups)).status, 200)
  const listed = await callInside(vpc, listBucket)
  assert.equal(listed.status, 200, listed.body)
  assert.equal(listed.headers['x-amz-bucket-region'], 'ap-northeast-1')
  assert.match(listed.headers.server ?? '', /AmazonS3/)
})

test('a wrongly signed call is refused: moto verifies signatures', async t => {
  const vpc = await vpcLab(t)
  if (!vpc) return
  if (vpc.aws !== 'moto') return t.skip('moto is not installed: the lab itself verifies no signatures')
  const answer = await callInside(vpc, { ...describeLogGroups, secret: 'another-secret' })
  assert.notEqual(answer.status, 200)
  assert.match(answer.body, /InvalidSignatureException|SignatureDoesNotMatch/)
})

test('an unsigned request meets an AWS front end', async t => {
  const vpc = await vpcLab(t)
  if (!vpc) return
  assert.equal((await requestInside(vpc, 'https://s3.ap-northeast-1.amazonaws.com/')).status, 307)
  const lambda = await requestInside(vpc, 'https://lambda.ap-northeast-1.amazonaws.com/')
  assert.equal(lambda.status, 403)
  assert.match(lambda.body, /MissingAuthenticationToken/)
  assert.ok(lambda.headers['x-amzn-requestid'])
})

test('without credentials metadata names no role', async t => {
  const vpc = await vpcLab(t, faults.noCredentials())
  if (!vpc) return
  await assert.rejects(keysInside(vpc))
})

test('with a hop limit of one the token request is taken and never answered, and reading without a token is refused', async t => {
  const vpc = await vpcLab(t, faults.metadataHopLimit())
  if (!vpc) return
  const put = { method: 'PUT', headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '60' } }
  assert.equal((await requestInside(vpc, 'http://169.254.169.254/latest/api/token', put)).status, 'silent')
  assert.equal((await requestInside(vpc, 'http://169.254.169.254/latest/meta-data/')).status, 401)
})

test('metadata that is off says 403; metadata that is cut off says nothing', async t => {
  const off = await vpcLab(t, faults.metadataUnreachable('disabled'))
  if (!off) return
  assert.equal((await requestInside(off, 'http://169.254.169.254/latest/meta-data/')).status, 403)
  const silent = await vpcLab(t, faults.metadataUnreachable('silent'))
  if (!silent) return
  assert.equal((await requestInside(silent, 'http://169.254.169.254/latest/meta-data/')).status, 'silent')
})

test('credentials can come from the container endpoint', async t => {
  const vpc = await vpcLab(t, onFargate)
  if (!vpc) return
  const keys = await look<{ AccessKeyId: string }>(
    vpc,
    "fetch('http://169.254.170.2' + process.env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI).then(answer => answer.json()).then(give)",
  )
  assert.match(keys.AccessKeyId, /^ASIA/)
})

interface Refusal {
  readonly name: string
  readonly fault: faults.Fault
  readonly call: Call
  readonly says: RegExp
}

const refusals: readonly Refusal[] = [
  { name: 'an expired token', fault: faults.credentialsExpired(), call: describeLogGroups, says: /ExpiredTokenException/ },
  { name: 'an expired token at S3', fault: faults.credentialsExpired(), call: listBucket, says: /<Code>ExpiredToken</ },
  { name: 'unknown keys', fault: faults.credentialsInvalid(), call: describeLogGroups, says: /UnrecognizedClientException/ },
  { name: 'unknown keys at STS', fault: faults.credentialsInvalid(), call: whoAmI, says: /InvalidClientTokenId/ },
  {
    name: 'a slow clock',
    fault: faults.clockSkew(40),
    call: describeLogGroups,
    says: /Signature expired: \d{8}T\d{6}Z is now earlier/,
  },
  { name: 'a fast clock', fault: faults.clockSkew(-40), call: describeLogGroups, says: /Signature not yet current/ },
  { name: 'a slow clock at S3', fault: faults.clockSkew(40), call: listBucket, says: /RequestTimeTooSkewed/ },
  { name: 'a bucket elsewhere', fault: faults.regionMismatch(), call: listBucket, says: /PermanentRedirect/ },
  { name: 'throttling', fault: faults.throttled(), call: describeLogGroups, says: /ThrottlingException/ },
  {
    name: 'an identity policy',
    fault: faults.identityPolicyDenies('logs:*'),
    call: describeLogGroups,
    says: /AccessDeniedException.*logs:DescribeLogGroups.*with an explicit deny in an identity-based policy/,
  },
  {
    name: 'a permissions boundary',
    fault: faults.permissionsBoundaryDenies(),
    call: describeLogGroups,
    says: /because no permissions boundary allows the logs:DescribeLogGroups action/,
  },
  {
    name: 'a session policy',
    fault: faults.sessionPolicyDenies(),
    call: describeLogGroups,
    says: /because no session policy allows/,
  },
  {
    name: 'an SCP',
    fault: faults.scpDenies(),
    call: describeLogGroups,
    says: /with an explicit deny in a service control policy/,
  },
  { name: 'an RCP', fault: faults.rcpDenies(), call: listBucket, says: /with an explicit deny in a resource control policy/ },
  {
    name: 'an endpoint policy',
    fault: faults.endpointPolicyDenies(),
    call: describeLogGroups,
    says: /because no VPC endpoint policy allows the logs:DescribeLogGroups action/,
  },
  {
    name: 'a bucket policy',
    fault: faults.bucketPolicyDenies(),
    call: listBucket,
    says: /explicit deny in a resource-based policy/,
  },
  {
    name: 'a resource policy',
    fault: faults.resourcePolicyDenies(),
    call: listSecrets,
    says: /because no resource-based policy allows the secretsmanager:ListSecrets action/,
  },
  { name: 'a KMS key', fault: faults.kmsDenies(), call: getObject, says: /not authorized to perform: kms:Decrypt on resource/ },
  {
    name: 'nobody in particular',
    fault: faults.deniedUnattributed(),
    call: listBucket,
    says: /<Message>Access Denied<\/Message>/,
  },
]

for (const { name, fault, call, says } of refusals)
  test(`AWS refuses because of ${name}, in its own words`, async t => {
    const vpc = await vpcLab(t, fault)
    if (!vpc) return
    const answer = await callInside(vpc, call)
    assert.notEqual(answer.status, 200)
    assert.match(answer.body, says)
  })

test('a policy that denies logs leaves other services alone', async t => {
  const vpc = await vpcLab(t, faults.identityPolicyDenies('logs:*'))
  if (!vpc) return
  assert.equal((await callInside(vpc, listSecrets)).status, 200)
})

test('a clock that differs shows in the Date of every answer', async t => {
  const vpc = await vpcLab(t, faults.clockSkew(40))
  if (!vpc) return
  const date = Date.parse((await requestInside(vpc, 'https://sts.ap-northeast-1.amazonaws.com/')).headers.date ?? '')
  assert.ok(date - Date.now() > 35 * 60_000)
})

test('stale keys in the environment win over the role', async t => {
  const vpc = await vpcLab(t, faults.credentialsOverrideRole())
  if (!vpc) return
  assert.match((await vpc.run(['env'])).stdout, /AWS_ACCESS_KEY_ID=AKIASTALE/)
  assert.match((await keysInside(vpc)).AccessKeyId, /^ASIA/)
})

test('the control plane tells the story that the packets tell', async t => {
  const vpc = await vpcLab(t, faults.combine(faults.privateDnsDisabled('logs'), faults.endpointSecurityGroup('kms')))
  if (!vpc) return
  const ask = (body: string): Promise<{ body: string }> =>
    callInside(vpc, {
      service: 'ec2',
      host: 'ec2.ap-northeast-1.amazonaws.com',
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: `${body}&Version=2016-11-15`,
    })
  const filter = 'Filter.1.Name=service-name&Filter.1.Value.1=com.amazonaws.ap-northeast-1'
  const logs = (await ask(`Action=DescribeVpcEndpoints&${filter}.logs`)).body
  assert.match(logs, /<serviceName>com.amazonaws.ap-northeast-1.logs</)
  assert.match(logs, /<privateDnsEnabled>false</)
  assert.equal(logs.match(/<vpcEndpointId>/g)?.length, 1)
  const kms = (await ask(`Action=DescribeVpcEndpoints&${filter}.kms`)).body
  const group = /<groupId>([^<]+)</.exec(kms)?.[1]
  const rules = (await ask(`Action=DescribeSecurityGroups&GroupId.1=${group}`)).body
  assert.match(rules, /<cidrIp>10\.99\.0\.0\/16</)
})

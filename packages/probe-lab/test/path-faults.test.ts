// Each path fault shows the raw symptom that it promises, and leaves its neighbours alone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as faults from '../src/faults/index.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { connectInside, handshakeInside, look, requestInside, resolveInside } from './look-inside.ts'

const logs = 'logs.ap-northeast-1.amazonaws.com'
const [logsHere, logsThere] = ['10.20.1.21', '10.20.2.21']

test('without an interface endpoint the name is public and silent', async t => {
  const vpc = await vpcLab(t, faults.interfaceEndpointMissing('logs'))
  if (!vpc) return
  const [address = ''] = (await resolveInside(vpc, logs)).addresses
  assert.match(address, /^54\.239\./)
  assert.equal(await connectInside(vpc, address, 443), 'silent')
  assert.equal(await connectInside(vpc, '10.20.1.20', 443), 'connected')
})

test('without private DNS the name is public and silent, and the endpoint still answers by its own name', async t => {
  const vpc = await vpcLab(t, faults.privateDnsDisabled('logs'))
  if (!vpc) return
  assert.match((await resolveInside(vpc, logs)).addresses[0] ?? '', /^54\.239\./)
  const own = await resolveInside(vpc, 'vpce-0lablogs-abcd.logs.ap-northeast-1.vpce.amazonaws.com')
  assert.deepEqual(own.addresses, [logsHere, logsThere])
  assert.equal(await connectInside(vpc, logsHere, 443), 'connected')
})

test('without a gateway endpoint S3 is silent and DynamoDB is not', async t => {
  const vpc = await vpcLab(t, faults.gatewayEndpointMissing('s3'))
  if (!vpc) return
  const [s3 = ''] = (await resolveInside(vpc, 's3.ap-northeast-1.amazonaws.com')).addresses
  const [dynamodb = ''] = (await resolveInside(vpc, 'dynamodb.ap-northeast-1.amazonaws.com')).addresses
  assert.equal(await connectInside(vpc, s3, 443), 'silent')
  assert.equal(await connectInside(vpc, dynamodb, 443), 'connected')
})

test('an endpoint covers one of its names: the other is public', async t => {
  const vpc = await vpcLab(t, faults.endpointNameNotCovered('monitoring'))
  if (!vpc) return
  assert.match((await resolveInside(vpc, 'monitoring.ap-northeast-1.amazonaws.com')).addresses[0] ?? '', /^10\.20\./)
  assert.match((await resolveInside(vpc, 'monitoring.ap-northeast-1.api.aws')).addresses[0] ?? '', /^54\.239\./)
})

test("an endpoint's closed security group silences all its addresses and no other endpoint", async t => {
  const vpc = await vpcLab(t, faults.endpointSecurityGroup('logs'))
  if (!vpc) return
  assert.equal(await connectInside(vpc, logsHere, 443), 'silent')
  assert.equal(await connectInside(vpc, logsThere, 443), 'silent')
  assert.equal(await connectInside(vpc, '10.20.1.20', 443), 'connected')
})

test('without egress everything is silent except the resolver and metadata', async t => {
  const vpc = await vpcLab(t, faults.eniSecurityGroup())
  if (!vpc) return
  assert.equal((await resolveInside(vpc, logs)).code, 'NOERROR')
  for (const address of [logsHere, '10.20.3.9', '52.219.1.1']) assert.equal(await connectInside(vpc, address, 443), 'silent')
  assert.equal((await requestInside(vpc, 'http://169.254.169.254/latest/meta-data/')).status, 401)
})

test('egress to the VPC alone silences S3 behind its gateway endpoint', async t => {
  const vpc = await vpcLab(t, faults.eniSecurityGroup('vpc-only'))
  if (!vpc) return
  assert.equal(await connectInside(vpc, logsHere, 443), 'connected')
  assert.equal(await connectInside(vpc, '52.219.1.1', 443), 'silent')
})

test('a database behind a closed security group is silent', async t => {
  const vpc = await vpcLab(t, faults.targetSecurityGroup())
  if (!vpc) return
  assert.equal(await connectInside(vpc, '10.20.3.9', 5432), 'silent')
  assert.equal(await connectInside(vpc, '10.20.3.20', 443), 'connected')
})

test('a port without a listener answers with a reset', async t => {
  const vpc = await vpcLab(t, faults.nothingListens())
  if (!vpc) return
  assert.equal(await connectInside(vpc, '10.20.3.9', 5432), 'ECONNREFUSED')
})

test('a router that knows no such host says so', async t => {
  const vpc = await vpcLab(t, faults.hostUnreachable())
  if (!vpc) return
  assert.equal(await connectInside(vpc, '10.20.3.9', 5432), 'EHOSTUNREACH')
})

test('a network ACL is asked between subnets only', async t => {
  const vpc = await vpcLab(t, faults.networkAcl('other-subnet'))
  if (!vpc) return
  assert.equal(await connectInside(vpc, logsHere, 443), 'connected')
  assert.equal(await connectInside(vpc, logsThere, 443), 'silent')
})

test('a network ACL without the high ephemeral ports loses replies by source port', async t => {
  const vpc = await vpcLab(t, faults.networkAcl('ephemeral-ports'))
  if (!vpc) return
  assert.equal(await connectInside(vpc, logsThere, 443, 20_000), 'connected')
  assert.equal(await connectInside(vpc, logsThere, 443, 50_000), 'silent')
  assert.equal(await connectInside(vpc, logsHere, 443, 50_000), 'connected')
})

test("a network ACL can close S3's ranges although the gateway endpoint is there", async t => {
  const vpc = await vpcLab(t, faults.networkAcl('s3-ranges'))
  if (!vpc) return
  assert.equal(await connectInside(vpc, '52.219.1.1', 443), 'silent')
  assert.equal(await connectInside(vpc, logsThere, 443), 'connected')
})

test('a dark zone silences one address of the endpoint', async t => {
  const vpc = await vpcLab(t, faults.endpointZoneUnreachable('logs'))
  if (!vpc) return
  assert.equal(await connectInside(vpc, logsHere, 443), 'connected')
  assert.equal(await connectInside(vpc, logsThere, 443), 'silent')
  assert.equal(await connectInside(vpc, '10.20.2.20', 443), 'connected')
})

test('a path MTU hole on the way out lets small requests through and stalls large ones', async t => {
  const vpc = await vpcLab(t, faults.pathMtu(1300))
  if (!vpc) return
  const url = 'https://app.internal/'
  assert.equal((await requestInside(vpc, url, { method: 'POST', body: 'small' })).status, 200)
  assert.equal((await requestInside(vpc, url, { method: 'POST', body: 'large'.repeat(2000) })).status, 'silent')
})

test("a path MTU hole on the way in stalls the server's certificates, not its SYN-ACK", async t => {
  const vpc = await vpcLab(t, faults.pathMtu(1300, 'in'))
  if (!vpc) return
  assert.equal(await connectInside(vpc, logsHere, 443), 'connected')
  assert.equal((await handshakeInside(vpc, logsHere, logs)).outcome, 'silent')
})

test('a flaky path serves every second flow and loses the others for good', async t => {
  const vpc = await vpcLab(t, faults.pathFlaky('logs'))
  if (!vpc) return
  const outcomes = []
  for (const port of [20_000, 20_001, 20_002, 20_003, 20_000]) outcomes.push(await connectInside(vpc, logsHere, 443, port))
  assert.deepEqual(outcomes, ['silent', 'connected', 'silent', 'connected', 'silent'])
})

test('a name with IPv6 addresses alone leads into silence', async t => {
  const vpc = await vpcLab(t, faults.addressFamilyMismatch())
  if (!vpc) return
  const name = 's3.dualstack.ap-northeast-1.amazonaws.com'
  assert.equal((await resolveInside(vpc, name)).code, 'ENODATA')
  const [address = ''] = (await resolveInside(vpc, name, { type: 'AAAA' })).addresses
  assert.equal(address, '2600:9000:53aa::53')
  assert.equal(await connectInside(vpc, address, 443), 'silent')
})

test('a way out makes the internet and AWS answer on public addresses', async t => {
  const vpc = await vpcLab(t, faults.combine(faults.internetReachable(), faults.trafficLeavesVpc('logs')))
  if (!vpc) return
  const [address = ''] = (await resolveInside(vpc, logs)).addresses
  assert.match(address, /^54\.239\./)
  assert.equal(await connectInside(vpc, address, 443), 'connected')
  assert.equal(await connectInside(vpc, '151.101.0.223', 443), 'connected')
  assert.equal(await look(vpc, "require('https').get('https://checkip.amazonaws.com', answer => give(answer.statusCode))"), 200)
})

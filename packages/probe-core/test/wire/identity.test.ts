import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { probeIdentity } from '../../src/probe/identity.ts'
import { connectPlainly, serve, startContext } from './local-server.ts'

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
const to = { host: 'sts.eu-west-1.amazonaws.com', signingRegion: 'eu-west-1' }

async function ask(t: TestContext, body: string, status = 200) {
  const { port, seen } = await serve(t, (_, response) => {
    response.writeHead(status, { 'x-amzn-requestid': 'r-1', 'content-type': 'text/xml' }).end(body)
  })
  return {
    ...(await probeIdentity(await connectPlainly(t, port), credentials, to, { ...startContext(t), timeoutMs: 2000 })),
    seen,
  }
}

const told = (arn: string, account = '111122223333') =>
  `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>AIDAEXAMPLE</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`

describe('who AWS says we are', () => {
  it('is read from the answer of STS, in every partition and with any path', async t => {
    for (const arn of [
      'arn:aws:iam::111122223333:root',
      'arn:aws-us-gov:sts::111122223333:assumed-role/AmazonSageMaker-ExecutionRole/SageMaker',
      'arn:aws-cn:iam::111122223333:user/a!b~(c)/x',
    ]) {
      const { identity, observation, seen } = await ask(t, told(arn))
      assert.deepEqual(identity, { arn, account: '111122223333' })
      assert.ok(observation.outcome === 'answered' && observation.seen.arn === arn)
      assert.equal(observation.seen.account, '111122223333')
      assert.equal(observation.seen.action, 'sts:GetCallerIdentity')
      assert.match(seen[0]?.headers.authorization ?? '', /\/eu-west-1\/sts\/aws4_request/)
    }
    const escaped = await ask(t, told('arn:aws:iam::111122223333:user/R&amp;D/x'))
    assert.equal(escaped.identity?.arn, 'arn:aws:iam::111122223333:user/R&D/x')
  })

  it('is nobody when a success names nobody: then STS has not spoken', async t => {
    const declared = `<!DOCTYPE x [<!ENTITY a "arn:aws:iam::111122223333:user/x">]>${told('&a;')}`
    const bodies = [
      '',
      'OK',
      '{}',
      '<html>signed in</html>',
      told(''),
      told('somebody'),
      told('arn:aws:iam::111122223333:user/x', '1'),
      declared,
    ]
    for (const body of [...bodies, told('arn:aws:iam::111122223333:user/x').padEnd(40_000)]) {
      const { identity, observation } = await ask(t, body)
      assert.equal(identity, null, body.slice(0, 100))
      assert.deepEqual(observation, { layer: 'aws', outcome: 'skipped', because: 'below-failed' })
    }
  })

  it('stays unknown when STS refuses, and the refusal is told', async t => {
    const error =
      '<ErrorResponse><Error><Code>InvalidClientTokenId</Code><Message>The security token is invalid</Message></Error></ErrorResponse>'
    const { identity, observation } = await ask(t, error, 403)
    assert.equal(identity, null)
    assert.ok(observation.outcome === 'rejected' && observation.code === 'InvalidClientTokenId')
  })
})

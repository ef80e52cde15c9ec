import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waysOut } from '../../src/diagnose/remedies/packages.ts'

const network = {
  vpc: 'vpc-0',
  subnet: 'subnet-0',
  securityGroup: 'sg-0',
  ownAddress: '10.0.0.9',
  ownCidr: '10.0.0.0/24',
  eni: 'eni-0',
}
const place = { domain: 'd', owner: '123456789012', repository: 'r' }

test('the registry that stands in for a public one has the host of its own partition', () => {
  for (const [region, suffix] of [
    ['ap-northeast-1', 'amazonaws.com'],
    ['cn-north-1', 'amazonaws.com.cn'],
    ['eusc-de-east-1', 'amazonaws.eu'],
  ]) {
    const [said] = waysOut('docker', { ...network, region: region ?? '', account: '123456789012' }, place)
    for (const words of [said?.en, said?.ja])
      assert.ok(words?.includes(`123456789012.dkr.ecr.${region}.${suffix}/<repository>`), `${region}: ${words}`)
  }
})

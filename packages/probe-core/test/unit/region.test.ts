import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ProbeUsageError } from '../../src/model/usage-error.ts'
import { chooseRegion } from '../../src/plan/region.ts'

const metadata = { region: 'eu-north-1', regionFrom: 'imds' }

describe('the region of a run', () => {
  it('is the first that anyone says, in order', () => {
    const env = { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1' }
    const all = { option: 'ap-northeast-1', env, profileRegion: 'eu-west-1', metadata }
    assert.deepEqual(chooseRegion(all), { region: 'ap-northeast-1', from: '--region' })
    assert.deepEqual(chooseRegion({ ...all, option: undefined }), { region: 'us-east-1', from: 'AWS_REGION' })
    assert.deepEqual(chooseRegion({ env: {}, profileRegion: 'eu-west-1', metadata }), {
      region: 'eu-west-1',
      from: 'config file',
    })
    assert.deepEqual(chooseRegion({ env: {}, metadata }), { region: 'eu-north-1', from: 'imds' })
    assert.deepEqual(chooseRegion({ env: {} }), { region: null })
  })

  it('is read from an ARN that the environment carries before metadata is believed', () => {
    const env = { CODEBUILD_BUILD_ARN: 'arn:aws-us-gov:codebuild:us-gov-west-1:111122223333:build/p:1' }
    assert.deepEqual(chooseRegion({ env, metadata }), { region: 'us-gov-west-1', from: 'CODEBUILD_BUILD_ARN' })
  })

  it('says when the two variables differ, for SDKs disagree about which one counts', () => {
    const env = { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'eu-west-1' }
    assert.deepEqual(chooseRegion({ env }).conflicting, ['us-east-1', 'eu-west-1'])
  })

  const slips: readonly [string, string][] = [
    ['us-east-1a', 'set it to us-east-1'],
    ['us_east_1', 'set it to us-east-1'],
    ['EU-WEST-1', 'set it to eu-west-1'],
    ['Tokyo', 'set it to a region code such as ap-northeast-1'],
    ['us-east-1.evil.example', 'set it to a region code such as ap-northeast-1'],
  ]
  for (const [value, hint] of slips) {
    it(`"${value}" is the caller's mistake, and the mend is told`, () => {
      assert.throws(
        () => chooseRegion({ env: { AWS_REGION: value } }),
        (error: unknown) => error instanceof ProbeUsageError && error.code === 'region-malformed' && error.hint === hint,
      )
    })
  }
})

// `--expect closed`: silence of everything that is public is what was asked for; every way out is a leak, by whichever road.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Report } from '@eniprobe/core'
import { combine } from '../src/faults/fault.ts'
import * as faults from '../src/faults/index.ts'
import { publicRanges } from '../src/plan/public-addresses.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { judgeRun, told } from './judge-run.ts'

const args = ['logs', 'sts', '--expect', 'closed']

/** Outcome of each look for a way out, by host. */
function waysOut({ vantage }: Report): Readonly<Record<string, string>> {
  const checks = vantage.checks?.filter(({ check }) => check === 'internet') ?? []
  return Object.fromEntries(checks.map(({ seen, outcome }) => [`${seen?.host}${seen?.via ? ` by ${seen.via}` : ''}`, outcome]))
}

test('a closed network is asked for the canary and for AWS names without endpoints, and passes', async t => {
  const vpc = await vpcLab(t)
  if (!vpc) return
  const report = judgeRun(await vpc.eniprobe(args))
  assert.deepEqual(report.findings, [], told(report.findings))
  assert.deepEqual(waysOut(report), {
    'checkip.amazonaws.com': 'silent',
    'sts.amazonaws.com': 'silent',
    'iam.amazonaws.com': 'silent',
    'organizations.us-east-1.amazonaws.com': 'silent',
  })
})

test('a NAT gateway is a leak, and the report says what was reached by it', async t => {
  const vpc = await vpcLab(t, faults.internetReachable())
  if (!vpc) return
  const report = judgeRun(await vpc.eniprobe(args))
  assert.deepEqual(
    report.findings.map(({ severity, causes }) => [severity, causes[0]?.cause, causes[0]?.confidence]),
    [['error', 'internet-reachable', 'certain']],
  )
  assert.equal(waysOut(report)['iam.amazonaws.com'], 'answered')
})

test('a way out that the canary does not have is found by the AWS names', async t => {
  const canaryOnly = combine(faults.internetReachable(), plan => ({
    ...plan,
    acl: [{ direction: 'out', cidr: '54.239.110.128/32' }],
  }))
  const vpc = await vpcLab(t, canaryOnly)
  if (!vpc) return
  const report = judgeRun(await vpc.eniprobe(args))
  const { 'checkip.amazonaws.com': canary, ...names } = waysOut(report)
  assert.equal(canary, 'silent', `is its address still in ${publicRanges.other}?`)
  assert.deepEqual(new Set(Object.values(names)), new Set(['answered']))
  assert.equal(report.vantage.internet, 'answered')
  assert.equal(report.findings[0]?.causes[0]?.cause, 'internet-reachable', told(report.findings))
})

test('a proxy that lets out is looked through', async t => {
  const vpc = await vpcLab(t, faults.goesThroughProxy('lab'))
  if (!vpc) return
  const report = judgeRun(await vpc.eniprobe(args))
  assert.equal(waysOut(report)['checkip.amazonaws.com'], 'silent')
  assert.equal(waysOut(report)['checkip.amazonaws.com by proxy'], 'answered')
  assert.equal(report.vantage.internet, 'silent')
})

test('a proxy that refuses lets nothing out', async t => {
  const vpc = await vpcLab(t, combine(faults.proxyRefuses()))
  if (!vpc) return
  const report = judgeRun(await vpc.eniprobe(args))
  assert.equal(waysOut(report)['checkip.amazonaws.com by proxy'], 'rejected')
  assert.ok(!report.findings.some(({ causes }) => causes[0]?.cause === 'internet-reachable'))
})

test('without --expect closed nobody looks for ways out beside the canary', async t => {
  const vpc = await vpcLab(t, faults.goesThroughProxy('lab'))
  if (!vpc) return
  assert.deepEqual(Object.keys(waysOut(judgeRun(await vpc.eniprobe(['logs'])))), ['checkip.amazonaws.com'])
})

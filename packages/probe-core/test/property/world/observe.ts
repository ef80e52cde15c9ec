// What a run of our probes would record in this world: the same layers, variants and limits as the real ones, over
// simulated packets.

import type { Outcome } from '../../../src/model/layer.ts'
import type { ObservedReport } from '../../../src/model/report.ts'
import type { ObservedTarget } from '../../../src/model/target.ts'
import type { Vantage, VantageCheck } from '../../../src/model/vantage.ts'
import { account, Climber } from './climb.ts'
import { namesOfService, nameThing } from './names.ts'
import { proxyName } from './packets.ts'
import { ownAddress, region, subnetCidr, type Thing, vpcCidr, type World } from './world.ts'

const canary = '54.239.220.40'

export function observeWorld(world: World): ObservedReport {
  const run = new Run(world)
  const things = uniqueById(world.targets)
  const targets = things.map((thing): ObservedTarget => run.observe(thing))
  return {
    format: 'eniprobe/1',
    run: {
      version: '0.1.0',
      startedAt: '2026-11-23T10:00:00.000Z',
      durationMs: 4000,
      deadlineMs: 15000,
      connectTimeoutMs: 3000,
      complete: world.run.variants === 'all',
    },
    vantage: run.vantage(),
    targets,
  }
}

export function uniqueById(things: readonly Thing[]): readonly Thing[] {
  const ids = things.map(t => nameThing(t).id)
  return things.filter((_, i) => ids.indexOf(ids[i] as string) === i)
}

class Run extends Climber {
  observe(thing: Thing): ObservedTarget {
    const named = nameThing(thing)
    const observations = this.climb(named)
    const wantedBy = thing.is === 'website' && thing.wantedBy ? [thing.wantedBy] : ['command-line']
    return { ...named, wantedBy, observations: observations.filter(o => o.variant === undefined || this.hasTime()) }
  }

  vantage(): Vantage {
    const { world } = this
    const { hasChecks, cidrsKnown } = world.run
    const internet: Outcome = !hasChecks
      ? 'skipped'
      : this.tcp({ id: '', kind: 'tcp', host: 'checkip.amazonaws.com', port: 443, service: null, region }, canary).outcome
    return {
      workload: world.metadata === 'absent' ? 'lambda' : 'ec2',
      region,
      homeRegion: region,
      partition: 'aws',
      interfaces: [{ name: 'eth0', address: ownAddress, prefixLength: cidrsKnown ? 24 : 32 }],
      resolvers: [this.resolver],
      proxy:
        world.proxy === undefined ? null : { url: `http://${proxyName}:3128`, from: 'HTTPS_PROXY', noProxy: '169.254.169.254' },
      network: {
        eni: null,
        vpc: null,
        subnet: null,
        subnetCidr: cidrsKnown ? subnetCidr : null,
        vpcCidrs: cidrsKnown ? [vpcCidr] : null,
        securityGroups: null,
      },
      identity:
        world.keys === 'role' && world.metadata === 'answers'
          ? { arn: `arn:aws:sts::${account}:assumed-role/workload/i-0a1b2c3d4e5f60718`, account, source: 'imds' }
          : null,
      credentials: {
        source: world.keys === 'none' ? null : 'imds',
        tried: [{ source: 'environment', gave: false, why: 'AWS_ACCESS_KEY_ID is not set' }],
      },
      internet,
      clockSkewMs: 0 - world.clockOffMs,
      ...(hasChecks ? { checks: [...this.checks(internet), ...this.controls] } : {}),
    }
  }

  private checks(internet: Outcome): readonly VantageCheck[] {
    const { metadata, vpcDns, resolver } = this.world
    const address = '169.254.169.254'
    const vpcResolver = this.dns(namesOfService('sts')[0]?.host ?? '', 'vpc')
    const system = this.dns(namesOfService('sts')[0]?.host ?? '', 'system')
    const put: VantageCheck[] =
      metadata === 'absent'
        ? []
        : metadata === 'silent'
          ? [{ check: 'imds-token', address, outcome: 'silent', waitedMs: 1000, seen: { connected: false } }]
          : metadata === 'hop-limit'
            ? [{ check: 'imds-token', address, outcome: 'silent', waitedMs: 1000, seen: { connected: true } }]
            : metadata === 'refused'
              ? [{ check: 'imds-token', address, outcome: 'rejected', code: '403' }]
              : [
                  { check: 'imds-token', address, outcome: 'answered' },
                  { check: 'imds-get', address, outcome: 'answered' },
                ]
    return [
      {
        check: 'vpc-resolver',
        address: '169.254.169.253',
        outcome: vpcDns === 'support-off' ? 'silent' : vpcResolver.outcome === 'silent' ? 'silent' : 'answered',
      },
      { check: 'system-resolver', address: this.resolver, outcome: resolver === 'custom-dead' ? 'silent' : system.outcome },
      ...put,
      {
        check: 'internet',
        address: canary,
        outcome: internet,
        seen: { host: 'checkip.amazonaws.com', port: 443 },
        ...(internet === 'silent' ? { waitedMs: 3200 } : {}),
      },
    ]
  }
}

// Every sentence of a comparison, in English.

import type { Layer, PlaceFact, Verdict } from '@eniprobe/core'

export const compareEn = {
  title: 'Reports',
  differ: (n: number, all: number) =>
    n === 0
      ? `Nothing differs: ${all === 1 ? 'the target is' : `all ${all} targets are`} alike.`
      : `${n} of ${all} ${all === 1 ? 'target' : 'targets'} ${n === 1 ? 'differs' : 'differ'}.`,
  /** Targets of one report alone: `letter` is whose. */
  onlyIn: (letter: string) => `only in ${letter}`,
  notCompared: 'Not compared',
  healthy: (n: number, all: number) => `${n} of ${all} healthy`,
  incomplete: 'cut short',
  says: 'What that says',
  remains: 'remains',
  ruledOut: 'ruled out',
  affects: 'affects',
  places: 'Where they differ',
  sameplace: 'Both stand in the same place, as far as the reports tell: what differs is the time.',
  facts: {
    region: 'region',
    vpc: 'VPC',
    subnet: 'subnet',
    securityGroups: 'security groups',
    resolvers: 'DNS server',
    proxy: 'proxy',
    identity: 'identity',
    internet: 'internet',
    clock: 'clock',
    workload: 'workload',
    sdk: 'SDK settings',
  } satisfies Record<PlaceFact, string>,
  unknown: '?',
  /** Values of facts that are words and not names; all others are told as they are. */
  values: {
    internet: { answered: 'reached', rejected: 'rejected', silent: 'silent' },
    proxy: { none: 'none' },
    clock: { right: 'right' },
    sdk: { none: 'none' },
  } as Partial<Record<PlaceFact, Readonly<Record<string, string>>>>,
  targets: 'Targets that differ',
  target: 'TARGET',
  causes: 'Which cause is where',
  notSeen: '-',
  ok: 'ok',
  verdicts: { healthy: 'ok', denied: 'denied', failing: 'failing', unknown: 'unknown' } satisfies Record<Verdict, string>,
  stopped: {
    answered: (layer: Layer) => layer,
    rejected: (layer: Layer, code: string) => `${layer} ${code}`,
    silent: (layer: Layer) => `${layer} silent`,
    skipped: (layer: Layer) => `${layer} not tried`,
  },
  notInTime: (how: string) => `${how}, no time`,
  someAddresses: (how: string, n: number) => `${how} at ${n === 1 ? 'one address' : `${n} addresses`}`,
  /** What stopped it, and which kind of address it went to. */
  scoped: (how: string, scope: string) => `${how} (${scope})`,
  public: 'public',
  private: 'private',
}

export type CompareMessages = typeof compareEn

// What a climb stands in, for tests: nothing but loopback, no DNS server, no credentials, nobody asked beside.

import type { TestContext } from 'node:test'
import { makeHearing } from '../../src/observe/hearing.ts'
import { once } from '../../src/observe/once.ts'
import { makePace } from '../../src/observe/pace.ts'
import { makePackageKeys } from '../../src/observe/packages/access.ts'
import { makePlaces } from '../../src/observe/places.ts'
import { makeHandover } from '../../src/observe/resources/handover.ts'
import type { Surroundings } from '../../src/observe/surroundings.ts'
import { readTrust } from '../../src/probe/trust.ts'
import { makeContext } from './loopback.ts'

export function surroundings(t: TestContext, more: Partial<Surroundings> = {}): Surroundings {
  const context = makeContext(t)
  const questions = makePace(context.deadline)
  const connectTimeoutMs = more.connectTimeoutMs ?? 900
  return {
    ...context,
    env: {},
    connectTimeoutMs,
    trust: readTrust({}),
    hosts: new Map(),
    resolvers: [],
    searchDomains: [],
    ndots: 1,
    vpcResolver: Promise.resolve(undefined),
    vpcResolverLate: Promise.resolve(undefined),
    passedNames: new Set(),
    vpcCidrs: null,
    places: makePlaces(4),
    questions,
    hearing: makeHearing({ ...context, connectTimeoutMs, questions }),
    region: null,
    settings: {},
    credentials: null,
    plannedHosts: new Set(),
    controls: once(() => Promise.resolve([])),
    budget: { sweeps: 0, repeats: 0, compares: 0 },
    troubled: () => {},
    writeChecks: false,
    account: Promise.resolve(undefined),
    handover: makeHandover([]),
    packageKeys: makePackageKeys(undefined, { region: null, dnsSuffix: 'amazonaws.com' }),
    found: () => Promise.resolve(),
    identified: () => {},
    ...more,
  }
}

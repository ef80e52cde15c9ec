// The catalogue's names against botocore's own endpoint rules, for every service and region botocore can resolve on this machine.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { defaultHost, findService, hostsOf, isKnownRegion } from '../../src/catalog/index.ts'
import { tables } from '../../src/catalog/tables.ts'

type Hosts = Partial<Record<'default' | 'fips' | 'dualstack' | 'dualstackFips', string>>

interface Botocore {
  readonly version: string
  readonly services: Readonly<Record<string, Readonly<Record<string, Hosts>>>>
}

/** Every operation of these puts a word before the resolved name, so that the bare name is never asked for. */
const prefixed = new Set(['deadline', 'iotsitewise', 'iottwinmaker', 'location', 'mwaa', 'omics', 'workspaces-thin-client'])

/** Names that changed within the last releases of botocore: an older one than the catalogue's source may still say otherwise. */
const changedLately = new Set(['signin', 'iam', 'servicediscovery'])

const variants = {
  default: {},
  fips: { useFips: true },
  dualstack: { useDualstack: true },
  dualstackFips: { useFips: true, useDualstack: true },
} as const

const asked = askBotocore()

test('every default name is the one botocore resolves, in every region of every partition', t => {
  if (typeof asked === 'string') return t.skip(asked)
  const { wrong, seen } = compare(asked, 'default')
  assert.deepEqual(wrong, [])
  assert.ok(seen > 15_000, `only ${seen} names were compared`)
})

for (const variant of ['fips', 'dualstack', 'dualstackFips'] as const) {
  test(`every ${variant} name is the one botocore resolves, but for services that share one default name`, t => {
    if (typeof asked === 'string') return t.skip(asked)
    const { wrong } = compare(asked, variant)
    // A name of its own for a variant alone: these share the default name of the service that the catalogue keeps.
    const services = new Set(wrong.map(line => line.split(' ')[0]!))
    const shared = [...services].filter(service => findService(service)?.id !== service || isShared(service, asked))
    assert.deepEqual(
      [...services].filter(service => !shared.includes(service)),
      [],
    )
  })
}

test('services whose operations all prefix the name are found under their prefixed names', () => {
  for (const id of prefixed) {
    const host = hostsOf(findService(id)!, 'eu-west-1')[0]!.host
    assert.match(host, /^[a-z]+[.-].+\.eu-west-1\.amazonaws\.com$/, id)
  }
})

function compare(
  botocore: Botocore,
  variant: keyof typeof variants,
): { readonly wrong: readonly string[]; readonly seen: number } {
  const wrong: string[] = []
  const [ours, theirs] = [tables().botocoreVersion, botocore.version].map(v => v.split('.').map(Number))
  const isOlder = theirs!.some((part, i) => part < ours![i]! && theirs!.slice(0, i).every((p, j) => p === ours![j]))
  let seen = 0
  for (const [id, regions] of Object.entries(botocore.services)) {
    if (prefixed.has(id)) continue
    const service = findService(id)
    // A botocore that is newer knows services and regions that this catalogue cannot; an older one may know some that have gone.
    if (isOlder && (changedLately.has(id) || service === undefined || tables().services.get(service.id)?.names !== undefined))
      continue
    if (service === undefined) {
      wrong.push(`${id} is not in the catalogue`)
      continue
    }
    for (const [region, hosts] of Object.entries(regions)) {
      if (!isKnownRegion(region)) continue
      const host = defaultHost(service, region, variants[variant])
      seen += 1
      if (host !== hosts[variant]) wrong.push(`${id} ${region} ${host} is not ${hosts[variant]}`)
    }
  }
  return { wrong, seen }
}

function isShared(id: string, botocore: Botocore): boolean {
  const host = botocore.services[id]?.['eu-west-1']?.default
  return Object.entries(botocore.services).some(([other, regions]) => other !== id && regions['eu-west-1']?.default === host)
}

function askBotocore(): Botocore | string {
  const script = join(findRoot(), 'scripts', 'catalog', 'botocore_hosts.py')
  const done = spawnSync('python3', [script], { encoding: 'utf8', maxBuffer: 64 << 20, timeout: 120_000 })
  if (done.error !== undefined) return `python3 cannot be run: ${done.error.message}`
  if (done.status !== 0) return `botocore is not at hand: ${done.stderr.trim().split('\n').at(-1)}`
  return JSON.parse(done.stdout) as Botocore
}

function findRoot(): string {
  let at = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(at, 'pnpm-workspace.yaml'))) at = dirname(at)
  return at
}

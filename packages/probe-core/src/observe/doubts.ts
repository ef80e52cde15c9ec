// Differential probes of names and connections: what separates causes that look alike. Each runs only where a first observation
// calls for it; a healthy network pays for none of them.

import { randomBytes } from 'node:crypto'
import { classifyAddress } from '../catalog/address.ts'
import { defaultHost, findService, hostsOf, readHost } from '../catalog/index.ts'
import type { DnsObservation, NameKind, Observation } from '../model/observation.ts'
import type { PlannedTarget } from '../model/target.ts'
import { probeDns } from '../probe/dns.ts'
import { probeTcp } from '../probe/tcp.ts'
import type { Surroundings } from './surroundings.ts'

/** Ports of every range that a NACL commonly opens or forgets: low, Linux's own (32768–60999), Windows', and the top. */
const sweptPorts = [1029, 20011, 32771, 40009, 50021, 61007, 65003]
const furtherPorts = [5003, 12007, 27011, 30011, 34019, 37003, 43003, 47017, 53003, 57037, 60013, 63029]
const mostSiblings = 6
/** With the time before a suspicion: a second, which no round trip takes. */
const slowAnswerMs = 600

/** A connection has been silent for a while: ask beside it what tells a missing endpoint, a security group and a NACL apart. */
export async function doubtSilence(
  target: PlannedTarget,
  addresses: readonly string[],
  run: Surroundings,
  isOpen: () => boolean,
): Promise<readonly Observation[]> {
  const scopes = addresses.map(address => classifyAddress(address, run.vpcCidrs))
  if (scopes.every(scope => scope === 'public')) return askSiblings(target, run)
  const inside = addresses.find((_, index) => scopes[index] === 'vpc' || scopes[index] === 'private')
  if (inside === undefined) return []
  const [swept] = await Promise.all([sweepInTurn(target, inside, run, isOpen), run.controls.ask()])
  return swept
}

/** The name does not exist, or nobody answered for it. */
export async function doubtMissingName(target: PlannedTarget, run: Surroundings): Promise<readonly Observation[]> {
  const resolver = run.resolvers[0]
  const identity = readHost(target.host)
  if (resolver === undefined) return []
  const parent = target.host.split('.').slice(1).join('.')
  const controls: Promise<DnsObservation>[] = []
  if (identity !== undefined && run.region !== null) {
    const known = ['sts', 'ec2', 's3'].map(id => findService(id)).find(s => s !== undefined && s.id !== target.service)
    const host = known && defaultHost(known, run.region)
    if (host !== undefined && host !== target.host) controls.push(askAs(host, resolver, run, 'must-exist', 'parent'))
  }
  if (parent.includes('.'))
    controls.push(askAs(`eniprobe-${randomBytes(4).toString('hex')}.${parent}`, resolver, run, 'must-not-exist', 'random'))
  const [siblings, ...found] = await Promise.all([askSiblings(target, run), ...controls])
  return [...siblings, ...found]
}

/** Connected, but not at the first try: loss, or a source port that does not get through? */
export async function doubtFlakyPath(target: PlannedTarget, address: string, run: Surroundings): Promise<readonly Observation[]> {
  const again = Array.from({ length: 8 }, () => connectOnce(target, address, run, { variant: 'repeat' }))
  const [swept, ...repeats] = await Promise.all([sweep(target, address, run), ...again])
  return [...repeats, ...swept]
}

/** Other names of the same service; to those that are private here, a connection. */
async function askSiblings(target: PlannedTarget, run: Surroundings): Promise<readonly Observation[]> {
  const resolver = run.resolvers[0]
  const service = target.service === null ? readHost(target.host)?.service : findService(target.service)
  const region = readHost(target.host)?.region ?? target.region ?? run.region
  if (resolver === undefined || !service || region === null) return []
  const others = hostsOf(service, region)
    .filter(name => name.host !== target.host)
    .slice(0, mostSiblings)
  const found = await Promise.all(
    others.map(async ({ host, kind }): Promise<readonly Observation[]> => {
      const name = await askAs(host, resolver, run, 'sibling-name', kind)
      if (name.outcome !== 'answered') return [name]
      const inside = name.seen.addresses.filter(a => ['vpc', 'private'].includes(classifyAddress(a, run.vpcCidrs))).slice(0, 2)
      const tcp = await Promise.all(
        inside.map(address => connectOnce(target, address, run, { variant: 'sibling-name', host, nameKind: kind })),
      )
      return [name, ...tcp]
    }),
  )
  return found.flat()
}

/** Where others were suspected first and proved only slow, their sweeps are given back: whoever is still silent then is swept. */
async function sweepInTurn(target: PlannedTarget, address: string, run: Surroundings, isOpen: () => boolean) {
  if (run.budget.sweeps <= 0) await run.deadline.wait(slowAnswerMs)
  return isOpen() ? [] : sweep(target, address, run)
}

/** The same address from chosen local ports: a NACL's ephemeral range shows itself, nothing else does. */
async function sweep(target: PlannedTarget, address: string, run: Surroundings): Promise<readonly Observation[]> {
  if (run.budget.sweeps <= 0) return []
  run.budget.sweeps -= 1
  const first = await connectFrom(sweptPorts, target, address, run)
  if (first.every(o => o.outcome === 'answered')) run.budget.sweeps += 1
  const differ = new Set(first.map(o => o.outcome === 'silent')).size > 1
  // Ports that differ by range are a NACL's, ports that differ at random those of several paths: more ports tell which.
  return differ ? [...first, ...(await connectFrom(furtherPorts, target, address, run))] : first
}

async function connectFrom(
  ports: readonly number[],
  target: PlannedTarget,
  address: string,
  run: Surroundings,
): Promise<readonly Observation[]> {
  const tried = await Promise.all(
    ports.map(localPort => connectOnce(target, address, run, { variant: 'source-port', localPort })),
  )
  // A port in use on this machine says nothing about the path.
  return tried.filter(o => !(o.outcome === 'rejected' && (o.code === 'EADDRINUSE' || o.code === 'EACCES')))
}

async function connectOnce(
  target: PlannedTarget,
  address: string,
  run: Surroundings,
  how: {
    readonly variant: 'repeat' | 'source-port' | 'sibling-name'
    readonly localPort?: number
    readonly host?: string
    readonly nameKind?: NameKind
  },
): Promise<Observation> {
  // Started after a third of the timeout at the latest, and over about when the plain tries are: two SYNs of the kernel fit in.
  const spread = how.variant === 'sibling-name' ? 'beside' : 'single'
  const timeoutMs = Math.max(run.connectTimeoutMs * 0.85, Math.min(run.connectTimeoutMs, 1500))
  const { observation, socket } = await probeTcp(
    { address, port: target.port, ...how },
    { deadline: run.deadline, clock: run.clock, timeoutMs, tries: 1, hearing: run.hearing, spread },
  )
  socket?.destroy()
  return observation
}

async function askAs(
  host: string,
  resolver: string,
  run: Surroundings,
  variant: 'sibling-name' | 'must-exist' | 'must-not-exist',
  nameKind: NameKind,
): Promise<DnsObservation> {
  await run.questions.turn()
  const question = { name: host, resolver, variant, nameKind }
  const { deadline, clock, connectTimeoutMs: timeoutMs, vpcCidrs, questions: pace } = run
  return run.hearing.lookUp(probeDns(question, { deadline, clock, timeoutMs, vpcCidrs, pace }))
}

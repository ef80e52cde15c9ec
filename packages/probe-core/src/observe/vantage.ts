// Where we stand, asked of the services that every ENI can reach, and of AWS names that are private here. All at once, each bounded.

import { classifyAddress } from '../catalog/address.ts'
import { defaultHost, findService } from '../catalog/index.ts'
import type { DnsObservation, Silent, TcpSeen } from '../model/observation.ts'
import type { VantageCheck } from '../model/vantage.ts'
import type { Pace, ProbeContext } from '../probe/context.ts'
import { probeDns } from '../probe/dns.ts'
import { probeTcp } from '../probe/tcp.ts'
import type { RunHearing } from './hearing.ts'

/** A name that exists for every resolver of a VPC, public or private: the apex of AWS's own zone. */
const knownName = 'amazonaws.com'

export interface Asking extends ProbeContext {
  readonly connectTimeoutMs: number
  /** Absent: no silence is called before its time. */
  readonly hearing?: RunHearing
  /** Asked before every name. */
  readonly questions: Pace
}

/** Of the VPC itself, on the link: no security group or NACL filters it. */
export const vpcResolverAddress = '169.254.169.253'

/** Any answer at all counts. */
export async function checkResolver(
  check: 'vpc-resolver' | 'system-resolver',
  address: string,
  run: Asking,
): Promise<VantageCheck> {
  const { deadline, clock, questions: pace } = run
  const context = { deadline, clock, timeoutMs: run.connectTimeoutMs, vpcCidrs: null, pace }
  await pace.turn(1)
  const answer = await heardBy(run, probeDns({ name: knownName, resolver: address, families: [4] }, context))
  const timed = {
    check,
    address,
    ...(answer.startMs !== undefined && { startMs: answer.startMs }),
    ...(answer.durationMs !== undefined && { durationMs: answer.durationMs }),
  }
  if (answer.outcome === 'skipped') return { check, address, outcome: 'skipped', because: answer.because }
  if (answer.outcome === 'silent') return { ...timed, outcome: 'silent', waitedMs: answer.waitedMs }
  if (answer.outcome === 'answered') return { ...timed, outcome: 'answered' }
  // An rcode is an answer of the resolver; an errno is none.
  const isErrno = /^E[A-Z]+$/.test(answer.code)
  return { ...timed, outcome: isErrno ? 'rejected' : 'answered', code: answer.code }
}

/** Services that many VPCs have an endpoint for: if one is private here and answers, packets do leave this ENI. */
const controlServices = ['sts', 'logs', 'ec2', 'ssm', 'kms', 'monitoring', 'ecr.api', 'secretsmanager', 'sqs', 'ssmmessages']
const mostControls = 4

/** Some other AWS names that are private here, connected to. Asked only when a private target is silent. */
export async function checkControls(
  region: string | null,
  planned: ReadonlySet<string>,
  resolvers: readonly string[],
  vpcCidrs: readonly string[] | null,
  run: Asking,
): Promise<readonly VantageCheck[]> {
  if (region === null) return []
  const hosts = controlServices.flatMap(id => {
    const service = findService(id)
    const host = service && defaultHost(service, region)
    return host === undefined || planned.has(host) ? [] : [host]
  })
  const names = await Promise.all(hosts.map(async host => ({ host, answer: await askFirst(host, resolvers, run) })))
  const inside = names.flatMap(({ host, answer }) => {
    if (answer?.outcome !== 'answered') return []
    const address = answer.seen.addresses.find(a => ['vpc', 'private'].includes(classifyAddress(a, vpcCidrs)))
    return address === undefined ? [] : [{ host, address }]
  })
  return Promise.all(
    inside.slice(0, mostControls).map(async ({ host, address }): Promise<VantageCheck> => {
      const timeoutMs = Math.max(run.connectTimeoutMs * 0.8, Math.min(run.connectTimeoutMs, 1500))
      const { observation, socket } = await probeTcp(
        { address, port: 443 },
        { deadline: run.deadline, clock: run.clock, timeoutMs, hearing: run.hearing, spread: 'beside' },
      )
      socket?.destroy()
      const base = { check: 'control-endpoint', address, seen: { host } } as const
      if (observation.outcome === 'skipped') return { ...base, outcome: 'skipped', because: observation.because }
      const timed = {
        ...base,
        ...(observation.startMs !== undefined && { startMs: observation.startMs }),
        ...(observation.durationMs !== undefined && { durationMs: observation.durationMs }),
      }
      if (observation.outcome === 'silent') return { ...timed, ...silenceOf(observation) }
      return observation.outcome === 'rejected'
        ? { ...timed, outcome: 'rejected', code: observation.code }
        : { ...timed, outcome: 'answered' }
    }),
  )
}

function heardBy({ hearing }: Asking, asked: Promise<DnsObservation>): Promise<DnsObservation> {
  return hearing === undefined ? asked : hearing.lookUp(asked)
}

/** What a check says of a connection that nobody answered. */
export function silenceOf({ waitedMs, early }: Silent<TcpSeen>): Pick<VantageCheck, 'outcome' | 'waitedMs' | 'early'> {
  return { outcome: 'silent', waitedMs, ...(early && { early }) }
}

/** The first resolver that says anything; the second where the first is silent. */
export async function askFirst(host: string, resolvers: readonly string[], run: Asking, families: readonly (4 | 6)[] = [4]) {
  const { deadline, clock, questions: pace } = run
  for (const resolver of resolvers.slice(0, 2)) {
    await pace.turn(families.length)
    const context = { deadline, clock, timeoutMs: run.connectTimeoutMs, vpcCidrs: null, pace }
    const answer = await heardBy(run, probeDns({ name: host, resolver, families }, context))
    if (answer.outcome !== 'silent') return answer
    if (resolver === resolvers.slice(0, 2).at(-1)) return answer
  }
  return undefined
}

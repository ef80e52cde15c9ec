// Whether anything gets out of this subnet: the canary; and where nothing should (--expect closed) also AWS names that no endpoint
// serves, and the canary by way of the proxy. An answer proves a way out, silence proves none for these names alone.

import { isIP } from 'node:net'
import { classifyAddress } from '../catalog/address.ts'
import { canaryOf, findService, hostsOf } from '../catalog/index.ts'
import type { TcpObservation } from '../model/observation.ts'
import { ProbeUsageError } from '../model/usage-error.ts'
import type { VantageCheck } from '../model/vantage.ts'
import { probeHello } from '../probe/hello.ts'
import { probeTcp } from '../probe/tcp.ts'
import { type Asking, askFirst, endOf } from './vantage.ts'

export interface Canary {
  readonly host: string
  readonly port: number
}

interface InternetCheck {
  readonly done: Promise<VantageCheck>
  /** What may be said by now, when it is no longer waited for. */
  soFar(): VantageCheck
}

/** Silence of a way across an ocean and back would be no silence. */
const longestRoundTripMs = 250

/** @throws ProbeUsageError when `option` is not HOST:PORT. Undefined: there is none to ask. */
export function findCanary(option: string | false | undefined, partition: string): Canary | undefined {
  if (option === false) return undefined
  if (option === undefined) return canaryOf(partition)
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:\s]+)):(\d{1,5})$/.exec(option) ?? []
  const host = bracketed ?? plain
  if (host !== undefined && Number(port) > 0 && Number(port) < 65_536) return { host, port: Number(port) }
  throw new ProbeUsageError(
    'bad-canary',
    {
      en: `the canary "${option.slice(0, 60)}" is not HOST:PORT`,
      ja: `インターネットの確認用ホスト "${option.slice(0, 60)}" が HOST:PORT の形ではありません`,
    },
    { en: 'write it like example.com:443', ja: 'example.com:443 のように書いてください' },
  )
}

/** One public host, asked directly: never through a proxy, whatever the environment says. */
export function checkInternet({ host, port }: Canary, resolvers: readonly string[], run: Asking): InternetCheck {
  const base = { check: 'internet', address: host, seen: { host, port } } as const
  const notAsked = { ...base, outcome: 'skipped', because: 'no-time' } as const
  let connectingAtMs: number | undefined
  const check = async (): Promise<VantageCheck> => {
    const startMs = run.clock.sinceStartMs()
    const found = await findPublicAddresses(host, resolvers, run)
    if ('end' in found) return { ...base, startMs, ...found.end }
    connectingAtMs = run.clock.sinceStartMs()
    const tried = await Promise.all(
      found.addresses.map(async address => {
        const { observation, socket } = await probeTcp(
          { address, port },
          { deadline: run.deadline, clock: run.clock, timeoutMs: run.connectTimeoutMs, hearing: run.hearing },
        )
        socket?.destroy()
        return observation
      }),
    )
    const best = mostTelling(tried)
    if (best === undefined || best.outcome === 'skipped') return notAsked
    const address = best.address ?? host
    const { durationMs } = best
    const timed = { ...base, address, startMs, ...(durationMs !== undefined && { durationMs }) }
    if (best.outcome !== 'answered') return { ...timed, ...endOf(best) }
    // A private or loopback address for the canary is no way to the internet: a zone or sinkhole answers for it.
    if (classifyAddress(address, null) !== 'public') return { ...timed, outcome: 'rejected', code: 'not-public' }
    return port === 443 ? { ...timed, ...(await askTls(address)) } : { ...timed, outcome: 'answered' }
  }
  /** A firewall may take every connection in the far side's place: only an answer to a ClientHello comes from beyond it. */
  const askTls = async (address: string): Promise<Pick<VantageCheck, 'outcome' | 'code' | 'waitedMs' | 'because'>> => {
    const context = { deadline: run.deadline, clock: run.clock, timeoutMs: run.connectTimeoutMs }
    const hello = await probeHello({ address, port, serverName: host, size: 'small' }, context)
    if (hello.outcome === 'silent') return { outcome: 'silent', code: 'tls-silent', waitedMs: hello.waitedMs }
    if (hello.outcome === 'skipped') return { outcome: 'skipped', because: hello.because }
    const isCut = hello.outcome === 'rejected' && !hello.code.startsWith('ALERT_') && hello.code !== 'NOT_TLS'
    return isCut ? { outcome: 'rejected', code: hello.code } : { outcome: 'answered' }
  }
  const soFar = (): VantageCheck => {
    const waitedMs = Math.round(run.clock.sinceStartMs() - (connectingAtMs ?? Number.POSITIVE_INFINITY))
    if (run.deadline.spent() || !(waitedMs >= longestRoundTripMs)) return notAsked
    return { ...base, ...(connectingAtMs !== undefined && { startMs: connectingAtMs }), outcome: 'silent', waitedMs }
  }
  return { done: check(), soFar }
}

/** Global names of services that a closed VPC has no endpoint for: one that answers names the path of the leak. */
export async function checkLeaks(
  region: string | null,
  planned: ReadonlySet<string>,
  resolvers: readonly string[],
  run: Asking,
): Promise<readonly VantageCheck[]> {
  const hosts = ['sts', 'iam', 'organizations'].flatMap(id => {
    const service = findService(id)
    const names = service && region !== null ? hostsOf(service, region) : []
    return names.find(name => name.kind === 'global' && !planned.has(name.host))?.host ?? []
  })
  const checks = await Promise.all(hosts.map(host => checkInternet({ host, port: 443 }, resolvers, run).done))
  // A private address is an endpoint's or a zone's: no way out.
  return checks.filter(check => check.code !== 'not-public')
}

type Found = { readonly addresses: readonly string[] } | { readonly end: Pick<VantageCheck, 'outcome' | 'code' | 'because'> }

/** One address of each family at most. */
async function findPublicAddresses(host: string, resolvers: readonly string[], run: Asking): Promise<Found> {
  if (isIP(host) !== 0) return { addresses: [host] }
  const name = await askFirst(host, resolvers, run, [4, 6])
  if (name === undefined) return { end: { outcome: 'skipped', because: 'not-asked' } }
  if (name.outcome === 'skipped') return { end: { outcome: 'skipped', because: name.because } }
  if (name.outcome === 'silent') return { end: { outcome: 'skipped', because: 'below-failed', code: 'dns-silent' } }
  if (name.outcome === 'rejected') return { end: { outcome: 'rejected', code: name.code } }
  const ofFamily = (family: 4 | 6) => name.seen.addresses.filter(a => isIP(a) === family)
  return { addresses: [...ofFamily(4).slice(0, 2), ...ofFamily(6).slice(0, 1)] }
}

/** A family that this machine has no route for says nothing of the other. */
function mostTelling(tried: readonly TcpObservation[]): TcpObservation | undefined {
  const isRoutable = (o: TcpObservation) => !(o.outcome === 'rejected' && ['ENETUNREACH', 'EADDRNOTAVAIL'].includes(o.code))
  const told = tried.some(isRoutable) ? tried.filter(isRoutable) : tried
  return told.find(o => o.outcome === 'answered') ?? told.find(o => o.outcome === 'rejected') ?? told[0]
}

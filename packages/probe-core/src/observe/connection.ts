// One connection up to where HTTP can speak: TCP, through a proxy's tunnel where there is one, then TLS, all on one socket.

import type net from 'node:net'
import type { TlsObservation, Variant } from '../model/observation.ts'
import type { PlannedTarget } from '../model/target.ts'
import { probeTcp } from '../probe/tcp.ts'
import { probeTls } from '../probe/tls.ts'
import type { Surroundings } from './surroundings.ts'

/**
 * Names of protocols nobody speaks, offered beside http/1.1 so that our ClientHello spans two segments as that of a newer
 * client does (post-quantum key share): a path that drops such hellos must not look healthy because ours was small.
 */
const longOffer = ['http/1.1', ...Array.from({ length: 6 }, (_, i) => `eniprobe-padding-${i}-`.padEnd(240, 'x'))]

export function speaksTls(target: PlannedTarget): boolean {
  return target.kind !== 'tcp' && target.scheme !== 'http' && target.scheme !== 'tcp'
}

export function speaksHttp(target: PlannedTarget): boolean {
  return target.kind === 'service' || target.kind === 'resource' || target.kind === 'https'
}

export interface Shaken {
  readonly observation: TlsObservation
  readonly socket?: net.Socket
}

export function shakeHands(
  socket: net.Socket,
  to: {
    readonly target: PlannedTarget
    readonly address: string
    readonly hello: 'large' | 'small'
    readonly via?: 'proxy'
    readonly variant?: Variant
  },
  run: Surroundings,
): Promise<Shaken> {
  const { target, address, hello, via, variant } = to
  const timeoutMs = run.connectTimeoutMs
  return probeTls(
    socket,
    {
      serverName: target.host,
      address,
      port: target.port,
      ...(via && { via }),
      ...(variant && { variant }),
      ...(target.packages?.isUnchecked && { isUnchecked: true }),
      ...(hello === 'large' && { alpn: longOffer }),
    },
    { deadline: run.deadline, clock: run.clock, timeoutMs, trust: run.trust },
  )
}

/** A further connection of the same kind, for a server that closed the first; unobserved, as what it shows was seen already. */
export async function redial(
  target: PlannedTarget,
  address: string,
  hello: 'large' | 'small',
  run: Surroundings,
): Promise<net.Socket | undefined> {
  const tcp = await probeTcp(
    { address, port: target.port },
    { deadline: run.deadline, clock: run.clock, timeoutMs: run.connectTimeoutMs },
  )
  if (tcp.socket === undefined || !speaksTls(target)) return tcp.socket
  const tls = await shakeHands(tcp.socket, { target, address, hello }, run)
  return tls.socket
}

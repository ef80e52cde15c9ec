// Names and addresses of the world: what each thing is called, and where it would be.

import { endpointServicesOf, findService, hostsOf, isCovered, serviceIds } from '../../../src/catalog/index.ts'
import type { NameKind } from '../../../src/model/observation.ts'
import { type Endpoint, type Named, region, type Thing, type World } from './world.ts'

export interface Sibling {
  readonly host: string
  readonly kind: NameKind
}

const known = new Map<string, readonly Sibling[]>()

export function namesOfService(id: string, at = region): readonly Sibling[] {
  const key = `${id} ${at}`
  const names = known.get(key) ?? readNames(id, at)
  known.set(key, names)
  return names
}

function readNames(id: string, at: string): readonly Sibling[] {
  const service = findService(id)
  return service === undefined ? [] : hostsOf(service, at)
}

export function nameThing(thing: Thing): Named {
  switch (thing.is) {
    case 'service': {
      const at = thing.region ?? region
      const names = namesOfService(thing.service, at)
      const name = names.find(n => n.kind === thing.name) ?? names[0]
      const kind = name?.kind ?? 'regional'
      const id = `${thing.service}${kind === 'regional' ? '' : `-${kind}`}${at === region ? '' : `@${at}`}`
      return { id, kind: 'service', host: name?.host ?? '', port: 443, service: thing.service, region: at }
    }
    case 'endpoint-name': {
      const host = `vpce-0a1b2c3d4e5f60718-abcdefgh.${thing.service}.${region}.vpce.amazonaws.com`
      return { id: `https://${host}/`, kind: 'https', host, port: 443, service: null, region }
    }
    case 'database': {
      const host = `orders-${thing.where}-${thing.state}.cabcdefghijk.${region}.rds.amazonaws.com`
      return { id: `tcp://${host}:5432`, kind: 'tcp', host, port: 5432, service: null, region: null }
    }
    case 'instance': {
      const host = instanceAddress(thing.where, thing.state)
      return { id: `tcp://${host}:8080`, kind: 'tcp', host, port: 8080, service: null, region: null }
    }
    case 'website': {
      const host = thing.wantedBy === 'pip' ? 'pypi.org' : 'www.example.org'
      return { id: thing.wantedBy ?? `https://${host}/`, kind: 'https', host, port: 443, service: null, region: null }
    }
    case 'elsewhere': {
      if (thing.what === 'database')
        return { id: 'tcp://pay.example.net:5432', kind: 'tcp', host: 'pay.example.net', port: 5432, service: null, region: null }
      return { id: 'hub', kind: 'service', host: namesOfService('events')[0]?.host ?? '', port: 443, service: 'events', region }
    }
    case 'host':
      return thing.named
    case 'unknown-name':
      return {
        id: 'tcp://orders.internal.example.org:443',
        kind: 'tcp',
        host: 'orders.internal.example.org',
        port: 443,
        service: null,
        region: null,
      }
  }
}

const states = ['runs', 'stopped', 'closed', 'no-listener', 'gone']

export function instanceAddress(where: 'own' | 'other', state: string): string {
  return `10.20.${where === 'own' ? 1 : 2}.${60 + states.indexOf(state)}`
}

/** One address a zone. */
export function endpointAddresses(service: string, endpoint: Endpoint): readonly string[] {
  const last = 100 + (serviceIds().indexOf(service) % 140)
  return endpoint.zones.map(zone => `10.20.${zone === 'own' ? 1 : 2}.${last}`)
}

export function publicAddresses(host: string): readonly string[] {
  const h = hash(host)
  if (/(^|\.)s3[.-]/.test(host)) return [`52.219.${h % 200}.7`, `52.219.${(h >>> 3) % 200}.9`]
  return [`54.239.${h % 200}.${1 + ((h >>> 5) % 250)}`]
}

/** The endpoint whose private DNS answers for this name, where private DNS works. */
export function endpointOf(world: World, host: string): { readonly service: string; readonly endpoint: Endpoint } | undefined {
  for (const [service, endpoint] of Object.entries(world.endpoints)) {
    const covered = namesOfService(service).filter(
      (name, i) => i === 0 || (endpoint.covers === 'every-name' && isCoverable(service, name.host)),
    )
    if (covered.some(name => name.host === host)) return { service, endpoint }
  }
  return undefined
}

const coverable = new Map<string, boolean>()

/** The newest endpoints of the service cover this name; global and legacy names none does. */
function isCoverable(id: string, host: string): boolean {
  const known = coverable.get(host)
  if (known !== undefined) return known
  const service = findService(id)
  const can = service !== undefined && endpointServicesOf(service, region).some(e => isCovered(host, e))
  coverable.set(host, can)
  return can
}

export function hash(text: string): number {
  let value = 2166136261
  for (const letter of text) value = Math.imul(value ^ letter.charCodeAt(0), 16777619) >>> 0
  return value
}

/** Outside of our VPC. */
export function elsewhereAddress(what: 'database' | 'hub'): string {
  return what === 'database' ? '10.99.4.9' : '10.98.4.5'
}

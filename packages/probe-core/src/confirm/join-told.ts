// What several answers tell, as one: a thing that two of them speak of stands there once.

import type { ControlPlane } from '../model/control-plane.ts'
import type { Told } from './read-network.ts'

/** One after the other; the later word on one thing stands, unless it is an empty list. */
export function joinTold(before: Told, more: Told): Told {
  const joined: Record<string, readonly object[]> = { ...(before as Record<string, readonly object[]>) }
  for (const [key, list] of Object.entries(more as Record<string, readonly object[]>)) {
    const things = new Map((joined[key] ?? []).map(one => [nameOf(one), one]))
    for (const one of list) {
      const earlier = things.get(nameOf(one))
      things.set(nameOf(one), earlier === undefined ? one : { ...earlier, ...withoutEmpty(one) })
    }
    joined[key] = [...things.values()]
  }
  return joined as Told
}

export function joinControlPlanes(first: ControlPlane | undefined, second: ControlPlane | undefined): ControlPlane | undefined {
  if (first === undefined || second === undefined) return first ?? second
  const { asked, ...told } = first
  const { asked: alsoAsked, ...more } = second
  return { ...joinTold(told, more), asked: [...asked, ...alsoAsked] }
}

/** An id is a name by itself: one answer may tell the thing's other names, and another not. */
function nameOf(one: object): string {
  const { id, isCluster, name, resource, cluster, service, actsOn, of, at, says } = one as Record<string, unknown>
  const parts = id === undefined ? [name, resource, cluster, service, actsOn, of, at, says] : [id, isCluster]
  return JSON.stringify(parts.map(part => part ?? null))
}

/** An answer about one attribute of a VPC names no ranges: it does not take away those of another. */
function withoutEmpty(one: object): object {
  return Object.fromEntries(Object.entries(one).filter(([, value]) => !(Array.isArray(value) && value.length === 0)))
}

// What one round of questions gathers: every call with how it ended, and the facts that were read from the answers.

import type { StateAction } from '../../catalog/index.ts'
import type { ControlCall, ControlPlane } from '../../model/control-plane.ts'
import type { Ask, ControlQuestion } from '../ask.ts'
import type { Body } from '../read-body.ts'

type Lists = Omit<ControlPlane, 'asked'>

/** A question whose permission the catalogue names. */
export type StateQuestion = QuestionOf<StateAction>

type QuestionOf<Action> = Action extends `${infer Service}:${infer Operation}`
  ? ControlQuestion & { readonly service: Service; readonly operation: Operation }
  : never

export interface Gathered {
  /** The body of an answer; undefined for anything else, which stands among the calls. */
  ask(question: StateQuestion): Promise<Body | undefined>
  add(lists: Lists): void
  /** Undefined when nothing was asked. */
  facts(): ControlPlane | undefined
}

export function gather(ask: Ask): Gathered {
  const asked: ControlCall[] = []
  let lists: Lists = {}
  return {
    ask: async question => {
      const { call, body } = await ask(question)
      asked.push(call)
      return body
    },
    add: more => {
      lists = joinLists(lists, more)
    },
    facts: () => (asked.length === 0 ? undefined : { asked, ...lists }),
  }
}

/** One after the other; of what is told twice of one thing, the later word stands. */
export function joinControlPlanes(first: ControlPlane | undefined, second: ControlPlane | undefined): ControlPlane | undefined {
  if (first === undefined || second === undefined) return first ?? second
  return { ...joinLists(first, second), asked: [...first.asked, ...second.asked] }
}

function joinLists(first: Lists, second: Lists): Lists {
  const joined: Record<string, readonly object[]> = {}
  for (const [name, list] of [...Object.entries(first), ...Object.entries(second)] as [string, readonly object[]][]) {
    const things = new Map((joined[name] ?? []).map(one => [nameOf(one), one]))
    for (const one of list) things.set(nameOf(one), { ...things.get(nameOf(one)), ...one })
    joined[name] = [...things.values()]
  }
  return joined as Lists
}

function nameOf(one: object): string {
  const { id, isCluster, name, resource, cluster, service, actsOn, of, at, says } = one as Record<string, unknown>
  return JSON.stringify([id, isCluster, name, resource, cluster, service, actsOn, of, at, says].map(part => part ?? null))
}

// What one round of questions gathers: every call with how it ended, and the facts that were read from the answers.

import type { StateAction } from '../../catalog/index.ts'
import type { ControlCall, ControlPlane } from '../../model/control-plane.ts'
import type { Ask, ControlQuestion } from '../ask.ts'
import { joinTold } from '../join-told.ts'
import type { Body } from '../read-body.ts'
import type { Told } from '../read-network.ts'

/** A question whose permission the catalogue names. */
export type StateQuestion = QuestionOf<StateAction>

type QuestionOf<Action> = Action extends `${infer Service}:${infer Operation}`
  ? ControlQuestion & { readonly service: Service; readonly operation: Operation }
  : never

export interface Gathered {
  /** The body of an answer; undefined for anything else, which stands among the calls. */
  ask(question: StateQuestion): Promise<Body | undefined>
  add(more: Told): void
  /** Undefined when nothing was asked. */
  facts(): ControlPlane | undefined
}

export function gather(ask: Ask): Gathered {
  const asked: ControlCall[] = []
  let told: Told = {}
  return {
    ask: async question => {
      const { call, body } = await ask(question)
      asked.push(call)
      return body
    },
    add: more => {
      told = joinTold(told, more)
    },
    facts: () => (asked.length === 0 ? undefined : { asked, ...told }),
  }
}

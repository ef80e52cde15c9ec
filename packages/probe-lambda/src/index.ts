// What Lambda calls: `index.handler` inside the VPC, `index.respond` outside of it. Everything else is read when it is asked for,
// so that a Delete of a stack reads next to nothing.

import type { Context } from './time.ts'

/** See `handler.ts`. */
export async function handler(event: unknown, context: Context): Promise<unknown> {
  return (await import('./handler.ts')).handler(event, context)
}

/** See `respond.ts`. */
export async function respond(event: unknown, context: Context): Promise<unknown> {
  return (await import('./respond.ts')).respond(event, context)
}

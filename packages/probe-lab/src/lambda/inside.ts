// Runs inside the lab's network: starts the functions that standard input names, invokes them one event after another, and prints
// what came of it. On its loopback stands what is outside of the VPC.
import { text } from 'node:stream/consumers'
import type { LambdaRuntime } from './find-runtime.ts'
import { type Outside, serveOutside } from './outside.ts'
import { type Invoked, type RunningFunction, startFunction } from './runtime-api.ts'

export interface Play {
  readonly runtime: LambdaRuntime
  readonly folder: string
  readonly functions: Readonly<
    Record<string, { readonly handler: string; readonly timeoutMs: number; readonly env?: Readonly<Record<string, string>> }>
  >
  /** `OUTSIDE` in a text stands for the URL of what is outside. */
  readonly invocations: readonly { readonly name: string; readonly event: unknown }[]
}

export interface Played {
  readonly invoked: readonly (Invoked & { readonly log: string })[]
  readonly told: Outside['told']
  readonly functions: Readonly<Record<string, { readonly initMs: number; readonly peakKib: number }>>
}

const play = JSON.parse(await text(process.stdin)) as Play
const running = new Map<string, RunningFunction>()
const outside = await serveOutside(async (name, event) => (await start(name)).invoke(event))
const measured: Record<string, { initMs: number; peakKib: number }> = {}
const invoked = []
for (const { name, event } of play.invocations) {
  const one = await start(name)
  const before = one.log().length
  const answer = await one.invoke(JSON.parse(JSON.stringify(event).replaceAll('OUTSIDE', outside.url)))
  invoked.push({ ...answer, log: one.log().slice(before) })
  if (answer.kind === 'timeout') running.delete(name)
  else measured[name] = { initMs: one.initMs, peakKib: one.peakKib() }
}
const played: Played = { invoked, told: outside.told, functions: measured }
process.stdout.write(JSON.stringify(played), () => process.exit(0))

async function start(name: string): Promise<RunningFunction> {
  const known = running.get(name)
  if (known !== undefined) return known
  const settings = play.functions[name]
  if (settings === undefined) throw new Error(`there is no function ${name}`)
  const { handler, timeoutMs, env = {} } = settings
  const over = Object.fromEntries(Object.entries(env).map(([key, value]) => [key, value.replaceAll('OUTSIDE', outside.url)]))
  const { runtime, folder } = play
  const one = await startFunction({ runtime, folder, handler, name, timeoutMs, env: { ...process.env, ...over } })
  running.set(name, one)
  return one
}

// Functions from the zip, on the lab's ENI, under Lambda's own runtime.
import { fileURLToPath } from 'node:url'
import type { Vpc } from '../world/vpc.ts'
import type { Play, Played } from './inside.ts'

export async function playInside(vpc: Vpc, play: Play): Promise<Played> {
  const script = fileURLToPath(new URL('inside.js', import.meta.url))
  const ran = await vpc.run([process.execPath, script], { input: JSON.stringify(play), timeoutMs: 120_000 })
  if (ran.status !== 0) throw new Error(`the functions could not be played (${ran.status}): ${ran.stderr.slice(-3000)}`)
  return JSON.parse(ran.stdout) as Played
}

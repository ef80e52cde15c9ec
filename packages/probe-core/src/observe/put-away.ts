// What was seen of targets that are done, put away until all are. Among the sockets and waits of those under way it would keep the pages
// of memory that they leave behind. Of runs over thousands of targets only: others end before it matters.

import type { Observation } from '../model/observation.ts'
import type { PlannedTarget } from '../model/target.ts'

interface Seen {
  readonly target: PlannedTarget
  observations: Observation[]
}

export interface Away {
  /** Its observations may be gone from now on. */
  put(seen: Seen): void
  /** All are back where they were; nothing is put away any more. */
  takeOut(): void
}

const fewTargets = 1000
/** So many are packed together: they are much alike. */
const mostTogether = 64
/** Texts that recur are kept once: as many as are remembered at a time. */
const mostTexts = 4096

export function makeAway(targets: number): Away {
  // Loaded for thousands of targets, and for no other run.
  const zlib = targets < fewTargets ? undefined : process.getBuiltinModule('node:zlib')
  const packed: { readonly all: readonly Seen[]; readonly bytes: Uint8Array }[] = []
  let together: Seen[] = []
  let isOut = zlib === undefined
  return {
    put: seen => {
      if (isOut || zlib === undefined) return
      together.push(seen)
      if (together.length < mostTogether) return
      const text = JSON.stringify(together.map(({ observations }) => observations))
      // Copied: what zlib gives is the beginning of a larger piece.
      packed.push({ all: together, bytes: new Uint8Array(zlib.deflateRawSync(text, { level: 1 })) })
      for (const each of together) each.observations = []
      together = []
    },
    takeOut: () => {
      if (isOut || zlib === undefined) return
      isOut = true
      const texts = new Map<string, string>()
      for (let one = packed.pop(); one !== undefined; one = packed.pop()) {
        const found: Observation[][] = JSON.parse(zlib.inflateRawSync(one.bytes).toString())
        one.all.forEach((seen, at) => {
          const { host } = seen.target
          texts.set(host, host)
          seen.observations = share(found[at] ?? [], texts)
        })
      }
    },
  }
}

/** The same, with one string for all texts that are equal. */
function share<T extends object>(value: T, texts: Map<string, string>): T {
  const fields = value as Record<string, unknown>
  for (const [key, each] of Object.entries(fields)) {
    if (typeof each === 'object' && each !== null) share(each, texts)
    if (typeof each !== 'string') continue
    const known = texts.get(each)
    if (known !== undefined) fields[key] = known
    else {
      if (texts.size >= mostTexts) texts.clear()
      texts.set(each, each)
    }
  }
  return value
}

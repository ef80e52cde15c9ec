// Time since the run began. One clock a run; every `startMs` in a report comes from it.

export interface Clock {
  /** Milliseconds since the run began, monotonic, to a tenth. */
  sinceStartMs(): number
  /** Wall-clock milliseconds since 1970, as this machine believes. */
  wallMs(): number
}

export function startClock(): Clock {
  const origin = performance.now()
  return {
    sinceStartMs: () => Math.round((performance.now() - origin) * 10) / 10,
    wallMs: () => Date.now(),
  }
}

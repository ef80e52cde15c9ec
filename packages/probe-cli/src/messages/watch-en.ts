// What `--watch` says of changes, in English.

import type { Confidence, Verdict } from '@eniprobe/core'

export const watchEn = {
  every: (time: string) => `looking again every ${time}; only changes are printed (Ctrl+C ends)`,
  verdicts: { healthy: 'healthy', denied: 'denied', failing: 'failing', unknown: 'unknown' } satisfies Record<Verdict, string>,
  became: (id: string, before: string, now: string) => `${id}: ${before} -> ${now}`,
  seen: (id: string, now: string) => `${id}: new, ${now}`,
  unseen: (id: string) => `${id}: no longer looked at`,
  found: (cause: string, confidence: string, ids: string) => `found: ${cause} (${confidence}): ${ids}`,
  gone: (cause: string, ids: string) => `gone: ${cause}: ${ids}`,
  confidence: { certain: 'certain', likely: 'likely', possible: 'possible' } satisfies Record<Confidence, string>,
}

export type WatchMessages = typeof watchEn

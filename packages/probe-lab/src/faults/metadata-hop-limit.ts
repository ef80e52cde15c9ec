// Instance metadata takes the request for a token, and its answer dies one hop early, as from a container.
import type { Fault } from './fault.ts'

export function metadataHopLimit(): Fault {
  return plan => ({ ...plan, metadata: 'hop-limit' })
}

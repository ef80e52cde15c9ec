// Instance metadata is silent, or switched off and answers 403.
import type { Fault } from './fault.ts'

export function metadataUnreachable(form: 'silent' | 'disabled' = 'silent'): Fault {
  return plan => ({ ...plan, metadata: form })
}

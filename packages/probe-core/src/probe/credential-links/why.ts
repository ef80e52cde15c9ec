// Why a link of the credential chain gave nothing, as one safe line.

import { cleanMessage } from '../error-message.ts'

export function whyOf(error: unknown): string {
  const message = error instanceof Error ? error.message || error.name : 'unknown'
  return cleanMessage(message.replace(/\s+/g, ' '), 300).message
}

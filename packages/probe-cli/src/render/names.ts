// Names in a row: all of them while somebody would read them, else the first and how many more.

import type { Messages } from '../messages/en.ts'

/** Three or four lines of names. */
export const mostNames = 20

export function namesOf(ids: readonly string[], { targets: { more } }: Pick<Messages, 'targets'>, isAll = false): string {
  const rest = ids.length - mostNames
  return isAll || rest <= 1 ? ids.join(', ') : `${ids.slice(0, mostNames).join(', ')}, ${more(rest)}`
}

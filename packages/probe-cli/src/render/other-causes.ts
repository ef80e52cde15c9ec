// The causes beside the first: those that hold as well, and those that might hold in its stead.

import type { Cause } from '@eniprobe/core'

interface OtherCauses {
  /** As certain as the first: they stand together. */
  readonly also: readonly Cause[]
  readonly instead: readonly Cause[]
}

export function otherCauses(others: readonly Cause[]): OtherCauses {
  const also = others.filter(({ confidence }) => confidence === 'certain')
  return { also, instead: others.filter(other => !also.includes(other)) }
}

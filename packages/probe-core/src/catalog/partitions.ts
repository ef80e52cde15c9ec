// Partitions and region names: which suffix a region's names end with. Says nothing about which services are there.

import { type PartitionRow, tables } from './tables.ts'

interface Partition {
  readonly id: string
  readonly dnsSuffix: string
  readonly dualStackDnsSuffix: string
  /** The region that global services of the partition are signed for. */
  readonly globalRegion: string
}

/** The partition whose region names look like this one; `aws` when none does. */
export function findPartition(region: string): Partition {
  return partitionRow(region)
}

export function partitionRow(region: string): PartitionRow {
  const { partitions } = tables()
  return partitions.find(p => p.regions.includes(region)) ?? partitions.find(p => p.regionPattern.test(region)) ?? partitions[0]!
}

/** The text has the shape of a region name in some partition; a region that opened after this release passes too. */
export function isRegionName(text: string): boolean {
  return tables().partitions.some(p => p.regionPattern.test(text))
}

export function isKnownRegion(text: string): boolean {
  return tables().regions.includes(text)
}

/** Every region known to this release, the commercial ones first. */
export function suggestRegions(): readonly string[] {
  return tables().regions
}

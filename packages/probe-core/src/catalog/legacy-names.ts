// Names that no current rule set makes, and that older clients, stored URLs and habits still use. No endpoint covers them.
// A newcomer extends the table by one row.

import type { NameKind } from '../model/observation.ts'

interface LegacyName {
  readonly service: string
  readonly template: string
  readonly kind: NameKind
  /** Undefined: every region of the partitions. */
  readonly regions?: readonly string[]
  readonly partitions: readonly string[]
}

/** S3 gave regions opened after March 2019 no `s3-REGION` name. */
const dashRegions =
  'us-east-2 us-west-1 us-west-2 ca-central-1 sa-east-1 eu-west-1 eu-west-2 eu-west-3 eu-central-1 ap-south-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-southeast-1 ap-southeast-2 us-gov-west-1'.split(
    ' ',
  )

const names: readonly LegacyName[] = [
  { service: 'sts', template: 'sts.{s}', kind: 'global', partitions: ['aws'] },
  { service: 's3', template: 's3.{s}', kind: 'global', partitions: ['aws'] },
  { service: 's3', template: 's3-external-1.{s}', kind: 'legacy', regions: ['us-east-1'], partitions: ['aws'] },
  { service: 's3', template: 's3-{r}.{s}', kind: 'legacy', regions: dashRegions, partitions: ['aws', 'aws-us-gov'] },
  { service: 'sqs', template: 'queue.{s}', kind: 'legacy', regions: ['us-east-1'], partitions: ['aws'] },
  { service: 'sqs', template: '{r}.queue.{s}', kind: 'legacy', partitions: ['aws', 'aws-cn', 'aws-us-gov'] },
  {
    service: 'elasticmapreduce',
    template: '{r}.elasticmapreduce.{s}',
    kind: 'legacy',
    partitions: ['aws', 'aws-cn', 'aws-us-gov'],
  },
]

export function legacyNames(service: string, region: string, partition: string): readonly LegacyName[] {
  return names.filter(
    name =>
      name.service === service &&
      name.partitions.includes(partition) &&
      (name.regions === undefined || name.regions.includes(region)),
  )
}

export function allLegacyNames(): readonly LegacyName[] {
  return names
}

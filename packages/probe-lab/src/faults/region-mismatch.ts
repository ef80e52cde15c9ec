// A bucket that the workload uses lies in another region.
import type { Fault } from './fault.ts'

export function regionMismatch(bucket = 'lab-data', region = 'eu-west-1'): Fault {
  return plan => ({
    ...plan,
    aws: { ...plan.aws, buckets: [...plan.aws.buckets.filter(one => one.name !== bucket), { name: bucket, region }] },
  })
}

// The bucket's policy denies the call.
import type { Fault } from './fault.ts'

export function bucketPolicyDenies(action = 's3:*'): Fault {
  return plan => ({
    ...plan,
    aws: { ...plan.aws, denials: [...plan.aws.denials, { action, by: 'bucket' as const, explicit: true, bucket: 'lab-data' }] },
  })
}

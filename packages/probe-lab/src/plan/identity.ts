// Who the workload is to AWS, by where its credentials come from.
import type { VpcPlan } from './vpc-plan.ts'

/** The ARN that sts:GetCallerIdentity gives and that denials name. */
export function principalArn(plan: VpcPlan): string {
  const { account, principal } = plan.aws
  return plan.workload.credentialsFrom === 'environment'
    ? `arn:aws:iam::${account}:user/${principal}`
    : `arn:aws:sts::${account}:assumed-role/${principal}/i-0lab0000000000001`
}

// The workload's identity policy denies one service's calls: moto enforces the very policy, where it is installed.
import type { Fault } from './fault.ts'

export function identityPolicyDenies(action = 'logs:*'): Fault {
  return plan => ({
    ...plan,
    aws: {
      ...plan.aws,
      policy: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: '*', Resource: '*' },
          { Effect: 'Deny', Action: action, Resource: '*' },
        ],
      },
    },
  })
}

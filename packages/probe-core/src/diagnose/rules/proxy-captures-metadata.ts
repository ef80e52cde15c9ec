// Cause: NO_PROXY lacks 169.254.169.254, so boto3 and the AWS CLI, which honour HTTP_PROXY for it, send metadata requests to the proxy.
// Shows as: HTTP_PROXY in the environment, 169.254.169.254 not exempted; boto3 finds no credentials or hangs.
// Looks like, but is not: missing credentials: asked directly, metadata may answer.

import { metadataGap } from '../no-proxy.ts'
import { fits, type Rule } from '../rule.ts'

export const proxyCapturesMetadata: Rule = {
  cause: 'proxy-captures-metadata',
  severity: 'error',
  shows: ['aws-no-credentials'],
  judge(_target, network) {
    const gap = metadataGap(network)
    return gap ? fits('weak', gap) : undefined
  },
}

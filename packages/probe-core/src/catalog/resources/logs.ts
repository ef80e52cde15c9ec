// A log group: one stream's name asked for; writing by an event for a stream that does not exist, dated 1970, which the service
// would not store even if the stream did. CreateLogStream has no form without effect on a group that exists.

import { json } from '../noop-rows.ts'
import { arnOf, type NamedResource, noName, type ResourceStep } from './resource.ts'

const noGroup = { code: 'ResourceNotFoundException', says: /log group/i }

export function logsSteps(named: NamedResource): readonly ResourceStep[] {
  const logGroupName = named.name
  const group = arnOf(named, 'logs', `log-group:${logGroupName}`)
  return [
    {
      action: 'logs:DescribeLogStreams',
      kind: 'read',
      purpose: 'look',
      evidence: 'documented',
      signingName: 'logs',
      permissions: [{ action: 'logs:DescribeLogStreams', resource: `${group}:*` }],
      missing: [noGroup],
      request: () => json('Logs_20140328.DescribeLogStreams', { logGroupName, limit: 1 }),
    },
    {
      action: 'logs:PutLogEvents',
      kind: 'write',
      purpose: 'use',
      evidence: 'recorded',
      signingName: 'logs',
      permissions: [{ action: 'logs:PutLogEvents', resource: `${group}:log-stream:${noName}` }],
      allowed: [{ code: 'ResourceNotFoundException', says: /log stream/i }],
      missing: [noGroup],
      request: () =>
        json('Logs_20140328.PutLogEvents', {
          logGroupName,
          logStreamName: noName,
          logEvents: [{ timestamp: 0, message: 'eniprobe' }],
        }),
    },
  ]
}

// A topic: only looked at. Publish has no form that reaches the named topic and delivers nothing.

import { query } from '../noop-rows.ts'
import { arnOf, type NamedResource, type ResourceStep, readArn } from './resource.ts'

export function snsSteps(named: NamedResource): readonly ResourceStep[] {
  const isArn = readArn(named.name) !== undefined
  const resource = isArn ? named.name : arnOf(named, 'sns', named.name)
  return [
    {
      action: 'sns:GetTopicAttributes',
      kind: 'read',
      purpose: 'look',
      evidence: 'documented',
      signingName: 'sns',
      permissions: [{ action: 'sns:GetTopicAttributes', resource }],
      ...(!isArn && { needs: 'account' }),
      missing: [{ code: 'NotFound' }, { code: 'NotFoundException' }],
      // A topic is asked for by its ARN, which holds the account: of a bare name it must be known.
      request: ({ account }) => {
        const TopicArn = isArn ? named.name : account && arnOf({ ...named, account }, 'sns', named.name)
        return TopicArn ? query('GetTopicAttributes', '2010-03-31', { TopicArn }) : undefined
      },
    },
  ]
}

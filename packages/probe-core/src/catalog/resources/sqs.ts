// A queue: its URL, then one of its attributes. Sending, receiving and deleting have no form that is known to be without effect
// and to be judged before anything else, so writing is not proven.

import { json } from '../noop-rows.ts'
import { arnOf, type NamedResource, type ResourceStep, readArn, readJson, textOf } from './resource.ts'

/** The service gives one answer to whoever may not know and to whoever asks for what is not there. */
const missingOrDenied = [
  { code: 'AWS.SimpleQueueService.NonExistentQueue' },
  { code: 'QueueDoesNotExist' },
  { code: 'QueueDoesNotExistException' },
]

export function sqsSteps(named: NamedResource): readonly ResourceStep[] {
  const arn = readArn(named.name)
  const QueueName = arn?.rest ?? named.name
  const resource = arn === undefined ? arnOf(named, 'sqs', named.name) : named.name
  return [
    {
      action: 'sqs:GetQueueUrl',
      kind: 'read',
      purpose: 'look',
      evidence: 'documented',
      signingName: 'sqs',
      permissions: [{ action: 'sqs:GetQueueUrl', resource }],
      missing: missingOrDenied,
      request: () => json('AmazonSQS.GetQueueUrl', { QueueName, ...(arn && { QueueOwnerAWSAccountId: arn.account }) }, '1.0'),
      learn: ({ body }) => {
        const url = textOf(readJson(body), 'QueueUrl', 1024)
        return url === undefined ? {} : { url }
      },
    },
    {
      action: 'sqs:GetQueueAttributes',
      kind: 'read',
      purpose: 'look',
      evidence: 'documented',
      signingName: 'sqs',
      permissions: [{ action: 'sqs:GetQueueAttributes', resource }],
      missing: missingOrDenied,
      request: ({ url }) =>
        url === undefined
          ? undefined
          : json('AmazonSQS.GetQueueAttributes', { QueueUrl: url, AttributeNames: ['QueueArn'] }, '1.0'),
    },
  ]
}

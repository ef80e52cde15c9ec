// Events of any form: read, or refused in words.

import assert from 'node:assert/strict'
import { readInvocation } from '../../src/invocation.ts'

const samples = [
  {
    targets: ['logs', 's3'],
    deadlineMs: '5000',
    sign: 'false',
    publish: {
      metrics: true,
      s3: { bucket: 'b', prefix: 'p/' },
      sns: { topic: 'arn:aws:sns:eu-west-1:123456789012:t', when: 'error' },
    },
  },
  {
    RequestType: 'Create',
    ResponseURL: 'https://s.example/?X-Amz-Signature=a',
    StackId: 's',
    RequestId: 'r',
    LogicalResourceId: 'l',
    ResourceProperties: { ServiceToken: 't', targets: 'logs' },
  },
  { DeploymentId: 'd', LifecycleEventHookExecutionId: 'h' },
  { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} },
]

export const parsers = [
  {
    name: 'lambda event',
    samples: samples.map(event => JSON.stringify(event)),
    pieces: ['"targets":', '"publish":{', '"resolvers":["', '"internetCanary":"', '"__proto__":{"targets":["x"]},'],
    read: (input: Buffer) => {
      const text = input.toString('utf8')
      const refuses = (act: () => unknown) => {
        try {
          act()
        } catch (error) {
          assert.equal((error as Error).name, 'ProbeUsageError', String((error as Error).stack))
          assert.ok((error as Error).message.length < 2000, `${(error as Error).message.length} characters`)
          assert.doesNotMatch((error as Error).message, /[\u0000-\u001f\u007f-\u009f]/)
        }
      }
      refuses(() => readInvocation(undefined, { ENIPROBE_EVENT: text }))
      let event: unknown
      try {
        event = JSON.parse(text)
      } catch {
        event = text
      }
      refuses(() => {
        const invocation = readInvocation(event, {})
        if (invocation.by === 'cloudformation') invocation.request()
      })
    },
  },
]

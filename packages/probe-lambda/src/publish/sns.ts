// A message for people: the answer and a line a finding.

import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { isReachable, type Language, summarise } from '@eniprobe/core'
import type { Publish } from '../request.ts'
import { brief } from './client.ts'
import type { Publisher } from './index.ts'

/** Bytes: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html; characters here, of up to four bytes. */
const mostCharacters = 60_000

export function sendMessage({ topic, when }: NonNullable<Publish['sns']>, language: Language): Publisher {
  return async (report, name, _context, abortSignal) => {
    if (when === 'error' && isReachable(report)) return `${topic} (nothing to tell)`
    const client = new SNSClient({ ...brief, region: topic.split(':')[3] ?? '' })
    try {
      const Subject = `eniprobe ${name}: ${isReachable(report) ? 'reachable' : 'not reachable'}`.slice(0, 100)
      const Message = summarise(report, { limit: mostCharacters, language })
      await client.send(new PublishCommand({ TopicArn: topic, Subject, Message }), { abortSignal })
      return topic
    } finally {
      client.destroy()
    }
  }
}

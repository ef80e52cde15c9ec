// The report as an event of a log group: for whoever searches reports with Logs Insights.

import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-cloudwatch-logs'
import type { Report } from '@eniprobe/core'
import { fitAnswer } from '../answer.ts'
import { brief } from './client.ts'
import type { Publisher } from './index.ts'

/** What an event may hold, in bytes, less a margin. Before 2025 it was 256 KB, and subscribers may still cut there. */
const mostBytes = 250_000

export function writeLog(logGroupName: string): Publisher {
  return async (report, name, context, abortSignal) => {
    const client = new CloudWatchLogsClient(brief)
    try {
      const day = report.run.startedAt.slice(0, 10).replaceAll('-', '/')
      const logStreamName = `${day}/${name}/${context.awsRequestId ?? Date.parse(report.run.startedAt)}`
      await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }), { abortSignal }).catch(error => {
        // A retried invocation has the same id.
        if (!(error instanceof ResourceAlreadyExistsException)) throw error
      })
      const event = { timestamp: Date.parse(report.run.startedAt), message: inOneEvent(report) }
      const { rejectedLogEventsInfo } = await client.send(
        new PutLogEventsCommand({ logGroupName, logStreamName, logEvents: [event] }),
        { abortSignal },
      )
      if (rejectedLogEventsInfo !== undefined) throw new Error('CloudWatch Logs rejected the event: its time is out of range')
      return `${logGroupName}:${logStreamName}`
    } finally {
      client.destroy()
    }
  }
}

/** Findings and verdicts are what is searched; observations are in the answer and in S3. */
function inOneEvent(report: Report): string {
  const text = Buffer.from(JSON.stringify(fitAnswer(report, mostBytes)))
  return text.subarray(0, mostBytes + 1000).toString('utf8')
}

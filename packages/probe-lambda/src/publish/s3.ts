// The report as an object: what `eniprobe compare` and `diagnose` read.

import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { encodeReport } from '@eniprobe/core'
import type { Publish } from '../request.ts'
import { brief } from './client.ts'
import type { Publisher } from './index.ts'

export function writeObject({ bucket, prefix }: NonNullable<Publish['s3']>): Publisher {
  return async (report, name, context, abortSignal) => {
    const client = new S3Client({ ...brief, followRegionRedirects: true })
    try {
      const time = report.run.startedAt.replaceAll(/[:.]/g, '-')
      const Key = [prefix, name, `${time}${context.awsRequestId === undefined ? '' : `-${context.awsRequestId}`}.json`]
        .filter(part => part !== '')
        .join('/')
      const Body = encodeReport(report)
      await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType: 'application/json' }), { abortSignal })
      return `s3://${bucket}/${Key}`
    } finally {
      client.destroy()
    }
  }
}

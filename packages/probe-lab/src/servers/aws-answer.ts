// Words an answer as AWS does in each protocol: errors with their code where that protocol carries it, the smallest success.
import { randomBytes, randomUUID } from 'node:crypto'
import type { AwsRequest } from './aws-request.ts'

export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** One error. `jsonCode` where the JSON protocols spell it otherwise. */
export interface AwsError {
  readonly status: number
  readonly jsonStatus?: number
  readonly code: string
  readonly jsonCode?: string
  readonly message: string
  readonly extra?: Readonly<Record<string, string>>
}

export function awsError(request: AwsRequest, error: AwsError): HttpAnswer {
  const code = error.jsonCode ?? error.code
  const headers = requestIdHeaders(request)
  switch (request.protocol) {
    case 'json':
    case 'cbor':
      return {
        status: error.jsonStatus ?? 400,
        headers: { ...headers, 'content-type': 'application/x-amz-json-1.1' },
        body: JSON.stringify({ __type: code, message: error.message }),
      }
    case 'rest-json':
      return {
        status: error.status,
        headers: { ...headers, 'content-type': 'application/json', 'x-amzn-errortype': `${code}:` },
        body: JSON.stringify({ message: error.message }),
      }
    case 'ec2':
      return xml(
        error.status,
        headers,
        `<Response><Errors><Error>${fields(error)}</Error></Errors><RequestID>${randomUUID()}</RequestID></Response>`,
      )
    case 'query':
      return xml(
        error.status,
        headers,
        `<ErrorResponse xmlns="https://${request.service}.amazonaws.com/doc/"><Error><Type>Sender</Type>${fields(error)}</Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
      )
    case 's3': {
      const extra = Object.entries(error.extra ?? {}).map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
      const body = `<Error>${fields(error)}${extra.join('')}<RequestId>${headers['x-amz-request-id']}</RequestId><HostId>${headers['x-amz-id-2']}</HostId></Error>`
      return request.method === 'HEAD'
        ? { status: error.status, headers: { ...headers, 'content-type': 'application/xml' }, body: '' }
        : xml(error.status, headers, body)
    }
  }
}

/** The smallest body that the protocol calls a success. */
export function awsSuccess(request: AwsRequest, identity: { readonly arn: string; readonly account: string }): HttpAnswer {
  const headers = requestIdHeaders(request)
  const operation = request.action.split(':')[1] ?? ''
  if (request.action === 'sts:GetCallerIdentity')
    return xml(
      200,
      headers,
      `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${identity.arn}</Arn><UserId>AIDALAB</UserId><Account>${identity.account}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
    )
  switch (request.protocol) {
    case 'json':
    case 'cbor':
      return { status: 200, headers: { ...headers, 'content-type': 'application/x-amz-json-1.1' }, body: '{}' }
    case 'rest-json':
      return { status: 200, headers: { ...headers, 'content-type': 'application/json' }, body: '{}' }
    case 'ec2':
      return xml(200, headers, `<${operation}Response><requestId>${randomUUID()}</requestId></${operation}Response>`)
    case 'query':
      return xml(
        200,
        headers,
        `<${operation}Response><${operation}Result/><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${operation}Response>`,
      )
    case 's3':
      if (request.action === 's3:ListBucket' && request.method !== 'HEAD')
        return xml(
          200,
          headers,
          `<ListBucketResult><Name>${request.bucket}</Name><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>`,
        )
      if (request.action === 's3:ListAllMyBuckets')
        return xml(200, headers, '<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>')
      if (request.action === 's3:GetObject')
        return awsError(request, { status: 404, code: 'NoSuchKey', message: 'The specified key does not exist.' })
      // moto fails here, and AWS says this to whoever may put (recorded).
      if (request.method === 'PUT' && /[?&]uploadId=/.test(request.path))
        return awsError(request, { status: 404, code: 'NoSuchUpload', message: 'The specified upload does not exist.' })
      return { status: request.action === 's3:AbortMultipartUpload' ? 204 : 200, headers, body: '' }
  }
}

/** What a front end says to a request without a signature. */
export function unsignedAnswer(request: AwsRequest): HttpAnswer {
  const headers = requestIdHeaders(request)
  if (request.protocol === 's3' && request.bucket === undefined)
    return { status: 307, headers: { ...headers, location: 'https://aws.amazon.com/s3/' }, body: '' }
  if (request.protocol === 's3') return awsError(request, { status: 403, code: 'AccessDenied', message: 'Access Denied' })
  if (request.host.startsWith('dynamodb.') && request.method === 'GET')
    return {
      status: 200,
      headers: { ...headers, server: 'Server', 'content-type': 'text/plain' },
      body: `healthy: ${request.host} `,
    }
  if (request.host.startsWith('sts.') && request.method === 'GET' && request.path === '/')
    return { status: 302, headers: { ...headers, location: 'https://aws.amazon.com/iam' }, body: '' }
  if (/\.dkr\.ecr\./.test(request.host) || request.path.startsWith('/v2/'))
    return {
      status: 401,
      headers: {
        'docker-distribution-api-version': 'registry/2.0',
        'www-authenticate': `Basic realm="https://${request.host}/",service="ecr.amazonaws.com"`,
        'content-type': 'text/plain; charset=utf-8',
      },
      body: 'Not Authorized\n',
    }
  if (request.protocol === 'json')
    return awsError(request, {
      status: 400,
      code: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    })
  if (/\.execute-api\./.test(request.host))
    return {
      status: 403,
      headers: { ...headers, 'content-type': 'application/json', 'x-amzn-errortype': 'MissingAuthenticationTokenException' },
      body: '{"message":"Missing Authentication Token"}',
    }
  if (request.protocol === 'ec2' || request.protocol === 'query')
    return awsError(request, {
      status: 403,
      code: 'MissingAuthenticationToken',
      message: 'Request is missing Authentication Token',
    })
  return xml(
    403,
    headers,
    '<MissingAuthenticationTokenException>\n  <Message>Missing Authentication Token</Message>\n</MissingAuthenticationTokenException>\n',
  )
}

/** The marks by which an answer of AWS is known. */
export function requestIdHeaders(request: Pick<AwsRequest, 'protocol'>): Record<string, string> {
  if (request.protocol === 's3')
    return {
      server: 'AmazonS3',
      'x-amz-request-id': randomBytes(8).toString('hex').toUpperCase(),
      'x-amz-id-2': randomBytes(48).toString('base64'),
    }
  return { 'x-amzn-requestid': randomUUID() }
}

/** A success whose body somebody else made. */
export function xmlAnswer(request: AwsRequest, body: string): HttpAnswer {
  return xml(200, requestIdHeaders(request), body)
}

function fields(error: AwsError): string {
  return `<Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message>`
}

function xml(status: number, headers: Record<string, string>, body: string): HttpAnswer {
  return {
    status,
    headers: { ...headers, 'content-type': 'text/xml' },
    body: body.startsWith('<?') ? body : `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  }
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"]/g, char => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[char] ?? char)
}

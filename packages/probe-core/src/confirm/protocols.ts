// How each API that can be asked is spoken to: its protocol, version and paging. Data, and the request of one question.

import type { ControlQuestion } from './ask.ts'

interface Api {
  readonly protocol: 'ec2' | 'query' | 'json' | 'rest-s3'
  /** Of the query protocols, `Version`; of JSON, the prefix of X-Amz-Target. */
  readonly version: string
  /** The request's field for the next page, and the answer's. */
  readonly nextPage?: readonly [ask: string, told: string]
}

/** @see botocore's service models: apiVersion, protocol, targetPrefix and paginators */
const apis: Readonly<Record<string, Api>> = {
  ec2: { protocol: 'ec2', version: '2016-11-15', nextPage: ['NextToken', 'nextToken'] },
  rds: { protocol: 'query', version: '2014-10-31', nextPage: ['Marker', 'Marker'] },
  autoscaling: { protocol: 'query', version: '2011-01-01', nextPage: ['NextToken', 'NextToken'] },
  ecs: { protocol: 'json', version: 'AmazonEC2ContainerServiceV20141113', nextPage: ['nextToken', 'nextToken'] },
  'application-autoscaling': { protocol: 'json', version: 'AnyScaleFrontendService', nextPage: ['NextToken', 'NextToken'] },
  s3: { protocol: 'rest-s3', version: '2006-03-01' },
}

interface ControlRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly protocol: string
}

export function findApi(service: string): Api | undefined {
  return Object.hasOwn(apis, service) ? apis[service] : undefined
}

/** Only what reads: an API call that could change something is not made whatever asks for it. */
function isReadOnly(operation: string): boolean {
  return /^(?:Describe|List|Get)[A-Z][A-Za-z0-9]{1,60}$/.test(operation)
}

/** The request of one page; `page` is the token the answer before gave. Undefined: not an API or operation that is asked. */
export function requestOf(question: ControlQuestion, page?: string): ControlRequest | undefined {
  const api = findApi(question.service)
  if (api === undefined || !isReadOnly(question.operation)) return undefined
  const input = { ...question.input, ...(page !== undefined && api.nextPage && { [api.nextPage[0]]: page }) }
  switch (api.protocol) {
    case 'ec2':
    case 'query': {
      const form = new URLSearchParams({ Action: question.operation, Version: api.version })
      for (const [name, value] of Object.entries(input)) if (value !== undefined) form.set(name, String(value))
      const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
      return { method: 'POST', path: '/', headers, body: form.toString(), protocol: api.protocol }
    }
    case 'json': {
      const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${api.version}.${question.operation}` }
      return { method: 'POST', path: '/', headers, body: JSON.stringify(input), protocol: 'json' }
    }
    case 'rest-s3':
      // The one call of S3's that is made; where the bucket stands in the host's name or the path is the caller's choice.
      return question.operation === 'GetBucketPolicy'
        ? { method: 'GET', path: '/', query: 'policy=', protocol: 'rest-xml' }
        : undefined
  }
}

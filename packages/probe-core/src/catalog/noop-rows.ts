// How a row of the no-op table becomes a request: one function for each AWS protocol.

export interface NoopCall {
  readonly service: string
  /** As IAM writes it: `logs:DescribeLogGroups`. */
  readonly action: string
  readonly kind: 'auth' | 'read' | 'write'
  readonly method: string
  readonly path: string
  /** Without the question mark. */
  readonly query: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly signingName: string
  readonly protocol: string
  /** Empty: no permission is needed. */
  readonly iamActions: readonly string[]
  /** Error codes that only an authorised caller gets. A 200 always proves it. */
  readonly allowedCodes: readonly string[]
  /** AWS documents the call and its answer; otherwise seen only in recordings, in the field, or inferred from the model. */
  readonly documented: boolean
  /** Where another host than the service's default one is meant. */
  readonly host?: string
}

type Request = Pick<NoopCall, 'method' | 'path' | 'query' | 'headers' | 'body' | 'protocol'>

interface RowOptions {
  /** The IAM actions, where they are not just the action itself. */
  readonly needs?: readonly string[]
  readonly allowedCodes?: readonly string[]
  readonly evidence?: 'recorded' | 'field' | 'inferred'
}

type Row = (service: string, action: string, signingName: string, request: Request, options?: RowOptions) => NoopCall

export const auth: Row = rowOf('auth')
export const read: Row = rowOf('read')
export const write: Row = rowOf('write')

function rowOf(kind: NoopCall['kind']): Row {
  return (service, action, signingName, request, options = {}) => ({
    service,
    action,
    kind,
    ...request,
    signingName,
    iamActions: options.needs ?? [action],
    allowedCodes: options.allowedCodes ?? [],
    documented: options.evidence === undefined,
  })
}

/** AWS JSON: the operation is in a header. */
export function json(target: string, body: object = {}, version: '1.0' | '1.1' = '1.1'): Request {
  const headers = { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': target }
  return { method: 'POST', path: '/', query: '', headers, body: JSON.stringify(body), protocol: 'json' }
}

/** AWS Query: a form that names the operation and the version of the API. */
export function query(operation: string, version: string, parameters: Readonly<Record<string, string>> = {}): Request {
  const body = new URLSearchParams({ Action: operation, Version: version, ...parameters }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
  return { method: 'POST', path: '/', query: '', headers, body, protocol: 'query' }
}

/** EC2's dialect of Query: the request looks the same, error answers do not. */
export function ec2Query(operation: string, version: string, parameters: Readonly<Record<string, string>> = {}): Request {
  return { ...query(operation, version, parameters), protocol: 'ec2' }
}

export function rest(method: string, pathAndQuery: string, body = '', headers: Readonly<Record<string, string>> = {}): Request {
  const type: Readonly<Record<string, string>> = body === '' ? {} : { 'content-type': 'application/json' }
  return { method, ...split(pathAndQuery), headers: { ...type, ...headers }, body, protocol: 'rest-json' }
}

export function restXml(method: string, pathAndQuery: string): Request {
  return { method, ...split(pathAndQuery), headers: {}, body: '', protocol: 'rest-xml' }
}

function split(pathAndQuery: string): { readonly path: string; readonly query: string } {
  const [path = '/', query = ''] = pathAndQuery.split('?')
  return { path, query }
}

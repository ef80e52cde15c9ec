// Signs one request with Signature Version 4. It sends nothing.

import { userAgent } from './user-agent.ts'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly expiration?: Date
}

export interface RequestToSign {
  readonly method: string
  /** As in the Host header, with the port when it is not the scheme's own. */
  readonly host: string
  /** As it goes on the wire: percent-encoded once. */
  readonly path: string
  /** As it goes on the wire, without the question mark. */
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export interface SigningScope {
  /** The signing name, e.g. `monitoring`; not always the endpoint's. */
  readonly service: string
  readonly region: string
}

/**
 * All headers to send, the signature among them: names in lower case.
 * The signature binds the host: send it there and nowhere else.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function signRequest(
  request: RequestToSign,
  credentials: Credentials,
  scope: SigningScope,
): Promise<Readonly<Record<string, string>>> {
  const [{ SignatureV4 }, { Hash }, { HttpRequest }] = await Promise.all([
    import('@smithy/signature-v4'),
    import('@smithy/hash-node'),
    import('@smithy/protocol-http'),
  ])
  const isS3 = scope.service === 's3' || scope.service === 's3express' || scope.service === 's3-outposts'
  const signer = new SignatureV4({
    credentials,
    service: scope.service,
    region: scope.region,
    sha256: Hash.bind(null, 'sha256'),
    // Every service but S3 signs the path encoded once more than it is sent.
    uriEscapePath: !isS3,
    applyChecksum: true,
  })
  const signed = await signer.sign(
    new HttpRequest({
      method: request.method,
      protocol: 'https:',
      hostname: request.host,
      path: request.path,
      query: queryOf(request.query ?? ''),
      headers: unsignedHeaders(request),
      body: request.body ?? '',
    }),
  )
  return signed.headers
}

/** The headers of the same request without a signature. */
export function unsignedHeaders(request: RequestToSign): Record<string, string> {
  const own = Object.entries(request.headers ?? {}).map(([name, value]): [string, string] => [name.toLowerCase(), value])
  return { 'user-agent': userAgent(), ...Object.fromEntries(own), host: request.host }
}

function queryOf(query: string): Record<string, string | string[]> {
  const parts: Record<string, string | string[]> = {}
  for (const [name, value] of new URLSearchParams(query.replace(/\+/g, '%20'))) {
    const before = parts[name]
    parts[name] = before === undefined ? value : [before, value].flat()
  }
  return parts
}

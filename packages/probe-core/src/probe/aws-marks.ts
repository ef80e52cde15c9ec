// By what an HTTP answer shows that AWS made it. Pure. No mark does not prove a middlebox: some AWS front ends add none.

interface AnswerText {
  readonly headers: Readonly<Record<string, string>>
  /** Start of the body as text. */
  readonly bodyStart: string
}

/** Headers that AWS front ends set and a foreign server has no reason to. */
const markHeaders = [
  'x-amzn-requestid',
  'x-amz-request-id',
  'x-amz-id-2',
  'x-amzn-errortype',
  'x-amz-cf-id',
  'x-amz-rid',
  'x-amz-apigw-id',
  'x-amz-bucket-region',
]

const markServers = new Set(['AmazonS3', 'AmazonEC2', 'EC2ws'])

/** Names of the marks present: headers in lower case, `server: …`, `xml-error`, `json-error`, `ecr-challenge`. */
export function findAwsMarks(answer: AnswerText): string[] {
  const { headers, bodyStart } = answer
  const marks = markHeaders.filter(name => headers[name] !== undefined)
  if (markServers.has(headers.server ?? '')) marks.push(`server: ${headers.server}`)
  if (isEcrChallenge(headers)) marks.push('ecr-challenge')
  if (isXmlError(bodyStart)) marks.push('xml-error')
  if (isJsonError(bodyStart)) marks.push('json-error')
  return marks
}

/** ECR's registry answers without an AWS request id: the Docker registry header and a realm of its own host tell it. */
function isEcrChallenge(headers: Readonly<Record<string, string>>): boolean {
  const realm = /realm="https:\/\/([^"/]{1,253})/i.exec(headers['www-authenticate'] ?? '')?.[1] ?? ''
  return headers['docker-distribution-api-version'] !== undefined && /(^|\.)ecr[.-].*\.(amazonaws\.com(\.cn)?|aws)$/i.test(realm)
}

/** The query protocols' `<ErrorResponse>`, EC2's `<Response><Errors>`, S3's `<Error>`: each with a code and a request id. */
function isXmlError(body: string): boolean {
  return (
    /^\s*(<\?xml[^>]{0,100}\?>\s*)?<(ErrorResponse|Response|Error)[\s>]/.test(body) &&
    /<Code>[\w.]{1,100}<\/Code>/.test(body) &&
    /<Request(Id|ID)>/.test(body)
  )
}

/** The JSON protocols name the error's shape in `__type`. */
function isJsonError(body: string): boolean {
  return /^\s*\{/.test(body) && /"__type"\s*:\s*"[\w.#:/-]{1,200}"/.test(body)
}

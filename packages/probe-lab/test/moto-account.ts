// The account that moto keeps, past the network and past IAM: resources are made in it, its whole state is read, and the calls that
// reached it are told.
import { request } from 'node:http'

interface Sent {
  readonly method?: string
  readonly path?: string
  readonly host?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export class MotoAccount {
  readonly #socketPath: string
  readonly #region: string

  constructor(socketPath: string, region: string) {
    this.#socketPath = socketPath
    this.#region = region
  }

  /** What `work` asks is not judged by IAM; what is asked afterwards is again. */
  async asOwner<T>(work: () => Promise<T>): Promise<T> {
    await this.#send('moto-api', { path: '/moto-api/reset-auth', body: 'inf', headers: { 'content-type': 'text/plain' } })
    try {
      return await work()
    } finally {
      await this.#send('moto-api', { path: '/moto-api/reset-auth', body: '0', headers: { 'content-type': 'text/plain' } })
    }
  }

  async json(service: string, target: string, body: object, version = '1.1'): Promise<Record<string, never>> {
    const headers = { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': target }
    return JSON.parse((await this.#send(service, { headers, body: JSON.stringify(body) })) || '{}')
  }

  query(service: string, form: Readonly<Record<string, string>>): Promise<string> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
    return this.#send(service, { headers, body: new URLSearchParams(form).toString() })
  }

  rest(service: string, sent: Sent): Promise<string> {
    return this.#send(service, sent)
  }

  /** The policy of the workload's role from now on. */
  async allow(role: string, statements: readonly object[]): Promise<void> {
    const document = JSON.stringify({ Version: '2012-10-17', Statement: statements })
    await this.asOwner(() =>
      this.query('iam', {
        Action: 'PutRolePolicy',
        Version: '2010-05-08',
        RoleName: role,
        PolicyName: 'lab',
        PolicyDocument: document,
      }),
    )
  }

  /** Every object that moto holds, of every service, and what it leaves out of them: items and listings. */
  async state(): Promise<Readonly<Record<string, unknown>>> {
    return this.asOwner(async () => {
      const held = JSON.parse(await this.#send('moto-api', { method: 'GET', path: '/moto-api/data.json' }))
      // When a key was last used is moto's own book-keeping of every signed call, whoever makes it.
      delete held.iam
      delete held.sts
      return {
        held: withoutCopies(held),
        items: await this.json('dynamodb', 'DynamoDB_20120810.Scan', { TableName: 'orders' }, '1.0'),
        versions: await this.rest('s3', { method: 'GET', path: '/lab-data?versions', host: 's3.ap-northeast-1.amazonaws.com' }),
        uploads: await this.rest('s3', { method: 'GET', path: '/lab-data?uploads', host: 's3.ap-northeast-1.amazonaws.com' }),
        streams: await this.json('logs', 'Logs_20140328.DescribeLogStreams', { logGroupName: '/app/orders' }),
        queue: await this.json(
          'sqs',
          'AmazonSQS.GetQueueAttributes',
          { QueueUrl: `https://sqs.${this.#region}.amazonaws.com/123456789012/jobs`, AttributeNames: ['All'] },
          '1.0',
        ),
        history: await this.json('ssm', 'AmazonSSM.GetParameterHistory', { Name: '/team/limit' }),
      }
    })
  }

  /** What moto tells of functions, and the log groups that running one leaves. */
  async functionState(): Promise<Readonly<Record<string, unknown>>> {
    return this.asOwner(async () => ({
      functions: await this.rest('lambda', { method: 'GET', path: '/2015-03-31/functions?FunctionVersion=ALL' }),
      concurrency: await this.rest('lambda', { method: 'GET', path: '/2019-09-30/functions/worker/concurrency' }),
      policy: await this.rest('lambda', { method: 'GET', path: '/2015-03-31/functions/worker/versions' }),
      logs: await this.json('logs', 'Logs_20140328.DescribeLogGroups', {}),
    }))
  }

  async startRecording(): Promise<void> {
    await this.#send('moto-api', { path: '/moto-api/recorder/reset-recording' })
    await this.#send('moto-api', { path: '/moto-api/recorder/start-recording' })
  }

  /** What moto was asked since, one line a request. */
  async recorded(): Promise<string> {
    await this.#send('moto-api', { path: '/moto-api/recorder/stop-recording' })
    const lines = (await this.#send('moto-api', { method: 'GET', path: '/moto-api/recorder/download-recording' })).split('\n')
    const asked = lines
      .filter(Boolean)
      .map(line => JSON.parse(line) as Record<'method' | 'url' | 'body', string> & { headers: object })
    return asked
      .map(({ method, url, headers, body }) => {
        const { Authorization: _, ...told } = headers as Record<string, string>
        return `${method} ${url} ${JSON.stringify(told)} ${Buffer.from(body ?? '', 'base64').toString()}`
      })
      .join('\n')
  }

  #send(service: string, sent: Sent): Promise<string> {
    const { method = 'POST', path = '/', body = '', host = `${service}.${this.#region}.amazonaws.com` } = sent
    const authorization = `AWS4-HMAC-SHA256 Credential=LAB/20260101/${this.#region}/${service}/aws4_request, SignedHeaders=host, Signature=0`
    const headers = { host, authorization, 'content-length': Buffer.byteLength(body), connection: 'close', ...sent.headers }
    return new Promise((resolve, reject) => {
      const asked = request({ socketPath: this.#socketPath, path, method, headers }, answer => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', chunk => (text += chunk))
        answer.on('end', () =>
          (answer.statusCode ?? 500) < 300
            ? resolve(text)
            : reject(new Error(`moto ${service} ${path}: ${answer.statusCode} ${text.slice(0, 300)}`)),
        )
      })
      asked.on('error', reject)
      asked.end(body)
    })
  }
}

/** moto copies keys and items for its own answers and counts the copies too: each different object once. Listing marks its copies. */
function withoutCopies(held: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>): unknown {
  const perService = Object.entries(held).map(([service, models]) => {
    const perModel = Object.entries(models).map(([model, all]) => [
      model,
      [...new Set(all.map(one => JSON.stringify({ ...(one as object), is_latest: undefined })))].sort(),
    ])
    return [service, Object.fromEntries(perModel)]
  })
  return Object.fromEntries(perService)
}

/** One resource of every kind; gives the words that name them, where only moto knows the name. */
export async function makeResources(moto: MotoAccount): Promise<{ readonly keyId: string }> {
  return moto.asOwner(async () => {
    const bucket = { host: 'lab-data.s3.ap-northeast-1.amazonaws.com' }
    await moto.rest('s3', { ...bucket, method: 'PUT', path: '/one.csv', body: 'a,b' })
    await moto.json('logs', 'Logs_20140328.CreateLogGroup', { logGroupName: '/app/orders' })
    await moto.json('logs', 'Logs_20140328.CreateLogStream', { logGroupName: '/app/orders', logStreamName: 'one' })
    await moto.json('ecr', 'AmazonEC2ContainerRegistry_V20150921.CreateRepository', { repositoryName: 'team/app' })
    const key = (await moto.json('kms', 'TrentService.CreateKey', {})) as { KeyMetadata?: { KeyId: string } }
    await moto.json('secretsmanager', 'secretsmanager.CreateSecret', { Name: 'team/db', SecretString: 'not-for-reports' })
    await moto.json('ssm', 'AmazonSSM.PutParameter', { Name: '/team/limit', Value: 'not-for-reports', Type: 'String' })
    await moto.json(
      'dynamodb',
      'DynamoDB_20120810.CreateTable',
      {
        TableName: 'orders',
        KeySchema: [
          { AttributeName: 'customer', KeyType: 'HASH' },
          { AttributeName: 'number', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'customer', AttributeType: 'S' },
          { AttributeName: 'number', AttributeType: 'N' },
        ],
        BillingMode: 'PAY_PER_REQUEST',
      },
      '1.0',
    )
    const item = { customer: { S: 'a' }, number: { N: '1' } }
    await moto.json('dynamodb', 'DynamoDB_20120810.PutItem', { TableName: 'orders', Item: item }, '1.0')
    await moto.json('sqs', 'AmazonSQS.CreateQueue', { QueueName: 'jobs' }, '1.0')
    await moto.query('sns', { Action: 'CreateTopic', Version: '2010-03-31', Name: 'news' })
    const model = { ModelName: 'm', ExecutionRoleArn: 'arn:aws:iam::123456789012:role/lab-workload' }
    await moto.json('sagemaker', 'SageMaker.CreateModel', { ...model, PrimaryContainer: { Image: 'i' } })
    const variant = { VariantName: 'all', ModelName: 'm', InitialInstanceCount: 1, InstanceType: 'ml.m5.large' }
    await moto.json('sagemaker', 'SageMaker.CreateEndpointConfig', { EndpointConfigName: 'c', ProductionVariants: [variant] })
    await moto.json('sagemaker', 'SageMaker.CreateEndpoint', { EndpointName: 'ranker', EndpointConfigName: 'c' })
    return { keyId: key.KeyMetadata?.KeyId ?? '' }
  })
}

/** A function that runs nothing, without Docker. */
export async function makeFunction(moto: MotoAccount): Promise<void> {
  await moto.asOwner(async () => {
    await moto.rest('moto-api', {
      path: '/moto-api/config',
      headers: { 'content-type': 'application/json' },
      body: '{"lambda":{"use_docker":false}}',
    })
    await moto.rest('lambda', {
      path: '/2015-03-31/functions',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        FunctionName: 'worker',
        Runtime: 'python3.13',
        Handler: 'a.b',
        Role: 'arn:aws:iam::123456789012:role/lab-workload',
        Code: { ZipFile: emptyZip },
      }),
    })
  })
}

/** A ZIP archive's end of central directory, and nothing before it. */
const emptyZip = Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex').toString('base64')

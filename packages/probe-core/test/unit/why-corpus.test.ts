// Real error texts, each with the program that wrote it and where it was seen, and what somebody reads in them by hand:
// what the error is about, and the words that the planner is given.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { planTargets } from '../../src/plan/targets.ts'
import { readErrors } from '../../src/why/read-errors.ts'

interface Entry {
  readonly program?: string
  readonly source: string
  readonly text: string
  readonly errors: readonly Readonly<Record<string, unknown>>[]
}

function load(name: string): Entry[] {
  return JSON.parse(readFileSync(new URL(`../../../test/unit/data/${name}`, import.meta.url), 'utf8'))
}

const corpus = load('why-corpus.json')
const incidents = load('why-incidents.json')

describe('an error text', () => {
  for (const { program, source, text, errors } of corpus)
    it(`of ${program} (${source}): ${text.slice(0, 60).replace(/\s+/g, ' ')}`, () => assertRead(text, errors))
})

describe('an error that is met in closed networks', () => {
  for (const { program, source, text, errors } of load('why-closed-networks.json'))
    it(`of ${program} (${source}): ${text.slice(0, 60).replace(/\s+/g, ' ')}`, () => assertRead(text, errors))
})

describe('the quoted symptom of a real incident', () => {
  for (const { source, text, errors } of incidents) it(`${source}: ${text.slice(0, 70)}`, () => assertRead(text, errors))

  it('is read in nearly every case, and leads to the name it holds', () => {
    assert.equal(incidents.filter(({ text }) => readErrors(text).errors.length > 0).length, 38)
    assert.equal(incidents.length, 40)
    // What stands in the others is no error, or no name: a class alone, a name that was blotted out.
    for (const { text } of incidents.filter(each => /amazonaws\.com/.test(each.text)))
      assert.notDeepEqual(readErrors(text).targets, [], text)
  })
})

/** Every field that was written down, and no error beside those. */
function assertRead(text: string, expected: Entry['errors']): void {
  const { errors, targets } = readErrors(text)
  const seen = errors.map((error, index) => {
    const keys = Object.keys(expected[index] ?? { errorClass: '' })
    return Object.fromEntries(keys.map(key => [key, error[key as keyof typeof error]]))
  })
  assert.deepEqual(seen, expected)
  for (const region of ['eu-west-1', null]) planTargets(targets.length === 0 ? ['sts'] : targets, { region, workloads: [] })
}

describe('the words for the planner', () => {
  const planned = (text: string, region: string | null = 'eu-west-1') =>
    planTargets(readErrors(text).targets, { region, workloads: [] }).map(
      ({ id, service, host, port, region: where, resource }) => ({ id, service, host, port, region: where, resource }),
    )

  it('a host of the region one stands in is the service by its own word', () => {
    assert.deepEqual(planned('Connect timeout on endpoint URL: "https://logs.eu-west-1.amazonaws.com/"'), [
      {
        id: 'logs',
        service: 'logs',
        host: 'logs.eu-west-1.amazonaws.com',
        port: 443,
        region: 'eu-west-1',
        resource: undefined,
      },
    ])
  })

  it('a host of another region is that very host, with the region it names', () => {
    const [target] = planned('Connect timeout on endpoint URL: "https://logs.ap-northeast-1.amazonaws.com/"')
    assert.equal(target?.host, 'logs.ap-northeast-1.amazonaws.com')
    assert.equal(target?.region, 'ap-northeast-1')
    assert.equal(target?.service, 'logs')
  })

  it('a bucket in a host or an ARN is the resource', () => {
    const [byHost] = planned('Could not connect to the endpoint URL: "https://my-bucket.s3.us-west-2.amazonaws.com/k"')
    assert.equal(byHost?.resource, 'my-bucket')
    assert.equal(byHost?.region, 'us-west-2')
    const [byArn] = planned(
      'An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:iam::111122223333:user/u is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::my-bucket/k" because no identity-based policy allows the s3:GetObject action',
    )
    assert.equal(byArn?.id, 's3://my-bucket')
  })

  it('a key, a secret, a table and a queue are named by their ARN', () => {
    const said = (action: string, arn: string) =>
      readErrors(
        `AccessDeniedException: User: arn:aws:iam::111122223333:user/u is not authorized to perform: ${action} on resource: ${arn} because no identity-based policy allows the ${action} action`,
      ).targets
    const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
    assert.deepEqual(said('kms:Decrypt', key), [`kms:${key}`])
    const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:app-AbCdEf'
    assert.deepEqual(said('secretsmanager:GetSecretValue', secret), [`secret:${secret}`])
    const table = 'arn:aws:dynamodb:eu-west-1:111122223333:table/my-t'
    assert.deepEqual(said('dynamodb:GetItem', table), [`dynamodb:${table}`])
    const queue = 'arn:aws:sqs:eu-west-1:111122223333:q'
    assert.deepEqual(said('sqs:SendMessage', queue), [`sqs:${queue}`])
    // What the planner would not take is the service, and not a word that ends the run.
    assert.deepEqual(said('dynamodb:Query', `${table}able/index/i`), ['aws://dynamodb.eu-west-1.amazonaws.com'])
    assert.deepEqual(said('kms:Decrypt', 'arn:aws:kms:eu-west-1:111122223333:key/*'), ['aws://kms.eu-west-1.amazonaws.com'])
  })

  it('a metadata service is no target, what needs its credentials is', () => {
    assert.deepEqual(
      planned('Connect timeout on endpoint URL: "http://169.254.169.254/latest/api/token"').map(t => t.id),
      ['sts'],
    )
  })

  it('an address of the machine itself leads nowhere', () => {
    const [error] = readErrors('connect ECONNREFUSED 127.0.0.1:5432').errors
    assert.deepEqual(error?.targets, [])
    assert.equal(error?.notProbed, 'loopback')
  })

  it('a URL in an answer of AWS is what AWS speaks of, but a connection that failed is one all the same', () => {
    const issuer = 'https://oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C3D'
    for (const said of [
      `An error occurred (InvalidIdentityToken) when calling the AssumeRoleWithWebIdentity operation: No OpenIDConnect provider found in your account for ${issuer}`,
      `operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 400, RequestID: 0a, InvalidIdentityToken: No OpenIDConnect provider found in your account for ${issuer}`,
      `No OpenIDConnect provider found in your account for ${issuer} (Service: Sts, Status Code: 400, Request ID: 0a)`,
    ])
      assert.deepEqual(readErrors(said).targets, ['sts'], said)
    // The words of the message may stand in the name, too.
    assert.deepEqual(
      readErrors('https://no.s3.eu-west-1.amazonaws.com/k: AccessDenied: no').errors.map(({ host }) => host),
      ['no.s3.eu-west-1.amazonaws.com'],
    )
    // A provider and a token's folder are called after a host, and are none.
    for (const path of [
      'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0A',
      '/var/run/secrets/eks.amazonaws.com/token',
    ])
      assert.equal(
        readErrors(`AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity: ${path}`).errors[0]?.host,
        undefined,
      )
    const failed =
      'RequestError: send request failed\ncaused by: Post "https://sts.eu-west-1.amazonaws.com/": dial tcp 10.0.0.9:443: i/o timeout'
    assert.deepEqual(readErrors(failed).targets, ['aws://sts.eu-west-1.amazonaws.com'])
  })

  it('a name that speaks no HTTPS is given its own port, the one that the text tells, or none', () => {
    const rows: readonly [string, readonly string[]][] = [
      ['x.abc.ng.0001.apne1.cache.amazonaws.com timed out', ['tcp://x.abc.ng.0001.apne1.cache.amazonaws.com:6379']],
      ['m.abc.cfg.apne1.cache.amazonaws.com timed out', ['tcp://m.abc.cfg.apne1.cache.amazonaws.com:11211']],
      ['x.abc.0001.apne1.cache.amazonaws.com timed out', []],
      ['redis: x.abc.0001.apne1.cache.amazonaws.com timed out', ['tcp://x.abc.0001.apne1.cache.amazonaws.com:6379']],
      [
        'clustercfg.a.b.memorydb.eu-west-1.amazonaws.com timed out',
        ['tcp://clustercfg.a.b.memorydb.eu-west-1.amazonaws.com:6379'],
      ],
      ['postgres at db.a.eu-west-1.rds.amazonaws.com timed out', ['tcp://db.a.eu-west-1.rds.amazonaws.com:5432']],
      // What a database is called says nothing of what it is.
      ['mysql.a.eu-west-1.rds.amazonaws.com timed out', []],
      ['db.a.eu-west-1.rds.amazonaws.com:6000 timed out', ['tcp://db.a.eu-west-1.rds.amazonaws.com:6000']],
      ['c.a.eu-west-1.redshift.amazonaws.com timed out', ['tcp://c.a.eu-west-1.redshift.amazonaws.com:5439']],
      ['g.cluster-a.eu-west-1.neptune.amazonaws.com timed out', ['tcp://g.cluster-a.eu-west-1.neptune.amazonaws.com:8182']],
      [
        'https://g.cluster-a.eu-west-1.neptune.amazonaws.com:8182/gremlin timed out',
        ['https://g.cluster-a.eu-west-1.neptune.amazonaws.com:8182/'],
      ],
      ['b-1.a.b.c2.kafka.eu-west-1.amazonaws.com timed out', []],
      [
        'boot-a.c1.kafka-serverless.eu-west-1.amazonaws.com timed out',
        ['tcp://boot-a.c1.kafka-serverless.eu-west-1.amazonaws.com:9098'],
      ],
      ['b-1.mq.eu-west-1.amazonaws.com timed out', []],
      ['amqps to b-1.mq.eu-west-1.amazonaws.com timed out', ['tcp://b-1.mq.eu-west-1.amazonaws.com:5671']],
      ['email-smtp.eu-west-1.amazonaws.com timed out', []],
      ['fs-0a.fsx.eu-west-1.amazonaws.com timed out', []],
      ['management.fs-0a.fsx.eu-west-1.amazonaws.com timed out', ['tls://management.fs-0a.fsx.eu-west-1.amazonaws.com']],
      ['eu-west-1a.fs-0a.efs.eu-west-1.amazonaws.com timed out', ['tcp://eu-west-1a.fs-0a.efs.eu-west-1.amazonaws.com:2049']],
      // Users deploy under the other suffixes.
      ['Connection to a.mq.eu-west-1.elasticbeanstalk.com timed out', ['tls://a.mq.eu-west-1.elasticbeanstalk.com']],
      // The APIs of the same services are HTTPS.
      ['rds.eu-west-1.amazonaws.com timed out', ['aws://rds.eu-west-1.amazonaws.com']],
      ['kafka.eu-west-1.amazonaws.com timed out', ['aws://kafka.eu-west-1.amazonaws.com']],
    ]
    for (const [said, targets] of rows) {
      const [error] = readErrors(`Error: ${said}`).errors
      assert.deepEqual(error?.targets, targets, said)
      if (targets.length === 0) assert.equal(error?.notProbed, 'no-port', said)
    }
    assert.deepEqual(readErrors('getaddrinfo ENOTFOUND db.a.eu-west-1.rds.amazonaws.com').targets, [
      'dns://db.a.eu-west-1.rds.amazonaws.com',
    ])
  })

  it('a zone where a region belongs leads nowhere, and one in a name of its own does', () => {
    const [error] = readErrors('Could not resolve host: sts.eu-west-1a.amazonaws.com').errors
    assert.equal(error?.notProbed, 'zone-as-region')
    for (const host of [
      'vpce-0a-b-eu-west-1a.sts.eu-west-1.vpce.amazonaws.com',
      'eu-west-1a.internal.example',
      'db.eu-west-9z.example.com',
    ])
      assert.notEqual(readErrors(`Could not resolve host: ${host}`).errors[0]?.notProbed, 'zone-as-region', host)
  })

  it('no path of an unknown URL is asked for, but the one a package tool was refused', () => {
    assert.deepEqual(
      readErrors('Get "https://app.internal.example/orders/delete/7": dial tcp 10.0.0.9:443: i/o timeout').targets,
      ['https://app.internal.example/'],
    )
    assert.deepEqual(
      readErrors('  - Status code: 404 for https://mirror.example/al2023/x86_64/mirror.list (IP: 10.0.0.9)').targets,
      ['https://mirror.example/al2023/x86_64/mirror.list'],
    )
  })
})

describe('a log', () => {
  const line = (n: number, host: string) =>
    `2026-01-01T00:00:${n}Z req ${100_000 + n} botocore.exceptions.ConnectTimeoutError: Connect timeout on endpoint URL: "https://${host}/"`

  it('tells a repeated error once, with its count and its last line, the most frequent first', () => {
    const text = [
      line(10, 'sqs.eu-west-1.amazonaws.com'),
      line(11, 'logs.eu-west-1.amazonaws.com'),
      'fine',
      line(12, 'logs.eu-west-1.amazonaws.com'),
    ]
    const { errors, lines } = readErrors(text.join('\r\n'))
    assert.equal(lines, 4)
    assert.deepEqual(
      errors.map(({ service, count, line: at }) => ({ service, count, at })),
      [
        { service: 'logs', count: 2, at: 4 },
        { service: 'sqs', count: 1, at: 1 },
      ],
    )
  })

  it('does not take two neighbours for one failure, but a cause, a continued line and the body of an answer', () => {
    const read = (...lines: string[]) =>
      readErrors(lines.join('\n')).errors.map(({ errorClass, service }) => [errorClass, service])
    const fetched = 'error: Failed to fetch: `https://app.internal.example/`'
    const denied = 'An error occurred (AccessDenied) when calling the GetObject operation: Access Denied'
    assert.deepEqual(read('Could not connect to the endpoint URL: "https://logs.eu-west-1.amazonaws.com/"', denied).sort(), [
      ['connect-failed', 'logs'],
      ['denied', 's3'],
    ])
    assert.equal(read(fetched, 'the other one returned error: 503').length, 2)
    assert.deepEqual(read(fetched, '  returned error: 503'), [['http-status', undefined]])
    assert.deepEqual(read(fetched, 'Caused by: returned error: 503'), [['http-status', undefined]])
    assert.deepEqual(
      read(
        'Error executing "GetObject" on "https://b.s3.eu-west-1.amazonaws.com/k"; AWS HTTP error: Client error: `GET https://b.s3.eu-west-1.amazonaws.com/k` resulted in a `403 Forbidden` response:',
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
      ),
      [['denied', 's3']],
    )
  })

  it('takes two entries of a log for two failures, however near and however alike', () => {
    const read = (...lines: string[]) =>
      readErrors(lines.join('\n'))
        .errors.map(({ errorClass, host, action }) => [errorClass, host ?? action])
        .sort()
    const sqs = 'Connect timeout on endpoint URL: "https://sqs.us-east-1.amazonaws.com/"'
    const refused = ['refused', '10.0.0.9']
    const both = [['connect-timeout', 'sqs.us-east-1.amazonaws.com'], refused]
    const redis = 'redis: dial tcp 10.0.0.9:6379: connect: connection refused'
    for (const [one, other] of [
      ['app-1    | ', 'cache-1  | '],
      ['[pod/app-1/app] ', '[pod/cache-1/redis] '],
      ['2024-01-01 10:00:01 ERROR ', '2024-01-01 10:00:02 ERROR '],
      ['ERROR ', 'ERROR '],
      ['  12: ', '  13: '],
      ['', ''],
    ])
      assert.deepEqual(read(`${one}${sqs}`, `${other}${redis}`), both)
    // A cause belongs to the entry above it, and to no earlier one.
    const link = 'During handling of the above exception, another exception occurred:'
    assert.deepEqual(read(`ERROR ${sqs}`, 'INFO x', link, redis), both)
    assert.deepEqual(read(`ERROR ${sqs}`, link, redis), both)
    assert.deepEqual(read('ERROR Failed to establish a new connection', link, redis), [refused])
    assert.deepEqual(
      read(
        `app-1  | ${sqs.replace('Connect timeout on', 'Could not connect to the')}`,
        link,
        'cache-1  | cache: connection refused',
      ),
      [
        ['connect-failed', 'sqs.us-east-1.amazonaws.com'],
        ['refused', undefined],
      ],
    )
    // Of two special classes none is replaced.
    assert.deepEqual(read('getaddrinfo ENOTFOUND a.example', 'cache: connection refused'), [
      ['dns-not-found', 'a.example'],
      ['refused', undefined],
    ])
  })

  it('never makes one denial of two calls, two callers, or a bare refusal and a sentence about another call', () => {
    const sentence = (action: string, user: string) =>
      `User: arn:aws:iam::111122223333:user/${user} is not authorized to perform: ${action} on resource: arn:aws:sqs:us-east-1:111122223333:q because no identity-based policy allows the ${action} action`
    for (const lines of [
      ['GET https://api.internal.example/ AccessDenied: Access Denied', sentence('sqs:SendMessage', 'u')],
      [
        'upload failed: ./x to s3://b1-bucket/x An error occurred (AccessDenied) when calling the PutObject operation: Access Denied',
        sentence('sqs:SendMessage', 'u'),
      ],
      [sentence('sqs:SendMessage', 'u'), sentence('sqs:SendMessage', 'v')],
    ]) {
      const { errors } = readErrors(lines.join('\n'))
      assert.equal(errors.length, 2, lines.join(' / '))
      assert.ok(errors.every(({ decided, host, url }) => decided === undefined || (host === undefined && url === undefined)))
    }
  })

  it('decides nothing by a code that any program may print', () => {
    for (const text of [
      'com.example.RateLimiter ThrottlingException: Rate exceeded for tenant 5',
      'INFO ThrottlingException: Rate exceeded. Retrying in 2s (attempt 1/5)',
      'ExpiredToken: refresh needed',
      '{"code":"ThrottlingException","message":"slow down"}',
      'denied: Your authorization token has expired. Reauthenticate and try again.',
    ])
      for (const { decided } of readErrors(text).errors) assert.equal(decided, undefined, text)
    const stamped = 'Signature expired: 20150411T064107Z is now earlier than 20150411T064135Z (20150411T064635Z - 5 min.)'
    assert.equal(readErrors(stamped).errors[0]?.decided, 'clock-skew')
    assert.equal(
      readErrors('An error occurred (ThrottlingException) when calling the PutRecord operation: Rate exceeded').errors[0]
        ?.decided,
      'throttled',
    )
  })

  it('gives an error the name that its own dump tells, and not the one of the machine', () => {
    const read = (host: string) =>
      readErrors(`TimeoutError: Connection timed out after 120000ms\n  code: 'TimeoutError',\n  hostname: '${host}',`).errors[0]
        ?.host
    assert.equal(read('sqs.us-east-1.amazonaws.com'), 'sqs.us-east-1.amazonaws.com')
    for (const own of ['ip-10-0-1-5', 'ip-10-0-1-5.ec2.internal', 'ip-10-0-1-5.eu-west-1.compute.internal'])
      assert.equal(read(own), undefined, own)
  })

  it('lets a certificate that has expired be told by the line below', () => {
    const said =
      "ERROR: cannot verify sts.amazonaws.com's certificate, issued by ‘CN=Corp CA’:\n  Issued certificate has expired."
    assert.deepEqual(
      readErrors(said).errors.map(({ errorClass, host }) => [errorClass, host]),
      [['tls-expired', 'sts.amazonaws.com']],
    )
  })

  it('reads a box row by row where it shows source', () => {
    const { errors } = readErrors(
      [
        '│ /app/main.py:12 in main          │',
        '│ ❱ 12 connect()  # refused by peer │',
        '│ connect ECONNREFUSED a.example:443 │',
      ].join('\n'),
    )
    assert.deepEqual(
      errors.map(({ host, errorClass }) => [errorClass, host]),
      [['refused', 'a.example']],
    )
  })

  it('keeps two hosts of one kind apart, and two addresses', () => {
    const { errors } = readErrors(['10.0.0.1', '10.0.0.2', '10.0.0.1'].map(ip => `dial tcp ${ip}:5432: i/o timeout`).join('\n'))
    assert.deepEqual(
      errors.map(({ host, count }) => [host, count]),
      [
        ['10.0.0.1', 2],
        ['10.0.0.2', 1],
      ],
    )
  })

  it('is read through colours, time stamps, and a message inside JSON inside JSON', () => {
    const inner = JSON.stringify({
      err: 'RequestError: send request failed\ncaused by: Post "https://ssm.eu-west-1.amazonaws.com/": dial tcp 10.0.0.9:443: i/o timeout',
    })
    for (const text of [
      '\u001b[31mError:\u001b[0m connect ETIMEDOUT \u001b[1mssm.eu-west-1.amazonaws.com\u001b[0m:443',
      `{"level":"error","log":${JSON.stringify(inner)}}`,
      'Jan 01 00:00:00 ip-10-0-0-1 app[1]: Post "https://ssm.eu-west-1.amazonaws.com/": dial tcp 10.0.0.9:443: i/o timeout',
    ]) {
      const { errors } = readErrors(text)
      assert.equal(errors.length, 1, text)
      assert.deepEqual(errors[0]?.targets, ['aws://ssm.eu-west-1.amazonaws.com'], text)
      assert.equal(errors[0]?.errorClass, 'connect-timeout', text)
    }
  })

  it('of no failure holds none', () => {
    for (const text of [
      '2026-01-01 INFO connected to https://logs.eu-west-1.amazonaws.com/ in 12 ms, status code: 200',
      'GET /region/eu-west-1 200 timeout=30 retries=3',
      'Certificate valid until 2027-01-01; TLS 1.3; region eu-west-1',
      '    raise EndpointConnectionError(endpoint_url=request.url, error=e)',
      'resource "aws_vpc_endpoint" "logs" { private_dns_enabled = true }',
      'ModuleNotFoundError: No module named boto3',
      'FileNotFoundError: [Errno 2] No such file or directory',
      'module lookup: git clone failed: fatal: not a git repository',
      'Too many connections are open in the pool: 1040 of 2000',
      'FATAL: the configuration file holds no section [app]',
      'ensure that the role passed to CreateModel has permissions',
      'user logged in to the server',
      'Domain name not found in the list of allowed names',
      'mounted fs-0a.efs.eu-west-1.amazonaws.com:/ at /mnt',
      '[AdminClient clientId=a] Node 1 disconnected.',
      'the token expired field is not set',
      'S3 VPC endpoint vpce-0a created',
      'open 10.0.0.0/16:443 in the security group',
      // Settings, source and lists of codes.
      'spring.redis.timeout: 5000\nconnection-timeout: 20000\nhttp.socket.timeout=3000\nconnectTimeout: 5000',
      'hikari.connectionTimeout=30000\nConnectTimeoutMs=1000\nproxy_connect_timeout 60s;\nconnect_timeout = 10\nread timeout=60',
      '{"dns_timeout":false,"connection_refused":0,"reset":0,"read_timeout_ms":3000,"connect_timeout_ms":1000}',
      'from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError, NoCredentialsError',
      'import socket; socket.timeout',
      '    except (ConnectTimeoutError, ReadTimeoutError) as e:',
      '    catch (ThrottlingException e) { log.warn("ThrottlingException: Rate exceeded, backing off"); }',
      "// retries on ECONNRESET, ETIMEDOUT, EPIPE and ENOTFOUND\nconst RETRYABLE = ['ECONNRESET', 'ENOTFOUND'];",
      "retries: ['ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT']",
      // Advice, a success, a denied state.
      '# If you get "Connection timed out" check the security group of the endpoint.',
      'if you see "self signed certificate in certificate chain" set http.sslCAInfo',
      'INFO retry 1 succeeded after Connection reset by peer',
      'Certificate has expired: no\nnotAfter=Jan 1 2025; certificate is expired? false',
      'test_connection_refused_is_retried PASSED\n  ✓ handles ECONNREFUSED gracefully (12ms)',
      // Who called here, and not who was called.
      '10.0.1.5 - - [01/Jan/2024:10:00:00 +0000] "GET /docs HTTP/1.1" 200 512 "https://example.com/errors/ETIMEDOUT" "curl/8.0"',
      'transport: http2Server.HandleStreams failed to read frame: read tcp 10.0.1.5:8080->10.0.1.6:33333: read: connection reset by peer',
      'sshd[123]: Connection reset by 10.0.1.7 port 51234 [preauth]',
      '(service x) (port 8080) is unhealthy in (target-group arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/x/1) due to (reason Request timed out)',
      'Target.Timeout: Request timed out',
      // The same words, of others.
      'org.springframework.security.access.AccessDeniedException: Access is denied',
      'java.nio.file.AccessDeniedException: /mnt/data/file.txt',
      "UnauthorizedAccessException: Access to the path 'C:/app' is denied.",
      'JWT verification failed: Signature expired',
      "PermissionError: [Errno 13] Permission denied: '/mnt/data/file.txt'",
    ])
      assert.deepEqual(readErrors(text).errors, [], text)
  })
})

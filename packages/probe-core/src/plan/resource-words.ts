// Target words that name a resource of the user's (`kms:alias/app`) or a package tool (`pip`), as data: what they look like
// and which hosts stand behind them. The signed call on the resource itself is no part of the plan.

import type { PackageRole } from '../model/packages.ts'

export interface ResourceForm {
  readonly prefix: string
  readonly services: readonly string[]
  readonly pattern: RegExp
  /** What the user should write, for the message. */
  readonly example: string
}

const arn = String.raw`arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:\d*:[\w+=,.@:/*-]{1,300}`

/** 1 to 65535. */
const port = String.raw`(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])`

function form(prefix: string, services: readonly string[], pattern: string, example: string): ResourceForm {
  return { prefix, services, pattern: new RegExp(`^(?:${pattern})$`), example }
}

/** Lengths and letters are those of each service's API reference. */
export const resourceForms: readonly ResourceForm[] = [
  form('ec2', ['ec2'], `i-(?:[0-9a-f]{8}|[0-9a-f]{17})(?::${port})?`, 'ec2:i-0123456789abcdef0 or ec2:i-0123456789abcdef0:22'),
  form('rds', ['rds'], '(?=.{1,63}$)[A-Za-z](?:-?[A-Za-z0-9])*', 'rds:my-database'),
  form('ecs', ['ecs'], '[A-Za-z0-9_-]{1,255}/[A-Za-z0-9_-]{1,255}', 'ecs:my-cluster/my-service'),
  form('logs', ['logs'], String.raw`[\w./#-]{1,512}`, 'logs:/aws/lambda/my-function'),
  form(
    'codeartifact',
    ['codeartifact.api', 'codeartifact.repositories'],
    '[a-z][a-z0-9-]{0,48}[a-z0-9]/[A-Za-z0-9][A-Za-z0-9._-]{1,99}',
    'codeartifact:my-domain/my-repository',
  ),
  form('ecr', ['ecr.api', 'ecr.dkr'], '[a-z0-9][a-z0-9._/-]{1,255}', 'ecr:my-team/my-image'),
  form('kms', ['kms'], String.raw`${arn}|alias/[\w/-]{1,250}|mrk-[0-9a-f]{32}|[0-9a-f-]{36}`, 'kms:alias/my-key'),
  form('secret', ['secretsmanager'], String.raw`${arn}|[\w/+=.@-]{1,512}`, 'secret:my-team/my-secret'),
  form('parameter', ['ssm'], String.raw`${arn}|[\w./-]{1,1011}`, 'parameter:/my-team/my-parameter'),
  form('dynamodb', ['dynamodb'], String.raw`${arn}|[\w.-]{3,255}`, 'dynamodb:my-table'),
  form('sqs', ['sqs'], String.raw`${arn}|[\w-]{1,80}(?:\.fifo)?`, 'sqs:my-queue'),
  form('sns', ['sns'], String.raw`${arn}|[\w-]{1,256}(?:\.fifo)?`, 'sns:my-topic'),
  form('lambda', ['lambda'], String.raw`${arn}|[\w-]{1,64}(?::[\w$-]{1,128})?`, 'lambda:my-function'),
]

/** Package managers that can be named, and the index and file hosts of each as it comes: used where nobody read its configuration. */
export const packageDefaults: Readonly<Record<string, readonly (readonly [PackageRole, string])[]>> = {
  pip: [
    ['index', 'https://pypi.org/simple/'],
    ['files', 'https://files.pythonhosted.org/'],
  ],
  npm: [['registry', 'https://registry.npmjs.org/']],
  conda: [
    ['channel', 'https://conda.anaconda.org/'],
    ['channel', 'https://repo.anaconda.com/'],
  ],
  // Amazon Linux 2023 keeps its packages in a bucket of the region, under the dual-stack name.
  dnf: [['repository', 'https://al2023-repos-{region}-de612dc2.s3.dualstack.{region}.{dnsSuffix}/']],
  yum: [['repository', 'https://al2023-repos-{region}-de612dc2.s3.dualstack.{region}.{dnsSuffix}/']],
  apt: [],
  docker: [
    ['image-registry', 'https://registry-1.docker.io/'],
    ['tokens', 'https://auth.docker.io/'],
  ],
}

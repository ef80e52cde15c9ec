// Target words that name a resource of the user's (`kms:alias/app`) or a package tool (`pip`), as data: what they look like
// and which hosts stand behind them. Which signed calls prove their use is the catalogue's.

import { remark } from '../catalog/index.ts'
import type { PackageRole } from '../model/packages.ts'

export interface ResourceForm {
  readonly prefix: string
  /** The first is the target that carries the word itself. */
  readonly services: readonly string[]
  readonly pattern: RegExp
  /** What the user should write, for the message. */
  readonly example: string
  /** The host of a service whose names hold the resource's own; with `account` null, a name that takes the same way. */
  readonly hostOf?: (service: string, resource: string, account: string | null) => string | undefined
  /** Why a host of it is only reached, by service. */
  readonly reached?: Readonly<Record<string, string>>
  /** A further host that its data comes from. */
  readonly data?: { readonly id: string; readonly service: string; readonly host: string; readonly note: string }
}

/** 1 to 65535. */
const port = String.raw`(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])`

/** An ARN of this service, whose last part looks like this. */
function arn(service: string, rest: string): string {
  return String.raw`arn:aws[a-z-]*:${service}:[a-z0-9-]+:\d{12}:${rest}`
}

function form(
  prefix: string,
  services: readonly string[],
  pattern: string,
  example: string,
  more: Pick<ResourceForm, 'hostOf' | 'reached' | 'data'> = {},
): ResourceForm {
  return { prefix, services, pattern: new RegExp(`^(?:${pattern})$`), example, ...more }
}

const parameter = String.raw`[\w.-]+(?:/[\w.-]+)*`
const queue = String.raw`[\w-]{1,80}|[\w-]{1,75}\.fifo`
const topic = String.raw`[\w-]{1,256}|[\w-]{1,251}\.fifo`
const lambdaName = String.raw`[\w-]{1,64}(?::(?:\$LATEST|[\w-]{1,128}))?`

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
    {
      // What the service tells of the repository's own name is asked in any case.
      hostOf: (service, resource, account) => {
        if (service !== 'codeartifact.repositories') return undefined
        const own = account === null ? '' : `${resource.split('/')[0]}-${account}.`
        return `${own}d.codeartifact.{region}.{dnsSuffix}`
      },
    },
  ),
  form('ecr', ['ecr.api', 'ecr.dkr'], '(?=.{2,256}$)[a-z0-9]+(?:[._/-]+[a-z0-9]+)*', 'ecr:my-team/my-image', {
    data: {
      id: 'layers',
      service: 's3',
      host: 'prod-{region}-starport-layer-bucket.s3.{region}.{dnsSuffix}',
      note: remark('layersBucket', {}),
    },
  }),
  form(
    'kms',
    ['kms'],
    `${arn('kms', String.raw`(?:key/[\w-]{1,64}|alias/[\w/-]{1,250})`)}|${String.raw`alias/[\w/-]{1,250}|mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`}`,
    'kms:alias/my-key or kms:KEY-ID',
  ),
  form(
    'secret',
    ['secretsmanager'],
    `${arn('secretsmanager', String.raw`secret:[\w/+=.@-]{1,519}`)}|${String.raw`[\w/+=.@-]{1,512}`}`,
    'secret:my-team/my-secret',
  ),
  form(
    'parameter',
    ['ssm'],
    `(?=.{1,1011}$)(?:${arn('ssm', `parameter/${parameter}`)}|/?${parameter})`,
    'parameter:/my-team/my-parameter',
  ),
  form(
    'dynamodb',
    ['dynamodb'],
    `${arn('dynamodb', String.raw`table/[\w.-]{3,255}`)}|${String.raw`[\w.-]{3,255}`}`,
    'dynamodb:my-table',
  ),
  form('sqs', ['sqs'], `${arn('sqs', `(?:${queue})`)}|${queue}`, 'sqs:my-queue'),
  form('sns', ['sns'], `${arn('sns', `(?:${topic})`)}|${topic}`, 'sns:my-topic'),
  form(
    'lambda',
    ['lambda'],
    `${arn('lambda', `function:${lambdaName}`)}|${lambdaName}`,
    'lambda:my-function or lambda:my-function:my-alias',
  ),
  form(
    'sagemaker-endpoint',
    ['sagemaker.api', 'sagemaker.runtime'],
    '(?=.{1,63}$)[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*',
    'sagemaker-endpoint:my-endpoint',
    { reached: { 'sagemaker.runtime': remark('endpointReached', {}) } },
  ),
  form(
    'bedrock',
    ['bedrock', 'bedrock-runtime'],
    `${String.raw`arn:aws[a-z-]*:bedrock:[a-z0-9-]+:(?:\d{12})?:[a-z-]+/[\w.:/-]{1,300}`}|${String.raw`[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,2}(?:[.:][a-z0-9-]{1,63}){0,4}`}`,
    'bedrock:amazon.nova-lite-v1:0 or bedrock:eu.amazon.nova-lite-v1:0',
  ),
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

// Which service is meant where no host is printed: SDKs spell services and operations in words of their own.

import { findService, type Service } from '../catalog/index.ts'

/** SDK spellings that are no word of the catalogue once their prefix is gone (lower case, letters and digits only). */
const spellings: Readonly<Record<string, string>> = {
  securitytokenservice: 'sts',
  simplesystemsmanagement: 'ssm',
  simpleemailservice: 'email',
  simplenotificationservice: 'sns',
  kinesisfirehose: 'kinesis-firehose',
  dynamodbv2: 'dynamodb',
  cloudwatchlogs: 'logs',
  cloudwatch: 'monitoring',
  elasticloadbalancingv2: 'elasticloadbalancing',
  ecr: 'ecr.api',
  sagemaker: 'sagemaker.api',
  sagemakerruntime: 'sagemaker.runtime',
  identitymanagement: 'iam',
  elasticmapreduce: 'elasticmapreduce',
  bedrockruntime: 'bedrock-runtime',
}

/** Operations that only one service of those people call from a private network has. */
const operations: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    s3: 'PutObject GetObject HeadObject HeadBucket DeleteObject CopyObject ListObjects ListObjectsV2 ListBuckets CreateMultipartUpload UploadPart CompleteMultipartUpload GetBucketLocation',
    sts: 'GetCallerIdentity AssumeRole AssumeRoleWithWebIdentity GetSessionToken',
    secretsmanager: 'GetSecretValue DescribeSecret ListSecrets PutSecretValue',
    ssm: 'GetParameter GetParameters GetParametersByPath PutParameter UpdateInstanceInformation StartSession',
    kms: 'Decrypt Encrypt GenerateDataKey DescribeKey',
    logs: 'PutLogEvents CreateLogGroup CreateLogStream DescribeLogGroups DescribeLogStreams FilterLogEvents',
    monitoring: 'PutMetricData GetMetricData GetMetricStatistics',
    'ecr.api': 'BatchGetImage GetDownloadUrlForLayer BatchCheckLayerAvailability',
    sqs: 'SendMessage ReceiveMessage DeleteMessage GetQueueUrl GetQueueAttributes',
    sns: 'Publish ListTopics Subscribe',
    dynamodb: 'PutItem GetItem UpdateItem DeleteItem BatchWriteItem BatchGetItem Scan DescribeTable',
    athena: 'StartQueryExecution GetQueryExecution GetQueryResults',
    'sagemaker.api': 'CreateTrainingJob DescribeTrainingJob CreateModel CreateProcessingJob',
    'sagemaker.runtime': 'InvokeEndpoint',
    'bedrock-runtime': 'InvokeModel InvokeModelWithResponseStream Converse ConverseStream',
    ec2: 'DescribeInstances DescribeNetworkInterfaces RunInstances DescribeSubnets DescribeVpcs DescribeRegions',
    rds: 'DescribeDBInstances DescribeDBClusters',
    glue: 'GetTable GetTables GetDatabase GetDatabases GetPartitions StartJobRun',
  }).flatMap(([id, names]) => names.split(' ').map(name => [name, id])),
)

/** What a stopped ECS task says it was fetching (amazon-ecs-agent, Fargate). */
const fetched: readonly (readonly [RegExp, string])[] = [
  [/between the task and Amazon CloudWatch/, 'logs'],
  [/between the task and AWS Secrets Manager|registry auth from asm/, 'secretsmanager'],
  [/between the task and Amazon ECR/, 'ecr.api'],
  [/download env files/, 's3'],
  [/unable to retrieve ecr registry auth|ecr registry auth/i, 'ecr.api'],
  [/retrieve secrets? from ssm|ssm parameters?|invalid parameters/i, 'ssm'],
  [/secrets? from asm|secrets? manager/i, 'secretsmanager'],
  [/validate logger args|cloudwatch log stream/i, 'logs'],
]

/** `AmazonS3`, `AWSSecurityTokenService`, `Secrets Manager`, `CloudWatch Logs`. */
export function findSaidService(word: string): Service | undefined {
  const bare = word.replace(/^(?:Amazon|AWS) ?(?=[A-Z])/, '').trim()
  const key = bare.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return findService(spellings[key] ?? key) ?? findService(bare) ?? findService(bare.replaceAll(' ', ''))
}

/** By a policy's action: its prefix is the service's, but where one prefix has a host for the data and another for the rest. */
export function findServiceOfAction(action: string): Service | undefined {
  const [prefix = '', verb = ''] = action.split(':')
  const runtime = prefix === 'bedrock' || prefix === 'sagemaker' ? findServiceOfOperation(verb) : undefined
  return runtime ?? findSaidService(prefix)
}

export function findServiceOfOperation(operation: string): Service | undefined {
  const id = operations[operation]
  return id === undefined ? undefined : findService(id)
}

export function findFetchedService(line: string): Service | undefined {
  if (/S3 VPC endpoint|VPC S3 endpoint|execute request to S3\b|S3(?:Service|Curl)Exception/.test(line)) return findService('s3')
  if (/AWS\.SimpleQueueService\./.test(line)) return findService('sqs')
  const id = /ResourceInitializationError|unable to (?:pull|retrieve)/i.test(line)
    ? fetched.find(([form]) => form.test(line))?.[1]
    : undefined
  return id === undefined ? undefined : findService(id)
}

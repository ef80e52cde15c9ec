// AWS was reached, knows who calls, and says no.

import type { AwsObservation, HttpObservation } from '../../../src/model/observation.ts'
import { allowed, change, endpoints, host, http, refused, replaceLayer, type Scenario, service } from './scenario.ts'

const role = 'arn:aws:sts::123456789012:assumed-role/workload/session'
const s3Marks = { awsMarks: ['x-amz-request-id', 'server: AmazonS3'], server: 'AmazonS3' }

/** An object of someone's bucket, asked for without a signature. */
function url(bucket: string, path: string, answer: { http: HttpObservation; aws?: AwsObservation }): Pick<Scenario, 'world' | 'shape'> {
  const name = `${bucket}.s3.dualstack.ap-northeast-1.amazonaws.com`
  return {
    world: { targets: [{ ...host(name, { id: 'dnf' }), is: 'host' } as ReturnType<typeof host>], gateways: ['s3'] },
    shape: report => ({
      ...report,
      targets: report.targets.map(t => ({
        ...t,
        path,
        observations: [
          { layer: 'dns', outcome: 'answered', seen: { name, addresses: ['52.219.40.7'], resolver: '10.20.0.2' } },
          { layer: 'tcp', address: '52.219.40.7', outcome: 'answered', seen: { port: 443, tries: 1 } },
          { layer: 'tls', address: '52.219.40.7', outcome: 'answered', seen: { serverName: name, trusted: true } },
          answer.http,
          ...(answer.aws ? [answer.aws] : []),
        ],
      })),
    }),
  }
}

const anonymous: AwsObservation = { layer: 'aws', outcome: 'rejected', code: 'AccessDenied', message: 'Access Denied', seen: { signed: false, status: 403 } }

/** One bucket the user named, refused without a reason. */
function bucket(action: string, also: readonly AwsObservation[] = []): Pick<Scenario, 'world' | 'shape'> {
  return {
    world: { targets: [{ is: 'service', service: 's3', name: 'regional' }], gateways: ['s3'] },
    shape: report => change('s3', replaceLayer('aws', refused('AccessDenied', 'Access Denied', { action, resource: 'orders' }), ...also))(report),
  }
}

const anyOf = ['denied-unattributed', 'kms-denies'] as const

export const permissionScenarios: readonly Scenario[] = [
  {
    name: 'mirror-path-does-not-exist',
    region: 'ca-central-1',
    ...url('al2023-repos-ap-northeast-1-de612dc2', '/core/mirrors/2099.01.20990101/x86_64/mirror.list', { http: http(403, s3Marks), aws: anonymous }),
    expected: { about: 'S3 hides from anonymous callers that a key does not exist.', first: ['denied-unattributed', 'object-missing-looks-denied'], target: 'dnf', named: ['object-missing-looks-denied'], inseparable: true, verdicts: { dnf: 'denied' } },
  },
  {
    name: 'packages-are-fetched-unsigned',
    ...url('al2023-repos-ap-northeast-1-de612dc2', '/core/mirrors/latest/x86_64/mirror.list', { http: http(403, s3Marks), aws: anonymous }),
    expected: { about: 'The endpoint policy admits a role; the package manager signs nothing.', first: ['denied-unattributed', 'object-missing-looks-denied'], target: 'dnf', named: ['endpoint-policy-denies'], inseparable: true },
  },
  {
    name: 'image-layers-come-from-another-bucket',
    ...url('prod-ap-northeast-1-starport-layer-bucket', '/', { http: http(403, s3Marks), aws: anonymous }),
    expected: { about: 'The S3 endpoint policy lacks the registry’s own layer bucket.', first: ['denied-unattributed'], target: 'dnf', named: ['endpoint-policy-denies'], inseparable: true },
  },
  {
    name: 'bucket-wants-source-vpc',
    world: { hasWayOut: true, endpoints: {}, gateways: [], targets: [service('s3')] },
    shape: change('s3', replaceLayer('aws', refused('AccessDenied', 'Access Denied', { action: 's3:PutObject', resource: 'orders' }))),
    expected: { about: 'The bucket asks for aws:SourceVpc, which only an endpoint adds.', first: anyOf, target: 's3', named: ['bucket-policy-denies'], nextStep: 'cloudtrail', inseparable: true, verdicts: { s3: 'denied' } },
    minimal: {},
  },
  {
    name: 'registry-endpoint-policy-has-deny-only',
    workload: 'eks-node',
    world: { hasWayOut: true, endpoints: endpoints('ecr.api', 'ecr.dkr'), targets: [service('ecr.api')] },
    shape: change('ecr.api', replaceLayer('aws', refused('AccessDeniedException', `User: ${role} is not authorized to perform: ecr:DescribeRepositories on resource: arn:aws:ecr:ap-northeast-1:123456789012:repository/* because no VPC endpoint policy allows the ecr:DescribeRepositories action`, { action: 'ecr:DescribeRepositories', status: 400 }))),
    expected: { about: 'A policy of Deny statements alone allows nothing.', first: ['endpoint-policy-denies'], target: 'ecr.api', certain: true },
    minimal: {},
  },
  {
    name: 'perimeter-policy-stops-services',
    world: { endpoints: endpoints('ec2', 'ssm'), targets: [service('ec2'), service('ssm')] },
    shape: change('ec2', replaceLayer('aws', refused('UnauthorizedOperation', 'You are not authorized to perform this operation.', { action: 'ec2:DescribeInstances' }))),
    expected: { about: 'A data-perimeter endpoint policy has no exemption for AWS’s own callers.', first: ['denied-unattributed'], target: 'ec2', named: ['endpoint-policy-denies', 'identity-policy-denies'], nextStep: 'cloudtrail', inseparable: true },
    minimal: {},
  },
  {
    name: 'example-endpoint-policy-denies',
    world: { endpoints: endpoints('logs'), targets: [service('logs')] },
    shape: change('logs', replaceLayer('aws', refused('AccessDeniedException', `User: ${role} is not authorized to perform: logs:DescribeLogGroups on resource: arn:aws:logs:ap-northeast-1:123456789012:log-group::log-stream: because no VPC endpoint policy allows the logs:DescribeLogGroups action`, { action: 'logs:DescribeLogGroups', status: 400 }))),
    expected: { about: 'The documented example denies, and allows nothing.', first: ['endpoint-policy-denies'], target: 'logs', certain: true },
  },
  {
    name: 'execution-role-lacks-parameters',
    workload: 'ecs-fargate',
    world: { endpoints: endpoints('ssm'), targets: [service('ssm')] },
    shape: change('ssm', replaceLayer('aws', refused('AccessDeniedException', `User: ${role} is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:ap-northeast-1:123456789012:parameter/orders because no identity-based policy allows the ssm:GetParameters action`, { action: 'ssm:GetParameters', status: 400, resource: 'orders' }))),
    expected: { about: 'It is the execution role that reads parameters, not the task’s.', first: ['identity-policy-denies'], target: 'ssm', certain: true },
    minimal: {},
  },
  {
    name: 'function-may-not-use-the-key',
    workload: 'lambda',
    ...bucket('s3:PutObject', [{ ...allowed('s3:ListBucket'), variant: 'second-action' }]),
    expected: { about: 'The bucket is encrypted with a key that the role may not use; S3 does not say so.', first: ['kms-denies', 'denied-unattributed'], target: 's3', named: ['kms-denies'], notCertain: ['kms-denies'], inseparable: true },
    minimal: {},
  },
  {
    name: 'copy-into-encrypted-bucket',
    ...bucket('s3:PutObject'),
    expected: { about: 'No permission on the key; a bare AccessDenied.', first: anyOf, target: 's3', named: ['kms-denies'], nextStep: 'cloudtrail', inseparable: true },
  },
  {
    name: 'private-api-does-not-admit-endpoint',
    region: 'ap-southeast-2',
    world: { targets: [host('a1b2c3d4e5.execute-api.ap-northeast-1.amazonaws.com', { addresses: ['10.20.1.80', '10.20.2.80'] })] },
    shape: change('https://a1b2c3d4e5.execute-api.ap-northeast-1.amazonaws.com/', t => ({
      ...replaceLayer('http', http(403), {
        layer: 'aws',
        outcome: 'rejected',
        code: 'AccessDeniedException',
        message: 'User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:ap-northeast-1:********9012:a1b2c3d4e5/prod/GET/ because no resource-based policy allows the execute-api:Invoke action',
        seen: { signed: false, status: 403 },
      })(t),
    })),
    expected: { about: 'The private API’s policy does not admit this VPC endpoint.', first: ['resource-policy-denies'], target: 'https://a1b2c3d4e5.execute-api.ap-northeast-1.amazonaws.com/', notCertain: ['resource-policy-denies'] },
    minimal: {},
  },
  {
    name: 'public-api-captured-by-private-dns',
    world: { targets: [host('z9y8x7w6v5.execute-api.ap-northeast-1.amazonaws.com', { addresses: ['10.20.1.80', '10.20.2.80'] })] },
    shape: change(
      'https://z9y8x7w6v5.execute-api.ap-northeast-1.amazonaws.com/',
      replaceLayer('http', http(403, { awsMarks: ['x-amzn-requestid', 'x-amzn-errortype'], contentType: 'application/json', bodyStart: '{"message":"Forbidden"}' }), {
        layer: 'aws',
        outcome: 'rejected',
        code: 'ForbiddenException',
        message: 'Forbidden',
        seen: { signed: false, status: 403 },
      }),
    ),
    expected: { about: 'Private DNS of the execute-api endpoint takes the names of public APIs as well.', first: ['private-dns-captures-public-api'], target: 'https://z9y8x7w6v5.execute-api.ap-northeast-1.amazonaws.com/' },
    minimal: {},
  },
]

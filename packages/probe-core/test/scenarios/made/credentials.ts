// Who we say we are: clocks, expired tokens, metadata out of reach, regions.

import { change, endpoints, host, refused, replaceLayer, type Scenario, service } from './scenario.ts'

const hopLimit = { first: ['metadata-hop-limit'] as const, named: ['metadata-unreachable'] as const }
// Nothing was asked of the metadata: then it is one candidate of several.
const notLookedAt = { first: ['no-credentials', 'metadata-hop-limit', 'metadata-unreachable'] as const, named: ['metadata-hop-limit'] as const }
const firehose = 'vpce-0a1b2c3d4e5f60718-abcdefgh.firehose.ap-northeast-1.vpce.amazonaws.com'

export const credentialScenarios: readonly Scenario[] = [
  {
    name: 'clock-fifteen-minutes-slow',
    world: { clockOffMs: -960_000, targets: [service('s3')] },
    shape: change('s3', replaceLayer('aws', refused('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', { action: 's3:ListBuckets' }))),
    expected: { about: 'No time service: the clock lags.', first: ['clock-skew'], target: 's3', certain: true },
    minimal: {},
  },
  {
    name: 'clock-six-minutes-slow',
    region: 'us-east-1',
    world: { clockOffMs: -390_000, targets: [service('sqs')], endpoints: endpoints('sqs') },
    shape: change('sqs', replaceLayer('aws', refused('SignatureDoesNotMatch', 'Signature expired: 20261123T093300Z is now earlier than 20261123T093430Z (20261123T093930Z - 5 min.)', { action: 'sqs:ListQueues' }))),
    expected: { about: 'A few minutes are enough for a signature to expire.', first: ['clock-skew'], target: 'sqs', certain: true },
    minimal: {},
  },
  {
    name: 'task-holds-fixed-credentials',
    workload: 'ecs-fargate',
    world: { keys: 'expired', endpoints: endpoints('bedrock-runtime'), targets: [service('dynamodb'), service('bedrock-runtime')] },
    expected: { about: 'Temporary credentials were taken once and never renewed.', first: ['credentials-expired'], target: 'dynamodb', certain: true },
    minimal: {},
  },
  {
    name: 'container-behind-hop-limit',
    world: { metadata: 'hop-limit', endpoints: endpoints('sts'), targets: [service('sts')] },
    expected: { about: 'The token’s answer dies in the bridge of the container.', target: 'sts', ...hopLimit },
    minimal: notLookedAt,
  },
  {
    name: 'containers-without-provider',
    world: { metadata: 'hop-limit', targets: [service('s3')] },
    expected: { about: 'The host gets credentials, its containers do not.', target: 's3', ...hopLimit },
    minimal: notLookedAt,
  },
  {
    name: 'pod-behind-hop-limit',
    workload: 'eks-pod',
    world: { metadata: 'hop-limit', endpoints: endpoints('sts', 'logs'), targets: [service('logs'), service('s3')] },
    expected: { about: 'A pod is one hop further than the limit allows.', target: 'logs', ...hopLimit },
    minimal: notLookedAt,
  },
  {
    name: 'signed-for-region-vpce',
    world: { endpoints: endpoints('kinesis-firehose'), targets: [host(firehose, { id: 'firehose', kind: 'service', service: 'kinesis-firehose', region: 'ap-northeast-1', addresses: ['10.20.1.90'] })] },
    shape: change('firehose', replaceLayer('aws', refused('InvalidSignatureException', "Credential should be scoped to a valid region, not 'vpce'. ", { action: 'firehose:ListDeliveryStreams', status: 400, signingRegion: 'vpce' }))),
    expected: { about: 'A client reads the region out of the endpoint’s own name.', first: ['region-mismatch'], target: 'firehose' },
    minimal: {},
  },
  {
    name: 'endpoint-and-signature-of-two-regions',
    region: 'us-west-2',
    world: { endpoints: endpoints('email'), targets: [service('email')] },
    shape: change('email', replaceLayer('aws', refused('SignatureDoesNotMatch', "Credential should be scoped to a valid region, not 'us-west-1'. ", { action: 'ses:GetSendQuota', signingRegion: 'us-west-1' }))),
    expected: { about: 'The endpoint is of one region, the signature of another.', first: ['region-mismatch'], target: 'email' },
    minimal: {},
  },
]

// Names: which one the client asks for, which one an endpoint covers, and who answers for it.

import { change, endpoints, endpointWith, host, replaceLayer, type Scenario, service } from './scenario.ts'

const globalSts = { first: ['endpoint-name-not-covered'], target: 'sts-global', certain: true } as const
const codeArtifact = 'orders-123456789012.d.codeartifact.ap-northeast-1.amazonaws.com'
const cluster = 'A1B2C3D4E5F60718.gr7.ap-northeast-1.eks.amazonaws.com'

export const nameScenarios: readonly Scenario[] = [
  {
    name: 'lambda-sts-global-name',
    region: 'us-east-1',
    workload: 'lambda',
    world: { endpoints: endpoints('sts', 'logs'), targets: [service('sts'), service('sts', 'global')] },
    expected: { about: 'The SDK asks for the global STS name; the endpoint covers the regional one.', ...globalSts },
    minimal: {},
  },
  {
    name: 'lambda-sts-global-name-legacy-setting',
    region: 'us-west-2',
    workload: 'lambda',
    world: { endpoints: endpoints('sts'), targets: [service('sts', 'global')] },
    shape: report => ({ ...report, vantage: { ...report.vantage, sdk: { stsRegionalEndpoints: 'legacy' } } }),
    expected: { about: 'An SDK in legacy mode calls sts.amazonaws.com although STS has an endpoint.', ...globalSts },
    // Nothing but the global name was looked at: that it is not the name is then a candidate only.
    minimal: { first: ['interface-endpoint-missing', 'endpoint-name-not-covered'], named: ['endpoint-name-not-covered'] },
  },
  {
    name: 'instance-sts-global-name',
    region: 'us-east-1',
    world: { endpoints: endpoints('sts', 'ssm'), targets: [service('ssm'), service('sts'), service('sts', 'global')] },
    expected: { about: 'A Java client calls the global STS name from an instance without a way out.', ...globalSts },
    minimal: {},
  },
  {
    name: 'lambda-sts-global-name-hangs-past-limit',
    region: 'eu-west-1',
    workload: 'lambda',
    world: { endpoints: endpoints('sts'), targets: [service('sts', 'global'), service('s3')] },
    expected: { about: 'The SDK’s default timeout outlives the function, so the global name leaves no error.', ...globalSts },
  },
  {
    name: 's3-dualstack-name-not-covered',
    region: 'eu-west-1',
    world: {
      endpoints: endpointWith('s3', { covers: 'regional-name' }),
      gateways: [],
      targets: [service('s3'), service('s3', 'dualstack')],
    },
    expected: {
      about: 'A client rewrites the host to s3.dualstack, for which the S3 interface endpoint does not answer.',
      first: ['endpoint-name-not-covered'],
      target: 's3-dualstack',
      verdicts: { s3: 'healthy' },
    },
    minimal: {},
  },
  {
    name: 'timestream-discovery-name',
    region: 'us-east-1',
    world: {
      targets: [
        host('ingest-cell1.timestream.ap-northeast-1.amazonaws.com', {
          id: 'timestream-cell',
          kind: 'service',
          service: 'timestream.ingest-cell',
          region: 'ap-northeast-1',
          addresses: ['10.20.1.77'],
        }),
        service('timestream.ingest-cell'),
      ],
    },
    expected: {
      about: 'The generic name is public; the endpoint covers the name of a cell.',
      first: ['endpoint-name-not-covered'],
      target: 'timestream.ingest-cell',
    },
    minimal: {},
  },
  {
    name: 'private-zone-without-wildcard',
    region: 'eu-central-1',
    world: {
      endpoints: endpointWith('s3', { covers: 'regional-name' }),
      gateways: [],
      emptyZone: 'orders.s3.ap-northeast-1.amazonaws.com',
      targets: [
        service('s3'),
        host('orders.s3.ap-northeast-1.amazonaws.com', { id: 's3://orders', kind: 'resource', service: 's3', region: 'ap-northeast-1' }),
      ],
    },
    expected: {
      about: 'A hand-made private zone for s3.REGION has the apex and no wildcard: bucket names do not exist.',
      first: ['private-zone-shadows'],
      target: 's3://orders',
      notCertain: ['private-zone-shadows'],
    },
    minimal: {},
  },
  {
    name: 'private-zone-for-own-domain',
    workload: 'eks-pod',
    world: { emptyZone: 'example.org', endpoints: endpoints('sts'), targets: [service('sts'), host('oidc.dev.example.org')] },
    expected: {
      about: 'A private zone for the parent domain hides a public record inside the VPC.',
      first: ['dns-name-unknown'],
      target: 'https://oidc.dev.example.org/',
      named: ['private-zone-shadows'],
      inseparable: true,
    },
    minimal: {},
  },
  {
    name: 'codeartifact-without-private-dns',
    workload: 'codebuild',
    world: {
      endpoints: endpoints('codeartifact.api'),
      targets: [service('codeartifact.api'), host(codeArtifact, { id: 'codeartifact.repositories', kind: 'service', service: 'codeartifact.repositories', region: 'ap-northeast-1' })],
    },
    expected: {
      about: 'The API’s endpoint works; the repository’s host is public, as its endpoint has no private DNS.',
      first: ['interface-endpoint-missing', 'private-dns-disabled'],
      target: 'codeartifact.repositories',
      named: ['private-dns-disabled'],
      nextStep: 'describe-vpc-endpoints',
      inseparable: true,
    },
    minimal: {},
  },
  {
    name: 's3-endpoint-without-private-dns-behind-nat',
    world: { hasWayOut: true, endpoints: endpointWith('s3', { privateDns: false }), gateways: [], targets: [service('s3')] },
    expected: { about: 'S3 goes out by NAT past its endpoint, and works: nothing that shows from inside.', first: [], target: 's3', verdicts: { s3: 'healthy' } },
  },
  {
    name: 'logs-without-private-dns',
    region: 'us-east-1',
    world: { endpoints: { ...endpoints('sts', 'ssm'), ...endpointWith('logs', { privateDns: false }) }, targets: [service('sts'), service('ssm'), service('logs')] },
    expected: {
      about: 'The logs endpoint exists, its private DNS is off.',
      first: ['interface-endpoint-missing', 'private-dns-disabled'],
      target: 'logs',
      named: ['private-dns-disabled'],
      nextStep: 'describe-vpc-endpoints',
      inseparable: true,
    },
    minimal: {},
  },
  {
    name: 'ssm-names-public-in-private-subnet',
    world: { vpcDns: 'hostnames-off', endpoints: endpoints('ssm', 'ssmmessages', 'ec2messages'), targets: [service('ssm'), service('ssmmessages'), service('ec2messages')] },
    expected: {
      about: 'Endpoints are there; DNS hostnames of the VPC are off, so no name is private.',
      first: ['interface-endpoint-missing', 'vpc-dns-attributes-off'],
      target: 'ssm',
      named: ['vpc-dns-attributes-off', 'private-dns-disabled'],
      nextStep: 'describe-vpc-endpoints',
      inseparable: true,
    },
    minimal: {},
  },
  {
    name: 'own-address-has-no-name',
    workload: 'glue',
    world: { endpoints: endpoints('glue'), targets: [service('glue'), service('s3')] },
    expected: { about: 'AWS’s endpoints are fine; only the reverse name of the own address is missing.', first: [], target: 'glue', outside: true, verdicts: { glue: 'healthy', s3: 'healthy' } },
  },
  {
    name: 'custom-dns-for-cluster-endpoint',
    world: {
      resolver: 'custom-public',
      endpoints: endpoints('sts'),
      targets: [host(cluster, { addresses: ['44.210.10.20'] })],
    },
    shape: change(`https://${cluster}/`, target => ({
      ...target,
      observations: [
        ...target.observations.filter(o => o.variant !== 'vpc-resolver'),
        { layer: 'dns', variant: 'vpc-resolver', outcome: 'answered', seen: { name: cluster, addresses: ['10.20.1.44', '10.20.2.44'], resolver: '169.254.169.253' } },
      ],
    })),
    expected: {
      about: 'The VPC’s own DNS servers do not know the private zone of the cluster.',
      first: ['custom-dns-bypasses-vpc'],
      target: `https://${cluster}/`,
    },
  },
  {
    name: 'cluster-dns-server-unreachable',
    workload: 'eks-pod',
    world: { resolver: 'custom-dead', endpoints: endpoints('sts'), targets: [service('sts'), service('logs'), service('ssm')] },
    expected: {
      about: 'The cluster’s DNS runs on nodes whose security group does not admit port 53.',
      first: ['dns-server-unreachable'],
      target: 'sts',
      named: ['eni-security-group'],
    },
    minimal: {},
  },
  {
    name: 'cluster-dns-loses-questions',
    workload: 'eks-pod',
    world: { dnsLoss: 0.7, endpoints: endpoints('sts', 'logs'), targets: [service('sts'), service('logs'), service('s3')], run: { cidrsKnown: true, hasChecks: true, variants: 'all', seed: 3 } },
    expected: { about: 'ndots multiplies questions past the resolver’s limit per ENI.', first: ['dns-unreliable'], target: 'sts' },
  },
  {
    name: 's3-global-name-through-gateway',
    world: { targets: [host('orders.s3.amazonaws.com', { id: 's3://orders', kind: 'resource', service: 's3', region: 'eu-west-1' })], gateways: ['s3'] },
    region: 'eu-west-1',
    shape: report => ({
      ...report,
      targets: report.targets.map(t => ({
        ...t,
        observations: [
          { layer: 'dns', outcome: 'answered', seen: { name: t.host, addresses: ['52.219.40.7'], resolver: '10.20.0.2' } },
          { layer: 'tcp', address: '52.219.40.7', outcome: 'answered', seen: { port: 443, tries: 1 } },
          { layer: 'tls', address: '52.219.40.7', outcome: 'answered', seen: { serverName: t.host, trusted: true } },
          { layer: 'http', address: '52.219.40.7', outcome: 'answered', seen: { status: 301, awsMarks: ['x-amz-request-id'], requestId: 'r-1' } },
          {
            layer: 'aws',
            outcome: 'rejected',
            code: 'PermanentRedirect',
            message: 'The bucket you are attempting to access must be addressed using the specified endpoint.',
            seen: { action: 's3:ListBucket', signed: true, status: 301, region: 'eu-central-1', resource: 'orders' },
          },
        ],
      })),
    }),
    expected: { about: 'An old client sends every bucket to the global S3 name; the bucket is of another region.', first: ['region-mismatch'], target: 's3://orders' },
    minimal: {},
  },
  {
    name: 'own-name-of-an-endpoint-that-is-gone',
    world: { endpoints: endpoints('sts'), targets: [service('sts'), { is: 'endpoint-name', service: 'logs' }] },
    expected: {
      about: 'The endpoint was made again, and a setting still holds the name of the old one.',
      first: ['dns-name-unknown'],
      target: 'https://vpce-0a1b2c3d4e5f60718-abcdefgh.logs.ap-northeast-1.vpce.amazonaws.com/',
      named: ['private-zone-shadows'],
      notCertain: ['dns-name-unknown', 'private-zone-shadows'],
      nextStep: 'describe-vpc-endpoints',
    },
    minimal: {},
  },
  {
    name: 'fips-names-outside-north-america',
    world: { endpoints: endpoints('sts', 'logs'), targets: [service('logs')] },
    shape: change('logs', target => ({
      ...target,
      host: 'logs-fips.ap-northeast-1.amazonaws.com',
      hostFrom: 'AWS_USE_FIPS_ENDPOINT',
      observations: [
        { layer: 'dns', outcome: 'rejected', code: 'NXDOMAIN', seen: { name: 'logs-fips.ap-northeast-1.amazonaws.com', resolver: '10.20.0.2' } },
        {
          layer: 'dns',
          variant: 'sibling-name',
          outcome: 'answered',
          seen: { name: 'logs.ap-northeast-1.amazonaws.com', nameKind: 'regional', addresses: ['10.20.1.21'], resolver: '10.20.0.2' },
        },
        { layer: 'tcp', variant: 'sibling-name', address: '10.20.1.21', outcome: 'answered', seen: { port: 443 } },
      ],
    })),
    expected: {
      about: 'A setting makes clients ask for FIPS names, which this service has in North America only.',
      first: ['dns-name-unknown'],
      target: 'logs',
      named: ['private-zone-shadows', 'endpoint-name-not-covered'],
      nextStep: 'AWS_(USE_FIPS',
    },
    minimal: { named: ['private-zone-shadows'] },
  },
]

// A closed VPC in which everything works: the plan that faults start from.
import type { InterfaceEndpoint, VpcPlan } from './vpc-plan.ts'

const region = 'ap-northeast-1'

/** Services with an interface endpoint, and the names its private DNS covers. */
const covered: Readonly<Record<string, readonly string[]>> = {
  sts: [`sts.${region}.amazonaws.com`],
  logs: [`logs.${region}.amazonaws.com`],
  monitoring: [`monitoring.${region}.amazonaws.com`, `monitoring.${region}.api.aws`],
  kms: [`kms.${region}.amazonaws.com`],
  secretsmanager: [`secretsmanager.${region}.amazonaws.com`],
  ssm: [`ssm.${region}.amazonaws.com`],
  ssmmessages: [`ssmmessages.${region}.amazonaws.com`],
  ec2: [`ec2.${region}.amazonaws.com`],
  ec2messages: [`ec2messages.${region}.amazonaws.com`],
  'ecr.api': [`api.ecr.${region}.amazonaws.com`, `ecr.${region}.api.aws`],
  'ecr.dkr': [`dkr.ecr.${region}.amazonaws.com`, `*.dkr.ecr.${region}.amazonaws.com`],
  sqs: [`sqs.${region}.amazonaws.com`],
  sns: [`sns.${region}.amazonaws.com`],
  lambda: [`lambda.${region}.amazonaws.com`],
  'execute-api': [`execute-api.${region}.amazonaws.com`, `*.execute-api.${region}.amazonaws.com`],
  'sagemaker.api': [`api.sagemaker.${region}.amazonaws.com`],
  'sagemaker.runtime': [`runtime.sagemaker.${region}.amazonaws.com`],
  ecs: [`ecs.${region}.amazonaws.com`],
  'ecs-agent': [`ecs-a.${region}.amazonaws.com`],
  'ecs-telemetry': [`ecs-t.${region}.amazonaws.com`],
  glue: [`glue.${region}.amazonaws.com`],
  athena: [`athena.${region}.amazonaws.com`],
  states: [`states.${region}.amazonaws.com`],
  events: [`events.${region}.amazonaws.com`],
  rds: [`rds.${region}.amazonaws.com`],
  autoscaling: [`autoscaling.${region}.amazonaws.com`],
  'codeartifact.api': [`codeartifact.${region}.amazonaws.com`],
  'codeartifact.repositories': [`d.codeartifact.${region}.amazonaws.com`, `*.d.codeartifact.${region}.amazonaws.com`],
}

/** The healthy plan: a fresh object every time. */
export function healthyVpc(): VpcPlan {
  return {
    region,
    vpcCidrs: ['10.20.0.0/16'],
    workload: {
      address: '10.20.1.10',
      prefixLength: 24,
      gateway: '10.20.1.1',
      ipv6: false,
      nameservers: ['10.20.0.2'],
      resolverOptions: '',
      hosts: [],
      env: {},
      credentialsFrom: 'imds',
      regionInEnv: true,
      files: {},
      staleKeys: false,
      trustsInspection: false,
    },
    endpoints: Object.entries(covered).map(([service, names], index): InterfaceEndpoint => {
      const last = 20 + index
      return {
        service,
        names,
        addresses: [`10.20.1.${last}`, `10.20.2.${last}`],
        privateDns: true,
        securityGroup: 'open',
      }
    }),
    gateways: { s3: true, dynamodb: true },
    egress: 'all',
    acl: [],
    deadAddresses: [],
    unreachable: [],
    flaky: [],
    pathMtu: null,
    lossPercent: 0,
    slow: [],
    internet: false,
    dns: {
      hostnames: true,
      vpcResolver: 'answers',
      customAddress: '192.168.50.53',
      customResolver: 'answers',
      customSoftware: 'lab',
      zones: [],
      ipv6Names: {},
      ipv6Only: [],
      hostile: {},
    },
    metadata: 'answers',
    container: { launchType: null, token: null },
    proxy: { address: '10.20.3.128', port: 3128, does: 'none', software: 'lab' },
    hosts: [
      { name: 'db.internal', addresses: ['10.20.3.9'], port: 5432, serve: 'postgres' },
      { name: 'app.internal', addresses: ['10.20.3.20'], port: 443, serve: 'https' },
      { name: 'pypi.org', addresses: ['151.101.0.223'], port: 443, serve: 'https' },
      { name: 'files.pythonhosted.org', addresses: ['151.101.0.224'], port: 443, serve: 'https' },
      { name: 'registry.npmjs.org', addresses: ['104.16.24.34'], port: 443, serve: 'https' },
      { name: 'example.com', addresses: ['93.184.215.14'], port: 443, serve: 'https' },
    ],
    behaviours: [],
    aws: {
      account: '123456789012',
      principal: 'lab-workload',
      policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
      denials: [],
      buckets: [
        { name: 'lab-data', region },
        { name: 'lab-data-elsewhere', region: 'eu-west-1' },
      ],
      credentials: 'valid',
      clockOffsetMs: 0,
    },
  }
}

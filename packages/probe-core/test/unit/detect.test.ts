import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type DetectInput, detectWorkload } from '../../src/plan/detect.ts'

type Machine = { env?: Record<string, string>; files?: Record<string, string>; metadata?: DetectInput['metadata'] }

function detect({ env = {}, files = {}, metadata = {} }: Machine) {
  const exists = (path: string) => Object.keys(files).some(each => each === path || each.startsWith(`${path}/`))
  return detectWorkload({ env, metadata, fileText: path => files[path], exists })
}

const resource = '/opt/ml/metadata/resource-metadata.json'
const onEc2 = { metadata: { instanceId: 'i-0123456789abcdef0' } }

const machines: readonly [string, string | null, Machine][] = [
  ['a bare machine', null, {}],
  [
    'CodeBuild, which also looks like ECS on EC2',
    'codebuild',
    { env: { CODEBUILD_BUILD_ARN: 'arn', AWS_EXECUTION_ENV: 'AWS_ECS_EC2' } },
  ],
  ['Lambda', 'lambda', { env: { AWS_LAMBDA_FUNCTION_NAME: 'f', AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001' } }],
  ['a function name alone', null, { env: { AWS_LAMBDA_FUNCTION_NAME: 'f' } }],
  [
    'a notebook instance',
    'sagemaker-notebook',
    { files: { [resource]: '{"ResourceArn":"arn:aws:sagemaker:eu-west-1:111122223333:notebook-instance/n"}' }, ...onEc2 },
  ],
  [
    'a Studio app, which leaves the same file',
    'sagemaker-studio',
    {
      files: {
        [resource]:
          '{"AppType":"JupyterLab","DomainId":"d-1","ResourceArn":"arn:aws:sagemaker:eu-west-1:111122223333:app/d-1/u/JupyterLab/default"}',
      },
      ...onEc2,
    },
  ],
  ['that file in ruins', null, { files: { [resource]: '{"ResourceArn":7' } }],
  [
    'a processing job',
    'sagemaker-processing',
    { files: { '/opt/ml/config/processingjobconfig.json': '{}', '/opt/ml/input/config/resourceconfig.json': '{}' } },
  ],
  ['a training job', 'sagemaker-training', { env: { TRAINING_JOB_NAME: 'j' } }],
  ['Batch on Fargate', 'batch', { env: { AWS_BATCH_JOB_ID: 'j', AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE' } }],
  [
    'MWAA, whose workers look like Fargate',
    'mwaa',
    { env: { AIRFLOW_ENV_NAME: 'a', AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE' }, files: { '/usr/local/airflow/dags': '' } },
  ],
  ['Airflow that is not MWAA', null, { env: { AIRFLOW_ENV_NAME: 'a' } }],
  ['Glue', 'glue', { env: { GLUE_VERSION: '5.0' } }],
  [
    'CloudShell whose .bashrc did not run',
    'cloudshell-vpc',
    { env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://localhost:1338/latest/meta-data/container/security-credentials' } },
  ],
  [
    'a pod with IRSA, on EC2',
    'eks-pod',
    { env: { KUBERNETES_SERVICE_HOST: '172.20.0.1', AWS_WEB_IDENTITY_TOKEN_FILE: '/t' }, ...onEc2 },
  ],
  [
    'a pod with Pod Identity over IPv6',
    'eks-pod',
    { env: { KUBERNETES_SERVICE_HOST: 'fd00::1', AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://[fd00:ec2::23]/v1/credentials' } },
  ],
  ['a pod with the role of its node', 'eks-pod', { env: { KUBERNETES_SERVICE_HOST: '172.20.0.1' }, ...onEc2 }],
  ['a pod somewhere else', null, { env: { KUBERNETES_SERVICE_HOST: '10.0.0.1' } }],
  [
    'Fargate',
    'ecs-fargate',
    { env: { ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2/v4/x' }, metadata: { taskLaunchType: 'FARGATE' } },
  ],
  [
    'ECS on EC2',
    'ecs-ec2',
    {
      env: { ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2/v4/x' },
      metadata: { taskLaunchType: 'EC2', instanceId: 'i-0123456789abcdef0' },
    },
  ],
  ['Fargate whose metadata did not answer', 'ecs-fargate', { env: { AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE' } }],
  ['a model container', 'sagemaker-inference', { files: { '/opt/ml/model/m': '' } }],
  ['EMR', 'emr', { files: { '/mnt/var/lib/info/job-flow.json': '{}' }, ...onEc2 }],
  ['an EKS node', 'eks-node', { files: { '/etc/eks/kubelet-version.txt': '1' }, ...onEc2 }],
  ['EC2 with the SSM agent', 'ec2-ssm', { files: { '/var/lib/amazon/ssm/x': '' }, ...onEc2 }],
  [
    'EC2 whose metadata is out of reach',
    'ec2',
    { files: { '/sys/devices/virtual/dmi/id/board_asset_tag': 'i-0123456789abcdef0\n' } },
  ],
]

describe('the kind of workload', () => {
  for (const [what, workload, machine] of machines) {
    it(`of ${what} is ${workload ?? 'not guessed'}`, () => assert.equal(detect(machine).workload, workload))
  }

  it('comes with every sign that matched, so that a wrong guess can be seen', () => {
    const { signs } = detect({ env: { CODEBUILD_BUILD_ARN: 'arn', AWS_EXECUTION_ENV: 'AWS_ECS_EC2' }, ...onEc2 })
    assert.deepEqual(
      signs.map(each => each.workload),
      ['codebuild', 'ecs-ec2', 'ec2'],
    )
  })
})

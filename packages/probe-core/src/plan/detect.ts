// Which kind of workload this machine is, from what it was handed: variables, files, metadata. First match wins, the most
// specific first: a container on EC2 shows EC2's signs too, and CodeBuild, Batch and MWAA show ECS's.

import { remark } from '../catalog/index.ts'
import {
  boardAssetTagPath,
  findBoardInstanceId,
  findSageMakerResource,
  notebookVersionPath,
  processingConfigPath,
  resourceMetadataPath,
  trainingConfigPath,
  type VantageFiles,
} from './vantage-files.ts'

export interface DetectInput extends VantageFiles {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly metadata: {
    /** FARGATE, EC2, EXTERNAL: of the ECS task. */
    readonly taskLaunchType?: string | undefined
    readonly instanceId?: string | undefined
  }
}

interface Detected {
  /** Null: nothing matched. */
  readonly workload: string | null
  /** Every sign that matched, first match first, so that a wrong guess can be seen. */
  readonly signs: readonly { readonly workload: string; readonly sign: string }[]
}

interface Kind {
  readonly workload: string
  /** The sign, in words, when it is there. */
  findSign(input: DetectInput): string | undefined
}

const containerOnEksHosts = /^http:\/\/(?:169\.254\.170\.23|\[fd00:ec2::23\])(?:[:/]|$)/

const kinds: readonly Kind[] = [
  { workload: 'codebuild', findSign: ({ env }) => sign(env.CODEBUILD_BUILD_ARN, 'CODEBUILD_BUILD_ARN') },
  {
    workload: 'lambda',
    findSign: ({ env }) =>
      sign(env.AWS_LAMBDA_FUNCTION_NAME && env.AWS_LAMBDA_RUNTIME_API, 'AWS_LAMBDA_FUNCTION_NAME, AWS_LAMBDA_RUNTIME_API'),
  },
  {
    workload: 'sagemaker-notebook',
    findSign: input =>
      sign(input.exists(notebookVersionPath), notebookVersionPath) ??
      sign(findSageMakerResource(input)?.kind === 'notebook-instance', `${resourceMetadataPath}: notebook-instance`),
  },
  {
    workload: 'sagemaker-studio',
    findSign: input => sign(findSageMakerResource(input)?.kind === 'app', `${resourceMetadataPath}: app`),
  },
  { workload: 'sagemaker-processing', findSign: input => sign(input.exists(processingConfigPath), processingConfigPath) },
  {
    workload: 'sagemaker-training',
    findSign: input =>
      sign(input.exists(trainingConfigPath), trainingConfigPath) ?? sign(input.env.TRAINING_JOB_NAME, 'TRAINING_JOB_NAME'),
  },
  { workload: 'batch', findSign: ({ env }) => sign(env.AWS_BATCH_JOB_ID, 'AWS_BATCH_JOB_ID') },
  {
    workload: 'mwaa',
    findSign: ({ env, exists }) =>
      sign(env.AIRFLOW_ENV_NAME && exists('/usr/local/airflow'), 'AIRFLOW_ENV_NAME, /usr/local/airflow'),
  },
  {
    workload: 'glue',
    findSign: ({ env }) => sign(env.GLUE_VERSION, 'GLUE_VERSION') ?? sign(env.GLUE_COMMAND_CRITERIA, 'GLUE_COMMAND_CRITERIA'),
  },
  {
    workload: 'emr-serverless',
    findSign: ({ exists }) =>
      sign(exists('/usr/lib/spark/code/EMR_SERVERLESS_EXECUTION'), '/usr/lib/spark/code/EMR_SERVERLESS_EXECUTION'),
  },
  {
    workload: 'cloudshell-vpc',
    // The variable comes from ~/.bashrc: a shell that is not interactive has the credential server alone.
    findSign: ({ env }) =>
      sign(env.AWS_EXECUTION_ENV === 'CloudShell', 'AWS_EXECUTION_ENV=CloudShell') ??
      sign(/^http:\/\/localhost:1338(?:\/|$)/.test(env.AWS_CONTAINER_CREDENTIALS_FULL_URI ?? ''), remark('signCloudShell', {})),
  },
  { workload: 'appstream', findSign: ({ env }) => sign(env.AppStream_Resource_Type, 'AppStream_Resource_Type') },
  { workload: 'eks-pod', findSign: findEksPodSign },
  { workload: 'ecs-fargate', findSign: input => findEcsSign(input, type => type === 'FARGATE') },
  { workload: 'ecs-ec2', findSign: input => findEcsSign(input, type => type === 'EC2' || type === 'EXTERNAL') },
  {
    workload: 'sagemaker-inference',
    findSign: ({ exists }) => sign(exists('/opt/ml/model') && !exists('/opt/ml/input'), remark('signModel', {})),
  },
  {
    workload: 'emr',
    findSign: ({ exists }) => sign(exists('/mnt/var/lib/info/job-flow.json'), '/mnt/var/lib/info/job-flow.json'),
  },
  {
    workload: 'eks-node',
    findSign: ({ exists }) =>
      sign(
        exists('/etc/eks') && (exists('/var/lib/kubelet') || exists('/etc/eks/kubelet-version.txt')),
        remark('signKubelet', {}),
      ),
  },
  {
    workload: 'ec2-ssm',
    findSign: input => sign(findEc2Sign(input) && input.exists('/var/lib/amazon/ssm'), remark('signSsm', {})),
  },
  { workload: 'ec2', findSign: findEc2Sign },
]

export function detectWorkload(input: DetectInput): Detected {
  const signs = kinds.flatMap(kind => {
    const found = kind.findSign(input)
    return found === undefined ? [] : [{ workload: kind.workload, sign: found }]
  })
  return { workload: signs[0]?.workload ?? null, signs }
}

function findEksPodSign({ env, metadata }: DetectInput): string | undefined {
  if (!env.KUBERNETES_SERVICE_HOST) return undefined
  if (env.AWS_WEB_IDENTITY_TOKEN_FILE) return 'KUBERNETES_SERVICE_HOST, AWS_WEB_IDENTITY_TOKEN_FILE'
  if (containerOnEksHosts.test(env.AWS_CONTAINER_CREDENTIALS_FULL_URI ?? '')) return 'KUBERNETES_SERVICE_HOST, Pod Identity'
  // A pod with the role of its node. Any other Kubernetes shows the first variable too.
  return sign(metadata.instanceId, remark('signPodOnEc2', {}))
}

/** AWS_EXECUTION_ENV is the weaker sign: CodeBuild, Batch and others carry it too, and metadata may be out of reach. */
function findEcsSign({ env, metadata }: DetectInput, isWanted: (launchType: string) => boolean): string | undefined {
  const { taskLaunchType } = metadata
  if (env.ECS_CONTAINER_METADATA_URI_V4 && taskLaunchType)
    return sign(isWanted(taskLaunchType), remark('signEcs', { type: taskLaunchType }))
  const told = env.AWS_EXECUTION_ENV === 'AWS_ECS_FARGATE' ? 'FARGATE' : env.AWS_EXECUTION_ENV === 'AWS_ECS_EC2' ? 'EC2' : ''
  return sign(told !== '' && isWanted(told), `AWS_EXECUTION_ENV=${env.AWS_EXECUTION_ENV}`)
}

function findEc2Sign(input: DetectInput): string | undefined {
  return sign(input.metadata.instanceId, remark('signInstance', {})) ?? sign(findBoardInstanceId(input), boardAssetTagPath)
}

function sign(isThere: unknown, words: string): string | undefined {
  return isThere ? words : undefined
}

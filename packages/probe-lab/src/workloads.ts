// Kinds of compute as what they leave to be found: variables, files, metadata. Functions from a plan to a plan, as faults are.
import type { Fault } from './faults/fault.ts'
import type { VpcPlan } from './plan/vpc-plan.ts'

/** A function's own role comes as keys in the environment; there is no instance metadata. */
export const onLambda: Fault = plan => ({
  ...plan,
  metadata: 'silent',
  workload: {
    ...plan.workload,
    credentialsFrom: 'environment',
    env: {
      ...plan.workload.env,
      AWS_LAMBDA_FUNCTION_NAME: 'report',
      AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x',
    },
  },
})

/** Task metadata and credentials on 169.254.170.2; nothing on 169.254.169.254. */
export const onFargate: Fault = plan => ({
  ...withContainer(plan, 'FARGATE', null),
  workload: {
    ...plan.workload,
    credentialsFrom: 'container',
    env: {
      ...plan.workload.env,
      AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
      ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2/v4/lab',
      AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/credentials/lab',
    },
  },
})

const tokenFile = '/run/lab/pod-identity-token'

/** `token`: what the agent asks for, from a file that the pod was given. */
export function onEksPodIdentity(token = 'lab-pod-identity-token'): Fault {
  return plan => ({
    ...withContainer(plan, null, token),
    workload: {
      ...plan.workload,
      credentialsFrom: 'container',
      files: { ...plan.workload.files, [tokenFile]: token },
      env: {
        ...plan.workload.env,
        KUBERNETES_SERVICE_HOST: '172.20.0.1',
        AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials',
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: tokenFile,
        AWS_STS_REGIONAL_ENDPOINTS: 'regional',
      },
    },
  })
}

/** The region is told by no variable, only by the file that Studio leaves. */
export const onSageMakerStudio: Fault = plan => ({
  ...withContainer(plan, null, null),
  workload: {
    ...plan.workload,
    credentialsFrom: 'container',
    regionInEnv: false,
    files: {
      ...plan.workload.files,
      '/opt/ml/metadata/resource-metadata.json': JSON.stringify({
        AppType: 'JupyterLab',
        DomainId: 'd-lab000000001',
        SpaceName: 'lab',
        ResourceArn: `arn:aws:sagemaker:${plan.region}:${plan.aws.account}:app/d-lab000000001/lab/JupyterLab/default`,
        ResourceName: 'default',
      }),
    },
    env: { ...plan.workload.env, AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/credentials/lab' },
  },
})

function withContainer(plan: VpcPlan, launchType: 'FARGATE' | null, token: string | null): VpcPlan {
  return { ...plan, metadata: 'silent', container: { launchType, token } }
}

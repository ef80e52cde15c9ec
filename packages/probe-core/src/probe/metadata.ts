// What the machine's own metadata services say: EC2's, ECS's, and whether container credentials can be had.
// It never reads a credential, and an answer does not say that any network beyond this link works.

import type { NetworkIds, VantageCheck } from '../model/vantage.ts'
import type { ProbeContext } from './context.ts'
import { readContainerCredentialsUri } from './credential-links/container-uri.ts'
import { askLinkLocal } from './link-local/ask.ts'
import { toCheck } from './link-local/check.ts'
import { type EcsTask, probeEcsTask } from './link-local/ecs.ts'
import { type Imds, probeImds } from './link-local/imds.ts'

export interface MetadataResult {
  readonly checks: readonly VantageCheck[]
  readonly network: NetworkIds
  readonly region?: string
  readonly regionFrom?: 'imds' | 'ecs-metadata'
  readonly availabilityZone?: string
  readonly instanceId?: string
  /** FARGATE, EC2, EXTERNAL. */
  readonly taskLaunchType?: string
  readonly taskArn?: string
  /** Name of the instance role. */
  readonly iamRole?: string
}

const nothing: NetworkIds = { eni: null, vpc: null, subnet: null, subnetCidr: null, vpcCidrs: null, securityGroups: null }

/** Asks every metadata service that this environment may have, all at once; none is waited for longer than a second a request. */
export async function probeMetadata(env: NodeJS.ProcessEnv, context: ProbeContext): Promise<MetadataResult> {
  const [imds, ecs, credentials] = await Promise.all([
    probeImds(env, context),
    probeEcsTask(env, context),
    probeContainerCredentials(env, context),
  ])
  const availabilityZone = imds.availabilityZone ?? ecs.availabilityZone
  const region = imds.region ?? ecs.region
  return {
    checks: [...imds.checks, ...ecs.checks, ...credentials],
    network: networkOf(imds, ecs),
    ...(region !== undefined && { region, regionFrom: imds.region ? 'imds' : 'ecs-metadata' }),
    ...(availabilityZone !== undefined && { availabilityZone }),
    ...(imds.instanceId !== undefined && { instanceId: imds.instanceId }),
    ...(ecs.launchType !== undefined && { taskLaunchType: ecs.launchType }),
    ...(ecs.taskArn !== undefined && { taskArn: ecs.taskArn }),
    ...(imds.iamRole !== undefined && { iamRole: imds.iamRole }),
  }
}

/** A task of its own ENI (awsvpc) is not where the instance is: its metadata wins for what it tells. */
function networkOf(imds: Imds, ecs: EcsTask): NetworkIds {
  if (ecs.ownInterface) {
    return {
      ...nothing,
      vpc: ecs.vpc ?? imds.network?.vpc ?? null,
      vpcCidrs: imds.network?.vpcCidrs ?? null,
      subnetCidr: ecs.subnetCidr ?? null,
      availabilityZone: ecs.availabilityZone ?? null,
      from: 'ecs-metadata',
    }
  }
  if (imds.network) return imds.network
  return ecs.vpc ? { ...nothing, vpc: ecs.vpc, availabilityZone: ecs.availabilityZone ?? null, from: 'ecs-metadata' } : nothing
}

/** Whether the credential server answers. Its body is not read: it is a secret. */
async function probeContainerCredentials(env: NodeJS.ProcessEnv, context: ProbeContext): Promise<readonly VantageCheck[]> {
  const uri = await readContainerCredentialsUri(env)
  if (uri === undefined) return []
  if (uri.problem !== undefined) {
    return [
      {
        check: 'container-credentials',
        address: uri.address,
        outcome: 'skipped',
        because: 'not-asked',
        seen: { problem: uri.problem },
      },
    ]
  }
  const startMs = context.clock.sinceStartMs()
  const headers: Record<string, string> = uri.token === undefined ? {} : { authorization: uri.token }
  const answer = await askLinkLocal({ url: uri.url, headers, maxBytes: 0 }, context)
  return [toCheck('container-credentials', uri.address, answer, startMs, context.clock, { from: uri.from })]
}

// Which calls prove what a workload does with a named resource, by the target's service; and the permissions of a target's calls.

import type { PlannedTarget } from '../../model/target.ts'
import { readHost } from '../host-names.ts'
import { statePermissionsOf } from '../named-state.ts'
import { findNoop } from '../noops.ts'
import { findPartition } from '../partitions.ts'
import { bedrockRuntimeSteps, bedrockSteps } from './bedrock.ts'
import { codeartifactSteps, repositorySteps } from './codeartifact.ts'
import { dynamodbSteps } from './dynamodb.ts'
import { ecrSteps, registrySteps } from './ecr.ts'
import { kmsSteps } from './kms.ts'
import { lambdaSteps } from './lambda.ts'
import { logsSteps } from './logs.ts'
import { parameterSteps } from './parameter.ts'
import { type NamedResource, type Permission, type ResourceStep, readArn } from './resource.ts'
import { s3Steps } from './s3.ts'
import { sagemakerEndpointSteps } from './sagemaker.ts'
import { secretSteps } from './secret.ts'
import { snsSteps } from './sns.ts'
import { sqsSteps } from './sqs.ts'

export { type Known, matches, type NamedResource, type Permission, type ResourceStep, readArn } from './resource.ts'
export { headBucket } from './s3.ts'
export { isSecretProven } from './secret.ts'

/** By the catalogue id of the target's service. A host that is only reached, never asked, has no calls. */
const byService: Readonly<Record<string, (named: NamedResource) => readonly ResourceStep[]>> = {
  s3: s3Steps,
  logs: logsSteps,
  'codeartifact.api': codeartifactSteps,
  'codeartifact.repositories': repositorySteps,
  'ecr.api': ecrSteps,
  'ecr.dkr': registrySteps,
  kms: kmsSteps,
  secretsmanager: secretSteps,
  ssm: parameterSteps,
  dynamodb: dynamodbSteps,
  sqs: sqsSteps,
  sns: snsSteps,
  lambda: lambdaSteps,
  'sagemaker.api': sagemakerEndpointSteps,
  'sagemaker.runtime': () => [],
  bedrock: bedrockSteps,
  'bedrock-runtime': bedrockRuntimeSteps,
}

/** Hosts that are asked with what another target of the same resource was told: a token, a name. */
const leaders: Readonly<Record<string, string>> = { 'codeartifact.repositories': 'codeartifact.api', 'ecr.dkr': 'ecr.api' }

/** The service whose calls on the same resource come first; undefined where a target's calls need nobody else's. */
export function leaderOf(service: string): string | undefined {
  return Object.hasOwn(leaders, service) ? leaders[service] : undefined
}

export interface StepOptions {
  readonly writeChecks?: boolean
  /** Of permissions: also of what is asked only where a finding leaves something open. */
  readonly confirm?: boolean
  readonly account?: string | undefined
  readonly region?: string | null
  readonly partition?: string
}

/**
 * The calls on what the target names, in order. Undefined: it names no resource that is asked in its own right (a bare service, a
 * host, an instance). Empty: the host is only reached.
 */
export function stepsOf(target: PlannedTarget, options: StepOptions = {}): readonly ResourceStep[] | undefined {
  if (target.only === 'reach') return []
  if (target.resource === undefined || target.service === null) return undefined
  const make = Object.hasOwn(byService, target.service) ? byService[target.service] : undefined
  if (make === undefined) return undefined
  const place = placeOf(target, options)
  const steps = make({ service: target.service, name: target.resource, basePath: target.path ?? '/', ...place })
  return options.writeChecks ? steps : steps.filter(step => step.kind === 'read')
}

/**
 * - `read`: the calls of every run
 * - `write`: those of `--write-checks`, by which nothing is written
 * - `confirm`: asked only where a finding leaves something open
 */
export type PermissionPhase = 'read' | 'write' | 'confirm'

/**
 * What an identity must be allowed for the calls that the run makes on this target: none for `sts`, whose call needs none, and for
 * hosts that are only reached. Pure. An account that is not known is `*` in the ARN.
 */
export function permissionsOf(
  target: PlannedTarget,
  options: StepOptions = {},
): readonly (Permission & { readonly phase: PermissionPhase })[] {
  const place = placeOf(target, options)
  const ofState = statePermissionsOf(target, place)
  if (ofState.length > 0) return ofState.filter(({ phase }) => phase === 'read' || options.confirm === true)
  if (target.kind === 'tcp' || target.kind === 'tls' || target.service === null) return []
  const steps = stepsOf(target, options)
  // Package managers sign nothing.
  if (steps === undefined && target.packages !== undefined) return []
  const bucket = target.service === 's3' && steps === undefined ? readHost(target.host)?.bucket : undefined
  if (bucket !== undefined) return [{ action: 's3:ListBucket', resource: `arn:${place.partition}:s3:::${bucket}`, phase: 'read' }]
  if (steps === undefined)
    return (findNoop(target.service)?.iamActions ?? []).map(action => ({ action, resource: '*', phase: 'read' }))
  const all = steps.flatMap(({ permissions, kind }) => permissions.map(permission => ({ ...permission, phase: kind })))
  return all.filter((one, i) => all.findIndex(o => o.action === one.action && o.resource === one.resource) === i)
}

/** A region that nobody knows is any, and then the partition is the commercial one. */
function placeOf(target: PlannedTarget, options: StepOptions) {
  const arn = target.resource === undefined ? undefined : readArn(target.resource)
  const region = arn?.region || (target.region ?? options.region ?? '*')
  const account = arn?.account || options.account
  const partition = arn?.partition ?? options.partition ?? (region === '*' ? 'aws' : findPartition(region).id)
  return { region, partition, ...(account ? { account } : {}) }
}

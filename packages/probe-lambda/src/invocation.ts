// Who asks, told by the form of the event. What is to be probed stands beneath it, over what the function's own settings say.

import { ProbeUsageError } from '@eniprobe/core'
import { type Request, readRequest } from './request.ts'

export interface ResourceEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete'
  readonly ResponseURL: string
  readonly StackId: string
  readonly RequestId: string
  readonly LogicalResourceId: string
  readonly PhysicalResourceId?: string
  readonly ResourceProperties?: Readonly<Record<string, unknown>>
}

export interface HookEvent {
  readonly DeploymentId: string
  readonly LifecycleEventHookExecutionId: string
}

export type Invocation =
  | { readonly by: 'direct'; readonly request: Request }
  | { readonly by: 'cloudformation'; readonly event: ResourceEvent; readonly request: () => Request }
  | { readonly by: 'codedeploy'; readonly event: HookEvent; readonly request: Request }

/** A schedule that has no input of its own sends this; the function's settings then say everything. */
const isBareSchedule = (event: Readonly<Record<string, unknown>>) =>
  event.source === 'aws.events' || event.source === 'aws.scheduler' || event['detail-type'] === 'Scheduled Event'

/** @throws ProbeUsageError for an event or a setting that cannot be read */
export function readInvocation(event: unknown, env: NodeJS.ProcessEnv): Invocation {
  const settings = readSettings(env)
  const over = (given: Readonly<Record<string, unknown>>) => readRequest({ ...settings, ...given })
  if (event === null || event === undefined) return { by: 'direct', request: over({}) }
  if (typeof event !== 'object' || Array.isArray(event))
    throw new ProbeUsageError('bad-event', 'the event is no object', 'send {"targets": ["logs", "s3"]}')
  const given = event as Readonly<Record<string, unknown>>
  if (isResourceEvent(given)) {
    // Read late: a Delete must succeed whatever the properties say.
    const { ServiceToken: _, ServiceTimeout: __, ...properties } = given.ResourceProperties ?? {}
    return { by: 'cloudformation', event: given, request: () => over(properties) }
  }
  if (isHookEvent(given)) return { by: 'codedeploy', event: given, request: over({}) }
  return { by: 'direct', request: over(isBareSchedule(given) ? {} : given) }
}

/** `ENIPROBE_EVENT`: what every event of this function has in common, as JSON. */
function readSettings(env: NodeJS.ProcessEnv): Readonly<Record<string, unknown>> {
  const text = env.ENIPROBE_EVENT ?? ''
  if (text === '') return {}
  try {
    const settings: unknown = JSON.parse(text)
    if (typeof settings === 'object' && settings !== null && !Array.isArray(settings)) return settings as Record<string, unknown>
  } catch {}
  throw new ProbeUsageError('bad-event', 'ENIPROBE_EVENT is not a JSON object', 'write it like {"targets": ["logs", "s3"]}')
}

function isResourceEvent(event: Readonly<Record<string, unknown>>): event is Readonly<Record<string, unknown>> & ResourceEvent {
  return (
    ['Create', 'Update', 'Delete'].includes(String(event.RequestType)) &&
    typeof event.ResponseURL === 'string' &&
    typeof event.StackId === 'string'
  )
}

function isHookEvent(event: Readonly<Record<string, unknown>>): event is Readonly<Record<string, unknown>> & HookEvent {
  return typeof event.DeploymentId === 'string' && typeof event.LifecycleEventHookExecutionId === 'string'
}

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
  readonly ResourceProperties?: unknown
}

export interface HookEvent {
  readonly DeploymentId: string
  readonly LifecycleEventHookExecutionId: string
}

/** `request` reads late: who waits for an answer of ours must get one, whatever the event or the settings say. */
export type Invocation =
  | { readonly by: 'direct'; readonly request: () => Request }
  | { readonly by: 'cloudformation'; readonly event: ResourceEvent; readonly given: object; readonly request: () => Request }
  | { readonly by: 'codedeploy'; readonly event: HookEvent; readonly given: object; readonly request: () => Request }

type Given = Readonly<Record<string, unknown>>

/** A schedule that has no input of its own sends this; the function's settings then say everything. */
const isBareSchedule = (event: Given) =>
  event.source === 'aws.events' || event.source === 'aws.scheduler' || event['detail-type'] === 'Scheduled Event'

/** Never throws: `request` throws ProbeUsageError for an event or a setting that cannot be read. */
export function readInvocation(event: unknown, env: NodeJS.ProcessEnv): Invocation {
  const over = (given: unknown) => () => {
    if (!isRecord(given)) throw badEvent('the event is no object', 'send {"targets": ["logs", "s3"]}')
    return readRequest({ ...readSettings(env), ...given })
  }
  if (event === null || event === undefined) return { by: 'direct', request: over({}) }
  if (!isRecord(event)) return { by: 'direct', request: over(event) }
  if (isResourceEvent(event)) {
    const { ServiceToken: _, ServiceTimeout: __, ...given } = isRecord(event.ResourceProperties) ? event.ResourceProperties : {}
    return { by: 'cloudformation', event, given, request: over(given) }
  }
  if (isHookEvent(event)) return { by: 'codedeploy', event, given: {}, request: over({}) }
  return { by: 'direct', request: over(isBareSchedule(event) ? {} : event) }
}

/** `ENIPROBE_EVENT`: what every event of this function has in common, as JSON; `ENIPROBE_TARGETS`: its targets, a comma between. */
function readSettings(env: NodeJS.ProcessEnv): Given {
  const targets = (env.ENIPROBE_TARGETS ?? '').split(',').flatMap(word => word.trim() || [])
  const settings = readJson(env.ENIPROBE_EVENT ?? '')
  if (settings === undefined) throw badEvent('ENIPROBE_EVENT is not a JSON object', 'write it like {"targets": ["logs", "s3"]}')
  return { ...(targets.length > 0 ? { targets } : {}), ...settings }
}

function readJson(text: string): Given | undefined {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isResourceEvent(event: Given): event is Given & ResourceEvent {
  const texts = [event.ResponseURL, event.StackId, event.RequestId, event.LogicalResourceId]
  return ['Create', 'Update', 'Delete'].includes(String(event.RequestType)) && texts.every(text => typeof text === 'string')
}

function isHookEvent(event: Given): event is Given & HookEvent {
  return typeof event.DeploymentId === 'string' && typeof event.LifecycleEventHookExecutionId === 'string'
}

function isRecord(value: unknown): value is Given {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function badEvent(message: string, hint: string): ProbeUsageError {
  return new ProbeUsageError('bad-event', message, hint)
}

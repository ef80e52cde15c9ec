// One line of text to what it says of an error, if anything. Knows nothing of the lines around it.

import type { Denial } from '../catalog/denial.ts'
import { isRegionName, readHost, type Service } from '../catalog/index.ts'
import type { WhyErrorClass } from '../model/why.ts'
import { findAwsError, findGoOperation } from './aws-answers.ts'
import { findNetworkError } from './network-classes.ts'
import { findPlace, type Place } from './places.ts'
import { findFetchedService, findSaidService, findServiceOfAction, findServiceOfOperation } from './services-said.ts'
import { serviceOfArn } from './targets.ts'
import { findTool } from './tools.ts'

export interface Said {
  readonly errorClass: WhyErrorClass
  readonly tool: string | null
  readonly text: string
  readonly place?: Place
  readonly service?: Service
  readonly region?: string
  readonly action?: string
  readonly resource?: string
  readonly account?: string
  readonly code?: string
  readonly status?: number
  readonly denial?: Denial
  /** The denial stands in words that nobody but AWS and its SDKs print. */
  readonly isCertain?: boolean
}

export function readLine(text: string): Said | undefined {
  const aws = findAwsError(text)
  const network = aws === undefined || aws.errorClass === 'service-error' ? findNetworkError(text) : undefined
  const errorClass = chooseClass(aws?.errorClass, network?.errorClass)
  if (errorClass === undefined) return undefined
  const isAnswer = errorClass === aws?.errorClass
  const denial = isAnswer ? aws?.denial : undefined
  const resource = denial?.resource ?? arnIn(text)
  // What stands where the region belongs is no part of a name.
  const found = errorClass === 'region-unset' ? undefined : findPlaceOf(text, isAnswer ? aws?.message : undefined)
  const called = findGoOperation(text)
  const operation = aws?.operation ?? called?.operation ?? /\bAWS Error [A-Z_]{2,60} during (\w{1,80}) operation/.exec(text)?.[1]
  const serviceWord = aws?.serviceWord ?? called?.serviceWord
  const atHost = found === undefined || found.host === '' ? undefined : readHost(found.host)
  const service =
    atHost?.service ??
    // What was called, and then what it was denied: the action's prefix is the policy's word, not the host's (`bedrock:InvokeModel`).
    (operation === undefined ? undefined : findServiceOfOperation(operation)) ??
    (denial?.action === undefined ? undefined : findServiceOfAction(denial.action)) ??
    (serviceWord === undefined ? undefined : findSaidService(serviceWord)) ??
    findFetchedService(text) ??
    (resource === undefined ? undefined : serviceOfArn(resource))
  const region = atHost?.region ?? regionOfArn(resource) ?? denial?.region
  const account = accountOf(resource) ?? accountOf(denial?.principal) ?? atHost?.accountId
  const action = denial?.action ?? operation
  const status = network?.status ?? (isAnswer ? aws?.status : undefined)
  return {
    errorClass,
    tool: findTool(text),
    text,
    ...(found !== undefined && { place: found }),
    ...(service != null && { service }),
    ...(region != null && isRegionName(region) && { region }),
    ...(action !== undefined && { action }),
    ...(resource !== undefined && { resource }),
    ...(account !== undefined && { account }),
    ...(isAnswer && aws?.code !== undefined && { code: aws.code }),
    ...(status !== undefined && status >= 100 && { status }),
    ...(denial !== undefined && { denial, isCertain: aws?.isCertain === true }),
  }
}

/** A URL in AWS's own message is what AWS speaks of, and no place that anybody here went to; a bucket there is the call's. */
function findPlaceOf(text: string, message: string | undefined): Place | undefined {
  const inside = message === undefined ? undefined : findPlace(message)
  if (message === undefined || inside === undefined) return findPlace(text)
  return findPlace(text.replace(message, () => '')) ?? (inside.scheme === 's3' ? inside : undefined)
}

/** An answer of AWS speaks for itself; "RequestTimeout" and the like, which every client has codes for, are the network's word. */
function chooseClass(answer: WhyErrorClass | undefined, network: WhyErrorClass | undefined): WhyErrorClass | undefined {
  return answer === 'service-error' && network !== undefined && network !== 'http-status' ? network : (answer ?? network)
}

function arnIn(text: string): string | undefined {
  return /\b(arn:aws[a-z-]{0,12}:(?!iam|sts)[a-z0-9-]{2,30}:[a-z0-9-]{0,30}:\d{0,12}:[\w+=,.@:/*-]{1,300})/
    .exec(text)?.[1]
    ?.replace(/[.,:]+$/, '')
}

/** A model without an account is AWS's own: an inference profile sends the call on to its region, whichever was called. */
function regionOfArn(arn: string | undefined): string | undefined {
  if (/^arn:[a-z-]{3,20}:bedrock:[a-z0-9-]{0,30}::/.test(arn ?? '')) return undefined
  return /^arn:[a-z-]{3,20}:[a-z0-9-]{2,30}:([a-z0-9-]{5,30}):/.exec(arn ?? '')?.[1]
}

function accountOf(arn: string | undefined): string | undefined {
  return /^arn:[a-z-]{3,20}:[a-z0-9-]{2,30}:[a-z0-9-]{0,30}:(\d{12}):/.exec(arn ?? '')?.[1]
}

// Targets that a setting of the user's leads to a host which is no name of AWS's: a mirror, a gateway, an emulator, or a mistake.

import { isEndpointUrlSetting } from '../catalog/endpoint-url.ts'
import type { TargetView } from './view.ts'

/** The endpoint URL setting that sends this service's clients there. Undefined where the name is AWS's own, or nobody set it. */
export function sentElsewhereBy({ target, identity }: TargetView): string | undefined {
  if (target.service === null || identity?.service || identity?.isEndpointSpecific) return undefined
  return isEndpointUrlSetting(target.hostFrom) ? target.hostFrom : undefined
}

/** In the clear a proxy answers for the host itself: its own refusal looks like an answer of whatever stands there. */
export function isAnsweredInClear(target: TargetView): boolean {
  return target.viaProxy && target.target.scheme === 'http'
}

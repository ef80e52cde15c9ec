// What is worth saying though nothing, or something else, fails. In the order in which it is said.

import type { Notice } from '../rule.ts'
import { clockIsOff } from './clock-is-off.ts'
import { endpointBehindProxy } from './endpoint-behind-proxy.ts'
import { hostsFileDiffers } from './hosts-file-differs.ts'
import { internetReachable, trafficLeavesVpc } from './leaks.ts'
import { metadataBehindProxy } from './metadata-behind-proxy.ts'
import { privateAnswerUnused } from './private-answer-unused.ts'
import { regionsConflict } from './regions-conflict.ts'
import { sourceStopsClients } from './source-stops-clients.ts'
import { staticKeysOverrideRole } from './static-keys-override-role.ts'
import { tlsInspectedButTrusted } from './tls-inspected-but-trusted.ts'

export const notices: readonly Notice[] = [
  internetReachable,
  trafficLeavesVpc,
  privateAnswerUnused,
  tlsInspectedButTrusted,
  clockIsOff,
  hostsFileDiffers,
  metadataBehindProxy,
  endpointBehindProxy,
  sourceStopsClients,
  staticKeysOverrideRole,
  regionsConflict,
]

// AWS knowledge as data: services and their names per partition, endpoint services, harmless calls, workloads. Pure: no I/O, no judgement.

export { canaryOf } from './canary.ts'
export { hangsOf } from './clients.ts'
export { type EndpointService, endpointServicesFor, endpointServicesOf, isCovered, isS3Express } from './endpoint-services.ts'
export { type HostIdentity, readHost } from './host-names.ts'
export { defaultHost, hostsOf, signingRegionOf } from './hosts.ts'
export { isAwsIssuer } from './issuers.ts'
export {
  databasePermissions,
  findNamedState,
  holderPermissions,
  isPlainHost,
  type NamedState,
  type StateAction,
  statePermissionsOf,
} from './named-state.ts'
export { findNoop, noopsOf, reachPathOf } from './noops.ts'
export { findPartition, isKnownRegion, isRegionName, suggestRegions } from './partitions.ts'
export { remark, remarkIn } from './remarks.ts'
export {
  headBucket,
  isSecretProven,
  type Known,
  leaderOf,
  matches,
  type Permission,
  type PermissionPhase,
  permissionsOf,
  type ResourceStep,
  readArn,
  type StepOptions,
  stepsOf,
} from './resources/index.ts'
export { findService, portOf, type Service, serviceIds, serviceWords } from './services.ts'
export { findWorkload, type Workload, type WorkloadNeed, workloadIds } from './workloads.ts'

// The lab: a closed VPC in Linux namespaces against which the real CLI runs. Private; tests and the demo use it.

export { combine, type Fault } from './faults/fault.ts'
export * as faults from './faults/index.ts'
export { findRuntime, type LambdaRuntime, unpackFunction, zipPath } from './lambda/find-runtime.ts'
export { startFunction } from './lambda/runtime-api.ts'
export { healthyVpc } from './plan/healthy.ts'
export type { VpcPlan } from './plan/vpc-plan.ts'
export { type Scenario, scenarios } from './scenarios.ts'
export { vpcLab } from './vpc-lab.ts'
export { labCapability } from './world/capability.ts'
export type { Ran, RunOptions } from './world/run-inside.ts'
export { type EniprobeRun, LabUnavailable, raiseVpc, type Vpc } from './world/vpc.ts'

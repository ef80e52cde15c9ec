// The lab: a closed VPC in Linux namespaces against which the real CLI runs.
export { combine, type Fault } from './faults/fault.ts'
export { vpcLab } from './vpc-lab.ts'
export { raiseVpc } from './world/vpc.ts'

// The lab in a test: raised for it, gone after it, and a skip with its reason where this machine cannot.
import type { TestContext } from 'node:test'
import type { Fault } from './faults/fault.ts'
import type { SetUp } from './world/moto.ts'
import { LabUnavailable, raiseVpc, type Vpc } from './world/vpc.ts'

/** The VPC, or undefined after having marked the test as skipped. */
export async function vpcLab(t: TestContext, fault?: Fault, setUp?: SetUp): Promise<Vpc | undefined> {
  try {
    const vpc = await raiseVpc(fault, setUp)
    t.after(() => vpc.stop())
    return vpc
  } catch (error) {
    if (!(error instanceof LabUnavailable)) throw error
    t.skip(error.message)
    return undefined
  }
}

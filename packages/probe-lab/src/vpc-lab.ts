// The lab in a test: raised for it, gone after it, and a skip with its reason where this machine cannot.
import type { TestContext } from 'node:test'
import type { Fault } from './faults/fault.ts'
import { LabUnavailable, raiseVpc, type Vpc } from './world/vpc.ts'

/** The VPC, or undefined after having marked the test as skipped. */
export async function vpcLab(t: TestContext, fault?: Fault): Promise<Vpc | undefined> {
  try {
    const vpc = await raiseVpc(fault)
    t.after(() => vpc.stop())
    return vpc
  } catch (error) {
    if (!(error instanceof LabUnavailable)) throw error
    t.skip(error.message)
    return undefined
  }
}

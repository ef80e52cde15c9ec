// The lab in a test: raised for it, gone after it, and a skip with its reason where this machine cannot.
import type { TestContext } from 'node:test'
import type { Fault } from './faults/fault.ts'
import { labFolder } from './world/authorities.ts'
import type { SetUp } from './world/moto.ts'
import { takePlace } from './world/places.ts'
import { LabUnavailable, raiseVpc, type Vpc } from './world/vpc.ts'

/** One place for all VPCs of a test: two tests that have one each and wait for a second would wait for ever. */
const placed = new WeakSet<TestContext>()

/** The VPC, or undefined after having marked the test as skipped. */
export async function vpcLab(t: TestContext, fault?: Fault, setUp?: SetUp): Promise<Vpc | undefined> {
  const giveBack = await findPlace(t)
  try {
    const vpc = await raiseVpc(fault, setUp)
    t.after(() => vpc.stop())
    return vpc
  } catch (error) {
    if (!(error instanceof LabUnavailable)) throw error
    t.skip(error.message)
    return undefined
  } finally {
    if (giveBack) t.after(giveBack)
  }
}

/** Undefined: this test has one, or nobody counts. */
async function findPlace(t: TestContext): Promise<(() => void) | undefined> {
  if (placed.has(t)) return undefined
  placed.add(t)
  const { places } = await labFolder()
  return places === undefined ? undefined : takePlace(places)
}

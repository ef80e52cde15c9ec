// A package index of the company's inside the VPC. Not a fault by itself: what it leads to, or wants, may be.
import type { HostPlan } from '../plan/vpc-plan.ts'
import type { Fault } from './fault.ts'

export const privateIndexName = 'packages.internal'

/** @param files the host that its links name; its own by default */
export function privateIndex(
  files = privateIndexName,
  more: Partial<HostPlan> & { readonly authorization?: string } = {},
): Fault {
  const { authorization, ...host } = more
  return plan => ({
    ...plan,
    hosts: [
      ...plan.hosts,
      {
        name: privateIndexName,
        addresses: ['10.20.3.40'],
        port: 443,
        serve: 'https' as const,
        index: { files, ...(authorization !== undefined && { authorization }) },
        ...host,
      },
    ],
  })
}

// One question to the control plane: read-only, signed, bounded by the run's deadline. What the answer means is not judged here.

import type { ControlCall } from '../model/control-plane.ts'

export interface ControlQuestion {
  /** Catalogue id of the service that is asked: `ec2`, `rds`, `ecs`, `autoscaling`, `application-autoscaling`, `s3`. */
  readonly service: string
  /** The operation, e.g. `DescribeVpcEndpoints`. */
  readonly operation: string
  /** Parameters of a query protocol, flattened as AWS spells them (`Filter.1.Name`), or the body of a JSON protocol. */
  readonly input: Readonly<Record<string, unknown>>
  /** What it is asked about, for the report. */
  readonly about?: readonly string[]
}

export interface ControlAnswer {
  readonly call: ControlCall
  /** The parsed answer when it was answered: XML and JSON alike as plain objects, a repeated or listed element as an array. */
  readonly body?: Readonly<Record<string, unknown>>
}

/** Never throws for what the network or AWS says: that stands in `call`. */
export type Ask = (question: ControlQuestion) => Promise<ControlAnswer>

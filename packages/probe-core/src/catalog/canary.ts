// The public host by which "can this subnet reach the internet at all?" is judged: AWS's own, and served by no VPC endpoint.

interface Canary {
  readonly host: string
  readonly port: number
}

const canaries: Readonly<Record<string, Canary>> = {
  aws: { host: 'checkip.amazonaws.com', port: 443 },
  // GovCloud and the European partition have none of their own; the commercial one is as public for them.
  'aws-us-gov': { host: 'checkip.amazonaws.com', port: 443 },
  'aws-eusc': { host: 'checkip.amazonaws.com', port: 443 },
  'aws-cn': { host: 'checkip.amazonaws.com.cn', port: 443 },
}

/** Undefined in the isolated partitions, which have no internet to reach. */
export function canaryOf(partition: string): Canary | undefined {
  return canaries[partition]
}

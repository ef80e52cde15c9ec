// How long the clients that people really use hang on a name that is silent, with their default settings. Not what our probe waited.

import type { Hang } from '../model/target.ts'
import { remark } from './remarks.ts'

interface SilentTarget {
  /** Catalogue id; null when it is not an AWS service. */
  readonly service: string | null
  /** How many addresses the name gave. */
  readonly addresses: number
  readonly kind: 'service' | 'https' | 'tcp'
}

interface Client {
  readonly name: string
  readonly kind: SilentTarget['kind']
  /** Connect timeout of one try on one address. */
  readonly seconds: number
  readonly attempts: (service: string | null) => number
}

// Sources: botocore (config `connect_timeout`, legacy retry mode, DynamoDB's own entry in _retry.json), AWS CLI v2 guide (standard
// retry mode), pip (`--timeout`, `--retries`). Each tries every address in turn within one attempt.
const clients: readonly Client[] = [
  { name: 'boto3', kind: 'service', seconds: 60, attempts: service => (service === 'dynamodb' ? 10 : 5) },
  { name: 'AWS CLI v2', kind: 'service', seconds: 60, attempts: () => 3 },
  { name: 'pip', kind: 'https', seconds: 15, attempts: () => 6 },
]

/** AWS SDK for JavaScript v3 sets no connect timeout: three attempts that each end with the kernel's. Measured: 404 s on one address, 406 s on three. */
const javascriptHang: Hang = { client: 'AWS SDK for JavaScript v3', ms: 404_000, how: remark('hangsMeasured', {}) }

/** Empty for a plain TCP target: nothing is known of its client. */
export function hangsOf(input: SilentTarget): readonly Hang[] {
  const addresses = Math.max(1, input.addresses)
  const hangs = clients
    .filter(client => client.kind === input.kind)
    .map(client => {
      const attempts = client.attempts(input.service)
      const { seconds } = client
      const how =
        addresses === 1 ? remark('hangsOne', { seconds, attempts }) : remark('hangs', { seconds, attempts, count: addresses })
      return { client: client.name, ms: client.seconds * attempts * addresses * 1000, how }
    })
  return input.kind === 'service' ? [...hangs, javascriptHang] : hangs
}

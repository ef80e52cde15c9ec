// No gateway endpoint in this subnet's route table: the public addresses of S3 or DynamoDB lead nowhere.
import type { Fault } from './fault.ts'

export function gatewayEndpointMissing(service: 's3' | 'dynamodb' = 's3'): Fault {
  return plan => ({ ...plan, gateways: { ...plan.gateways, [service]: false } })
}

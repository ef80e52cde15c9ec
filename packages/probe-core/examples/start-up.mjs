// Refuse to start where the network is not what this service needs, and say why in one place.
import { assertReachable, NotReachableError } from '@eniprobe/core'

const needs = (process.env.NEEDS ?? 'logs s3 secretsmanager').split(' ')
try {
  await assertReachable(needs, { deadlineMs: 5000 })
} catch (error) {
  if (!(error instanceof NotReachableError)) throw error
  console.error(error.message)
  process.exit(1)
}
console.log('reachable: starting')

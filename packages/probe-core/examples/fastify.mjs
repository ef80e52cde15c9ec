// The same for Fastify: the handler takes Node's own request and response, which Fastify carries as `raw`.
import { createHealthCheck, healthHandler } from '@eniprobe/core'
import Fastify from 'fastify'

const needs = (process.env.NEEDS ?? 'logs s3').split(' ')
const health = createHealthCheck({ targets: needs, everyMs: 30_000 })
const ready = healthHandler(health, { details: false })

const app = Fastify()
app.get('/ready', (request, reply) => {
  reply.hijack()
  ready(request.raw, reply.raw)
})

await app.listen({ port: Number(process.env.PORT ?? 3000) })
process.once('SIGTERM', async () => {
  health.stop()
  await app.close()
})

// A readiness check for Kubernetes, ECS or a load balancer: the answer comes from memory, the probing happens behind it.
import { createHealthCheck, healthHandler } from '@eniprobe/core'
import express from 'express'

const needs = (process.env.NEEDS ?? 'logs s3').split(' ')
const health = createHealthCheck({ targets: needs, everyMs: 30_000 })

const app = express()
app.get('/ready', healthHandler(health))
app.get('/live', (_request, response) => response.send('alive'))

const server = app.listen(process.env.PORT ?? 3000)
process.once('SIGTERM', () => {
  health.stop()
  server.close()
})

// NestJS Terminus: the indicator is a function, beside those that Terminus brings.
import 'reflect-metadata'
import { createHealthCheck, healthIndicator } from '@eniprobe/core'
import { Controller, Get, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { HealthCheckService, TerminusModule } from '@nestjs/terminus'

const needs = (process.env.NEEDS ?? 'logs s3').split(' ')
const network = createHealthCheck({ targets: needs, everyMs: 30_000 })
const isReachable = healthIndicator(network)

class ReadyController {
  constructor(health) {
    this.health = health
  }
  ready() {
    return this.health.check([() => isReachable('aws-network')])
  }
}
// What the decorators @Controller('ready'), @Get() and constructor injection come down to in plain JavaScript.
Controller('ready')(ReadyController)
Get()(ReadyController.prototype, 'ready', Object.getOwnPropertyDescriptor(ReadyController.prototype, 'ready'))
Reflect.defineMetadata('design:paramtypes', [HealthCheckService], ReadyController)

class AppModule {}
Module({ imports: [TerminusModule], controllers: [ReadyController] })(AppModule)

const app = await NestFactory.create(AppModule, { logger: false })
await app.listen(process.env.PORT ?? 3000)
process.once('SIGTERM', async () => {
  network.stop()
  await app.close()
})

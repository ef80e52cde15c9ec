// One span a run, with an event for each finding: the library publishes on diagnostics_channel, the application decides.
import { subscribe, tracingChannel } from 'node:diagnostics_channel'
import { channels, probe } from '@eniprobe/core'
import { SpanStatusCode, trace } from '@opentelemetry/api'
import { BasicTracerProvider, ConsoleSpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'

trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(new ConsoleSpanExporter())] }))
const tracer = trace.getTracer('eniprobe')
const spans = new WeakMap()

tracingChannel(channels.run).subscribe({
  start: run => spans.set(run, tracer.startSpan('eniprobe run', { attributes: { 'eniprobe.targets': [...run.targets] } })),
  asyncEnd: run => {
    const span = spans.get(run)
    const failing = run.result?.targets.filter(target => target.verdict !== 'healthy').length
    if (run.error || failing > 0) span?.setStatus({ code: SpanStatusCode.ERROR })
    span?.setAttribute('eniprobe.failing', failing ?? -1).end()
  },
})
subscribe(channels.finding, ({ run, finding }) => {
  const [first] = finding.causes
  spans.get(run)?.addEvent('finding', {
    'eniprobe.cause': first.cause,
    'eniprobe.confidence': first.confidence,
    'eniprobe.targets': [...finding.targets],
  })
})

await probe({ targets: (process.env.NEEDS ?? 'logs s3').split(' ') })

// `stuck`: what hangs on this machine right now, at once; then, in the same run, why.

import {
  diagnose,
  type FindStuckOptions,
  findStuck,
  type Report,
  redactReport,
  type Stuck,
  type StuckConnection,
} from '@eniprobe/core'
import { exitStatusOf, interruptedStatus } from '../exit-status.ts'
import { watchInterrupts } from '../interrupt.ts'
import { en } from '../messages/en.ts'
import type { StuckMessages } from '../messages/stuck-en.ts'
import { writeFileWhole, writeOut } from '../output.ts'
import { checkSinks, pageFor } from '../present.ts'
import { renderJson } from '../render/json.ts'
import { renderStuck, stuckLine } from '../render/stuck.ts'
import { renderQuiet, renderText } from '../render/text.ts'
import type { StuckCommand } from '../stuck-arguments.ts'
import { lookAt, targetsOf } from './stuck-report.ts'

const defaultDeadlineMs = 15_000
/** Of the whole: enough to see what the timers do not tell and to ask for every name of a region; the rest is the diagnosis's. */
const mostLookingMs = 7000

export async function stuckCommand(command: StuckCommand, words: StuckMessages): Promise<number> {
  const { presentation, watchMs } = command
  await checkSinks(presentation)
  const interrupt = watchInterrupts(() => {
    if (watchMs === undefined) process.stderr.write(`${en.interrupted}\n`)
  })
  try {
    if (watchMs === undefined) return await lookOnce(command, words, interrupt.signal)
    await lookAgain(command, watchMs, words, interrupt.signal)
    return interruptedStatus
  } finally {
    interrupt.dispose()
  }
}

async function lookOnce(command: StuckCommand, words: StuckMessages, signal: AbortSignal): Promise<number> {
  const startedAt = performance.now()
  const deadlineMs = command.options.deadlineMs ?? defaultDeadlineMs
  const stuck = await findStuck(findingOptions(command, deadlineMs, signal))
  // At once: whoever looks at a hanging job wants to see what hangs before anybody thinks about why.
  const { redact } = command.presentation
  const onScreen = (of: Stuck) =>
    writeOut(
      process.stdout,
      screenText(command, sink => listText(of, command, words, sink)),
    )
  // A masked list has to wait: its pseudonyms are those of the whole report.
  if (!redact) await onScreen(stuck)
  const seen = await lookAt(stuck, command.options, deadlineMs - (performance.now() - startedAt), deadlineMs, signal)
  const report = redact ? diagnose(redactReport(seen)) : seen
  const told = report.stuck ?? stuck
  if (redact) await onScreen(told)
  const diagnosis = diagnosisText(report, command, words)
  for (const sink of command.presentation.sinks) {
    if (sink.format !== 'json' && sink.file === null) await writeOut(process.stdout, diagnosis(sink.file))
    else {
      const text =
        sink.format === 'json' ? renderJson(report) : `${listText(told, command, words, sink.file)}${diagnosis(sink.file)}`
      if (sink.file === null) await writeOut(process.stdout, text)
      else {
        await writeFileWhole(sink.file, text)
        if (!command.presentation.quiet) await writeOut(process.stderr, `${en.saved(sink.file)}\n`)
      }
    }
  }
  if (signal.aborted) return interruptedStatus
  return statusOf(report)
}

/** Every so often; only what changed is told. One line of JSON for each look in which something did. */
async function lookAgain(command: StuckCommand, everyMs: number, words: StuckMessages, signal: AbortSignal): Promise<void> {
  const deadlineMs = command.options.deadlineMs ?? defaultDeadlineMs
  let before: ReadonlyMap<string, StuckConnection> | undefined
  while (!signal.aborted) {
    const lookedAt = performance.now()
    const stuck = await findStuck(findingOptions(command, deadlineMs, signal))
    if (signal.aborted) return
    const now = new Map(stuck.connections.map(each => [keyOf(each), each] as const))
    const added = stuck.connections.filter(each => before?.has(keyOf(each)) !== true)
    const gone = [...(before ?? [])].filter(([key]) => !now.has(key)).map(([, each]) => each)
    if (before === undefined || added.length > 0 || gone.length > 0) {
      const at = new Date().toISOString()
      await writeOut(
        process.stdout,
        screenText(command, sink => {
          if (before === undefined) return listText(stuck, command, words, sink)
          const page = pageFor({ format: 'text', file: sink }, command.presentation)
          return [
            ...added.map(each => `${at} ${words.isNew}: ${stuckLine(each, page, words)}\n`),
            ...gone.map(each => `${at} ${words.isOver}: ${stuckLine(each, page, words)}\n`),
          ].join('')
        }),
      )
      const report = await lookAt({ ...stuck }, command.options, deadlineMs, deadlineMs, signal, added)
      if (signal.aborted) return
      const diagnosis = diagnosisText(report, command, words)
      for (const { format, file } of command.presentation.sinks) {
        const text = format === 'json' ? `${JSON.stringify(JSON.parse(renderJson(report)))}\n` : diagnosis(file)
        if (file === null) await writeOut(process.stdout, text)
        else await writeFileWhole(file, format === 'json' ? text : `${listText(stuck, command, words, file)}${text}`)
      }
    }
    before = now
    await pause(everyMs - (performance.now() - lookedAt), signal)
  }
}

function findingOptions({ options }: StuckCommand, deadlineMs: number, signal: AbortSignal): FindStuckOptions {
  const { region, profile, resolvers } = options
  return {
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
    ...(resolvers !== undefined && { resolvers }),
    deadlineMs: Math.min(mostLookingMs, deadlineMs),
    signal,
  }
}

/** 1: something hangs. A DNS socket that is merely open counts only when the look at DNS finds a fault. */
function statusOf(report: Report): 0 | 1 {
  return report.stuck?.connections.some(({ kind }) => kind !== 'dns-question') ? 1 : exitStatusOf(report)
}

function screenText({ presentation }: StuckCommand, render: (file: null) => string): string {
  return presentation.sinks.some(({ format, file }) => format !== 'json' && file === null) ? render(null) : ''
}

function listText(stuck: Stuck, { presentation }: StuckCommand, words: StuckMessages, file: string | null): string {
  const page = pageFor({ format: 'text', file }, presentation)
  if (!presentation.quiet || stuck.connections.length === 0) return renderStuck(stuck, page, words)
  return stuck.connections.map(each => `${stuckLine(each, page, words)}\n`).join('')
}

function diagnosisText(report: Report, { presentation }: StuckCommand, words: StuckMessages): (file: string | null) => string {
  return file => {
    if (targetsOf(report.stuck?.connections ?? []).length === 0 || report.targets.length === 0) return ''
    const page = pageFor({ format: 'text', file }, presentation)
    if (presentation.quiet) return renderQuiet(report, page)
    return `\n${page.paint.bold(words.diagnosis)}\n\n${renderText(report, page)}`
  }
}

function keyOf({ process, kind, address, port }: StuckConnection): string {
  return `${process?.pid} ${kind} ${address} ${port}`
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, Math.max(0, ms))
    signal.addEventListener('abort', done, { once: true })
  })
}

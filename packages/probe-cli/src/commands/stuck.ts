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
import type { Interrupt } from '../interrupt.ts'
import type { Messages } from '../messages/en.ts'
import type { StuckMessages } from '../messages/stuck-en.ts'
import { endIfUnread, writeFileWhole, writeOut } from '../output.ts'
import { checkSinks, pageFor, renderReport, renderWords } from '../present.ts'
import { defaultDeadlineMs } from '../probe-options.ts'
import { renderJson } from '../render/json.ts'
import { renderStuck, stuckLine } from '../render/stuck.ts'
import type { Sink } from '../sinks.ts'
import type { StuckCommand } from '../stuck-arguments.ts'
import { keyOf, lookAt, targetsOf } from './stuck-report.ts'

/** Of the whole: enough to see what the timers do not tell and to ask for every name of a region; the rest is the diagnosis's. */
const mostLookingMs = 7000

/** The two sets of words that this command speaks. */
interface Speech {
  readonly words: StuckMessages
  readonly messages: Messages
}

export async function stuckCommand(
  command: StuckCommand,
  words: StuckMessages,
  messages: Messages,
  interrupt: Interrupt,
): Promise<number> {
  const speech: Speech = { words, messages }
  const { presentation, watchMs } = command
  await checkSinks(presentation)
  interrupt.onFirst(() => {
    if (watchMs === undefined) process.stderr.write(`${messages.interrupted}\n`)
    endIfUnread(interruptedStatus)
  })
  try {
    if (watchMs === undefined) return await lookOnce(command, speech, interrupt.signal)
    await lookAgain(command, watchMs, speech, interrupt.signal)
    return interruptedStatus
  } finally {
    interrupt.dispose()
  }
}

async function lookOnce(command: StuckCommand, speech: Speech, signal: AbortSignal): Promise<number> {
  const { messages } = speech
  const startedAt = performance.now()
  const deadlineMs = command.options.deadlineMs ?? defaultDeadlineMs
  const stuck = await findStuck(findingOptions(command, deadlineMs, signal))
  // At once: whoever looks at a hanging job wants to see what hangs before anybody thinks about why.
  const { redact } = command.presentation
  const onScreen = (of: Stuck) =>
    writeOut(
      process.stdout,
      screenText(command, sink => listText(of, command, speech, sink)),
    )
  // A masked list has to wait: its pseudonyms are those of the whole report.
  if (!redact) await onScreen(stuck)
  const seen = await lookAt(stuck, command.options, deadlineMs - (performance.now() - startedAt), deadlineMs, signal)
  const report = redact ? diagnose(redactReport(seen)) : seen
  const told = report.stuck ?? stuck
  if (redact) await onScreen(told)
  const diagnosis = diagnosisText(report, command, speech)
  for (const sink of command.presentation.sinks) {
    if (sink.format === 'text' && sink.file === null) await writeOut(process.stdout, await diagnosis(sink.file))
    else {
      const page = pageFor(sink, command.presentation, messages)
      const text =
        sink.format === 'text'
          ? `${listText(told, command, speech, sink.file)}${await diagnosis(sink.file)}`
          : await renderReport(report, sink.format, page, command.presentation)
      if (sink.file === null) await writeOut(process.stdout, text)
      else {
        await writeFileWhole(sink.file, text)
        if (!command.presentation.quiet) await writeOut(process.stderr, `${messages.saved(sink.file)}\n`)
      }
    }
  }
  if (signal.aborted) return interruptedStatus
  return statusOf(report)
}

/** Every so often; only what changed is told. One line of JSON for each look in which something did. */
async function lookAgain(command: StuckCommand, everyMs: number, speech: Speech, signal: AbortSignal): Promise<void> {
  const { words, messages } = speech
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
          if (before === undefined) return listText(stuck, command, speech, sink)
          const page = pageFor({ format: 'text', file: sink }, command.presentation, messages)
          return [
            ...added.map(each => `${at} ${words.isNew}: ${stuckLine(each, page, words)}\n`),
            ...gone.map(each => `${at} ${words.isOver}: ${stuckLine(each, page, words)}\n`),
          ].join('')
        }),
      )
      const report = await lookAt({ ...stuck }, command.options, deadlineMs, deadlineMs, signal, added)
      if (signal.aborted) return
      const diagnosis = diagnosisText(report, command, speech)
      for (const { format, file } of command.presentation.sinks) {
        const text =
          format === 'text'
            ? `${file === null ? '' : listText(stuck, command, speech, file)}${await diagnosis(file)}`
            : await renderAgain(report, { format, file }, command, messages)
        if (file === null) await writeOut(process.stdout, text)
        else await writeFileWhole(file, text)
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
  return presentation.sinks.some(({ format, file }) => format === 'text' && file === null) ? render(null) : ''
}

function listText(stuck: Stuck, { presentation }: StuckCommand, { words, messages }: Speech, file: string | null): string {
  const page = pageFor({ format: 'text', file }, presentation, messages)
  if (!presentation.quiet || stuck.connections.length === 0) return renderStuck(stuck, page, words)
  return stuck.connections.map(each => `${stuckLine(each, page, words)}\n`).join('')
}

/** One report a line, where it is JSON. */
async function renderAgain(report: Report, sink: Sink, { presentation }: StuckCommand, messages: Messages): Promise<string> {
  if (sink.format === 'json') return `${JSON.stringify(JSON.parse(renderJson(report)))}\n`
  return renderWords(report, sink.format, pageFor(sink, presentation, messages), presentation)
}

function diagnosisText(
  report: Report,
  { presentation }: StuckCommand,
  { words, messages }: Speech,
): (file: string | null) => Promise<string> {
  return async file => {
    if (targetsOf(report.stuck?.connections ?? []).length === 0 || report.targets.length === 0) return ''
    const page = pageFor({ format: 'text', file }, presentation, messages)
    const text = await renderWords(report, 'text', page, presentation)
    return presentation.quiet ? text : `\n${page.paint.bold(words.diagnosis)}\n\n${text}`
  }
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

// `stuck -- COMMAND`: runs the command as if we were not there, and tells on standard error what it hangs on, and why.

import { checkSocketTables, nameStuck, type Report, type Stuck, type StuckConnection, watchStuck } from '@eniprobe/core'
import type { Presentation } from '../arguments.ts'
import type { Messages } from '../messages/en.ts'
import type { StuckMessages } from '../messages/stuck-en.ts'
import { writeFileWhole } from '../output.ts'
import { checkSinks, renderReport, renderWords } from '../present.ts'
import { defaultDeadlineMs } from '../probe-options.ts'
import { colourPaint, noPaint, wantsColour } from '../render/colour.ts'
import type { Page } from '../render/page.ts'
import { renderStuck, stuckLine } from '../render/stuck.ts'
import type { StuckCommand } from '../stuck-arguments.ts'
import { runBeside, type Started, tell } from './run-beside.ts'
import { keyOf, lookAt, targetsOf } from './stuck-report.ts'

/** Long enough that a slow start is no hang, short enough to be told while somebody watches. */
const leastMs = 3000

/** @throws ProbeUsageError before the command is started; afterwards nothing of ours ends it */
export async function stuckRunCommand(
  command: StuckCommand,
  argv: readonly string[],
  words: StuckMessages,
  messages: Messages,
): Promise<number> {
  await checkSinks(command.presentation)
  // Now, not when the command is under way.
  checkSocketTables()
  const started = await runBeside(argv)
  if ('code' in started) {
    const program = nameOf(argv)
    const { notFound, notStarted } = words.during
    tell(`eniprobe: ${started.code === 'ENOENT' ? notFound(program) : notStarted(program, started.code)}\n`)
    return started.code === 'ENOENT' ? 127 : 126
  }
  const told = makeTold(command, words, messages)
  const watch = watchStuck({ pid: started.pid, leastMs, onHang: told.add })
  const ended = await started.ended
  watch.stop()
  const stuck = { ...watch.seen(), command: { shown: started.shown, status: ended.status, signal: ended.signal } }
  const summing = started.untilSignal()
  // Who pressed Ctrl-C wants the prompt back: what is known is told, nothing new is begun.
  const report = await told.finish(stuck, ended.wasInterrupted ? AbortSignal.abort() : summing)
  await sumUp(report, started, command, words, messages)
  started.dispose()
  return ended.exitStatus
}

/** Names and looks at what hangs, one after another, while the command goes on. */
function makeTold(command: StuckCommand, words: StuckMessages, messages: Messages) {
  const { options, presentation } = command
  const deadlineMs = options.deadlineMs ?? defaultDeadlineMs
  const page = plainPage(presentation.verbose, messages)
  const named = new Map<string, StuckConnection>()
  const over = new AbortController()
  let waiting: StuckConnection[] = []
  let naming: Stuck['naming'] = { asked: 0, dns: 'not-asked' }
  let latest: Report | undefined
  let work: Promise<void> | undefined

  const workOff = async () => {
    while (waiting.length > 0 && !over.signal.aborted) {
      const batch = waiting
      waiting = []
      const list = await nameStuck(only(batch), { ...options, signal: over.signal })
      if (list.naming.dns !== 'not-asked') naming = { ...list.naming, asked: Math.max(naming.asked, list.naming.asked) }
      for (const each of list.connections) {
        named.set(keyOf(each), each)
        if (!presentation.quiet) tell(`eniprobe: ${stuckLine(each, page, words)}\n`)
      }
      await look()
    }
  }
  /** All targets so far together: which causes compete is told by all failures, not by the last. */
  const look = async () => {
    const all = only([...named.values()])
    const targets = targetsOf(all.connections)
    const known = new Set(latest?.targets.map(({ id }) => id))
    if (targets.every(target => known.has(target)) || over.signal.aborted) return
    const report = await lookAt(all, options, deadlineMs, deadlineMs, over.signal)
    if (over.signal.aborted && latest !== undefined) return
    latest = report
    for (const { causes, targets: hit } of presentation.quiet ? [] : report.findings) {
      const [best] = causes
      if (best !== undefined)
        tell(`eniprobe: ${words.during.cause(best.cause, messages.finding.confidence[best.confidence], hit.join(', '))}\n`)
    }
  }
  const begin = () => {
    work ??= workOff()
      .catch((error: unknown) => tell(`eniprobe: ${words.during.failed(String((error as Error)?.message).slice(0, 200))}\n`))
      .finally(() => {
        work = undefined
        if (waiting.length > 0 && !over.signal.aborted) begin()
      })
  }
  return {
    add: (connection: StuckConnection) => {
      waiting.push(connection)
      begin()
    },
    finish: async (stuck: Stuck, signal: AbortSignal): Promise<Report> => {
      const stop = () => over.abort()
      if (signal.aborted) stop()
      else signal.addEventListener('abort', stop, { once: true })
      // The prompt comes back by then, however much is still to be looked at.
      const enough = setTimeout(stop, deadlineMs)
      while (work !== undefined) await work
      clearTimeout(enough)
      const connections = stuck.connections.map(each => {
        const { names, target } = named.get(keyOf(each)) ?? each
        return { ...each, names, target }
      })
      const whole = { ...stuck, connections, naming }
      return latest === undefined ? lookAt({ ...whole }, options, 0, deadlineMs, signal, []) : { ...latest, stuck: whole }
    },
  }
}

async function sumUp(
  report: Report,
  { shown }: Started,
  command: StuckCommand,
  words: StuckMessages,
  messages: Messages,
): Promise<void> {
  const { presentation } = command
  const connections = report.stuck?.connections ?? []
  const text = async (file: string | null) => {
    const page = file === null ? pageOfStandardError(presentation, messages) : plainPage(presentation.verbose, messages)
    const { nothing, summary } = words.during
    if (connections.length === 0) return presentation.quiet ? '' : `eniprobe: ${nothing(shown, '3 s')}\n`
    const diagnosis = report.targets.length === 0 ? '' : await renderWords(report, 'text', page, presentation)
    const list = report.stuck === undefined ? '' : renderStuck(report.stuck, page, words, summary(connections.length, shown))
    return `\neniprobe: ${list}${diagnosis === '' ? '' : `\n${words.diagnosis}\n\n${diagnosis}`}`
  }
  for (const { format, file } of presentation.sinks) {
    if (file === null) continue
    const page = plainPage(presentation.verbose, messages)
    await writeFileWhole(file, format === 'text' ? await text(file) : await renderReport(report, format, page, presentation))
    if (!presentation.quiet) tell(`${messages.saved(file)}\n`)
  }
  tell(await text(null))
}

/** For a file, or beside a command that runs: nothing of the terminal is asked then, for that would open its streams. */
function plainPage(verbose: boolean, messages: Messages): Page {
  return { columns: 100, paint: noPaint, messages, verbose }
}

/** Only when the command has ended. */
function pageOfStandardError({ verbose, noColor }: Presentation, messages: Messages): Page {
  const { isTTY, columns } = process.stderr
  const width = isTTY === true && columns > 0 ? Math.min(160, Math.max(80, columns)) : 100
  const paint = wantsColour(isTTY === true, process.env, noColor) ? colourPaint : noPaint
  return { columns: width, paint, messages, verbose }
}

function nameOf([program = '']: readonly string[]): string {
  return program.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?').slice(0, 200)
}

function only(connections: readonly StuckConnection[]): Stuck {
  return {
    connections,
    watchedMs: 0,
    leastMs,
    openConnections: 0,
    namespaces: 1,
    naming: { asked: 0, dns: 'not-asked' },
  }
}

// One command, from its words to its exit status. Every error of whatever kind ends here, in one line.

import { type Language, ProbeUsageError } from '@eniprobe/core'
import { type Command, readArguments } from './arguments.ts'
import { bugStatus, usageStatus } from './exit-status.ts'
import type { Interrupt } from './interrupt.ts'
import { findLanguage } from './language.ts'
import { loadHelp } from './messages/help.ts'
import { loadCompareMessages, loadHelpWords, loadMessages, loadStuckMessages, loadWatchMessages } from './messages/index.ts'
import { surviveClosedPipes, writeOut } from './output.ts'

/** Sets the exit status and ends the process: a socket somebody forgot must not keep a finished run alive. */
export async function run(argv: readonly string[], interrupt: Interrupt): Promise<void> {
  const language = findLanguage(argv, process.env)
  const fail = (error: unknown) => {
    surviveClosedPipes()
    void explainError(error, argv.includes('--verbose'), language).then(status => process.exit(status))
  }
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
  try {
    const command = readArguments(argv)
    if (!reportsWhenInterrupted(command)) await interrupt.giveUp()
    // A command that we run shares our streams: opened here, their pipes would no longer block, for it neither.
    if (command.name !== 'stuck' || command.argv === undefined) surviveClosedPipes()
    process.exit(await dispatch(command, language, interrupt))
  } catch (error) {
    fail(error)
  }
}

/** What looks at the network tells what it has seen. `why` first reads, and has nothing to tell yet. */
function reportsWhenInterrupted(command: Command): boolean {
  return command.name === 'probe' || (command.name === 'stuck' && command.argv === undefined)
}

async function dispatch(command: Command, language: Language, interrupt: Interrupt): Promise<number> {
  const messages = () => loadMessages(language)
  switch (command.name) {
    case 'help':
      await writeOut(
        process.stdout,
        command.topic === undefined
          ? await loadHelp(language)
          : (await import('./render/help.ts')).renderHelp(command.topic, await loadHelpWords(language)),
      )
      return 0
    case 'version':
      await writeOut(process.stdout, `eniprobe ${(await import('./version.ts')).version}\n`)
      return 0
    case 'probe':
      return (await import('./commands/probe.ts')).probeCommand(
        command.options,
        command.presentation,
        await messages(),
        interrupt,
        command.watchMs === undefined ? undefined : { everyMs: command.watchMs, words: await loadWatchMessages(language) },
      )
    case 'diagnose':
      return (await import('./commands/diagnose.ts')).diagnoseCommand(command.file, command.presentation, await messages())
    case 'why':
      return (await import('./commands/why.ts')).whyCommand(command.file, command.options, command.presentation, await messages())
    case 'compare':
      return (await import('./commands/compare.ts')).compareCommand(
        command.files,
        command.presentation,
        await messages(),
        await loadCompareMessages(language),
      )
    case 'completion':
      return (await import('./commands/completion.ts')).completionCommand(command.shell)
    case 'explain':
      return (await import('./commands/explain.ts')).explainCommand(command.cause, await messages())
    case 'list':
      return (await import('./commands/list.ts')).listCommand(command.topic, await messages())
    case 'policy':
      return (await import('./commands/policy.ts')).policyCommand(command.options, command.file, await messages())
    case 'stuck': {
      const words = await loadStuckMessages(language)
      return command.argv === undefined
        ? (await import('./commands/stuck.ts')).stuckCommand(command, words, await messages(), interrupt)
        : (await import('./commands/stuck-run.ts')).stuckRunCommand(command, command.argv, words, await messages())
    }
  }
}

async function explainError(error: unknown, verbose: boolean, language: Language): Promise<number> {
  const { errors } = await loadMessages(language)
  if (error instanceof ProbeUsageError) {
    await writeOut(process.stderr, `${errors.line(oneLine(error.said.message[language]), oneLine(error.said.hint[language]))}\n`)
    return usageStatus
  }
  const what = error instanceof Error ? error.message : String(error)
  const stack = verbose && error instanceof Error && error.stack !== undefined ? `\n${error.stack}` : ''
  await writeOut(process.stderr, `${errors.internal(oneLine(what))}${verbose ? stack : errors.stackHint}\n`)
  return bugStatus
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]+\s*/g, ' ').replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?')
}

// Every option of the command line as data: its kind, and the commands it belongs to.

export interface OptionFact {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  /** Only for a run that looks at the network. */
  readonly observing?: true
}

export const optionFacts: Readonly<Record<string, OptionFact>> = {
  for: { type: 'string', observing: true },
  region: { type: 'string', observing: true },
  profile: { type: 'string', observing: true },
  deadline: { type: 'string', observing: true },
  'connect-timeout': { type: 'string', observing: true },
  concurrency: { type: 'string', observing: true },
  'no-sign': { type: 'boolean', observing: true },
  'write-checks': { type: 'boolean', observing: true },
  expect: { type: 'string', observing: true },
  'internet-canary': { type: 'string', observing: true },
  resolver: { type: 'string', observing: true },
  format: { type: 'string' },
  output: { type: 'string' },
  quiet: { type: 'boolean' },
  verbose: { type: 'boolean' },
  'no-color': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
}

export const commandNames = ['diagnose', 'explain', 'list'] as const
export const listTopics = ['services', 'causes', 'workloads'] as const
export type ListTopic = (typeof listTopics)[number]

/** Words that other versions of this tool know as commands: a clear refusal is better than "no such service". */
export const laterCommands: readonly string[] = ['compare', 'why', 'stuck', 'policy']

// Every command and every option of the command line as data: what belongs to what. Reading, help and completion are made of it.

/**
 * - `observing`: how the network is looked at
 * - `writing`: where the result goes and how much of it
 * - `repeating`: the same again and again
 * - `general`: with every command
 */
export type OptionGroup = 'observing' | 'writing' | 'repeating' | 'general'

export interface OptionFact {
  readonly type: 'string' | 'boolean'
  readonly group: OptionGroup
  readonly short?: string
  /** What it takes, for completion: fixed words, or a kind of word. */
  readonly takes?: readonly string[] | 'workload' | 'file'
}

export const formats = ['text', 'json', 'markdown', 'html', 'junit', 'prometheus'] as const
export type Format = (typeof formats)[number]

export const languageNames = ['en', 'ja'] as const

export const optionFacts = {
  for: { type: 'string', group: 'observing', takes: 'workload' },
  region: { type: 'string', group: 'observing' },
  profile: { type: 'string', group: 'observing' },
  deadline: { type: 'string', group: 'observing' },
  'connect-timeout': { type: 'string', group: 'observing' },
  concurrency: { type: 'string', group: 'observing' },
  'no-sign': { type: 'boolean', group: 'observing' },
  'no-confirm': { type: 'boolean', group: 'observing' },
  'write-checks': { type: 'boolean', group: 'observing' },
  expect: { type: 'string', group: 'observing', takes: ['closed'] },
  'internet-canary': { type: 'string', group: 'observing', takes: ['off'] },
  resolver: { type: 'string', group: 'observing' },
  format: { type: 'string', group: 'writing', takes: formats },
  output: { type: 'string', group: 'writing', takes: 'file' },
  redact: { type: 'boolean', group: 'writing' },
  quiet: { type: 'boolean', group: 'writing' },
  verbose: { type: 'boolean', group: 'writing' },
  watch: { type: 'string', group: 'repeating' },
  lang: { type: 'string', group: 'general', takes: languageNames },
  'no-color': { type: 'boolean', group: 'general' },
  help: { type: 'boolean', group: 'general', short: 'h' },
  version: { type: 'boolean', group: 'general' },
} as const satisfies Readonly<Record<string, OptionFact>>

export type OptionName = keyof typeof optionFacts

export function findOption(name: string): OptionFact | undefined {
  return Object.hasOwn(optionFacts, name) ? optionFacts[name as OptionName] : undefined
}

interface CommandFact {
  /** How its words are written. */
  readonly words: string
  readonly least: number
  readonly most: number
  readonly groups: readonly OptionGroup[]
  /** Single options beside the groups. */
  readonly options?: readonly OptionName[]
  /** Options of its groups that have nothing to decide there. */
  readonly without?: readonly OptionName[]
  readonly takes?: readonly string[] | 'cause' | 'file' | 'target'
}

export const listTopics = ['services', 'causes', 'workloads'] as const
export type ListTopic = (typeof listTopics)[number]

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** Beside the default one, which has no name. */
export const commandFacts = {
  diagnose: { words: 'FILE', least: 1, most: 1, groups: ['writing'], takes: 'file' },
  why: { words: '[FILE|-]', least: 0, most: 1, groups: ['observing', 'writing'], takes: 'file' },
  compare: { words: 'FILE FILE...', least: 2, most: 1000, groups: ['writing'], takes: 'file' },
  stuck: {
    words: '[-- COMMAND]',
    least: 0,
    most: 0,
    groups: ['observing', 'writing', 'repeating'],
    // What is looked at is what hangs.
    without: ['for', 'write-checks', 'expect', 'internet-canary'],
    takes: [],
  },
  explain: { words: 'CAUSE', least: 1, most: 1, groups: [], takes: 'cause' },
  list: { words: listTopics.join('|'), least: 1, most: 1, groups: [], takes: listTopics },
  policy: {
    words: '[TARGET...]',
    least: 0,
    most: 1000,
    groups: [],
    options: ['for', 'region', 'profile', 'no-sign', 'no-confirm', 'write-checks', 'format', 'output'],
    takes: 'target',
  },
  completion: { words: shells.join('|'), least: 1, most: 1, groups: [], takes: shells },
} as const satisfies Readonly<Record<string, CommandFact>>

export type CommandName = keyof typeof commandFacts

/** Whether the option decides anything in this command; `general` ones always do. */
export function takesOption(command: CommandName, name: string): boolean {
  const { groups, options = [], without = [] }: CommandFact = commandFacts[command]
  const isNamed = (names: readonly string[]) => names.includes(name)
  const group = findOption(name)?.group
  return (group === 'general' || groups.some(each => each === group) || isNamed(options)) && !isNamed(without)
}

export const commandNames = Object.keys(commandFacts) as readonly CommandName[]

// `completion bash|zsh|fish`: a script for the shell, made of the same tables that the command line is read by.

import { causeCodes, serviceIds, workloadIds } from '@eniprobe/core'
import { commandFacts, commandNames, type OptionFact, optionFacts, type Shell } from '../options.ts'
import { writeOut } from '../output.ts'

export async function completionCommand(shell: Shell): Promise<number> {
  await writeOut(process.stdout, scripts[shell]())
  return 0
}

const scripts: Readonly<Record<Shell, () => string>> = { bash, zsh, fish }

/** Words of the contract that stand for themselves; resources begin with a prefix and go on as only the user knows. */
const packageTools = ['pip', 'npm', 'conda', 'dnf', 'yum', 'apt', 'docker']
const prefixes = [
  ...['s3://', 'tcp://', 'tls://', 'https://', 'aws://', 'dns://', 'ec2:', 'rds:', 'ecs:', 'logs:', 'ecr:', 'kms:', 'secret:'],
  ...['parameter:', 'dynamodb:', 'sqs:', 'sns:', 'lambda:', 'codeartifact:', 'sagemaker-endpoint:', 'bedrock:'],
]

function targets(): readonly string[] {
  return [...serviceIds(), 'all', ...packageTools, ...prefixes]
}

function options(): readonly (readonly [string, OptionFact])[] {
  return Object.entries(optionFacts)
}

function wordsOf(takes: OptionFact['takes'] | 'cause' | 'target'): readonly string[] | 'file' {
  if (takes === 'file') return 'file'
  if (takes === 'workload') return workloadIds()
  if (takes === 'cause') return causeCodes
  if (takes === 'target') return targets()
  return takes ?? []
}

function bash(): string {
  const valued = options()
    .filter(([, { type }]) => type === 'string')
    .map(([name, { takes }]) => {
      const words = wordsOf(takes)
      return `    --${name}) ${words === 'file' ? 'COMPREPLY=($(compgen -f -- "$word"))' : `COMPREPLY=($(compgen -W ${quote(words.join(' '))} -- "$word"))`}; return ;;`
    })
  const commands = commandNames.map(name => {
    const { takes } = commandFacts[name]
    const words = wordsOf(takes)
    return `    ${name}) ${words === 'file' ? 'COMPREPLY+=($(compgen -f -- "$word"))' : `COMPREPLY+=($(compgen -W ${quote(words.join(' '))} -- "$word"))`}; return ;;`
  })
  return `# bash completion for eniprobe: source <(eniprobe completion bash)
_eniprobe() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  case $before in
${valued.join('\n')}
  esac
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W ${quote(
      options()
        .map(([name]) => `--${name}`)
        .join(' '),
    )} -- "$word"))
    return
  fi
  case \${COMP_WORDS[1]} in
${commands.join('\n')}
  esac
  COMPREPLY=($(compgen -W ${quote(targets().join(' '))} -- "$word"))
  if [[ $COMP_CWORD -eq 1 ]]; then COMPREPLY+=($(compgen -W ${quote(commandNames.join(' '))} -- "$word")); fi
}
# A colon is part of a target: s3://bucket, tcp://host:port.
COMP_WORDBREAKS=\${COMP_WORDBREAKS//:}
complete -o nosort -F _eniprobe eniprobe 2> /dev/null || complete -F _eniprobe eniprobe
`
}

function zsh(): string {
  const described = options().map(([name, { type, takes }]) => {
    const words = wordsOf(takes)
    const value = type === 'boolean' ? '' : `:${name}:${words === 'file' ? '_files' : `(${words.join(' ')})`}`
    return `    '*--${name}${value}'`
  })
  const commands = commandNames.map(name => {
    const words = wordsOf(commandFacts[name].takes)
    return `      ${name}) ${words === 'file' ? '_files' : `compadd -- ${words.join(' ')}`} ;;`
  })
  return `#compdef eniprobe
# zsh completion for eniprobe: source <(eniprobe completion zsh)
_eniprobe() {
  local -a given
  given=(
${described.join('\n')}
    '*::word:_eniprobe_words'
  )
  _arguments -S $given
}
_eniprobe_words() {
  if (( CURRENT == 1 )); then
    compadd -- ${commandNames.join(' ')}
    compadd -- ${targets().map(quote).join(' ')}
  else
    case $words[1] in
${commands.join('\n')}
      *) compadd -- ${targets().map(quote).join(' ')} ;;
    esac
  fi
}
if [ "$funcstack[1]" = "_eniprobe" ]; then _eniprobe "$@"; else compdef _eniprobe eniprobe; fi
`
}

function fish(): string {
  const described = options().map(([name, { type, takes, short }]) => {
    const words = wordsOf(takes)
    const value = type === 'boolean' ? '' : words === 'file' ? ' -r -F' : ` -x -a ${quote(words.join(' '))}`
    return `complete -c eniprobe -l ${name}${short === undefined ? '' : ` -s ${short}`}${value}`
  })
  const commands = commandNames.map(name => {
    const words = wordsOf(commandFacts[name].takes)
    const value = words === 'file' ? ' -F' : ` -f -a ${quote(words.join(' '))}`
    return `complete -c eniprobe -n '__fish_seen_subcommand_from ${name}'${value}`
  })
  return `# fish completion for eniprobe: eniprobe completion fish | source
complete -c eniprobe -f
complete -c eniprobe -n __fish_use_subcommand -a ${quote(commandNames.join(' '))}
complete -c eniprobe -n 'not __fish_seen_subcommand_from ${commandNames.join(' ')}' -a ${quote(targets().join(' '))}
${[...commands, ...described].join('\n')}
`
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

// A stranger's command line made fit to show: which program does which work, and nothing that could be a secret. Pure.

import { safeText } from '../text.ts'

const longest = 80
const mostShown = 8

/** Arguments that are files of program text, or a module: they tell which work it is. */
const program = /^[\w./@+-]{0,200}\.(?:py|pyz|js|mjs|cjs|ts|jar|war|sh|bash|rb|pl|php|r|R|sql|ipynb|yaml|yml|toml)$/
/** Programs whose first words are commands of their own, not data. */
const withSubcommands = new Set(
  'aws aws2 apt apt-get brew cargo conda dnf docker dotnet eksctl gh git go gradle helm kubectl mamba mvn npm npx pip pip3 pipx pnpm podman poetry rclone s5cmd sam terraform tofu uv yarn yum'.split(
    ' ',
  ),
)
const subcommand = /^[a-z][a-z0-9-]{1,24}$/
const option = /^(?:--[a-z][a-z0-9-]{0,30}|-[A-Za-z]|-jar|-cp)$/
const host = /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/**
 * Program, script or sub-commands, names of options and hosts of URLs. Every other word may be a password, a token or somebody's
 * data, and becomes `…`: nothing is shown because it does not look like a secret, only because it is known to be none.
 */
export function shortenCommand(argv: readonly string[]): string {
  const [first = '', ...rest] = argv
  // A program that renamed itself wrote a sentence there: its first word is the name.
  const name = safeText((first.split(/\s/, 1)[0] ?? '').split('/').at(-1) ?? '', 40)
  const hasSubcommands = withSubcommands.has(name)
  const shown: string[] = []
  let commands = hasSubcommands ? 2 : 0
  let isModule = false
  for (const [index, word] of rest.entries()) {
    const url = hostOfUrl(word)
    const before = rest[index - 1] ?? ''
    if (isModule && /^[A-Za-z_][\w.]{0,60}$/.test(word)) shown.push(word)
    else if (commands > 0 && subcommand.test(word)) {
      shown.push(word)
      commands -= 1
      isModule = false
      continue
    } else if (url !== undefined) shown.push(url)
    else if (option.test(word)) shown.push(word)
    else if (program.test(word) && (before === '-jar' || !before.startsWith('--'))) shown.push(word.split('/').at(-1) ?? '')
    else if (shown.at(-1) !== '…') shown.push('…')
    commands = 0
    isModule = word === '-m' && /^python/.test(name)
    if (shown.length > mostShown) break
  }
  if (rest.length === 0 && /\s/.test(first)) shown.push('…')
  return safeText([name, ...shown.slice(0, mostShown), ...(shown.length > mostShown ? ['…'] : [])].join(' '), longest)
}

/** Hosts that a command line names in the open: in URLs, and after words that announce one. At most eight. */
export function hostsOfCommand(argv: readonly string[]): string[] {
  const found = new Set<string>()
  argv.slice(1).forEach((word, index) => {
    const announced = /^--?(?:h|host|hostname|server|endpoint|endpoint-url)$/.test(argv[index] ?? '') ? word : undefined
    const inside = /^--?(?:host|hostname|server|endpoint|endpoint-url)=(.{1,300})$/.exec(word)?.[1] ?? announced
    const name = hostOfUrl(inside ?? word)?.replace(/^[a-z][a-z0-9+.-]*:\/\//, '') ?? inside?.replace(/:\d{1,5}$/, '')
    if (name !== undefined && host.test(name) && safeText(name, 253) === name) found.add(name)
  })
  return [...found].slice(0, 8)
}

/** `scheme://host` of a URL; user, port, path and query are left out: each has held secrets. */
function hostOfUrl(word: string): string | undefined {
  const found =
    /^([a-z][a-z0-9+.-]{1,15}):\/\/(?:[^\s/?#@]{0,512}@)?([a-z0-9._-]{1,253})(?::\d{1,5})?(?:[/?#].{0,4096})?$/is.exec(word)
  const name = found?.[2]?.toLowerCase()
  return found === null || name === undefined || !host.test(name) ? undefined : `${found[1]?.toLowerCase()}://${name}`
}

// Text of strangers inside Markdown. Whatever could be markup, a link, a mention or an issue number is written as code, where
// nothing is markup; what is left are plain words. No HTML is used, so that Jira and Backlog take the text as GitHub does.

/** Code in a line. The fence is longer than any run of backticks inside. */
export function code(text: string): string {
  const line = oneLine(text)
  if (line === '') return ''
  const fence = '`'.repeat(longestRun(line) + 1)
  const padding = /^`|`$/.test(line) ? ' ' : ''
  return `${fence}${padding}${line}${padding}${fence}`
}

/** A block to paste, under a fence that its text cannot close. */
export function block(kind: string, text: string): string[] {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return [`${fence}${kind}`, ...text.trimEnd().split('\n'), fence]
}

/** A sentence: its machine-like words become code. */
export function prose(text: string): string {
  return oneLine(text).replaceAll(/[!-~]+/g, word => {
    const [, before = '', inner = '', after = ''] = /^([("']*)(.*?)([)"',.;:?!]*)$/.exec(word) ?? []
    if (inner === '') return isMarkup(word) ? code(word) : word
    // A bracket that opens inside closes inside.
    if (isMarkup(before) || isMarkup(after)) return code(word)
    return isMarkup(inner) || isMarkup(word) ? `${before}${code(inner)}${after}` : word
  })
}

function cell(markdown: string): string {
  // A pipe parts cells even inside code, and not every reader knows it escaped.
  return markdown.replaceAll('|', '¦')
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), `|${head.map(() => ' --- ').join('|')}|`, ...rows.map(line)]
}

/** Anything that some Markdown gives a meaning, or that a reader will want to copy to the letter. */
function isMarkup(word: string): boolean {
  if (/^\d+(?:\.\d+)?$/.test(word)) return false
  return /[@/\\`*_[\]<>|#~{}!$^=]|&\w|:\w+:|\w[.:]\w\w|\w-\w*\d|^[-+]+$|^\d+[.)]|^www\.|^-/i.test(word)
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
}

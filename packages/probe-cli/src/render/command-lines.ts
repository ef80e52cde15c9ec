// Commands to paste: long ones are folded the way a shell allows, so that they can be read as well.

/** A text of commands, each on its own line and folded. */
export function foldCommands(text: string, width: number): string[] {
  const lines = text.trimEnd().split('\n').flatMap(separateCommands)
  return lines.flatMap((line, index) => (lines[index - 1]?.endsWith('\\') ? [line] : foldCommand(line, width)))
}

/** Commands that stand on one line, parted by `;`, each on its own. */
export function separateCommands(line: string): string[] {
  if (/[\\#{}]/.test(line) || /\b(?:do|then|done|fi)\b/.test(line)) return [line]
  return cutBefore(line, rest => rest.startsWith('; ')).map(command => command.replace(/^; /, ''))
}

/**
 * Folds outside quotes, with a backslash at each line's end: pasted, it is the same command. At its options, and where one
 * of them is too long for a line, between its values. Text that spans lines already, comments and pipes are left as they are.
 */
export function foldCommand(command: string, width: number): string[] {
  if (command.length <= width || /[\\#|]/.test(command)) return [command]
  const options = cutBefore(command, rest => rest.startsWith(' --')).map(piece => piece.trimStart())
  const pieces = options.flatMap(option => (option.length + 4 <= width ? [option] : valuesOf(option)))
  const lines: string[] = []
  let line = ''
  for (const piece of pieces) {
    if (line !== '' && line.length + piece.length + 3 > width) {
      lines.push(`${line} \\`)
      line = `  ${piece}`
    } else line = line === '' ? piece : `${line} ${piece}`
  }
  return [...lines, line]
}

/** An option with its first value, then each further value. */
function valuesOf(option: string): string[] {
  const [name = '', first, ...further] = cutBefore(option, rest => rest.startsWith(' '))
  return [first === undefined ? name : name + first, ...further.map(value => value.trimStart())]
}

/** Cut wherever `here` says so of what is left, but never inside quotes. */
function cutBefore(text: string, here: (rest: string) => boolean): string[] {
  const pieces: string[] = []
  let from = 0
  let quote = ''
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? ''
    if (quote !== '') quote = letter === quote ? '' : quote
    else if (letter === "'" || letter === '"') quote = letter
    else if (at > from && here(text.slice(at))) {
      pieces.push(text.slice(from, at))
      from = at
    }
  }
  return [...pieces, text.slice(from)]
}

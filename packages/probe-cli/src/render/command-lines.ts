// Commands to paste: long ones are folded the way a shell allows, so that they can be read as well.

/**
 * Folds at the options of a command, outside quotes, with a backslash at each line's end: pasted, it is the same command.
 * Text that spans lines already, comments and pipes are left as they are.
 */
export function foldCommand(command: string, width: number): string[] {
  if (command.length <= width || /[\\#|]/.test(command)) return [command]
  const lines: string[] = []
  let line = ''
  for (const piece of optionsOf(command)) {
    if (line !== '' && line.length + piece.length + 3 > width) {
      lines.push(`${line} \\`)
      line = `  ${piece}`
    } else line = line === '' ? piece : `${line} ${piece}`
  }
  return [...lines, line]
}

/** The command and its options, each with its values: cut before ` --`, but never inside quotes. */
function optionsOf(command: string): string[] {
  const pieces: string[] = []
  let from = 0
  let quote = ''
  for (let at = 0; at < command.length; at += 1) {
    const letter = command[at] ?? ''
    if (quote !== '') quote = letter === quote ? '' : quote
    else if (letter === "'" || letter === '"') quote = letter
    else if (command.startsWith(' --', at)) {
      pieces.push(command.slice(from, at))
      from = at + 1
    }
  }
  return [...pieces, command.slice(from)]
}

// One line of a log as the program wrote it: without colours, and out of the JSON string it was wrapped in.

/** A longer line keeps its two ends: what failed stands at the start or at the end of it. */
const longestLine = 16_384
/** An escaped traceback in one line of JSON. */
const mostInner = 400

/** The lines inside a line: one, or those of an escaped text. Never longer than the line that was given. */
export function unwrap(line: string): string[] {
  let text = line.length <= longestLine ? line : `${line.slice(0, longestLine / 2)} … ${line.slice(-longestLine / 2)}`
  if (text.includes('\x1b'))
    text = text.replace(/\x1b\[[0-9;:?]{0,32}[ -/]{0,4}[@-~]|\x1b\][^\x07\x1b]{0,256}(?:\x07|\x1b\\)?/g, '')
  if (text.includes('\0')) text = text.replaceAll('\0', '')
  if (!text.includes('\\')) return [text]
  // Twice: a JSON log whose message is itself JSON.
  for (let round = 0; round < 2 && /\\["nrt/\\u]/.test(text); round += 1) text = text.replace(escapes, unescaped)
  return text.split('\n', mostInner)
}

const escapes = /\\(?:(["\\/])|([nr])|t|u([0-9a-fA-F]{4}))/g

function unescaped(_whole: string, itself: string | undefined, lineEnd: string | undefined, code: string | undefined): string {
  if (itself !== undefined) return itself
  if (lineEnd !== undefined) return '\n'
  return code === undefined ? ' ' : String.fromCharCode(Number.parseInt(code, 16))
}

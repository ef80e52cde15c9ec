// YAML as a package manager's configuration holds it. Whoever wrote the file may mean harm: what costs its parser more than linear
// time, or a stack, is refused before it is parsed.

const longest = 64 * 1024
/** Deeper than any configuration. Every open bracket makes the parser look again at all that encloses it. */
const mostLevels = 32
/** Of keys that begin with `?`, and of references to an anchor: both cost the square of their number. */
const mostRare = 32

/** Undefined when it is no YAML, or none that a configuration is. References are not multiplied. */
export async function readYaml(text: string): Promise<unknown> {
  if (text.length > longest) return undefined
  const { parseDocument, Lexer, CST } = await import('yaml')
  if (!isModest(Array.from(new Lexer().lex(text), CST.tokenType))) return undefined
  try {
    // Neither messages for errors nobody reads, nor a comparison of every key with every other.
    const document = parseDocument(text, { logLevel: 'silent', prettyErrors: false, uniqueKeys: false })
    return document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 50 })
  } catch {
    return undefined
  }
}

/** By the kinds of its tokens: a bracket within quotes is none. */
function isModest(kinds: readonly (string | null)[]): boolean {
  let open = 0
  let rare = 0
  let itemsOfLine = 0
  for (const kind of kinds) {
    if (kind === 'flow-map-start' || kind === 'flow-seq-start') open += 1
    else if (kind === 'flow-map-end' || kind === 'flow-seq-end') open = Math.max(0, open - 1)
    else if (kind === 'explicit-key-ind' || kind === 'alias') rare += 1
    else if (kind === 'seq-item-ind') itemsOfLine += 1
    else if (kind === 'newline') itemsOfLine = 0

    if (open > mostLevels || rare > mostRare || itemsOfLine > mostLevels) return false
  }
  return true
}

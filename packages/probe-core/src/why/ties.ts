// Whether something ties a line to the last error before it. Whether the two can then be one failure is for chains.ts.

import { isVagueThenSpecial } from './chains.ts'
import type { Said } from './read-line.ts'

interface Place {
  readonly text: string
  readonly line: number
  /** It says itself that it goes on with an exception. */
  readonly isLink: boolean
  /** It has a time or a severity of its own. */
  readonly opens: boolean
  /** The last line that was a link. */
  readonly linkedAt: number
  /** An entry of another kind stood between. */
  readonly isParted: boolean
  /** The result of a reachability test, which is told in several lines. */
  readonly isTested: boolean
}

/** A traceback through a few frameworks is that long. */
const longestChain = 250
/** An error's name on a line of its own: its message comes below. */
const bareName = /^\s{0,20}(?:\w{1,80}\.){0,8}\w{0,80}(?:Timeout|Error|Exception)\s{0,8}$/
const mostLinesOfRepeat = 10

/** `told`: the text itself says that they belong together; `near`: one stands under the other, and may go on with it. */
export function findTie(
  last: { readonly said: Said; readonly line: number },
  said: Said,
  at: Place,
): 'told' | 'near' | undefined {
  const distance = at.line - last.line
  const [writer, other] = [writerOf(last.said.text), writerOf(at.text)]
  if (writer !== undefined && other !== undefined && writer !== other) return undefined
  if (isChained(last.line, at) || (distance <= mostLinesOfRepeat && isRepeat(last.said, said, at))) return 'told'
  if (at.isParted || distance > (at.text.startsWith('<Error>') ? 2 : 1)) return undefined
  if (isOneWriter(last.said, said)) return 'told'
  // An entry with a time or a severity of its own is another one, however near it stands.
  if (at.opens && distance > 0) return undefined
  return (said.place === undefined) !== (last.said.place === undefined) || isVagueThenSpecial(last.said, said)
    ? 'near'
    : undefined
}

function isChained(lastLine: number, { line, isLink, opens, linkedAt, isParted }: Place): boolean {
  if (isParted || opens || line - lastLine > longestChain) return false
  return isLink || linkedAt > lastLine || (linkedAt === lastLine && line === lastLine)
}

/** "ErrImagePull", "ImagePullBackOff": the same pull, told again; a name, and further down its message. */
function isRepeat(last: Said, said: Said, { opens, isTested }: Place): boolean {
  if (isTested || (said.errorClass === 'image-pull' && said.place === undefined)) return true
  return !opens && bareName.test(last.text) && last.errorClass === said.errorClass
}

/** Kafka's clients put their own name in every entry; a function that ran out of time waited for what failed last. */
function isOneWriter(last: Said, said: Said): boolean {
  const client = clientOf(last.text)
  if (client !== undefined && client === clientOf(said.text)) return true
  return last.place !== undefined && last.denial === undefined && /\bTask timed out after [\d.]{1,12} seconds/.test(said.text)
}

/** The container that `docker compose logs` and `kubectl logs --prefix` put before a line. */
function writerOf(text: string): string | undefined {
  const [, service, pod] = /^(?:([\w.-]{1,64}) {1,20}\| |\[(pod\/[^\]]{1,200})\] )/.exec(text) ?? []
  return service ?? pod
}

function clientOf(text: string): string | undefined {
  return /\bclientId=([\w.-]{1,200})/.exec(text)?.[1]
}

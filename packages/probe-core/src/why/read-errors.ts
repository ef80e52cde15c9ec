// A text of any size, chunk by chunk, to the errors in it. Memory and time per line are bounded, whatever the text holds:
// lines that cannot hold an error are never cut out of the chunk, and equal errors are kept once.

import type { WhyError, WhyReading } from '../model/why.ts'
import { safeText } from '../probe/text.ts'
import { areOne, createChainReader, holdsOpening, joinSaid } from './chains.ts'
import { decide } from './decide.ts'
import { withoutNonErrors } from './no-errors.ts'
import { findParagraph, findUnfinished } from './paragraphs.ts'
import { findPlace } from './places.ts'
import { createTestReader } from './reach-tests.ts'
import { readLine, type Said } from './read-line.ts'
import { findDumpedHost, findTyped } from './sessions.ts'
import { aimAt, metadata } from './targets.ts'
import { findTie } from './ties.ts'
import { unwrap } from './unwrap.ts'

export interface ErrorReader {
  /** Any piece of the text; pieces may end anywhere. */
  push(text: string): void
  finish(): WhyReading
}

/** Read at most this far before a line is taken to have no end. */
const longestLine = 262_144
/** Different errors kept while reading; later ones are only counted. */
const mostKept = 2_000
/** Of a sentence over several lines, while its end has not come. */
const longestHeld = 65_536
const mostListed = 50
const mostTargets = 24
const longestSaid = 400
const mostRemembered = 2_000
/** Times, and numbers too long for a port, a status or a count of seconds that stand alone. */
const passing =
  /\d{4}-\d\d-\d\d[T ]|\d\d:\d\d:\d\d(?:[.,]\d{1,9})?|(?<=[\s=[(])\d{6,}(?=[\s\]),;]|$)|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
/** A property of an error that another line of the same dump tells in full, a frame of a stack, a line of source. */
const detail =
  /^\s{0,40}(?:npm (?:ERR!|error) )?(?:errno|code|syscall|name):? '?-?(?!E[45]\d\d)[A-Z_0-9a-z]{1,40}'?,?$|^\s{1,40}(?:errno: -?\d{1,5}, code: |status code: \d{3}, request id: |raise |return |File "|at [\w.$<]{1,200}[ (])/
const typedTools = new Set(['curl', 'wget', 'openssl', null])
const mostLinesAfterTyped = 12
const mostLinesOfDump = 12

/** Only a line with one of these can hold an error that this reader knows. */
const trigger =
  /rror|RROR|ERR! c|xception|ail(?:ed|ure)|FAILED|ime(?:d[ -]?)?[oO]ut|IME(?:D_?)?OUT|imes out|efused|REFUSED|esolv|no (?:such|valid|route|basic|EC2|providers)|No (?:route|such|Region)|N(?:XDOMAIN|OTFOUND|oSuch)|not (?:known|auth|exist|sub|val|the)|ould(?:n't| not)|nable to|annot|an't c|lookup |nreach|UNREACH|reset|RESET|losed|EOF\b|end of|hang up|ertificate|x509|TLS|[dD]enied|DENIED|UNAUTH|nauthorized|xpired|token|redential|ignature|hrottl|SlowDown|ooMany|specify a|ImagePull|CannotPull|curl: \(|tatus [Cc]ode|Code[:>]|api |__type|exceeded|ancell?ed|During h|direct cause|aused by|OptIn|uthentication|Redirect|AccessK|InvalidClient|Temporary|ECONN|EAI_|EPIPE|HOSTDOWN|host is|KMS|FATAL|orbidden|WRONGPASS|disconn|No Open|ad address|etaddrinfo|must open|suitable|roken pipe|dns re|the server running|(?:curl|wget|s_client|telnet|nc|ncat|netcat) |Inaccessible|SERVFAIL|ostname'?: '|ServerDescription|Invoke-|\tIN\t|an't (?:find|reach)|(?:ComputerName|RemotePort|TcpTestSucceeded)\s|Brokers|resolvable|verify |Empty reply|write:errno|Lost connection|Unknown host|temporary error|AWS Error|\[Errno|SocketException|タイムアウト|できません|拒否|不明です|失敗しました|権限がありません|name unknown|no answer|without establishing|did not establish|operation error|dispatch failure/g

/** @returns a reader for one text. Nothing is kept of the text but what stands in the result. */
export function createErrorReader(): ErrorReader {
  const kept = new Map<string, Kept>()
  let rest = ''
  let isCut = false
  let lines = 0
  let more = 0
  let last: { said: Said; kept: Kept; line: number } | undefined
  let linkedAt = Number.NEGATIVE_INFINITY
  const chains = createChainReader()
  const tests = createTestReader()
  /** An entry of another kind stood after the last error: whatever chain it had has ended. */
  let isParted = false
  let session: { readonly url: string; readonly line: number } | undefined

  const take = (said: Said, line: number) => {
    const key = keyOf(said)
    const before = kept.get(key)
    if (before === undefined && kept.size >= mostKept) {
      more += 1
      return
    }
    const entry = before ?? { said, count: 0, line }
    entry.count += 1
    entry.line = line
    // The later line replaces the earlier: its words are the fresher.
    entry.said = said
    kept.set(key, entry)
    last = { said, kept: entry, line }
    isParted = false
  }

  const untake = (entry: Kept) => {
    entry.count -= 1
    if (entry.count === 0) kept.delete(keyOf(entry.said))
  }

  /** The same error a thousand times differs in its time and its request number only. */
  const read = new Map<string, Said | null>()
  const sayingOf = (text: string): Said | undefined => {
    const key = text.replace(passing, '')
    const before = read.get(key)
    if (before !== undefined) return before === null ? undefined : { ...before, text }
    const told = detail.test(text) ? undefined : withoutNonErrors(text)
    const found = told === undefined ? undefined : readLine(told)
    const said = found === undefined || told === text ? found : { ...found, text }
    if (read.size >= mostRemembered) read.clear()
    read.set(key, said ?? null)
    return said
  }

  const readOne = (line: string, number: number) => {
    for (const inner of unwrap(line)) {
      const { isLink, opens } = chains.next(inner)
      if (isLink && !isParted) linkedAt = number
      const asked = findTyped(inner)
      if (asked !== undefined) session = { url: asked, line: number }
      const read = sayingOf(inner)
      const tested = read === undefined ? tests.next(inner) : undefined
      let said = read ?? tested
      if (said === undefined) {
        const host = last === undefined || isParted || number - last.line > mostLinesOfDump ? undefined : findDumpedHost(inner)
        if (host !== undefined && last !== undefined && last.said.place === undefined) {
          const place = findPlace(`tcp://${host.includes(':') ? host : `${host}:443`}`)
          const named = place === undefined ? undefined : readLine(`${last.said.text} for ${place.url}`)
          if (place !== undefined && named !== undefined && named.errorClass === last.said.errorClass) {
            const port = host.includes(':') ? place.port : undefined
            untake(last.kept)
            take({ ...named, text: last.said.text, place: { host: place.host, ...(port !== undefined && { port }) } }, number)
          }
        }
        if (opens) isParted = true
        continue
      }
      if (
        said.place === undefined &&
        !opens &&
        session !== undefined &&
        number - session.line <= mostLinesAfterTyped &&
        typedTools.has(said.tool)
      )
        said = { ...(sayingOf(`${inner} for ${session.url}`) ?? said), text: inner }
      const tie =
        last === undefined
          ? undefined
          : findTie(last, said, { text: inner, line: number, isLink, opens, linkedAt, isParted, isTested: tested !== undefined })
      if (last !== undefined && tie !== undefined && areOne(last.said, said, tie === 'told')) {
        const joined = joinSaid(last.said, said)
        untake(last.kept)
        take(joined, number)
      } else take(said, number)
    }
  }

  const readLines = (text: string) => {
    trigger.lastIndex = 0
    let counted = 0
    let after = 0
    for (let hit = trigger.exec(text); hit !== null; hit = trigger.exec(text)) {
      const start = text.lastIndexOf('\n', hit.index) + 1
      const found = text.indexOf('\n', hit.index)
      const end = found < 0 ? text.length : found
      const between = countLineEnds(text, counted, start)
      if (last !== undefined && !isParted && holdsOpening(text.slice(after, start))) isParted = true
      lines += between
      counted = start
      const paragraph = findParagraph(text, start, end, after)
      readOne((paragraph?.text ?? text.slice(start, end)).replace(/\r$/, ''), lines + 1)
      trigger.lastIndex = paragraph?.end ?? end
      after = trigger.lastIndex + 1
    }
    if (last !== undefined && !isParted && holdsOpening(text.slice(after, text.length))) isParted = true
    lines += countLineEnds(text, counted, text.length)
  }

  return {
    push(text) {
      const end = text.lastIndexOf('\n') + 1
      if (end === 0) {
        // Of a line without end the start is read, and the rest is dropped.
        if (isCut) return
        rest += text
        if (rest.length > longestLine) {
          rest = rest.slice(0, longestLine)
          isCut = true
        }
        return
      }
      if (isCut) {
        rest += text.slice(text.indexOf('\n'), end)
      } else rest += text.slice(0, end)
      isCut = false
      const found = findUnfinished(rest, rest.length)
      const from = rest.length - found > longestHeld ? rest.length : found
      readLines(rest.slice(0, from))
      rest = rest.slice(from) + text.slice(end)
    },
    finish() {
      if (rest !== '') {
        readLines(rest)
        if (!rest.endsWith('\n')) lines += 1
      }
      return summarise([...kept.values()], lines, more)
    },
  }
}

/** A whole text at once; see `createErrorReader` for one that comes in pieces. */
export function readErrors(text: string): WhyReading {
  const reader = createErrorReader()
  reader.push(text)
  return reader.finish()
}

interface Kept {
  said: Said
  count: number
  line: number
}

function keyOf({ errorClass, tool, place, service, action, resource, code, status, denial }: Said): string {
  return [
    errorClass,
    tool ?? '',
    place?.host ?? '',
    place?.port ?? '',
    place?.host === '' ? place.url : '',
    service?.id ?? '',
    action ?? '',
    resource ?? '',
    code ?? '',
    status ?? '',
    denial?.policyType ?? '',
    denial?.explicit ?? '',
    // Of a role the sessions are alike.
    denial?.principal?.replace(/(:assumed-role\/[^/]{1,64})\/.{0,100}$/, '$1') ?? '',
  ].join(' ')
}

function countLineEnds(text: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1
  return count
}

function summarise(kept: readonly Kept[], lines: number, more: number): WhyReading {
  const sorted = [...kept].sort(
    (a, b) => b.count - a.count || Number(b.said.place !== undefined) - Number(a.said.place !== undefined) || b.line - a.line,
  )
  const errors = sorted.slice(0, mostListed).map(toError)
  const words = [...new Set(errors.flatMap(({ targets }) => targets))]
  return {
    lines,
    errors,
    more: more + sorted.slice(mostListed).reduce((sum, { count }) => sum + count, 0),
    targets: words.slice(0, mostTargets),
    moreTargets: Math.max(0, words.length - mostTargets),
  }
}

function toError({ said, count, line }: Kept): WhyError {
  const { tool, place, service, region, denial } = said
  // Whatever a metadata service did not do, it is credentials that are missing for it.
  const errorClass = place !== undefined && metadata.has(place.host) ? 'no-credentials' : said.errorClass
  const decided = decide(errorClass, denial, said.code ?? '', said.isCertain === true)
  const aim = aimAt({ errorClass, tool, place, service, region, resource: said.resource, text: said.text })
  const short = (text: string) => safeText(text, 300)
  return {
    errorClass,
    tool,
    said: safeText(said.text.replace(/(\b[a-z][a-z0-9+.-]{1,12}:\/\/[^\s?#"'<>]{1,2000})[?#][^\s"'<>)]*/g, '$1'), longestSaid),
    line,
    count,
    ...(place !== undefined && place.host !== '' && { host: place.host }),
    ...(place?.port !== undefined && { port: place.port }),
    ...(place?.address !== undefined && !errorClass.startsWith('dns-') && { address: place.address }),
    ...(place?.url !== undefined && { url: short(place.url) }),
    ...(service !== undefined && { service: service.id }),
    ...(region !== undefined && { region }),
    ...(said.action !== undefined && { action: short(said.action) }),
    ...(said.resource !== undefined && { resource: short(said.resource) }),
    ...(said.account !== undefined && { account: said.account }),
    ...(denial?.principal !== undefined && { principal: short(denial.principal) }),
    ...(said.code !== undefined && { code: short(said.code) }),
    ...(said.status !== undefined && { status: said.status }),
    ...(denial?.policyType !== undefined && { policyType: denial.policyType }),
    ...(denial?.explicit !== undefined && { explicit: denial.explicit }),
    ...(decided !== undefined && { decided }),
    ...aim,
  }
}

// Text that holds an error's words and is no error: source, settings, a log of what was served, advice, a success.

/** Lines of source, and what a test run, a server's own log or a health check say. */
const lines: readonly RegExp[] = [
  /^\s{0,80}(?:\/\/|\/\*|# (?!\S{0,80}[$#] )|from [\w.]{1,80} import |import (?:[{*]|[\w.]{1,80}(?:[;,]|\s{0,8}$| as ))|(?:export )?(?:const|let|var) [\w${[, }\]]{1,200} ?= |except[ (:]|\}? ?catch ?\(|(?:el)?if [^:]{1,200}:\s{0,4}$)/,
  /(?:['"]?E[A-Z]{4,20}['"]?, {0,2}){2}/,
  /\bPASSED\b[\s[\]\d%]{0,10}$|^\s{0,20}(?:✓|✔|√) /,
  /" [1-5]\d\d (?:\d{1,12}|-) "/,
  /\(reason (?:Request timed out|Health checks failed)|\bTarget\.(?:Timeout|FailedHealthChecks|ResponseCodeMismatch)\b/,
  /^WARNING: Ping to \S{1,64} failed with status: /,
  /\bsshd(?:-session)?\[\d{1,10}\]: |\[preauth\]/,
]

/** `read tcp SERVER:8080->CLIENT:33333`: whoever called here went away. */
const served = /\bread tcp [\d.]{7,15}:(\d{1,5})->[\d.]{7,15}:(\d{1,5}): /
const firstClientPort = 32_768

/** A setting and its value, in any spelling; the words of a denied state; what came before a success; advice. */
const parts: readonly RegExp[] = [
  /time-?_?out[\w-]{0,40}["']?\s{0,8}[=:]\s{0,8}["']?(?:\d{1,12}(?:\.\d{1,6})?[a-z]{0,2}|true|false|null|none)\b["']?(?=[\s,;}\])]|$)/gi,
  /_timeout \d{1,9}[a-z]{0,2};/g,
  /"(?:connection_|dns_|tls_)\w{1,40}"\s{0,4}:\s{0,4}(?:\d{1,9}|true|false|null)(?=[\s,}])/g,
  /(?:has|is) expired\s{0,4}[:?=]\s{0,4}(?:no|false|0)\b/gi,
  /\b(?:succeeded|recovered|successful) after .{1,2000}/i,
  /\bif you (?:get|see|receive|encounter) ["“'`].{1,2000}/i,
]

const anyPart = /time-?_?out|_refused|expired|after |[iI]f you |"(?:dns|tls)_/i

/** @returns the line without what is no error in it; undefined where nothing of it is one */
export function withoutNonErrors(line: string): string | undefined {
  if (lines.some(form => form.test(line))) return undefined
  const [, own, other] = served.exec(line) ?? []
  if (own !== undefined && Number(own) < firstClientPort && Number(other) >= firstClientPort) return undefined
  return anyPart.test(line) ? parts.reduce((text, form) => text.replace(form, ' '), line) : line
}

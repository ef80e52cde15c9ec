// One sentence that a program broke over several lines: Terraform's and rich's boxes, and a line that ends where a URL or an
// ARN must follow. Finds the lines that belong together; what they say is read elsewhere.

const bar = /^(?:\x1b\[[0-9;]{0,20}m|[ \t]){0,12}[│┃](?:\x1b\[[0-9;]{0,20}m)?/
const closingBar = /[│┃](?:\x1b\[[0-9;]{0,20}m|[ \t\r]){0,12}$/
/** Rows of source, as a traceback in a box shows them. */
const sourceRow = /❱|^\s{0,8}\d{1,5} |^\s{0,8}\S{1,200}:\d{1,6} in /
/** Nothing ends with these but what goes on. */
const openEnd = /(?:\bURL:?|\bUser:|\bon resource:|: (?:Get|Head|Post|Put)|\bdata from)[ \t\r]{0,4}$/
const longestOpenEnd = 40
const goesOn = /^[ \t]{0,8}(?:["']?https?:\/\/|arn:aws)/
const mostRows = 40
const mostAppended = 4

export interface Paragraph {
  readonly text: string
  readonly end: number
}

/**
 * @param read where the text begins that no earlier paragraph holds
 * @returns the paragraph that holds the line from `start` to `end`, on one line; undefined where the line stands alone
 */
export function findParagraph(text: string, start: number, end: number, read: number): Paragraph | undefined {
  const line = text.slice(start, end)
  return bar.test(line) ? findBoxed(text, start, end, read) : findOpenEnded(text, line, end)
}

function findBoxed(text: string, start: number, end: number, read: number): Paragraph | undefined {
  const isClosed = closingBar.test(text.slice(start, end).replace(bar, ''))
  const rows = [contentOf(text.slice(start, end))]
  for (let from = start; from > read && rows.length < mostRows; ) {
    const before = text.lastIndexOf('\n', from - 2) + 1
    const row = text.slice(before, from - 1)
    if (!bar.test(row) || contentOf(row) === '') break
    rows.unshift(contentOf(row))
    from = before
  }
  let last = end
  while (last < text.length && rows.length < mostRows) {
    const found = text.indexOf('\n', last + 1)
    const next = found < 0 ? text.length : found
    const row = text.slice(last + 1, next)
    if (!bar.test(row) || contentOf(row) === '') break
    rows.push(contentOf(row))
    last = next
  }
  if (rows.some(row => sourceRow.test(row))) return undefined
  // Terraform leaves its boxes open at the right: the bar stays, and tells whose words these are.
  return { text: `${isClosed ? '' : '│ '}${rows.join(' ')}`, end: last }
}

function contentOf(row: string): string {
  return row.replace(bar, '').replace(closingBar, '').trim()
}

function findOpenEnded(text: string, line: string, end: number): Paragraph | undefined {
  let [whole, last] = [line.trimEnd(), end]
  for (let count = 0; count < mostAppended && last < text.length && openEnd.test(whole.slice(-longestOpenEnd)); count += 1) {
    const found = text.indexOf('\n', last + 1)
    const next = found < 0 ? text.length : found
    const row = text.slice(last + 1, next)
    if (!goesOn.test(row)) break
    whole = `${whole} ${row.trim()}`
    last = next
  }
  return last === end ? undefined : { text: whole, end: last }
}

/** Where the lines begin, at the end of a piece of text, whose paragraph may go on in the next piece. */
export function findUnfinished(text: string, end: number): number {
  let from = end
  for (let count = 0; count < mostRows && from > 0; count += 1) {
    const start = text.lastIndexOf('\n', from - 2) + 1
    const row = text.slice(start, from - 1)
    if (!bar.test(row) && !openEnd.test(row.slice(-longestOpenEnd)) && !goesOn.test(row)) break
    from = start
  }
  return from
}

// Lines of a given width. Widths are those of a terminal: a Japanese letter takes two columns.

import { stripVTControlCharacters } from 'node:util'
import { eastAsianWidth } from 'get-east-asian-width'

/** Columns on a terminal. Colours and combining marks take none; of an emoji made of several parts each part is counted. */
export function widthOf(text: string): number {
  const shown = text.includes('\u001b') ? stripVTControlCharacters(text) : text
  if (/^[ -~]*$/.test(shown)) return shown.length
  let width = 0
  for (const letter of shown) {
    if (!/^[\p{M}\p{Cf}\p{Cc}]$/u.test(letter)) width += eastAsianWidth(letter.codePointAt(0) ?? 0)
  }
  return width
}

export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

/** At most `width` columns, with an ellipsis for what is left out. */
export function cutTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let cut = ''
  for (const letter of lettersOf(text)) {
    if (widthOf(cut + letter) > width - 1) break
    cut += letter
  }
  return width < 1 ? '' : `${cut}…`
}

/** As `cutTo`, from the middle: the port at the end of a target tells as much as its start. */
export function cutMiddleTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  const endWidth = Math.floor((width - 1) / 3)
  let end = ''
  for (const letter of lettersOf(text).reverse()) {
    if (widthOf(letter + end) > endWidth) break
    end = letter + end
  }
  return cutTo(text, width - endWidth) + end
}

/**
 * Breaks at spaces, and between wide letters, which have none. A long word (an ARN, a URL) is never broken: somebody will
 * want to copy it.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const piece of paragraph.match(
      /[^\s\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]+\s*|[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]\s*/gu,
    ) ?? []) {
      if (line !== '' && widthOf(line + piece.trimEnd()) > width) {
        lines.push(line.trimEnd())
        line = ''
      }
      line += piece
    }
    lines.push(line.trimEnd())
  }
  return lines
}

export interface Margin {
  readonly indent: number
  readonly labelWidth: number
  readonly columns: number
  /** Further lines of one text stand this much deeper, where several texts follow each other. */
  readonly hanging?: number
}

/** A label in the margin and text beside it; further lines stand under the text. */
export function labelled(label: string, text: string, { indent, labelWidth, columns, hanging = 0 }: Margin): string[] {
  const margin = indent + labelWidth
  const body = wrap(text, Math.max(20, columns - margin - hanging))
  const first = `${' '.repeat(indent)}${padTo(label, labelWidth)}`
  return body.map((line, index) => `${index === 0 ? first : ' '.repeat(margin + hanging)}${line}`.trimEnd())
}

function lettersOf(text: string): string[] {
  return [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment)
}

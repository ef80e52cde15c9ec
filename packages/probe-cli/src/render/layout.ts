// Lines of a given width. Widths are those of a terminal: a Japanese letter takes two columns.

import { widthOf } from './width.ts'
import { wrap } from './wrap.ts'

export { widthOf, wrap }

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

interface Margin {
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

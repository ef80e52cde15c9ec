// How many columns of a terminal a text takes.

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

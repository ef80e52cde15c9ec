// Where a text may be broken into lines: at spaces, and in Japanese where a reader pauses, never where its rules forbid it.

import { widthOf } from './width.ts'

const wide = '\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef'
/** A word of Latin letters, or one wide letter, each with the spaces behind it. */
const atoms = new RegExp(`[^\\s${wide}]+\\s*|[${wide}]\\s*`, 'gu')

/** No line begins with these (JIS X 4051): closing brackets, stops, small kana, the long mark. */
const neverFirst = /^[、。，．・：；？！）」』】〉》〕｝…‥ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ]/u
/** No line ends with these. */
const neverLast = /[（「『【〈《〔｛]$/u
const hiragana = /^[\u3041-\u309f]/u
const endsInHiragana = /[\u3041-\u309f]$/u
const kanjiOrKatakana = /^[\u30a1-\u30ff\u3400-\u9fff]/u
const endsInKanjiOrKatakana = /[\u30a1-\u30ff\u3400-\u9fff]$/u

/**
 * A long word of Latin letters (an ARN, a URL) is never broken: somebody will want to copy it. Japanese is broken before a
 * word and its particles, and inside it only where it does not fit into a line at all.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    const put = (piece: string) => {
      if (line !== '' && widthOf(line + piece.trimEnd()) > width) {
        lines.push(line.trimEnd())
        line = ''
      }
      line += piece
    }
    for (const phrase of join(paragraph.match(atoms) ?? [], clings)) {
      if (widthOf(phrase.trimEnd()) <= width) put(phrase)
      else for (const piece of join(phrase.match(atoms) ?? [], isForbidden)) put(piece)
    }
    lines.push(line.trimEnd())
  }
  return lines
}

function join(pieces: readonly string[], belongs: (before: string, after: string) => boolean): string[] {
  const joined: string[] = []
  for (const piece of pieces) {
    const before = joined.at(-1)
    // Its end alone is looked at: a text of a file may be endless.
    if (before !== undefined && belongs(before.slice(-4), piece)) joined[joined.length - 1] = before + piece
    else joined.push(piece)
  }
  return joined
}

function isForbidden(before: string, after: string): boolean {
  return neverFirst.test(after) || neverLast.test(before)
}

/** A particle clings to its word, even to a Latin one before it; letters of one word to each other. */
function clings(before: string, after: string): boolean {
  if (isForbidden(before, after)) return true
  if (hiragana.test(after)) return !/[、。]\s*$/u.test(before)
  // A number and what it counts.
  if (/[0-9]\s$/.test(before)) return kanjiOrKatakana.test(after)
  if (endsInHiragana.test(before) || /\s$/.test(before)) return false
  return kanjiOrKatakana.test(after) && endsInKanjiOrKatakana.test(before)
}

// The word somebody most likely meant.

import { distance } from 'fastest-levenshtein'

/** Undefined when none of the words is near enough to be a slip of the finger. */
export function closest(word: string, words: readonly string[]): string | undefined {
  const best = words.map(known => ({ known, far: distance(word.toLowerCase(), known) })).sort((a, b) => a.far - b.far)[0]
  return best !== undefined && best.far <= Math.max(2, Math.floor(word.length / 3)) ? best.known : undefined
}

// A word of the caller's made fit to be repeated: in a message, and in what the library publishes. It judges nothing about the word.

/**
 * Of a URL neither user name, password nor query, and nothing that stands as `user:password@` before a host; no control characters.
 */
export function shownWord(word: string): string {
  return word
    .replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?')
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)(?:[^/?#@]*@|[^/?#@:]*:(?!\d+\/)[^@]*@)/i, '$1****@')
    .replace(/^[^/:@?]+:[^/@]+@(?!sha256:)/, '****@')
    .replace(/^([a-z][a-z0-9+.-]*:\/\/[^?#]*[?#]).+$/is, '$1…')
}

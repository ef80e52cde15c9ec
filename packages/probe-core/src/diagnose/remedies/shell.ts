// Commands as a person will paste them: whatever is put in stays one word of a shell, whoever wrote it. A saved report may be
// anyone's, and a bucket, a group or a host may be named by a stranger. It does not judge whether a value is the right one.

type Part = string | number | readonly string[]

/** A command with values put in: `` sh`aws s3 ls ${bucket}` ``. Several values become several words. */
export function sh(text: TemplateStringsArray, ...values: readonly Part[]): string {
  return text.reduce((command, piece, index) => command + words(values[index - 1] ?? '') + piece)
}

function words(value: Part): string {
  return typeof value === 'object' ? value.map(shellWord).join(' ') : shellWord(String(value))
}

/**
 * One word of a POSIX shell, as it stands or in single quotes. Control and format characters (which a terminal obeys, quotes or
 * not) become question marks.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02
 */
export function shellWord(value: string): string {
  const shown = printable(value)
  // A word that begins with `=` is looked up by zsh; one with `~` at its start is a home.
  return /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`
}

export function printable(value: string): string {
  return value.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '?')
}

// Hosts and ports as people write them: `db.internal:5432`, `[fd00::1]:443`. Nothing is resolved here.

import { withoutBrackets } from '../catalog/address.ts'
import { ProbeUsageError } from '../model/usage-error.ts'
import { shownWord } from './shown-word.ts'

interface HostAndPort {
  /** Lower case, ASCII, an IPv6 literal without its brackets. */
  readonly host: string
  /** Null when none is written. */
  readonly port: number | null
}

/**
 * @param text `HOST`, `HOST:PORT`, `[IPV6]` or `[IPV6]:PORT`
 * @param word the whole word as the user wrote it, for the message
 * @throws ProbeUsageError `empty-host` | `bad-host` | `bad-port`
 */
export function readHostAndPort(text: string, word: string): HostAndPort {
  const match = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(text)
  if (match === null)
    throw new ProbeUsageError(
      'bad-host',
      { en: `${quote(word)} has too many colons`, ja: `${quote(word)} にコロンが多すぎます` },
      { en: 'put an IPv6 address in brackets: [fd00::1]:443', ja: 'IPv6 アドレスは角括弧で囲んでください（[fd00::1]:443）' },
    )
  return { host: readHostName(match[1] ?? '', word), port: match[2] === undefined ? null : readPort(match[2], word) }
}

/** @throws ProbeUsageError `empty-host` | `bad-host` */
export function readHostName(text: string, word: string): string {
  const name = text.replace(/\.$/, '')
  if (name === '' || name === '[]')
    throw new ProbeUsageError(
      'empty-host',
      { en: `${quote(word)} names no host`, ja: `${quote(word)} にホスト名がありません` },
      { en: 'write HOST:PORT, like db.internal:5432', ja: 'db.internal:5432 のように HOST:PORT の形で書いてください' },
    )
  const refused = new ProbeUsageError(
    'bad-host',
    { en: `${quote(word)} is not a host name or an address`, ja: `${quote(word)} はホスト名でもアドレスでもありません` },
    { en: 'use letters, digits, hyphens and dots, or [IPv6]', ja: '英数字、ハイフン、点、または [IPv6] を使ってください' },
  )
  // The URL parser knows IPv6 and international names. It also reads `10.1` as 10.0.0.1, which nobody means: refused here.
  if (/[^\p{L}\p{M}\p{N}._[\]:-]/u.test(name) || !URL.canParse(`http://${name}/`)) throw refused
  const { hostname } = new URL(`http://${name}/`)
  if (/^[\d.]+$/.test(hostname) && hostname !== name) throw refused
  const labels = hostname.split('.')
  if (!hostname.startsWith('[') && (hostname.length > 253 || labels.some(label => label === '' || label.length > 63)))
    throw refused
  return withoutBrackets(hostname)
}

/** @throws ProbeUsageError `bad-port` */
function readPort(text: string, word: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port >= 1 && port <= 65535))
    throw new ProbeUsageError(
      'bad-port',
      { en: `${quote(word)} has no port between 1 and 65535`, ja: `${quote(word)} のポートが 1 から 65535 の範囲にありません` },
      { en: 'write HOST:PORT, like db.internal:5432', ja: 'db.internal:5432 のように HOST:PORT の形で書いてください' },
    )
  return port
}

/** A host as it stands in a URL: an IPv6 literal in brackets. */
export function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/** The user's own word in a message: cut, and free of control characters and of what could be a secret. */
export function quote(word: string): string {
  return `"${shownWord(word).slice(0, 80)}"`
}

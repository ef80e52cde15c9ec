// What an index, a registry or a mirror list answered, as links: read leniently and bounded, as the answer is a stranger's. Pure.

import type { IndexSeen, PackageRole } from '../../model/packages.ts'
import type { HttpAnswer } from '../../probe/http.ts'

export interface ReadAnswer {
  readonly form: IndexSeen['form']
  /** Absolute http(s) URLs, in order, each once. Queries are kept: they may be what lets a file be had. */
  readonly links: readonly URL[]
}

/** A page of thousands of files leads to the same few hosts. */
const mostLinks = 2000

/** @param base the URL that was asked, without credentials */
export function readIndexAnswer(role: PackageRole, answer: HttpAnswer, base: URL): ReadAnswer {
  const type = answer.headers['content-type'] ?? ''
  const text = answer.body.toString('utf8')
  if (role === 'registry')
    return { form: /json/i.test(type) ? 'registry' : 'other', links: urls(fieldsOf(text, 'tarball'), base) }
  if (role === 'mirror-list') return { form: 'mirror-list', links: urls(text.match(/https?:\/\/[^\s<>"']{1,2000}/g) ?? [], base) }
  if (role === 'repository') return { form: /<repomd\b/.test(text) ? 'repodata' : 'other', links: [] }
  if (role !== 'index' && role !== 'find-links') return { form: 'other', links: [] }
  if (/json/i.test(type)) return { form: 'json', links: urls(fieldsOf(text, 'url'), base) }
  if (!/html/i.test(type) && !/<a\s/i.test(text)) return { form: 'other', links: [] }
  const written = /<base\s[^<>]{0,300}?href\s*=\s*["']?([^"'\s>]{1,2000})/i.exec(text)?.[1]
  const from =
    written !== undefined && URL.canParse(withoutEntities(written), base.href) ? new URL(withoutEntities(written), base) : base
  const hrefs = [...text.matchAll(/<a\s[^<>]{0,4000}?href\s*=\s*(?:"([^"]{1,4000})"|'([^']{1,4000})'|([^\s"'>]{1,4000}))/gi)]
  return {
    form: 'html',
    links: urls(
      hrefs.map(([, double, single, bare]) => withoutEntities(double ?? single ?? bare ?? '')),
      from,
    ),
  }
}

/** Names of projects that the root of a simple index lists. */
export function readProjects(answer: HttpAnswer, base: URL): readonly string[] {
  const text = answer.body.toString('utf8')
  if (/json/i.test(answer.headers['content-type'] ?? '')) return fieldsOf(text, 'name')
  const { links } = readIndexAnswer('index', answer, base)
  return links.flatMap(link => {
    const name = /([A-Za-z0-9][A-Za-z0-9._-]{0,100})\/?$/.exec(link.pathname)?.[1]
    return link.host === base.host && link.pathname.startsWith(base.pathname) && name !== undefined ? [name] : []
  })
}

/** Where a registry sends its clients for a token (RFC 6750, RFC 7235). */
export function findTokenRealm(answer: HttpAnswer): URL | undefined {
  const realm = /^\s*Bearer\s[^\n]{0,1000}?\brealm="([^"]{1,1000})"/i.exec(answer.headers['www-authenticate'] ?? '')?.[1]
  return realm !== undefined && /^https?:\/\//i.test(realm) && URL.canParse(realm) ? new URL(realm) : undefined
}

/** Not by JSON.parse: an answer that was cut at the limit is none, and its links are as good. */
function fieldsOf(text: string, name: string): readonly string[] {
  return [...text.matchAll(new RegExp(`"${name}"\\s*:\\s*"((?:[^"\\\\]|\\\\.){1,4000})"`, 'g'))].map(([, value]) =>
    (value ?? '')
      .replace(/\\\//g, '/')
      .replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  )
}

function urls(links: readonly string[], base: URL): readonly URL[] {
  const found = new Map<string, URL>()
  for (const link of links.slice(0, mostLinks)) {
    if (!URL.canParse(link, base.href)) continue
    const url = new URL(link, base)
    if (url.protocol !== 'http:' && url.protocol !== 'https:') continue
    url.hash = ''
    url.username = ''
    url.password = ''
    if (!found.has(url.href)) found.set(url.href, url)
  }
  return [...found.values()]
}

function withoutEntities(text: string): string {
  return text
    .replace(/&(amp|#38|#x26);/gi, '&')
    .replace(/&(#47|#x2f);/gi, '/')
    .replace(/&quot;/gi, '"')
}

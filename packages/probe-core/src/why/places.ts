// Where an error happened: the host, port and URL in its words. It takes names as they are written and asks nobody.

import { isLiteral } from '../catalog/address.ts'

export interface Place {
  readonly host: string
  /** Undefined: not told, and the form it stood in implies none. */
  readonly port?: number
  readonly scheme?: string
  /** Scheme, host, port and path: no user, query, fragment. */
  readonly url?: string
  readonly address?: string
}

/** A name that runs into a placeholder (`oidc.<env>.example`) is none. */
const name = String.raw`[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}(?![\w.<>*{}$%-])`
const literal6 = String.raw`\[[0-9a-fA-F:.%]{2,60}\]`
const host = `(${name}|${literal6})`
const url = String.raw`((?:https?|wss?|s3[an]?|tcp|jdbc:[a-z:@]{2,30}):\/\/[^\s"'<>\\)\]]{1,2000})`

/** Forms that hold a URL, then those that hold a host; the first that fits is the place the error speaks of. */
const urlForms: readonly RegExp[] = [
  // A proxy tells its own name too, as `host:`.
  new RegExp(String.raw`\bupstream: "${url}`),
  new RegExp(
    String.raw`(?:endpoint URL|for url|request for url|unable to access|SSL validation failed for|Failed to fetch:?|Error fetching|data from URL|index for source|Making request to|login attempt to|underlying error <[^>]{1,200}|for container "[^"]{1,80}" from URL)[: ]{1,2}["'(\x60]?${url}`,
    'i',
  ),
  new RegExp(String.raw`\b(?:Post|Get|Put|Head|Delete|Patch|POST|GET|PUT|HEAD|DELETE|PATCH) ["']?${url}`),
  new RegExp(String.raw`(?:request to|Status code: \d{3} for|for|mirrorlist|Timeout on) ${url}`),
]

interface HostForm {
  readonly form: RegExp
  /** Where the form names the program, and so the port. */
  readonly port?: number
}

const hostForms: readonly HostForm[] = [
  { form: new RegExp(`Inaccessible host: [\`']${host}'`) },
  { form: new RegExp(`\\b(?:nc|ncat|netcat): connect to ${host} port (\\d{1,5})`) },
  { form: new RegExp(`\\/dev\\/tcp\\/${host}\\/(\\d{1,5})`) },
  { form: new RegExp(`TCP connect to \\(${host} : (\\d{1,5})\\)`) },
  { form: new RegExp(`reach database server at \`${host}:(\\d{1,5})\``) },
  { form: new RegExp(`connect to \`host=${host}[ \`]`), port: 5432 },
  { form: new RegExp(`resolve server (?:[A-Z_]{3,20}:\\/\\/)?${host}:(\\d{1,5}) from bootstrap\\.servers`) },
  { form: new RegExp(`BrokerConnection [^>]{0,80}\\bhost=${host}:(\\d{1,5})`) },
  { form: new RegExp(`connect to host ${host}:(\\d{1,5}) ssl:`) },
  { form: new RegExp(`cannot verify ${host}'s certificate`) },
  { form: new RegExp(`an't find ${host}: Non-existent`) },
  { form: new RegExp(`${host} : DNS name does not exist`) },
  { form: new RegExp(`Unknown host ${host}(?=[:\\s]|$)`) },
  { form: new RegExp(`Could not reach host ${host}`) },
  { form: new RegExp(`${host}: resolve call failed: `) },
  { form: new RegExp(`plugin\\/errors: \\d{1,2} ${host} [A-Z]{1,10}:`) },
  { form: new RegExp(`proxy: Post "https:\\/\\/${host}`) },
  { form: new RegExp(`"${host}"(?: ?\\([^)]{1,64}\\))?、ポート ?(\\d{1,5})で?のサーバーへの接続に失敗`), port: 5432 },
  { form: new RegExp(`ホスト名"${host}"をアドレスに変換できませんでした`), port: 5432 },
  { form: new RegExp(`ホストアドレス [\`‘']${host}['’] を解決できませんでした`) },
  { form: new RegExp(`[Ff]ailed to connect to ${host}:(\\d{1,5})`) },
  { form: new RegExp(`名を解決できませんでした。?: '${host}'`) },
  { form: new RegExp(`失敗しました。 ${host}:(\\d{1,5})`) },
  { form: new RegExp(`Failed to connect to DB: ${host}:(\\d{1,5})`) },
  { form: new RegExp(`ping: ${host}: `) },
  { form: new RegExp(`proxy ${host}:(\\d{1,5})`, 'i') },
  { form: new RegExp(`lookup ${host}(?: on |:)`) },
  { form: new RegExp(`Connect(?:ion)? to ${host}:(\\d{1,5})`) },
  { form: new RegExp(`Connection to ${host} timed out`) },
  { form: new RegExp(`host='${host}', port=(\\d{1,5})`) },
  { form: new RegExp(`connection to server at "${host}"(?: \\([^)]{1,64}\\))?, port (\\d{1,5})`), port: 5432 },
  {
    form: new RegExp(
      `running on host "${host}"(?: \\([^)]{1,64}\\))? and accepting(?:\\s{1,4}TCP\\/IP connections on port (\\d{1,5}))?`,
    ),
    port: 5432,
  },
  { form: new RegExp(`connection to the host ${host}, port (\\d{1,5})`) },
  { form: new RegExp(`(?:Error \\d{1,4} connecting to|while reading from|connecting to Redis on) ${host}:(\\d{1,5})`) },
  { form: new RegExp(`could not translate host name "${host}"`), port: 5432 },
  { form: new RegExp(`Unknown (?:MySQL|MariaDB) server host '${host}'`), port: 3306 },
  { form: new RegExp(`Can't connect to (?:MySQL|MariaDB) server on '${host}(?::(\\d{1,5}))?'`), port: 3306 },
  { form: new RegExp(`Failed to connect to ${host} port (\\d{1,5})`) },
  { form: new RegExp(`Could(?:n't| not) connect to (?:server )?${host}:(\\d{1,5})`, 'i') },
  { form: new RegExp(`ssh: connect to host ${host} port (\\d{1,5})`) },
  { form: new RegExp(`ssh: Could not resolve hostname ${host}`), port: 22 },
  { form: new RegExp(`Could(?:n't| not) resolve (?:host|proxy)(?: name)?: ${host}`) },
  { form: new RegExp(`getaddrinfo [A-Z_]{3,20} ${host}(?::(\\d{1,5}))?`) },
  { form: new RegExp(`connect E[A-Z]{4,20} ${host}:(\\d{1,5})`) },
  { form: new RegExp(`Failed to resolve ['"]${host}['"]`) },
  { form: new RegExp(`mount to NFS server '${host}:`), port: 2049 },
  { form: new RegExp(`mount\\.nfs4?: Failed to resolve server ${host}:`), port: 2049 },
  { form: new RegExp(`by server while mounting ${host}:`), port: 2049 },
  { form: new RegExp(`mount\\.lustre: mount ${host}@tcp`), port: 988 },
  { form: new RegExp(`mount error\\(\\d{1,3}\\)[^/]{0,200}\\/\\/${host}\\/`), port: 445 },
  { form: new RegExp(`could not resolve address for ${host}:`), port: 445 },
  { form: new RegExp(`getaddrinfo\\(host='${host}'`) },
  { form: new RegExp(`bad address '${host}'`) },
  { form: new RegExp(`Failed to open TCP connection to ${host}:(\\d{1,5})`) },
  { form: new RegExp(`[Bb]ootstrap broker ${host}:(\\d{1,5})`) },
  { form: new RegExp(`calling \\w{1,20} on '${host}:(\\d{1,5})'`) },
  { form: new RegExp(`SMTP host: ${host}, port: (\\d{1,5})`) },
  { form: new RegExp(`connect to host, port: ${host} ?, (\\d{1,5})`) },
  { form: new RegExp(`'${host}'\\/\\(<AddressFamily[^()]{1,160}\\('[\\d.]{7,15}', (\\d{1,5})\\)`) },
  { form: new RegExp(`unable to resolve host address [‘'"\`]?${host}`) },
  { form: new RegExp(`Temporary failure resolving '${host}'`) },
  { form: new RegExp(`UnknownHostException: ${host}`) },
  { form: new RegExp(`server can't find ${host}`) },
  { form: new RegExp(`Unable to execute HTTP request: ${host}(?:: |$| \\()`) },
  { form: new RegExp(`host: (?:Some\\()?"${host}"`) },
  { form: new RegExp(`Exception: [^()]{1,300}\\(${host}:(\\d{1,5})\\)`) },
  { form: new RegExp(`failed to respond[. ]{1,3}${host}:(\\d{1,5})`) },
  { form: new RegExp(`dial (?:tcp|udp)[46]? ${host}:(\\d{1,5})`) },
  { form: new RegExp(`->${host}:(\\d{1,5})`) },
  { form: new RegExp(`tcp:\\/\\/${host}:(\\d{1,5})`) },
]

const jdbc = new RegExp(String.raw`jdbc:([a-z]{2,20}):(?:[a-z]{1,20}:)?@?\/{0,2}${host}(?::(\d{1,5}))?`)
const jdbcPorts: Readonly<Record<string, number>> = {
  postgresql: 5432,
  mysql: 3306,
  mariadb: 3306,
  sqlserver: 1433,
  oracle: 1521,
  redshift: 5439,
}
const anyUrl = new RegExp(String.raw`\b${url}`)
const image = /\b(\d{12}\.dkr\.ecr(?:-fips)?\.[a-z0-9-]{5,30}\.amazonaws\.com(?:\.cn)?)\/[\w./-]{1,300}/
/** Not as a part of a path: tokens lie under `/…/eks.amazonaws.com/`. */
const awsName =
  /(?<![\w-]|\w\.|[^/]\/)\b([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,12}\.amazonaws\.com(?:\.cn)?|[A-Za-z0-9_-]{1,63}\.amazonaws\.com(?:\.cn)?|[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){0,8}\.api\.aws)\b(?::(\d{1,5}))?/
/** pyarrow names the bucket in words. */
const saidBucket = /\bin bucket '([a-z0-9.-]{3,63})': AWS Error/
/** What a resolver appends to a name it is asked for: a cluster's own domain is no part of AWS's name. */
const searched =
  /(\.(?:amazonaws\.com(?:\.cn)?|api\.aws))(?:\.[a-z0-9-]{1,63}){0,4}\.(?:svc\.)?cluster\.local$|(\.amazonaws\.com)\.[a-z0-9-]{5,30}\.compute\.internal$/
/** Each with the words that must stand in the line: most lines hold none of them, and `includes` is cheap. */
const triedForms: readonly (readonly [string, RegExp])[] = [
  ['dial tcp', new RegExp(`dial tcp ${host}:\\d`)],
  ['server at "', new RegExp(`server at "${name}" \\(([0-9a-fA-F.:]{2,60})\\)`)],
  ['connect E', /connect E[A-Z]{4,20} ([0-9a-fA-F.:]{2,60}):\d/],
  ['Connect', new RegExp(`\\[${name}\\/([0-9a-fA-F.:]{2,60})`)],
  ['->', new RegExp(`->${host}:(?!53\\b)\\d`)],
  ["'/(<Addr", /'\/\(<AddressFamily[^()]{1,160}\('([\d.]{7,15})', \d/],
]

/** As Java prints a socket address: `HOST/ADDRESS:PORT`, `/ADDRESS:PORT`, `HOST/<unresolved>:PORT`. */
const javaSocket = /\/(<unresolved>|[\d.]{7,15}|\[[0-9a-fA-F:.]{2,45}\]|[0-9a-fA-F:]{3,45}):(\d{1,5})(?![\w.:-])/g
const nameBefore = /(?:^|[^\w./-])([A-Za-z0-9_][A-Za-z0-9_.-]{0,252})$/
const mostSockets = 8

export function findPlace(line: string): Place | undefined {
  const place = findNamed(line)
  if (place === undefined) return undefined
  const tried = triedForms
    .map(([words, form]) => (line.includes(words) ? form.exec(line)?.[1] : undefined))
    .find(text => text !== undefined)
    ?.replace(/^\[|\]$/g, '')
  return place.address === undefined && tried !== undefined && tried !== place.host && isLiteral(tried)
    ? { ...place, address: tried }
    : place
}

function findNamed(line: string): Place | undefined {
  for (const form of urlForms) {
    const found = readUrl(form.exec(line)?.[1])
    if (found !== undefined) return found
  }
  const database = line.includes('jdbc:') ? jdbc.exec(line) : null
  if (database !== null) {
    const found = placeOf(database[2]!, database[3] ?? jdbcPorts[database[1]!])
    if (found !== undefined) return found
  }
  const socket = findJavaSocket(line)
  if (socket !== undefined && !isLiteral(socket.host)) return socket
  let address = socket
  for (const { form, port } of hostForms) {
    const match = form.exec(line)
    const found = match === null ? undefined : placeOf(match[1]!, match[2] ?? port)
    if (found === undefined) continue
    if (!/^[\d.]+$|:/.test(found.host)) return found
    address ??= found
  }
  // A bare address is taken when no name stands beside it.
  const pulled = image.exec(line)?.[1]
  const aws = awsName.exec(line)
  const bucket = line.includes(' bucket ') ? saidBucket.exec(line) : null
  if (bucket !== null) return { host: '', scheme: 's3', url: `s3://${bucket[1]}` }
  return (
    readUrl(anyUrl.exec(line)?.[1]) ??
    (pulled === undefined ? undefined : placeOf(pulled, undefined)) ??
    (aws === null ? undefined : placeOf(aws[1]!, aws[2])) ??
    address
  )
}

/** The first that a name stands before; else the first bare address: no part of a path, and not this machine's own side of a connection. */
function findJavaSocket(line: string): Place | undefined {
  if (!/\/[\d<[a-fA-F:]/.test(line)) return undefined
  let bare: Place | undefined
  let tries = 0
  for (const match of line.matchAll(javaSocket)) {
    tries += 1
    if (tries > mostSockets) break
    const [whole, text = '', port] = match
    const tried = text.replace(/^\[|\]$/g, '')
    if (tried !== '<unresolved>' && !isLiteral(tried)) continue
    const before = line.slice(Math.max(0, match.index - 254), match.index)
    const name = nameBefore.exec(before)?.[1]
    const found = name === undefined ? undefined : placeOf(name, port)
    if (found !== undefined && !/^[\d.]+$/.test(found.host))
      return { ...found, ...(tried !== '<unresolved>' && { address: tried }) }
    const isOther = /(?:[\w./-]|\bL:)$/.test(before) || line.startsWith(' -> ', match.index + whole.length)
    if (tried !== '<unresolved>' && !isOther) bare ??= placeOf(tried, port)
  }
  return bare
}

/** Undefined for what no resolver could be asked for: a word with a letter no name has, an empty label, a port of 0. */
function placeOf(text: string, port: string | number | undefined): Place | undefined {
  const host = text
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase()
    .replace(searched, '$1$2')
  const number = port === undefined ? undefined : Number(port)
  if (number !== undefined && !(number >= 1 && number <= 65_535)) return undefined
  if (!isHost(host)) return undefined
  return { host, ...(number !== undefined && { port: number }) }
}

function isHost(host: string): boolean {
  // A name whose last part is a number is an address gone wrong: two texts that ran into each other.
  if (/\.\d+$/.test(host) && !isLiteral(host)) return false
  // The library's reader throws inside on anything else, which costs more than all the rest.
  if (/^[\d.]+$|:/.test(host)) return isLiteral(host) && !host.includes('%')
  if (!/^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?$/.test(host) || host.length > 253) return false
  return host.split('.').every(label => label !== '' && label.length <= 63) && /[a-z]/.test(host)
}

function readUrl(text: string | undefined): Place | undefined {
  if (text === undefined || text.startsWith('jdbc:')) return undefined
  const trimmed = text.replace(/[.,:;`]+$/, '')
  const parsed = URL.canParse(trimmed) ? new URL(trimmed) : undefined
  if (parsed === undefined) return undefined
  const { protocol, hostname, port, pathname } = parsed
  const scheme = protocol.slice(0, -1)
  if (/^s3[an]?$/.test(scheme)) return { host: '', scheme: 's3', url: `s3://${hostname}` }
  const secure = scheme === 'https' || scheme === 'wss'
  const found = placeOf(hostname, port === '' ? (scheme === 'tcp' ? undefined : secure ? 443 : 80) : port)
  if (found === undefined) return undefined
  const shown = `${scheme}://${hostname}${port === '' ? '' : `:${port}`}${pathname === '/' ? '/' : pathname}`
  return { ...found, scheme, url: shown }
}

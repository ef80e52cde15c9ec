// What a package manager's place leads to: its answer read, and the hosts of its files, mirrors or tokens handed on as targets of
// their own. Redirects are told and not followed; no credentials go with what an answer names.

import { isIP } from 'node:net'
import { withoutBrackets } from '../../catalog/address.ts'
import { readHost } from '../../catalog/index.ts'
import type { HttpObservation } from '../../model/observation.ts'
import type { IndexSeen, PackageRole } from '../../model/packages.ts'
import type { PlannedTarget } from '../../model/target.ts'
import type { HttpAnswer, HttpConnection, HttpContext, HttpRequest, HttpResult } from '../../probe/http.ts'
import type { Climb } from '../surroundings.ts'
import { withoutAccess } from './access.ts'
import { firstRequest, knownProject, withCredentials } from './ask.ts'
import { findTokenRealm, type ReadAnswer, readIndexAnswer, readProjects } from './read-answer.ts'

const mostHosts = 3
/** What packages are files of: nothing else that a link names is asked for. */
const packageFile = /\.(?:whl|tar\.gz|tar\.bz2|tar\.xz|zip|egg|tgz|rpm|deb|conda|metadata)$/i

/** The plain request to this place, noted; and in the background, whatever its answer leads to. */
export async function askPlace(way: Climb, connection: HttpConnection, context: HttpContext): Promise<HttpResult> {
  const { request, credentials } = firstRequest(way)
  const access = way.run.packageKeys.of(way.target)
  const result = await connection.request(request, context)
  const { answer } = result
  const observation = withoutAccess(result.observation, access)
  if (observation.outcome !== 'answered' || answer === undefined) {
    way.note(observation)
    return { ...result, observation }
  }
  const base = urlOf(way.target, request.path)
  const role = way.target.packages?.role ?? 'files'
  const here = readIndexAnswer(role, answer, base)
  const read = answer.status < 300 ? here : { form: here.form, links: [] }
  const elsewhere = read.links.filter(link => link.origin !== base.origin)
  const index: IndexSeen = {
    form: read.form,
    ...(read.links.length > 0 && { entries: read.links.length }),
    ...(elsewhere.length > 0 && {
      hosts: [...new Set(elsewhere.map(link => link.host.slice(0, 260)))].slice(0, 10),
    }),
    credentials,
  }
  const noted: HttpObservation = withoutAccess({ ...observation, seen: { ...observation.seen, index } }, access)
  way.note(noted)
  // What follows only adds: it has no more time together than one connection.
  const endsMs = way.run.clock.sinceStartMs() + way.run.connectTimeoutMs
  const ask: Ask = asked => {
    const timeoutMs = Math.max(1, endsMs - way.run.clock.sinceStartMs())
    return connection.request(withCredentials(asked, way.target, access).request, { ...context, timeoutMs })
  }
  const next = await findNext(ask, { answer, read, base, role, headers: request.headers })
  for (const { link, as } of next) handOn(way, link, as)
  return { observation: noted, answer }
}

interface Place {
  readonly answer: HttpAnswer
  readonly read: ReadAnswer
  readonly base: URL
  readonly role: PackageRole
  readonly headers: HttpRequest['headers']
}

type Ask = (request: HttpRequest) => Promise<HttpResult>

type Next = readonly { readonly link: URL; readonly as: PackageRole }[]

async function findNext(ask: Ask, place: Place): Promise<Next> {
  const { answer, read, base, role } = place
  if (role === 'files' || role === 'tokens' || role === 'release') return []
  const location = findLocation(answer, base)
  if (location !== undefined) return [{ link: location, as: 'files' }]
  if (role === 'image-registry') {
    const realm = findTokenRealm(answer)
    return realm === undefined || realm.origin === base.origin ? [] : [{ link: realm, as: 'tokens' }]
  }
  if (role === 'mirror-list') return oneOfEach(read.links, base).map(link => ({ link, as: 'repository' as const }))
  let links = read.links
  if (role === 'index' && answer.status === 404) links = await linksOfAnyProject(ask, place)
  const own = links.find(link => link.origin === base.origin && packageFile.test(link.pathname))
  const elsewhere = oneOfEach(links, base).map(link => ({ link, as: 'files' as const }))
  if (elsewhere.length > 0 || own === undefined) return elsewhere
  // The file may only be a redirect to where it lies: CodeArtifact's are.
  const file = await ask({ method: 'GET', path: `${own.pathname}${own.search}`, headers: { range: 'bytes=0-0' } })
  const led = file.answer && findLocation(file.answer, base)
  return led === undefined ? [] : [{ link: led, as: 'files' }]
}

/** A private index need not hold the known project: then the first one that it lists. */
async function linksOfAnyProject(ask: Ask, { base, headers = {} }: Place): Promise<readonly URL[]> {
  const root = new URL(base.pathname.replace(new RegExp(`${knownProject}/$`), ''), base)
  const get = async (path: string) => (await ask({ method: 'GET', path, headers: { accept: headers.accept ?? '*/*' } })).answer
  const list = await get(root.pathname)
  const project = list?.status === 200 ? readProjects(list, root)[0] : undefined
  if (project === undefined) return []
  const page = new URL(`${encodeURIComponent(project)}/`, root)
  const answer = await get(page.pathname)
  return answer?.status === 200 ? readIndexAnswer('index', answer, page).links : []
}

function handOn(way: Climb, link: URL, as: PackageRole): void {
  const { target, run } = way
  const { manager, proxy } = target.packages ?? { manager: 'pip' }
  const host = withoutBrackets(link.hostname).replace(/\.$/, '')
  // An answer must not lead anybody to the metadata of this machine.
  if (
    /^169\.254\.|^fe80:|^fd00:ec2:/i.test(host) ||
    host === '' ||
    host.length > 253 ||
    (isIP(host) === 0 && !/^[\w.-]+$/.test(host))
  )
    return
  const isClear = link.protocol === 'http:'
  const port = Number(link.port) || (isClear ? 80 : 443)
  const { proxy: ownProxy, noProxy, caFile, secrets = [] } = run.packageKeys.of(target)
  const isKept = link.pathname.length <= 1000 && !secrets.some(secret => link.href.includes(secret))
  const path = isKept && (as !== 'files' || packageFile.test(link.pathname)) ? link.pathname : '/'
  const named = readHost(host)
  const found: PlannedTarget = {
    id: `${link.protocol}//${link.host}`,
    kind: 'https',
    service: named?.service?.id ?? null,
    host,
    port,
    region: named?.region ?? run.region,
    wantedBy: [manager],
    path,
    ...(isClear && { scheme: 'http' as const }),
    hostFrom: `the answer of ${target.id}`,
    packages: {
      manager,
      role: as,
      configuredBy: `the answer of ${target.id}`,
      foundBy: target.id,
      ...(proxy && { proxy }),
    },
  }
  // Its signature goes with its own path only.
  const query = path === link.pathname && link.search !== '' ? link.search : undefined
  run.packageKeys.add(found, {
    ...(ownProxy !== undefined && { proxy: ownProxy }),
    ...(noProxy !== undefined && { noProxy }),
    ...(caFile !== undefined && { caFile }),
    ...(query !== undefined && { query, secrets: [query.slice(1)] }),
  })
  way.doubt(run.found(found).then(() => []))
}

/** The first link to each other host. */
function oneOfEach(links: readonly URL[], base: URL): readonly URL[] {
  const byHost = new Map<string, URL>()
  for (const link of links) if (link.origin !== base.origin && !byHost.has(link.origin)) byHost.set(link.origin, link)
  return [...byHost.values()].slice(0, mostHosts)
}

function findLocation(answer: HttpAnswer, base: URL): URL | undefined {
  const { location } = answer.headers
  if (answer.status < 300 || answer.status >= 400 || location === undefined || !URL.canParse(location, base.href))
    return undefined
  const url = new URL(location, base)
  url.username = ''
  url.password = ''
  url.hash = ''
  return /^https?:$/.test(url.protocol) && url.origin !== base.origin ? url : undefined
}

function urlOf(target: PlannedTarget, path: string): URL {
  const scheme = target.scheme === 'http' ? 'http' : 'https'
  return new URL(path, `${scheme}://${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`)
}

// The request that a package manager would make first at this place: one small known project, not the list of all. It shows the
// index, its credentials and where its files lie at once. A missing project is an answer like any other.

import type { IndexSeen, PackageRole } from '../../model/packages.ts'
import type { PlannedTarget } from '../../model/target.ts'
import type { HttpRequest } from '../../probe/http.ts'
import type { PackageAccess } from '../../probe/packages/source.ts'
import type { Climb } from '../surroundings.ts'

/** PEP 691's order of preference, as pip sends it. */
const simpleIndex = 'application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.2, text/html; q=0.01'
/** Every mirror that serves anybody has it; the root of a public index is tens of megabytes. */
export const knownProject = 'pip'
/** A package of a few versions, that nearly every tree of packages holds: its document is about a kilobyte. */
const knownPackage = 'wrappy'

const first: Readonly<
  Record<PackageRole, { readonly method?: string; readonly below: string; readonly headers?: HttpRequest['headers'] }>
> = {
  index: { below: `${knownProject}/`, headers: { accept: simpleIndex } },
  'find-links': { below: '', headers: { accept: 'text/html' } },
  registry: {
    below: knownPackage,
    headers: { accept: 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8, */*' },
  },
  // The list of a channel is tens of megabytes: that it is there is enough.
  channel: { method: 'HEAD', below: 'noarch/repodata.json' },
  repository: { below: 'repodata/repomd.xml' },
  'mirror-list': { below: '' },
  release: { below: '', headers: { range: 'bytes=0-1023' } },
  'image-registry': { below: 'v2/' },
  // GET and not HEAD: a link may be signed for GET alone. One byte of it.
  files: { below: '', headers: { range: 'bytes=0-0' } },
  tokens: { below: '' },
}

export interface PackageRequest {
  readonly request: HttpRequest
  readonly credentials: IndexSeen['credentials']
}

/** Credentials go over TLS whose certificate was verified, and nowhere else. */
export function firstRequest(way: Climb): PackageRequest {
  const { role } = way.target.packages ?? { role: 'files' }
  const access = way.run.packageKeys.of(way.target)
  const { method = 'GET', below, headers } = first[role]
  const folder = access.path ?? way.target.path ?? '/'
  const path = below === '' ? folder : `${folder.replace(/\/+$/, '')}/${below}`
  return withCredentials({ method, path: `${path}${access.query ?? ''}`, headers: { ...headers } }, way.target, access)
}

export function withCredentials(request: HttpRequest, target: PlannedTarget, access: PackageAccess): PackageRequest {
  if (access.isWithheld) return { request, credentials: 'withheld' }
  if (access.authorization === undefined) return { request, credentials: access.path === undefined ? 'none' : 'sent' }
  if (target.scheme === 'http' || target.packages?.isUnchecked) return { request, credentials: 'withheld' }
  return { request: { ...request, headers: { ...request.headers, authorization: access.authorization } }, credentials: 'sent' }
}

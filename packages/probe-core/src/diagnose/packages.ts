// Targets that a package manager of this environment fetches from: which, why, and what led to them.

import type { Evidence } from '../model/finding.ts'
import type { PackageUse } from '../model/packages.ts'
import { remember } from './remember.ts'
import { says } from './rule.ts'
import type { NetworkView, TargetView } from './view.ts'

const managers = ['pip', 'uv', 'poetry', 'npm', 'yarn', 'pnpm', 'conda', 'dnf', 'apt', 'docker']

/** The manager that wants this target; undefined for all others. */
export function managerOf(target: TargetView): string | undefined {
  const { wantedBy, service, packages } = target.target
  if (packages !== undefined) return packages.manager
  const manager = wantedBy.find(word => managers.includes(word))
  return manager ?? (service === 'codeartifact.repositories' ? 'codeartifact' : undefined)
}

export function useOf(target: TargetView): PackageUse | undefined {
  return target.target.packages
}

/** Named by an answer, or known to be where a default index keeps its files: not a place that anybody configured. */
export function isLedTo(target: TargetView): boolean {
  const use = useOf(target)
  return use !== undefined && (use.foundBy !== undefined || use.role === 'files' || use.role === 'tokens')
}

/** The place that answered over HTTP and leads its manager to this target. */
export function answeringIndexOf(target: TargetView): TargetView | undefined {
  const manager = managerOf(target)
  if (manager === undefined) return undefined
  const others = placesThatAnswer(target.network).filter(t => t !== target)
  const use = useOf(target)
  // A report of an older version tells no more than that the same manager wants both.
  if (use === undefined) return others.find(t => useOf(t) === undefined && managerOf(t) === manager)
  if (use.foundBy !== undefined) return others.find(t => t.id === use.foundBy)
  if (!isLedTo(target)) return undefined
  return others.find(t => useOf(t)?.manager === manager && !isLedTo(t) && useOf(t)?.isDefault === use.isDefault)
}

/** Of a package manager, over HTTP: a handful in any run. */
const placesThatAnswer = remember((network: NetworkView) =>
  network.targets.filter(t => managerOf(t) !== undefined && t.answered('http')),
)

/** Which setting sends the manager here. */
export function whyHere(target: TargetView): Evidence | undefined {
  const use = useOf(target)
  if (use === undefined) return undefined
  const parts = { manager: use.manager, host: target.target.host }
  return use.isDefault
    ? says(target, 'dns', 'packages.default', parts)
    : says(target, 'dns', 'packages.configured', { ...parts, from: use.configuredBy })
}

const codeArtifactHost = /\.d\.codeartifact\.[a-z0-9-]+\.(?:amazonaws\.com|on\.aws)/

export function isCodeArtifact(target: TargetView): boolean {
  return codeArtifactHost.test(target.target.host)
}

/** The token in the manager's URL had ended, by its own word, when the run began. Undefined where it says nothing. */
export function isTokenExpired(target: TargetView): boolean | undefined {
  const at = Date.parse(useOf(target)?.tokenExpiresAt ?? '')
  const { run } = target.network.report
  const now = Date.parse(run.startedAt) + (target.network.vantage.clockSkewMs ?? 0)
  return Number.isNaN(at) || Number.isNaN(now) ? undefined : at <= now
}

/**
 * The place refuses what the manager itself would send: credentials that went with the request, or none where nothing is known
 * that would give any. A refusal of a request that was less than the manager's proves nothing.
 */
export function refusesManager(target: TargetView): 'sent' | 'none' | undefined {
  const use = useOf(target)
  const { http } = target
  const seen = http?.outcome === 'answered' ? http.seen : undefined
  if (use === undefined || seen?.index === undefined || isLedTo(target)) return undefined
  const { status, index } = seen
  if (index.credentials === 'sent') {
    // CodeArtifact is seen to say "not found" to a token that has ended.
    if (status === 404) return isCodeArtifact(target) && isTokenExpired(target) ? 'sent' : undefined
    return status === 401 || (status === 403 && !target.isAws) ? 'sent' : undefined
  }
  // docker asks without any first, and is told where to get a token.
  if (index.credentials === 'withheld' || use.credentials !== undefined || use.role === 'image-registry') return undefined
  return status === 401 ? 'none' : undefined
}

// Targets that a package manager of this environment fetches from.

import type { TargetView } from './view.ts'

const managers = ['pip', 'npm', 'conda', 'dnf', 'docker']

/** The manager that wants this target; undefined for all others. */
export function managerOf(target: TargetView): string | undefined {
  const { wantedBy, service } = target.target
  const manager = wantedBy.find(word => managers.includes(word))
  return manager ?? (service === 'codeartifact.repositories' ? 'codeartifact' : undefined)
}

/** Another host of the same manager that answered over HTTP. */
export function answeringIndexOf(target: TargetView): TargetView | undefined {
  const manager = managerOf(target)
  if (manager === undefined) return undefined
  return target.network.targets.find(t => t !== target && managerOf(t) === manager && t.answered('http'))
}

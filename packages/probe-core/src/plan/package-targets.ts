// Targets of one package manager: the places its configuration names, or its own defaults where nobody read one. Words only.

import { withoutBrackets } from '../catalog/address.ts'
import { findPartition, remark } from '../catalog/index.ts'
import type { PackageSource } from '../model/packages.ts'
import type { PlannedTarget } from '../model/target.ts'
import { packageDefaults } from './resource-words.ts'
import type { HostContext } from './service-hosts.ts'

type Given = Pick<PlannedTarget, 'id' | 'kind' | 'host' | 'port'> & Partial<PlannedTarget>

/** @param toTarget completes what is known of the host (its service, its region) */
export function packageTargets(word: string, context: HostContext, toTarget: (given: Given) => PlannedTarget): PlannedTarget[] {
  const settings = context.packages?.get(word)
  const manager = word === 'yum' ? 'dnf' : word
  const sources = settings?.sources ?? (packageDefaults[word] ?? []).map(([role, url]) => byDefault(manager, role, url))
  const notes = [...(settings?.notes ?? [])]
  const targets = sources.map(source => targetOf(source, context, toTarget))
  if (targets.length === 0 && notes.length === 0) notes.push(remark('namesNoPlace', { word }))
  if (notes.length === 0) return targets
  // Said once, on the first: where there is none, on a target without a host, which nobody can probe.
  const said = notes.join('; ')
  const [first, ...rest] = targets
  if (first === undefined) {
    return [
      { id: word, kind: 'https', service: null, host: '', port: 443, region: context.region, wantedBy: [manager], note: said },
    ]
  }
  return [{ ...first, note: first.note === undefined ? said : `${said}; ${first.note}` }, ...rest]
}

function byDefault(manager: string, role: PackageSource['role'], url: string): PackageSource {
  return { manager, role, url, configuredBy: `${manager}'s default`, isDefault: true }
}

function targetOf(source: PackageSource, context: HostContext, toTarget: (given: Given) => PlannedTarget): PlannedTarget {
  const { url: written, note, ...packages } = source
  const { region } = context
  const common = { kind: 'https', wantedBy: [source.manager], packages } as const
  if (region === null && written.includes('{region}')) {
    return { ...common, id: source.manager, service: null, region: null, host: '', port: 443, note: remark('noRegion', {}) }
  }
  const dnsSuffix = findPartition(region ?? 'us-east-1').dnsSuffix
  const url = new URL(written.replaceAll('{region}', region ?? '').replaceAll('{dnsSuffix}', dnsSuffix))
  const isClear = url.protocol === 'http:'
  const path = url.pathname.replace(/\/+$/, '')
  return toTarget({
    ...common,
    id: `${url.protocol}//${url.host}${path}`,
    host: withoutBrackets(url.hostname).replace(/\.$/, ''),
    port: url.port === '' ? (isClear ? 80 : 443) : Number(url.port),
    path: url.pathname,
    // Told beside the table: which file to mend.
    ...(source.isDefault ? {} : { hostFrom: source.configuredBy }),
    ...(isClear ? { scheme: 'http' as const } : {}),
    ...(note === undefined ? {} : { note }),
  })
}

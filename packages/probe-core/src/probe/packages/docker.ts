// Which registries docker would ask: the daemon's mirrors, hosts that somebody logged in to, and Docker Hub. Hosts only: what
// is stored for them is not looked at.

import { join } from 'node:path'
import { findPartition, remark } from '../../catalog/index.ts'
import { isRecord } from '../../model/json.ts'
import type { PackageMachine } from './machine.ts'
import { type FoundSettings, proxyOf } from './pip.ts'
import { type FoundSource, readSource } from './source.ts'

const mostRegistries = 30

export async function readDocker(machine: PackageMachine): Promise<FoundSettings> {
  const notes: string[] = []
  const found: FoundSource[] = []
  const clientPath = join(machine.env.DOCKER_CONFIG || join(machine.home, '.docker'), 'config.json')
  const client = await readJson(clientPath, machine, notes)
  const daemonPath = '/etc/docker/daemon.json'
  const daemon = await readJson(daemonPath, machine, notes)
  const insecure = new Set(texts(daemon['insecure-registries']))
  const proxies = isRecord(daemon.proxies) ? daemon.proxies : {}
  const proxy =
    typeof proxies['https-proxy'] === 'string' ? { value: proxies['https-proxy'], from: `proxies, ${daemonPath}` } : undefined
  const noProxy = typeof proxies['no-proxy'] === 'string' ? proxies['no-proxy'] : ''
  const add = (url: string, from: string, more: { role?: 'files' | 'tokens'; isDefault?: true; credentials?: string } = {}) => {
    const host = URL.canParse(url) ? new URL(url).host : ''
    const given = { manager: 'docker', role: 'image-registry', configuredBy: from, ...more } as const
    const source = readSource(
      url,
      { ...given, ...(insecure.has(host) && { isUnchecked: true as const }), ...(proxy && proxyOf(proxy)) },
      proxy ? { proxy: proxy.value, noProxy } : {},
    )
    if (source && found.length < mostRegistries) found.push(source)
  }
  for (const mirror of texts(daemon['registry-mirrors'])) add(mirror, `registry-mirrors, ${daemonPath}`)
  const keys = (name: string) =>
    isRecord(client[name]) ? Object.keys(client[name]).map(key => ({ key, from: `${name}, ${clientPath}` })) : []
  const loggedIn = [...keys('auths'), ...keys('credHelpers')].map(({ key, from }) => ({ host: hostOf(key), from }))
  for (const { host, from } of loggedIn.slice(0, mostRegistries)) {
    if (host === undefined || host === 'index.docker.io' || host === 'docker.io') continue
    add(`https://${host}/`, from, { credentials: 'docker login or a helper, not read' })
    const region = /^\d{12}\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(host)?.[1]
    // ECR answers with a link to S3 for every layer.
    if (region) {
      const { dnsSuffix } = findPartition(region)
      add(`https://prod-${region}-starport-layer-bucket.s3.${region}.${dnsSuffix}/`, `layers of ${host}`, { role: 'files' })
    }
  }
  add('https://registry-1.docker.io/', "docker's default, for names without a registry", { isDefault: true })
  add('https://auth.docker.io/', "docker's default, for names without a registry", { role: 'tokens', isDefault: true })
  return { found, notes }
}

/** `auths` holds hosts, and URLs of older logins. */
function hostOf(key: string): string | undefined {
  const host = /^(?:https?:\/\/)?([A-Za-z0-9.:[\]-]+)/.exec(key)?.[1]
  return host !== undefined && URL.canParse(`https://${host}/`) ? host.toLowerCase() : undefined
}

async function readJson(path: string, machine: PackageMachine, notes: string[]): Promise<Readonly<Record<string, unknown>>> {
  const file = await machine.text(path)
  if (file === undefined) return {}
  try {
    const value: unknown = JSON.parse('text' in file ? file.text : '')
    if (isRecord(value)) return value
  } catch {}
  notes.push(remark('managerCannotRead', { manager: 'docker', file: path }))
  return {}
}

function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : []).filter(one => typeof one === 'string').slice(0, mostRegistries)
}

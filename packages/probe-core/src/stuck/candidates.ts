// Which names somebody here is likely to be connecting to, the likeliest first: what the hanging processes were told, what this
// kind of workload needs, then every service of the region.

import { isLiteral, withoutBrackets } from '../catalog/address.ts'
import { defaultHost, findService, hostsOf, readHost, serviceIds } from '../catalog/index.ts'
import type { StuckConnection } from '../model/stuck.ts'
import type { SdkSettings } from '../model/vantage.ts'
import type { CandidateHost } from '../observe/stuck/name-addresses.ts'
import type { Asking } from '../observe/vantage.ts'
import { detectWorkload } from '../plan/detect.ts'
import { chooseRegion } from '../plan/region.ts'
import { planTargets } from '../plan/targets.ts'
import { machineFiles } from '../probe/machine-files.ts'
import { probeMetadata } from '../probe/metadata.ts'
import { findProxy, proxyPort } from '../probe/proxy.ts'
import { readSdkSettings } from '../probe/settings.ts'
import { hostsOfCommand } from '../probe/sockets/command-line.ts'
import { readArguments, readVariables } from '../probe/sockets/processes.ts'
import type { NamingOptions } from './name.ts'

/** Where this stands, as far as names hang on it. */
export interface Here {
  readonly region: string | null
  readonly workload: string | null
  readonly settings: SdkSettings
}

export interface ProcessWords {
  readonly hosts: readonly string[]
  readonly proxies: readonly { readonly host: string; readonly port: number }[]
}

/** Metadata is asked for the region alone, and only where nothing else tells it. */
const metadataMs = 1500
/** S3's names are answered with other addresses every few seconds. */
const timesOfS3 = 4
const mostProcesses = 32

const variables = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy']
const endpointVariables = ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL_STS', 'AWS_ENDPOINT_URL_DYNAMODB']

/** @throws ProbeUsageError for a profile or region that cannot be used */
export async function findHere({ region, profile }: NamingOptions, run: Asking): Promise<Here> {
  const { env } = process
  const { settings, profileRegion, problem } = await readSdkSettings({ env, profile })
  if (problem) throw problem
  const told = { option: region, env, profileRegion, files: machineFiles }
  let chosen = chooseRegion(told).region
  if (chosen === null) {
    const deadline = run.deadline.sub(metadataMs)
    chosen = chooseRegion({ ...told, metadata: await probeMetadata(env, { ...run, deadline }) }).region
    deadline.dispose()
  }
  return { region: chosen, workload: detectWorkload({ env, ...machineFiles, metadata: {} }).workload, settings }
}

/** What the hanging processes were told in the open: hosts on their command lines, and their proxies, without any user or password. */
export function wordsOfProcesses(connections: readonly StuckConnection[]): ProcessWords {
  const pids = [...new Set(connections.flatMap(each => each.process?.pid ?? []))].slice(0, mostProcesses)
  const environments = [process.env, ...pids.map(pid => readVariables(pid, [...variables, ...endpointVariables]))]
  const endpoints = environments.flatMap(env => endpointVariables.flatMap(name => hostOf(env[name])))
  const proxies = environments.flatMap(env =>
    (['https', 'http'] as const).flatMap(scheme => {
      const { proxy } = findProxy({ scheme, host: 'amazonaws.com', port: 443 }, { ...env, no_proxy: '', NO_PROXY: '' })
      return proxy === undefined ? [] : [{ host: withoutBrackets(proxy.url.hostname), port: proxyPort(proxy) }]
    }),
  )
  return { hosts: [...new Set([...pids.flatMap(pid => hostsOfCommand(readArguments(pid))), ...endpoints])], proxies }
}

/** In the order in which they are asked for; each name once. */
export function likelyHosts({ region, workload, settings }: Here, words: ProcessWords): CandidateHost[] {
  const found = new Map<string, CandidateHost>()
  const add = (host: string | undefined, service: string | null, times?: number) => {
    if (host !== undefined && host !== '' && !isLiteral(host) && !found.has(host))
      found.set(host, { host, service, from: 'dns', ...(times !== undefined && { times }) })
  }
  for (const { host } of words.proxies) if (!isLiteral(host)) found.set(host, { host, service: null, from: 'proxy' })
  for (const host of words.hosts) add(host, readHost(host)?.service?.id ?? null)
  for (const url of Object.values(settings.endpointUrls ?? {})) for (const host of hostOf(url)) add(host, null)
  if (region === null) return [...found.values()]
  const needed = planTargets([], { region, workloads: [], detected: workload === null ? [] : [workload], settings })
  for (const { host, service } of needed) add(host, service, service === 's3' ? timesOfS3 : undefined)
  const services = [...commonServices, ...serviceIds()].flatMap(id => findService(id) ?? [])
  for (const service of services)
    add(
      defaultHost(service, region) ?? hostsOf(service, region)[0]?.host,
      service.id,
      service.id === 's3' ? timesOfS3 : undefined,
    )
  for (const service of services) for (const { host } of hostsOf(service, region).slice(1, 6)) add(host, service.id)
  return [...found.values()]
}

/** What nearly every workload calls, knowingly or not. */
const commonServices =
  's3 sts logs monitoring kms secretsmanager ssm ssmmessages ec2 ec2messages ecr.api ecr.dkr sqs sns dynamodb lambda sagemaker.api sagemaker.runtime glue athena ecs rds events states xray'.split(
    ' ',
  )

function hostOf(url: string | undefined): string[] {
  if (url === undefined || !URL.canParse(url)) return []
  const { hostname } = new URL(url)
  return hostname === '' ? [] : [withoutBrackets(hostname)]
}

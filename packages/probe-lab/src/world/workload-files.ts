// What the workload finds on its machine: resolv.conf, the hosts file, and its whole environment (nothing of ours leaks in).
import type { VpcPlan } from '../plan/vpc-plan.ts'
import type { HandedCredentials } from '../servers/metadata.ts'
import type { LabFolder } from './authorities.ts'

export function resolvConf(plan: VpcPlan): string {
  const { nameservers, resolverOptions } = plan.workload
  const lines = [`search ${plan.region}.compute.internal`, ...nameservers.map(address => `nameserver ${address}`)]
  if (resolverOptions) lines.push(`options ${resolverOptions}`)
  return `${lines.join('\n')}\n`
}

export function hostsFile(plan: VpcPlan): string {
  const lines = ['127.0.0.1 localhost', '::1 localhost', ...plan.workload.hosts.map(({ address, name }) => `${address} ${name}`)]
  return `${lines.join('\n')}\n`
}

export function workloadEnv(plan: VpcPlan, folder: LabFolder, credentials: HandedCredentials): Record<string, string> {
  const { credentialsFrom, staleKeys, trustsInspection } = plan.workload
  const handed: Record<string, string> =
    credentialsFrom === 'environment'
      ? {
          AWS_ACCESS_KEY_ID: credentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
          ...(credentials.sessionToken ? { AWS_SESSION_TOKEN: credentials.sessionToken } : {}),
        }
      : {}
  const stale = staleKeys
    ? { AWS_ACCESS_KEY_ID: 'AKIASTALE00000000001', AWS_SECRET_ACCESS_KEY: 'a-key-that-was-deleted-long-ago-000000' }
    : {}
  return {
    PATH: process.env.PATH ?? '/usr/bin:/bin:/usr/sbin:/sbin',
    HOME: '/run/lab/home',
    LANG: 'C.UTF-8',
    ...(plan.workload.regionInEnv ? { AWS_REGION: plan.region } : {}),
    NODE_EXTRA_CA_CERTS: trustsInspection ? folder.inspectionBundle : folder.amazonBundle,
    ...handed,
    ...stale,
    ...plan.workload.env,
  }
}

// `aws://HOST[:PORT]`: an AWS service at the very host somebody's error names, which need not be the one this environment
// would use: another region, a legacy or endpoint-specific name.

import { readHost } from '../catalog/index.ts'
import type { PlannedTarget } from '../model/target.ts'
import { ProbeUsageError } from '../model/usage-error.ts'
import { bracketed, quote, readHostAndPort } from './addresses.ts'
import { chooseHost, type HostContext } from './service-hosts.ts'

/**
 * A service target whose host and region are those of the name; a bucket in the name is the resource.
 * @throws ProbeUsageError `bad-target` for a host that is no service of the catalogue
 */
export function readServiceHostWord(word: string, rest: string, context: HostContext): PlannedTarget {
  const { host, port } = readHostAndPort(rest.replace(/\/$/, ''), word)
  const named = readHost(host)
  if (named?.service == null)
    throw new ProbeUsageError(
      'bad-target',
      {
        en: `${quote(word)} names no AWS service that eniprobe knows`,
        ja: `${quote(word)} は eniprobe が知る AWS サービスの名前ではありません`,
      },
      {
        en: `write https://${bracketed(host)} or tcp://${bracketed(host)}:PORT`,
        ja: `https://${bracketed(host)} または tcp://${bracketed(host)}:PORT と書いてください`,
      },
    )
  const { service, bucket } = named
  const usual = chooseHost(service, context)
  const actual = port ?? 443
  const isUsual = usual.host === host && usual.port === actual
  return {
    id: isUsual
      ? service.id
      : bucket === undefined
        ? `aws://${host}${port === null ? '' : `:${port}`}`
        : `s3://${bucket} (${host})`,
    kind: 'service',
    service: service.id,
    host,
    port: actual,
    region: named.region ?? context.region,
    wantedBy: ['command-line'],
    ...(bucket === undefined ? {} : { resource: bucket }),
  }
}

// Which port a name of AWS's listens on that speaks no HTTPS: a file system, a cache, a database, a broker, a mail server.
// Where a service has more than one, the words around the name decide, or nothing does: a port is never made up.

import { readHost } from '../catalog/index.ts'

interface Row {
  /** The label that all names of the kind have. */
  readonly label: string
  /** By the words around the name. */
  readonly told?: readonly (readonly [RegExp, number])[]
  /** By the name itself. */
  readonly named?: readonly (readonly [RegExp, number])[]
  /** Null: more than one in use. */
  readonly usual: number | null
}

const databases: readonly (readonly [RegExp, number])[] = [
  [/postgres|psycopg|npgsql|\bpsql|\bpg(?:_|::|bouncer)|asyncpg/i, 5432],
  [/mysql|mariadb/i, 3306],
  [/sqlserver|sql server|tds_/i, 1433],
  [/oracle|\bORA-\d|\bTNS\b/i, 1521],
]

/** Default ports of the services' own documentation. */
const rows: readonly Row[] = [
  { label: 'efs', usual: 2049 },
  {
    label: 'fsx',
    told: [
      [/lustre|@tcp\b/i, 988],
      [/nfs/i, 2049],
      [/cifs|smb/i, 445],
    ],
    usual: null,
  },
  {
    label: 'cache',
    told: [
      [/redis|valkey|jedis|lettuce|redisson/i, 6379],
      [/memcache/i, 11211],
    ],
    named: [
      [/^(?:master|replica|clustercfg)\.|\.(?:clustercfg|ng)\./, 6379],
      [/\.cfg\./, 11211],
    ],
    usual: null,
  },
  { label: 'memorydb', usual: 6379 },
  { label: 'rds', told: databases, usual: null },
  { label: 'docdb', usual: 27017 },
  { label: 'docdb-elastic', usual: 27017 },
  { label: 'neptune', usual: 8182 },
  { label: 'redshift', usual: 5439 },
  { label: 'redshift-serverless', usual: 5439 },
  {
    label: 'dax-clusters',
    told: [
      [/daxs:/i, 9111],
      [/dax:/i, 8111],
    ],
    usual: null,
  },
  {
    label: 'mq',
    told: [
      [/amqp|rabbit|pika/i, 5671],
      [/activemq|openwire/i, 61617],
      [/mqtt/i, 8883],
      [/stomp/i, 61614],
    ],
    usual: null,
  },
  // Plain, TLS, passwords and IAM have a port each.
  { label: 'kafka', usual: null },
  { label: 'kafka-serverless', usual: 9098 },
  { label: 'timestream-influxdb', usual: 8086 },
  { label: 'email-smtp', usual: null },
  { label: 'transfer', told: [[/sftp|\bssh\b/i, 22]], usual: null },
]

/**
 * @param text the words around the name
 * @returns undefined for a name that HTTPS is spoken to, or that is not AWS's; null where several ports are in use and the text tells none
 */
export function findPort(host: string, text: string): number | null | undefined {
  if (/^amznfsx[a-z0-9]{1,20}\./.test(host)) return 445
  const identity = readHost(host)
  if (identity === undefined) return undefined
  // A name that a user deployed under another suffix of AWS's may begin with any word.
  const labels = /\.(?:amazonaws\.com(?:\.cn)?|on\.aws)$/.test(host) ? host.split('.') : []
  const row = rows.find(({ label }) => labels.lastIndexOf(label) > (label === 'email-smtp' ? -1 : 0))
  if (row === undefined) return undefined
  // `rds.REGION` is the API, and `management.fs-…` answers HTTPS.
  const isApi = identity.service != null && !/^(?:email-smtp|transfer\.server)$/.test(identity.service.id)
  if (isApi || labels[0] === 'management') return undefined
  const around = text.toLowerCase().split(host).join(' ')
  const told = row.told?.find(([form]) => form.test(around)) ?? row.named?.find(([form]) => form.test(host))
  return told?.[1] ?? row.usual
}

// Which services a container task could not reach, read from ECS's own words on why it stopped. A task that stopped for
// another reason (its program ended, its health check failed) leads to none.

import { readHost } from '../../catalog/index.ts'
import type { ContainerServiceFacts } from '../../model/control-plane.ts'

/** What stands in such a reason when the network, and no missing image or permission, is what failed. */
const isNetwork =
  /timeout|timed out|i\/o|dial tcp|no such host|connection (?:refused|reset)|request canceled|send request failed|unable to (?:pull secrets|retrieve)|there is a connection issue|network is unreachable|context deadline exceeded/i

const byWords: readonly (readonly [RegExp, readonly string[]])[] = [
  [/starport-layer-bucket/i, ['s3']],
  [/registry auth|ecr registry|GetAuthorizationToken/i, ['ecr.api']],
  [/from asm|secrets ?manager/i, ['secretsmanager']],
  [/from ssm|ssm parameter|GetParameters\b/i, ['ssm']],
  [/log ?stream|logging driver|logger args|cloudwatch logs?\b/i, ['logs']],
  [/\befs\b|amazon-efs|fs-[0-9a-f]{8,17}/i, ['elasticfilesystem']],
]

/** Where nothing names the hop that failed, an image needs all three of these, and secrets may stand in two places. */
const ofPull = ['ecr.api', 'ecr.dkr', 's3']
const ofSecrets = ['ecr.api', 'secretsmanager', 'ssm']

/** Catalogue ids, in the order in which a task needs them; empty where the words lead to no endpoint. */
export function endpointsBehind({ stopped = [], events }: ContainerServiceFacts): readonly string[] {
  const texts = [...stopped.flatMap(task => [task.code ?? '', task.reason]), ...events.map(event => event.says)]
  return [...new Set(texts.flatMap(servicesIn))]
}

function servicesIn(text: string): readonly string[] {
  if (!isNetwork.test(text)) return []
  const isPull = /CannotPullContainer(?:Image)?Error|pull(?:ing)? (?:image|container)/i.test(text)
  const isStart = /ResourceInitializationError|TaskFailedToStart/i.test(text)
  if (!isPull && !isStart) return []
  const hosts = [...text.matchAll(/\b(?:[a-z0-9-]{1,63}\.){2,8}(?:amazonaws\.com(?:\.cn)?|api\.aws)\b/gi)]
  const named = hosts.flatMap(([host]) => readHost(host.toLowerCase())?.service?.id ?? [])
  const worded = byWords.flatMap(([words, services]) => (words.test(text) ? services : []))
  const all = [...new Set([...named, ...worded])]
  if (/unable to pull secrets or registry auth/i.test(text) && named.length === 0) return ofSecrets
  // A registry of others, reached over the internet, has no endpoint.
  const isElsewhere = /docker\.io|ghcr\.io|quay\.io|gcr\.io|public\.ecr\.aws|mcr\.microsoft\.com/i.test(text)
  if (all.length > 0) return all
  return isPull && !isElsewhere ? ofPull : []
}

// Free text with what identifies somebody replaced: ARNs, account ids, resource ids, addresses, host names, and the names
// that the report holds elsewhere.

import { isLiteral } from '../../catalog/address.ts'
import type { AddressMask } from './addresses.ts'
import { isAwsName, type Pseudonyms } from './names.ts'

/** What looks like a host name in a sentence and is a file. */
const fileEndings =
  /\.(?:conf|json|py|js|mjs|cjs|ts|txt|html?|xml|ya?ml|toml|ini|log|sh|pem|crt|key|cfg|so|md|gz|zip|rpm|deb|whl|repo|d|service|sock|lock)$/i

const resourceId =
  /\b(eni|vpc|subnet|sg|sgr|i|rtb|acl|vpce|vpce-svc|pl|nat|igw|tgw|tgw-attach|pcx|dopt|vol|ami|fs|fsmt|eigw|lgw|cagw|assoc|aclassoc|rtbassoc|eipalloc|eipassoc)-([0-9a-f]{8,17})\b/g
/** The whole of it is an id that AWS gave: those have a mask that keeps their form. */
export function isResourceId(text: string): boolean {
  return text.replace(resourceId, '') === ''
}

const arn = /\barn:(aws[a-z-]*):([a-z0-9-]*):([a-z0-9-]*):([0-9a-z-]*):([^\s"'<>,;)\]}]+)/g
const accountId = /(?<![\d.])\d{12}(?![\d.])/g
const addressOrCidr =
  /(?<![\w.:/-])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})(?:\/\d{1,3})?(?![\w:]|\.\d)/gi
const hostName = /(?<![\w@/.-])(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}\b\.?/gi
/** Of a URL: the port behind it would make the other expression pass it over. */
const urlAddress = /(?<=:\/\/)\d{1,3}(?:\.\d{1,3}){3}(?![\w.])|(?<=:\/\/\[)[0-9a-f:.]{2,45}(?=\])/gi
const urlHost = /(?<=:\/\/)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}/gi
const macAddress = /\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/gi

/** Words of an ARN's resource part that AWS gives. */
const arnWords =
  /^(?:assumed-role|role|user|group|policy|instance-profile|service-role|aws-service-role|root|function|layer|table|index|stream|cluster|service|task|task-definition|log-group|log-stream|secret|parameter|key|alias|topic|queue|repository|repositories|package|domain|endpoint|notebook-instance|training-job|processing-job|transform-job|model|image|app|space|studio|accesspoint|bucket|object|db|vpc-endpoint|security-group|instance|foundation-model|inference-profile|stack|stackset|job|crawler|database|catalog|connection|workgroup|container-instance|\*|)$/

export interface TextMask {
  readonly names: Pseudonyms
  readonly addresses: AddressMask
  /** Names of resources, roles and hosts that stand elsewhere in the report, in lower case. */
  readonly known: ReadonlySet<string>
  readonly partition: string
}

export function maskText(text: string, mask: TextMask): string {
  const { names, addresses } = mask
  const host = (found: string) => {
    if (fileEndings.test(found) && !isAwsName(found)) return found
    return names.host(found)
  }
  return maskKnown(
    text
      .replace(arn, (...groups) => maskArn(groups.slice(0, 6) as string[], mask))
      .replace(/(?<=\/(?:home|Users)\/)[^/\s:]+/g, user => names.name(user))
      .replace(macAddress, '02:00:00:00:00:00')
      .replace(resourceId, (_, kind: string, hex: string) => names.id(kind, hex))
      .replace(urlAddress, found => maskAddress(found, addresses))
      .replace(addressOrCidr, found => maskAddress(found, addresses))
      .replace(urlHost, host)
      .replace(hostName, host)
      .replace(accountId, found => names.account(found)),
    mask,
  )
}

function maskAddress(found: string, addresses: AddressMask): string {
  const [base = ''] = found.split('/')
  if (!isLiteral(base)) return found
  return found.includes('/') ? addresses.cidr(found) : addresses.address(found)
}

function maskArn([, partition, service, region, account, resource]: readonly string[], mask: TextMask): string {
  const { names } = mask
  const owner = /^\d{12}$/.test(account ?? '') ? names.account(account ?? '') : account
  // What AWS owns (`arn:aws:iam::aws:policy/…`) is everybody's.
  const told = account === 'aws' ? resource : maskOwned(service ?? '', resource ?? '', mask)
  return `arn:${partition}:${service}:${region}:${owner}:${told}`
}

/** Whether a refusal shows the six characters at the end of a secret's ARN tells that the secret exists. */
function maskOwned(service: string, resource: string, mask: TextMask): string {
  const secret = service === 'secretsmanager' ? /^(secret:.+)-[A-Za-z0-9]{6}$/.exec(resource)?.[1] : undefined
  return secret === undefined ? maskResource(resource, mask) : `${maskResource(secret, mask)}-000000`
}

function maskResource(resource: string, { names, known }: TextMask): string {
  return resource
    .split(/([/:])/)
    .map(part => {
      if (part === '/' || part === ':' || arnWords.test(part) || /^AWSServiceRoleFor/.test(part)) return part
      if (/^\d{12}$/.test(part)) return names.account(part)
      const id = part.replace(resourceId, (_, kind: string, hex: string) => names.id(kind, hex))
      if (id !== part) return id
      if (part.includes('.') && known.has(part.toLowerCase())) return names.host(part)
      return names.name(part)
    })
    .join('')
}

/** Whole words only: a bucket called "test" must not change "latest". */
function maskKnown(text: string, { names, known }: TextMask): string {
  return text.replace(/[\p{L}\p{N}_+=@-]+(?:[./][\p{L}\p{N}_+=@-]+)*/gu, found => {
    if (known.has(found.toLowerCase()) && !found.includes('.')) return names.name(found)
    if (!/[./]/.test(found)) return found
    return found
      .split(/([./])/)
      .map(part => (known.has(part.toLowerCase()) ? names.name(part) : part))
      .join('')
  })
}

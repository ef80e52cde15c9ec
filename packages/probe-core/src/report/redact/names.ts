// Names, account ids and resource ids under others: the same always under the same. What is AWS's own or everybody's stays.

import { readHost } from '../../catalog/host-names.ts'
import { isRegionName } from '../../catalog/partitions.ts'

/** Names below these are everybody's. */
const publicNames =
  /(?:^|\.)(?:checkip\.amazonaws\.com|pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|yarnpkg\.com|anaconda\.(?:org|com)|conda\.io|docker\.(?:io|com)|quay\.io|ghcr\.io|github\.com|githubusercontent\.com|debian\.org|ubuntu\.com|centos\.org|fedoraproject\.org|huggingface\.co|example\.(?:com|org|net)|localhost|cluster\.local|compute\.internal|ec2\.internal)$/i

/** Buckets of AWS's own that workloads read: https://docs.aws.amazon.com/AmazonS3 names none of them secret. */
const awsBuckets =
  /^(?:al2023-repos-|amazonlinux|repo\.|packages\.|prod-[a-z0-9-]*starport|aws-ssm-|amazon-ssm-|aws-codedeploy-|patch-baseline-snapshot-|aws-windows-downloads|amazoncloudwatch-agent|aws-patchmanager|jumpstart-cache-prod)/

/** Labels that say what kind of name this is, not whose. */
const structural =
  /^(?:\*|s3|s3-accesspoint|dualstack|fips|bucket|accesspoint|control|vpce|dkr|ecr|private|public|internal|dkr-ecr|cluster|svc|local|elb|rds|proxy|ip|www|region-[a-z]|amazonaws|com|cn)$/

export class Pseudonyms {
  readonly #names = new Map<string, string>()
  readonly #accounts = new Map<string, string>()
  readonly #ids = new Map<string, string>()
  /** What was given is not masked once more where one text passes through several masks. */
  readonly #given = new Set<string>()

  name(text: string): string {
    return this.#keep(this.#names, text.toLowerCase(), number => `name-${number}`)
  }

  account(digits: string): string {
    return this.#keep(this.#accounts, digits, number => `1${String(number).padStart(11, '0')}`)
  }

  /** `vpc-0a1b…` keeps its kind and its length. */
  id(kind: string, hex: string): string {
    return this.#keep(this.#ids, `${kind}-${hex}`, number => `${kind}-${number.toString(16).padStart(hex.length, '0')}`)
  }

  #keep(known: Map<string, string>, key: string, make: (number: number) => string): string {
    if (this.#given.has(key)) return key
    const made = known.get(key) ?? make(known.size + 1)
    known.set(key, made)
    this.#given.add(made)
    return made
  }

  /** Label by label, so that a name below another stays below it. */
  host(text: string): string {
    const name = text.replace(/\.$/, '')
    const dot = text.slice(name.length)
    if (publicNames.test(name) && !/\.(?:cluster\.local|compute\.internal|ec2\.internal)$/i.test(name)) return text
    const labels = name.split('.')
    const kept = isAwsName(name)
      ? ownLabelsOf(labels)
      : /\.(?:cluster\.local|compute\.internal|ec2\.internal)$/i.test(name)
        ? 2
        : 1
    const told = labels.map((label, index) => (index >= labels.length - kept ? label : this.#label(label)))
    return `${told.join('.')}${dot}`
  }

  #label(label: string): string {
    if (structural.test(label) || isRegionName(label) || awsBuckets.test(label) || label === '') return label
    const endpoint = /^(vpce)-([0-9a-f]{8,17})-([0-9a-z]{8})((?:-[a-z]+(?:-[a-z]+)+-\d[a-z])?)$/.exec(label)
    if (endpoint !== null) {
      const [, kind = '', hex = '', tail = '', zone = ''] = endpoint
      return `${this.id(kind, hex)}-${this.name(tail).replaceAll('-', '').padEnd(8, '0').slice(-8)}${zone}`
    }
    if (/^\d{12}$/.test(label)) return this.account(label)
    return this.name(label)
  }
}

export function isAwsName(name: string): boolean {
  return readHost(name) !== undefined
}

/** How many labels at the end are AWS's: those of the longest name that is a service's own, else from the region on. */
function ownLabelsOf(labels: readonly string[]): number {
  for (let from = 0; from < labels.length - 2; from += 1) {
    const identity = readHost(labels.slice(from).join('.'))
    const ownsAll = identity?.service != null && identity.bucket === undefined && identity.accountId === undefined
    const first = labels[from] ?? ''
    if (ownsAll && !first.startsWith('vpce-') && isOwn(labels, from)) return labels.length - from
  }
  const region = labels.findLastIndex(isRegionName)
  return region < 0 ? 2 : labels.length - region
}

/** Below a service that gives each resource a name (`x.execute-api.REGION`), the first label is the resource's. */
function isOwn(labels: readonly string[], from: number): boolean {
  const probe = ['x0redacted', ...labels.slice(from + 1)].join('.')
  const asked = readHost(labels.slice(from).join('.'))?.service?.id
  return readHost(probe)?.service?.id !== asked
}

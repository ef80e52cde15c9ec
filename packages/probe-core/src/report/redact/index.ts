// A report without what identifies somebody: account ids, ARNs, private addresses, resource, bucket and host names stand under
// pseudonyms, the same always under the same, so that the diagnosis of it stays what it was. Nothing is kept that leads back.

import { isAwsIssuer } from '../../catalog/issuers.ts'
import type { ObservedReport } from '../../model/report.ts'
import { AddressMask, type RandomBit } from './addresses.ts'
import { Pseudonyms } from './names.ts'
import { collectNames, isCode, isNamePlace } from './places.ts'
import { maskText, type TextMask } from './text.ts'

export interface RedactOptions {
  /** For a repeatable result in tests. Default: the platform's random numbers, anew for each call. */
  readonly random?: RandomBit
}

/**
 * What was observed, under pseudonyms; findings are left out, since they quote: diagnose the result. Region, service, codes,
 * times and public addresses stay. Host names of AWS and of public package indexes stay as far as they are everybody's.
 */
export function redactReport(report: ObservedReport, options: RedactOptions = {}): ObservedReport {
  return redactReports([report], options)[0] as ObservedReport
}

/** Several reports under the same pseudonyms, so that they can still be compared. */
export function redactReports(reports: readonly ObservedReport[], options: RedactOptions = {}): readonly ObservedReport[] {
  const names = new Pseudonyms()
  const addresses = new AddressMask(unique(reports.flatMap(rangesOf)), options.random ?? coin)
  const known = new Set(reports.flatMap(report => [...collectNames(report)]))
  return reports.map(report => {
    const mask: TextMask = { names, addresses, known, partition: report.vantage.partition }
    const { findings: _, unexplained: __, ...observed } = report as ObservedReport & { findings?: unknown; unexplained?: unknown }
    return maskValue(observed, '', '', mask) as ObservedReport
  })
}

/** Networks within which the place of an address means something: the VPC's, else what stands for them. */
function rangesOf({ vantage }: ObservedReport): readonly string[] {
  const { vpcCidrs, subnetCidr } = vantage.network
  if (vpcCidrs !== null && vpcCidrs.length > 0) return vpcCidrs
  const own = vantage.interfaces.filter(i => i.name !== 'lo').map(i => `${i.address}/${i.prefixLength}`)
  return subnetCidr === null ? own : [subnetCidr, ...own]
}

function unique(ranges: readonly string[]): readonly string[] {
  return [...new Set(ranges)]
}

function maskValue(value: unknown, key: string, parent: string, mask: TextMask): unknown {
  // What a program is called tells whose it is.
  if (typeof value === 'string' && ((parent === 'process' && key !== 'pid') || key === 'shown')) return '…'
  // Somebody's own words may hold anything.
  if (parent === 'errors' && (key === 'said' || key === 'url')) return ''
  if (typeof value === 'string')
    return isCode(key, parent) ? value : maskPlaced(value, parent === 'endpointUrlsFrom' ? 'hostFrom' : key, mask)
  if (Array.isArray(value)) return value.map(item => maskValue(item, key, parent, mask))
  if (typeof value !== 'object' || value === null) return value
  // A policy's keys are its grammar; elsewhere keys are ours.
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, maskValue(item, name, key, mask)]))
}

function maskPlaced(text: string, key: string, mask: TextMask): string {
  // Our own reports hold no user in a URL; one written by hand may.
  if (key === 'url') return maskText(text.replace(/\/\/[^/@\s]*@/, '//'), mask)
  // A page names the company that shows it, in words nobody can list: that it is a page is what the diagnosis reads.
  if (key === 'bodyStart' && /<(?:!doctype|html)/i.test(text)) return '<html>'
  if (key === 'issuer' || key === 'issuers' || key === 'subject') return maskDistinguishedName(text, mask)
  if (key === 'role') return mask.names.name(text)
  // Folders of a project, scopes of a registry and profiles carry names; which file and which setting it is stays.
  if (['configuredBy', 'hostFrom', 'note', 'from'].includes(key)) return maskText(withoutFolders(text), mask)
  return isNamePlace(key) && /^[^\s/:]+$/.test(text) && !/[.:]/.test(text) && mask.known.has(text.toLowerCase())
    ? mask.names.name(text)
    : maskText(text, mask)
}

function withoutFolders(text: string): string {
  return text
    .replace(/(?<![\w.:/~-])\/(?!etc\/)(?:[^\s,;/]+\/)+([^\s,;/]+)/g, '/…/$1')
    .replace(/@[^\s:,]+(?=:registry)/g, '@scope')
    .replace(/\[(profile|services) [^\]]*\]/g, '[$1 …]')
}

/** An authority that AWS uses is everybody's; any other is the name of whoever inspects. The same always stands for the same. */
function maskDistinguishedName(text: string, mask: TextMask): string {
  if (isAwsIssuer(text, mask.partition)) return text
  return text.replace(/(^|[,/]\s*)([A-Za-z]+)=((?:[^,/\\]|\\.)+)/g, (_, before: string, kind: string, value: string) => {
    const host = /^(?:\*\.)?[\w-]+(?:\.[\w-]+)+$/.test(value) ? maskText(value, mask) : mask.names.name(value.trim())
    return `${before}${kind}=${kind === 'C' ? value : host}`
  })
}

function coin(): 0 | 1 {
  return ((globalThis.crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) & 1) as 0 | 1
}

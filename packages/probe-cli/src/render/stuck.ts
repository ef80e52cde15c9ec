// What hangs, for a person: by process, each connection with its name, how it hangs and for how long, then what cannot be seen.

import type { Stuck, StuckConnection, StuckName } from '@eniprobe/core'
import type { StuckMessages } from '../messages/stuck-en.ts'
import { cleanText } from './clean.ts'
import { wrap } from './layout.ts'
import type { Page } from './page.ts'
import { timeOf } from './quantities.ts'

/** Ends in a line feed. `head`: another first line than how many hang right now. */
export function renderStuck(stranger: Stuck, page: Page, words: StuckMessages, head?: string): string {
  const stuck = cleanText(stranger) as Stuck
  const { connections } = stuck
  const { paint, columns } = page
  if (connections.length === 0)
    return `${[head ?? words.nothing(timeOf(stuck.watchedMs, page.messages)), ...notesOf(stuck, page, words)].join('\n')}\n`
  const processes = new Set(connections.flatMap(({ process }) => process?.pid ?? []))
  const groups = new Map<string, StuckConnection[]>()
  for (const each of connections) {
    const key = holderOf(each, page, words)
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  const lines = [paint.red(head ?? words.hanging(connections.length, processes.size))]
  for (const [holder, group] of groups) {
    lines.push('', ...wrap(holder, columns).map(line => paint.bold(line)))
    for (const each of group) lines.push(...connectionLines(each, page, words))
  }
  const notes = notesOf(stuck, page, words)
  return `${[...lines, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n')}\n`
}

/** One line for one connection: --quiet, changes, and while a command runs. */
export function stuckLine(stranger: StuckConnection, page: Page, words: StuckMessages): string {
  const each = cleanText(stranger) as StuckConnection
  const { process } = each
  const where = [placeOf(each), nameOf(each.names[0], words)].filter(word => word !== '').join(' ')
  return words.during.hangs(process?.command ?? holderOf(each, page, words), process?.pid ?? 0, where, howOf(each, page, words))
}

function connectionLines(each: StuckConnection, page: Page, words: StuckMessages): string[] {
  const [first, ...others] = each.names
  const name = first === undefined ? words.unknown : nameOf(first, words)
  const more = [
    howOf(each, page, words),
    ...(each.sockets > 1 ? [words.sockets(each.sockets)] : []),
    ...(each.queuedBytes === undefined ? [] : [words.unconfirmed(each.queuedBytes)]),
    ...(each.namespaceOf === undefined ? [] : [words.namespace(each.namespaceOf)]),
    ...(each.isOngoing === undefined ? [] : [each.isOngoing ? words.ongoing : words.ended]),
  ]
  const under = (text: string) => wrap(text, page.columns - 4).map(line => `    ${line}`)
  return [
    ...wrap(`${placeOf(each)}  ${page.paint.yellow(name)}`, page.columns - 2).map(line => `  ${line}`),
    ...under(more.join('; ')),
    ...(page.verbose ? others.flatMap(other => under(nameOf(other, words))) : []),
  ]
}

function howOf(each: StuckConnection, { messages }: Page, words: StuckMessages): string {
  return words.kinds[each.kind](timeOf(each.atLeastMs, messages), each.retransmits)
}

function placeOf({ address, port }: StuckConnection): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`
}

function holderOf({ process, processUnknown, uid }: StuckConnection, { messages }: Page, words: StuckMessages): string {
  if (process === null) return processUnknown === 'other-user' ? words.otherUser(uid) : words.notFound(uid)
  const age = process.ageMs === undefined ? '' : timeOf(process.ageMs, messages)
  return `${process.command}  (${words.process(process.pid, age)})`
}

function nameOf(name: StuckName | undefined, words: StuckMessages): string {
  if (name === undefined) return ''
  const { host, service, from } = name
  switch (from) {
    case 'proxy':
      return words.proxy(host)
    case 'resolver':
      return words.dnsServer
    case 'hosts-file':
      return words.hostsFile(host)
    case 'reverse-dns':
      return words.ownerCallsIt(service ?? '', host)
    case 'neighbour':
      return words.neighbour(service ?? '', host)
    default:
      return service === null ? host : `${service} (${host})`
  }
}

function notesOf(stuck: Stuck, { columns, paint }: Page, words: StuckMessages): string[] {
  const { connections, naming, openConnections } = stuck
  const { notes } = words
  const others = connections.filter(({ processUnknown }) => processUnknown === 'other-user').length
  const unnamed = connections.some(({ names, kind }) => names.length === 0 && kind !== 'dns-question')
  const said = [
    ...(others > 0 ? [notes.otherUsers(others)] : []),
    ...(connections.some(({ namespaceOf }) => namespaceOf !== undefined) ? [notes.namespaces] : []),
    ...(unnamed ? [namingNote(naming, notes)] : []),
    ...(openConnections > 0 ? [notes.open(openConnections)] : []),
  ]
  return said.flatMap(text => wrap(text, columns)).map(line => paint.dim(line))
}

function namingNote({ asked, dns }: Stuck['naming'], notes: StuckMessages['notes']): string {
  if (dns === 'silent') return notes.dnsSilent
  return dns === 'not-asked' ? notes.noRegion : notes.noNames(asked)
}

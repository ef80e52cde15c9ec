// What `eniprobe stuck` says, in English.

import type { StuckKind } from '@eniprobe/core'

const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`

export const stuckEn = {
  hanging: (n: number, processes: number) =>
    `${count(n, 'connection')}${processes === 0 ? '' : ` of ${count(processes, 'process', 'processes')}`} ${n === 1 ? 'hangs' : 'hang'} right now.`,
  nothing: (watched: string) => `Nothing hangs: looked for ${watched}.`,
  process: (pid: number, age: string) => `process ${pid}${age === '' ? '' : `, running for ${age}`}`,
  otherUser: (uid: number) => `a process of another user (uid ${uid})`,
  notFound: (uid: number) => `a process that cannot be seen from here (uid ${uid})`,
  kinds: {
    connecting: (time: string, tries: number) =>
      `connecting, and nobody answers: for at least ${time}${tries === 0 ? '' : `, asked again ${count(tries, 'time')}`}`,
    retransmitting: (time: string, tries: number) =>
      `connected, and what it sent is not confirmed: for at least ${time}, sent again ${count(tries, 'time')}`,
    'window-closed': (time: string) => `connected, and the far side takes no more data: for at least ${time}`,
    'dns-question': (time: string) => `a DNS question without an answer, or a socket that is kept open: for at least ${time}`,
  } satisfies Record<StuckKind, (time: string, tries: number) => string>,
  sockets: (n: number) => count(n, 'socket'),
  unconfirmed: (bytes: number) => `${bytes} bytes unconfirmed`,
  namespace: (pid: number) => `in the network namespace of process ${pid}`,
  ended: 'went on, or ended',
  ongoing: 'still hanging at the end',
  unknown: 'unknown',
  proxy: (host: string) => `the proxy ${host}`,
  dnsServer: 'DNS server',
  hostsFile: (host: string) => `${host} (hosts file)`,
  ownerCallsIt: (service: string, host: string) =>
    service === '' ? `its owner calls it ${host}` : `probably ${service} (its owner calls it ${host})`,
  neighbour: (service: string, host: string) => `probably ${service} (addresses beside it are those of ${host})`,
  notes: {
    otherUsers: (n: number) =>
      `${count(n, 'line')} ${n === 1 ? 'belongs' : 'belong'} to processes of other users: run as root, or as that user, to see which.`,
    open: (n: number) =>
      `${count(n, 'further connection')} ${n === 1 ? 'stands' : 'stand'}, with all that was sent confirmed. Whether one of them waits for an answer, the kernel does not tell.`,
    namespaces: 'What hangs in another network namespace is not probed from here: run eniprobe inside it (nsenter --net -t PID).',
    noNames: (asked: number) =>
      `Unknown addresses: none of the ${asked} names of AWS services that were asked resolves to them here. A name of an endpoint of its own (vpce-...) or of a database does not show this way.`,
    noRegion: 'Addresses were not named: no region is known. Give --region, or set AWS_REGION.',
    dnsSilent: 'Addresses were not named: DNS does not answer.',
  },
  diagnosis: 'What a look at them shows:',
  looking: (targets: string) => `looking at ${targets}`,
  isNew: 'now hangs',
  isOver: 'hangs no more',
  during: {
    hangs: (command: string, pid: number, where: string, how: string) => `${command} (${pid}) hangs on ${where}: ${how}`,
    cause: (cause: string, confidence: string, targets: string) => `${targets}: ${cause} (${confidence})`,
    failed: (what: string) => `what hangs could not be looked at: ${what}`,
    nothing: (command: string, time: string) => `${command} hung on nothing for ${time} or longer`,
    summary: (n: number, command: string) => `While it ran, ${command} hung on ${count(n, 'connection')}.`,
    notFound: (command: string) => `cannot run ${command}: there is no such command`,
    notStarted: (command: string, code: string) => `cannot run ${command}: ${code}`,
  },
}

export type StuckMessages = typeof stuckEn

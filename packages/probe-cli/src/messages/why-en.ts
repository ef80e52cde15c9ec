// What `why` says, in English: the classes of errors, the answers to them, and its own hints.

import type { WhyErrorClass } from '@eniprobe/core'

const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`

export const whyMessages = {
  title: (errors: number, lines: number) => `In the text: ${count(errors, 'error')} in ${count(lines, 'line')}`,
  classes: {
    'dns-not-found': 'the name was not found',
    'dns-timeout': 'the name could not be looked up (no usable answer from DNS)',
    'connect-timeout': 'connecting timed out',
    'connect-failed': 'no connection (the text does not say why)',
    refused: 'connection refused',
    unreachable: 'network or host unreachable',
    reset: 'connection cut',
    'read-timeout': 'connected, then no answer in time',
    timeout: 'time was up (the text does not say on what)',
    'tls-untrusted': 'certificate not trusted',
    'tls-expired': 'certificate expired or not yet valid',
    'tls-name': 'certificate for another name',
    'tls-failed': 'TLS handshake failed',
    proxy: 'the proxy could not be used',
    'http-status': 'HTTP error',
    'server-refused': 'the server answered, and refused',
    denied: 'access denied',
    'no-credentials': 'no credentials',
    'expired-credentials': 'credentials expired',
    'invalid-credentials': 'credentials not accepted',
    'clock-skew': 'clock too far off',
    'region-mismatch': 'signed for another region',
    'region-unset': 'no region set',
    'region-not-enabled': 'region or service not enabled for the account',
    throttled: 'too many requests',
    'not-found': 'not found',
    kms: 'the KMS key cannot be used',
    'image-pull': 'image could not be pulled',
    'resource-init': 'task resources could not be set up',
    'service-error': 'error answered by AWS',
  } satisfies Record<WhyErrorClass, string>,
  status: (status: number) => `status ${status}`,
  someProgram: 'a program',
  line: (line: number) => `line ${line}`,
  times: (n: number, line: number) => `${count(n, 'time')}, last in line ${line}`,
  tried: (address: string) => `at ${address}`,
  policy: (policy: string, explicit: boolean | undefined) =>
    explicit === true ? `explicit deny in ${policy}` : explicit === false ? `no allow in ${policy}` : policy,
  policies: {
    identity: 'an identity-based policy',
    resource: 'a resource-based policy',
    scp: 'a service control policy',
    rcp: 'a resource control policy',
    endpoint: 'a VPC endpoint policy',
    boundary: 'a permissions boundary',
    session: 'a session policy',
    'role-trust': 'a role trust policy',
  } as Readonly<Record<string, string>>,
  answer: 'answer',
  answers: {
    decided: (cause: string) => `The text itself decides it: ${cause}.`,
    explained: (targets: string, causes: string) => `${targets}: failing here and now, as the error says. Why: ${causes}.`,
    'fails-otherwise': (targets: string, causes: string) =>
      `${targets}: failing here and now too, but at another layer than the error speaks of, or with another answer: ${causes}. The error may come from another place or time.`,
    unexplained: (targets: string) =>
      `${targets}: failing here and now too, and no cause that eniprobe knows fits what was seen.`,
    'healthy-now': (targets: string) =>
      `${targets}: healthy from here now. The error came from another place (another subnet, security group, role or proxy setting) or another time, or it comes and goes.`,
    'path-healthy': (targets: string) =>
      `${targets}: the way there is healthy from here now. The error is about the call itself, which was not repeated.`,
    'not-judged': (targets: string) => `Too little was seen of ${targets} to say.`,
    'nothing-to-probe': 'It names no host, service or resource, so there is nothing to look at.',
    noPort: (host: string) =>
      `The text names no port, and the service behind ${host} is used on several. Give it the one that is meant: eniprobe tcp://${host}:PORT`,
    zone: (name: string) =>
      `${name} names an Availability Zone where a region belongs: no such name exists. Set the region without the letter at its end (ap-northeast-1, not ap-northeast-1a).`,
    loopback: 'It is about an address of the machine it ran on, which no network stands in front of.',
  },
  cause: (title: string, code: string, sure: string) => `${title} (${code}${sure === '' ? '' : `, ${sure}`})`,
  path: {
    healthy: (targets: string) => `The way there is healthy from here (${targets}).`,
    denied: (targets: string) => `The network on the way there is fine from here (${targets}).`,
    failing: (targets: string, causes: string) =>
      `Apart from that, the way there fails from here now (${targets})${causes === '' ? '' : `: ${causes}`}.`,
    unknown: (targets: string) => `The way to ${targets} could not be judged.`,
  },
  more: (n: number) => `and ${n} more (--verbose shows all)`,
  moreErrors: (n: number) => `${count(n, 'occurrence')} of further errors not listed`,
  moreTargets: (n: number) => `${count(n, 'further name')} in the text not looked at: a name given to eniprobe itself is`,
  hints: {
    lambda:
      'Lambda says only that time was up. The error just before it in the log, or eniprobe run inside the function, says more.',
    nameIt: 'Paste the lines around it too, or name what it was talking to: eniprobe logs, eniprobe tcp://HOST:PORT',
  },
  paste: 'eniprobe: paste the error, then Ctrl-D on a line of its own',
  readSoFar: 'eniprobe: only the first 4 GB were read',
  errors: {
    noSuchFile: (file: string) => `cannot read ${file}: there is no such file`,
    unreadable: (file: string, code: string) => `cannot read ${file}: ${code}`,
    giveText: 'give a text file, or paste into eniprobe why',
    nothingRead: (from: string, lines: number) => `no error that eniprobe knows stands in ${from} (${count(lines, 'line')})`,
    standardInput: 'standard input',
    pasteMore: 'give the lines that hold the error itself, or name what to look at: eniprobe logs',
  },
}

export type WhyMessages = typeof whyMessages

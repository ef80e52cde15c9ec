// Programs that other people wrote, in the place of the lab's own resolver and proxy, where they are installed: commands
// for the far namespace. They make no privilege of their own there: inside, they run as the namespace's root.
import { spawnSync } from 'node:child_process'
import type { VpcPlan } from '../plan/vpc-plan.ts'

export type RealPart = 'dnsmasq' | 'unbound' | 'tinyproxy'

export function isInstalled(part: RealPart): boolean {
  return spawnSync(part, [part === 'unbound' ? '-V' : '-v'], { stdio: 'ignore' }).error === undefined
}

/** Shell commands, each of which stays in the foreground. */
export function realParts(plan: VpcPlan): readonly string[] {
  const commands = []
  if (plan.dns.customSoftware === 'dnsmasq') commands.push(dnsmasq(plan))
  if (plan.dns.customSoftware === 'unbound') commands.push(unbound(plan))
  if (plan.proxy.software === 'tinyproxy') commands.push(tinyproxy(plan))
  return commands
}

export function missingParts(plan: VpcPlan): readonly RealPart[] {
  const wanted = [plan.dns.customSoftware, plan.proxy.software].filter(part => part !== 'lab')
  return wanted.filter(part => !isInstalled(part))
}

function dnsmasq(plan: VpcPlan): string {
  // `--no-daemon` also leaves users and groups alone, which a namespace with one user needs.
  const flags = ['--no-daemon', '--conf-file=/dev/null', '--pid-file', '--no-resolv', '--no-hosts']
  return [
    'dnsmasq',
    ...flags,
    '--bind-interfaces',
    `--listen-address=${plan.dns.customAddress}`,
    `--server=${vpcResolver(plan)}`,
  ].join(' ')
}

function unbound(plan: VpcPlan): string {
  const lines = [
    'server:',
    `  interface: ${plan.dns.customAddress}`,
    '  access-control: 0.0.0.0/0 allow',
    '  username: \\"\\"',
    '  chroot: \\"\\"',
    '  pidfile: \\"\\"',
    '  use-syslog: no',
    '  verbosity: 0',
    // The lab signs nothing, and its resolver is on this very host.
    '  module-config: iterator',
    '  do-not-query-localhost: no',
    '  do-ip6: no',
    '  num-threads: 1',
    'forward-zone:',
    '  name: .',
    `  forward-addr: ${vpcResolver(plan)}`,
  ]
  return withConfiguration('unbound', lines, 'unbound -d -c')
}

function vpcResolver(plan: VpcPlan): string {
  return plan.vpcCidrs[0]?.replace(/\.0\/\d+$/, '.2') ?? '169.254.169.253'
}

/** `start` takes the file as its last argument. */
function withConfiguration(name: string, lines: readonly string[], start: string): string {
  const file = `/run/lab/${name}.conf`
  return `sh -c "printf '${lines.join('\\n')}\\n' > ${file}; exec ${start} ${file} > /dev/null"`
}

/** Port 443 alone may be tunnelled, and where it refuses, nothing may. */
function tinyproxy(plan: VpcPlan): string {
  const lines = [
    `Port ${plan.proxy.port}`,
    `Listen ${plan.proxy.address}`,
    'Timeout 30',
    `ConnectPort ${plan.proxy.does === 'refuses' ? 1 : 443}`,
  ]
  return withConfiguration('tinyproxy', lines, 'tinyproxy -d -c')
}

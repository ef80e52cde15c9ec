// Programs that other people wrote, in the place of the lab's own resolver and proxy, where they are installed: commands
// for the far namespace. They make no privilege of their own there: inside, they run as the namespace's root.
import { spawnSync } from 'node:child_process'
import type { VpcPlan } from '../plan/vpc-plan.ts'

export type RealPart = 'dnsmasq' | 'tinyproxy'

export function isInstalled(part: RealPart): boolean {
  return spawnSync(part, ['-v'], { stdio: 'ignore' }).error === undefined
}

/** Shell commands, each of which stays in the foreground. */
export function realParts(plan: VpcPlan): readonly string[] {
  const commands = []
  if (plan.dns.customSoftware === 'dnsmasq') commands.push(dnsmasq(plan))
  if (plan.proxy.software === 'tinyproxy') commands.push(tinyproxy(plan))
  return commands
}

export function missingParts(plan: VpcPlan): readonly RealPart[] {
  const wanted: readonly (readonly [RealPart, boolean])[] = [
    ['dnsmasq', plan.dns.customSoftware === 'dnsmasq'],
    ['tinyproxy', plan.proxy.software === 'tinyproxy'],
  ]
  return wanted.filter(([part, isWanted]) => isWanted && !isInstalled(part)).map(([part]) => part)
}

function dnsmasq(plan: VpcPlan): string {
  const forwardTo = plan.vpcCidrs[0]?.replace(/\.0\/\d+$/, '.2') ?? '169.254.169.253'
  // `--no-daemon` also leaves users and groups alone, which a namespace with one user needs.
  const flags = ['--no-daemon', '--conf-file=/dev/null', '--pid-file', '--no-resolv', '--no-hosts']
  return ['dnsmasq', ...flags, '--bind-interfaces', `--listen-address=${plan.dns.customAddress}`, `--server=${forwardTo}`].join(
    ' ',
  )
}

/** Port 443 alone may be tunnelled, and where it refuses, nothing may. */
function tinyproxy(plan: VpcPlan): string {
  const lines = [
    `Port ${plan.proxy.port}`,
    `Listen ${plan.proxy.address}`,
    'Timeout 30',
    `ConnectPort ${plan.proxy.does === 'refuses' ? 1 : 443}`,
  ]
  return `sh -c "printf '${lines.join('\\n')}\\n' > /run/lab/tinyproxy.conf; exec tinyproxy -d -c /run/lab/tinyproxy.conf > /dev/null"`
}

// The shell script that builds the three namespaces from a plan: workload, fabric (the router that filters) and far
// (every address that answers). Text only: it runs as the first process of the namespaces, never outside them.
import { filtersOf } from '../plan/filters.ts'
import { publicRanges } from '../plan/public-addresses.ts'
import type { VpcPlan } from '../plan/vpc-plan.ts'
import type { Backend } from './capability.ts'
import { renderIpRules } from './ip-rules.ts'
import { renderNftables } from './nftables.ts'
import { realParts } from './real-parts.ts'
import { layWire } from './slow-wire.ts'

export interface WiringOptions {
  readonly plan: VpcPlan
  readonly backend: Backend
  /** Command line of the far side's server, already quoted for a shell. */
  readonly farCommand: string
  readonly resolvConf: string
  readonly hosts: string
}

/** Addresses of the far side as ranges that one host answers for. */
function farRanges(plan: VpcPlan): readonly string[] {
  return [
    '169.254.169.253/32',
    '169.254.169.254/32',
    '169.254.170.2/32',
    '169.254.170.23/32',
    ...plan.vpcCidrs.map(cidr => cidr.replace(/\.0\/\d+$/, '.2/32')),
    `${plan.dns.customAddress}/32`,
    `${plan.proxy.address}/32`,
    ...plan.endpoints.flatMap(endpoint => endpoint.addresses.map(address => `${address}/32`)),
    ...plan.dns.zones.flatMap(zone => Object.values(zone.records).flatMap(all => all.map(address => `${address}/32`))),
    ...plan.hosts.flatMap(host => host.addresses.map(address => `${address}/32`)),
    ...Object.values(publicRanges),
  ]
}

/** The script. It prints `wired` when everything stands, then waits: when its input closes, all of it is gone. */
export function renderWiring({ plan, backend, farCommand, resolvConf, hosts }: WiringOptions): string {
  const { address, prefixLength, gateway, ipv6 } = plan.workload
  const filters = filtersOf(plan)
  const far = [
    'link set lo up',
    'link set eth0 up',
    'addr add 198.18.0.2/30 dev eth0',
    'route add default via 198.18.0.1',
    ...[...new Set(farRanges(plan))].map(range => `route add local ${range} dev lo`),
  ]
  const fabric = [
    'link set lo up',
    'link set near up',
    `addr add ${gateway}/32 dev near`,
    `route add ${address}/32 dev near`,
    ...(ipv6 ? ['addr add 2406:da14:20:1::1/64 dev near nodad', 'route add blackhole ::/0'] : []),
  ]
  const workload = [
    'link set lo up',
    'link set eth0 up',
    `addr add ${address}/${prefixLength} dev eth0`,
    `route add default via ${gateway}`,
    ...(ipv6 ? ['addr add 2406:da14:20:1::10/64 dev eth0 nodad', 'route add ::/0 via 2406:da14:20:1::1'] : []),
  ]
  // The fabric answers ARP for every address, as that of a VPC does, at once instead of after the kernel's random pause.
  const settings = [
    'echo 1 > /proc/sys/net/ipv4/ip_forward',
    'echo 0 > /proc/sys/net/ipv4/icmp_ratelimit',
    'for where in all default near beyond; do echo 0 > /proc/sys/net/ipv4/conf/$where/rp_filter; done',
    'echo 0 > /proc/sys/net/ipv4/conf/all/send_redirects; echo 0 > /proc/sys/net/ipv4/conf/near/send_redirects',
    'echo 1 > /proc/sys/net/ipv4/conf/near/proxy_arp',
    'echo 0 > /proc/sys/net/ipv4/neigh/near/proxy_delay',
    ...(ipv6 ? ['echo 1 > /proc/sys/net/ipv6/conf/all/forwarding'] : []),
  ]
  const rules =
    backend === 'nftables'
      ? hereDocument('nft -f -', renderNftables(filters, 'near'))
      : hereDocument('ip -batch -', renderIpRules(filters, 'near', 'beyond'))
  return [
    'set -e',
    // A private /run: `ip netns` keeps its names there. resolv.conf may be a link into the old one.
    'resolv=$(readlink -f /etc/resolv.conf || echo /etc/resolv.conf)',
    'mount -t tmpfs tmpfs /run && mkdir -p /run/netns /run/lab/home "$(dirname "$resolv")" && [ -e "$resolv" ] || : > "$resolv"',
    hereDocument('cat > /run/lab/resolv.conf', resolvConf),
    hereDocument('cat > /run/lab/hosts', hosts),
    'mount --bind /run/lab/resolv.conf "$resolv"',
    'mount --bind /run/lab/hosts /etc/hosts',
    ...workloadFiles(plan),
    'ip netns add far && ip netns add workload',
    hereDocument(
      'ip -batch -',
      [
        ...layWire(plan.slow).links,
        'link add near type veth peer name eth0 netns workload',
        'addr add 198.18.0.1/30 dev beyond',
        'link set beyond up',
        'route add default via 198.18.0.2',
        '',
      ].join('\n'),
    ),
    hereDocument('ip -n far -batch -', `${far.join('\n')}\n`),
    ...layWire(plan.slow).commands,
    `nsenter --net=/run/netns/far ${farCommand} < /dev/null &`,
    ...realParts(plan).map(command => `nsenter --net=/run/netns/far ${command} < /dev/null &`),
    ...settings,
    hereDocument('ip -batch -', `${fabric.join('\n')}\n`),
    hereDocument('ip -n workload -batch -', `${workload.join('\n')}\n`),
    rules,
    'echo wired',
    'read -r _ || :',
  ].join('\n')
}

function hereDocument(command: string, text: string): string {
  return `${command} <<'LAB_END'\n${text}${text.endsWith('\n') || text === '' ? '' : '\n'}LAB_END`
}

/** Files of the workload's own. Those below /opt lie in a copy of it that only these namespaces see. */
function workloadFiles(plan: VpcPlan): readonly string[] {
  const files = Object.entries(plan.workload.files)
  const place = (path: string): string => (path.startsWith('/opt/') ? `/run/lab${path}` : path)
  const copyOfOpt =
    'mkdir -p /run/lab/opt; for each in /opt/*/; do [ -d "$each" ] || continue; mkdir "/run/lab$each"; mount --rbind "$each" "/run/lab$each"; done'
  const inOpt = files.some(([path]) => path.startsWith('/opt/'))
  return [
    ...(inOpt ? [copyOfOpt] : []),
    ...files.flatMap(([path, text]) => [`mkdir -p "$(dirname '${place(path)}')"`, hereDocument(`cat > '${place(path)}'`, text)]),
    ...(inOpt ? ['mount --rbind /run/lab/opt /opt'] : []),
  ]
}

// Remedies for names: resolvers, private zones, VPC attributes, hosts files.

import type { CauseCode } from '../../model/cause.ts'
import type { Said } from '../../model/language.ts'
import { remember } from '../remember.ts'
import type { Remedy } from '../rule.ts'
import type { NetworkView } from '../view.ts'
import { hostOf, hosts, resolverOf } from './ids.ts'
import { nameUnknown } from './name-unknown.ts'
import { plain } from './plain.ts'
import { sh } from './shell.ts'
import { dnsAttributes } from './vpc-attributes.ts'

const route53 = 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide'
const vpcGuide = 'https://docs.aws.amazon.com/vpc/latest/userguide'

/**
 * The servers that did not answer: where one of the list did, those before it, which are asked first and waited for. Of those after it
 * nothing is known.
 */
function silentServers(network: NetworkView): readonly string[] {
  const { resolvers } = network.vantage
  const first = resolvers.findIndex(resolver => resolversThatAnswered(network).has(resolver))
  return first > 0 ? resolvers.slice(0, first) : resolvers
}

const resolversThatAnswered = remember((network: NetworkView): ReadonlySet<string> => {
  const answered = network.check('system-resolver').flatMap(c => (c.outcome === 'answered' ? [c.address] : []))
  for (const { target } of network.targets)
    for (const o of target.observations) if (o.layer === 'dns' && o.outcome === 'answered') answered.push(o.seen.resolver)
  return new Set(answered)
})

/** What the others of the list do meanwhile, where one answers. */
function otherServer(network: NetworkView): readonly Said[] {
  const { resolvers } = network.vantage
  const silent = silentServers(network)
  const next = resolvers[silent.length]
  if (next === undefined) return []
  return [
    {
      en: `${next} does answer: every name waits for ${silent.join(', ')} first. Until that is mended, take it off the list, or put ${next} before it.`,
      ja: `${next} は応答しています。どの名前も、先に ${silent.join(', ')} を待ってから解決されます。直るまでは、リストから外すか、${next} を先に並べます。`,
    },
  ]
}

export const dnsRemedies = {
  'dns-server-unreachable': plain((ids, targets, network) => ({
    fix: {
      en: `Make the DNS server (${silentServers(network).join(', ') || 'none configured'}) reachable, or use the VPC’s own resolver.`,
      ja: `DNS サーバー（${silentServers(network).join(', ') || '設定なし'}）に届くようにするか、VPC の DNS サーバーを使ってください。`,
    },
    steps: [
      ...otherServer(network),
      {
        en: 'A DNS server of your own is reached like any host: udp/53 and tcp/53 out in this workload’s security group, in on the server’s, both NACLs, a route.',
        ja: '独自の DNS サーバーには、普通のホストと同じように届く必要があります。このワークロードのセキュリティグループのアウトバウンド、サーバー側のインバウンド、両方のネットワーク ACL で UDP 53 と TCP 53 を許可し、ルートも用意します。',
      },
      {
        en: 'Or set the VPC’s DHCP options to AmazonProvidedDNS and let that forward what it must (Route 53 Resolver outbound endpoint).',
        ja: 'または、VPC の DHCP オプションを AmazonProvidedDNS にし、必要な問い合わせだけを転送させます（Route 53 Resolver のアウトバウンドエンドポイント）。',
      },
    ],
    docs: `${vpcGuide}/VPC_DHCP_Options.html`,
    next: {
      en: 'Does the server answer here, and does the VPC’s own?',
      ja: 'ここからそのサーバーが応答するか、VPC の DNS サーバーが応答するかを比べます。',
    },
    ask: sh`dig +time=2 +tries=1 @${resolverOf(network)} ${hostOf(targets)}; dig +time=2 +tries=1 @169.254.169.253 ${hostOf(targets)}; aws ec2 describe-vpcs --region ${ids.region} --vpc-ids ${ids.vpc} --query 'Vpcs[].DhcpOptionsId'`,
  })),
  'dns-server-fails': plain((_ids, targets, network) => ({
    fix: {
      en: `Mend the DNS server ${network.vantage.resolvers.join(', ')}: it answers that it cannot resolve ${hosts(targets)}.`,
      ja: `DNS サーバー ${network.vantage.resolvers.join(', ')} を直してください。${hosts(targets)} を解決できないと答えています。`,
    },
    steps: [
      {
        en: 'SERVFAIL: its forwarder is down, DNSSEC fails, or a Route 53 Resolver DNS Firewall fails closed. REFUSED: it does not serve this network or this zone.',
        ja: 'SERVFAIL なら、転送先の停止、DNSSEC の失敗、または評価に失敗して閉じた Route 53 Resolver DNS Firewall です。REFUSED なら、このネットワークかこのゾーンには応答しない設定です。',
      },
      {
        en: 'It must forward AWS names to the VPC’s resolver (VPC base address + 2).',
        ja: 'AWS の名前は、VPC の DNS サーバー（VPC のベースアドレス + 2）に転送する必要があります。',
      },
    ],
    docs: `${route53}/resolver.html`,
    next: { en: 'The answers side by side:', ja: '二つの応答を並べて比べます。' },
    ask: sh`dig @${resolverOf(network)} ${hostOf(targets)}; dig @169.254.169.253 ${hostOf(targets)}`,
  })),
  'custom-dns-bypasses-vpc': plain((ids, targets, network) => ({
    fix: {
      en: 'Let the DNS server forward AWS names to the VPC’s resolver, or use the VPC’s resolver directly.',
      ja: 'DNS サーバーが AWS の名前を VPC の DNS サーバーに転送するように設定するか、VPC の DNS サーバーを直接使ってください。',
    },
    steps: [
      {
        en: 'On the DNS server: forward amazonaws.com, api.aws and the names of private endpoints to the VPC’s resolver (base address + 2), or to a Route 53 Resolver inbound endpoint from outside the VPC.',
        ja: 'DNS サーバーで、amazonaws.com、api.aws、プライベートなエンドポイントの名前を VPC の DNS サーバー（ベースアドレス + 2）に転送します。VPC の外からなら、Route 53 Resolver のインバウンドエンドポイントに転送します。',
      },
      {
        en: 'Or change the VPC’s DHCP options to AmazonProvidedDNS. Running instances take new options at their next DHCP renewal.',
        ja: 'または、VPC の DHCP オプションを AmazonProvidedDNS に変更します。実行中のインスタンスには、次に DHCP を更新したときに反映されます。',
      },
    ],
    cli: sh`aws ec2 describe-dhcp-options --region ${ids.region} --dhcp-options-ids $(aws ec2 describe-vpcs --region ${ids.region} --vpc-ids ${ids.vpc} --query 'Vpcs[0].DhcpOptionsId' --output text)`,
    docs: `${route53}/resolver-forwarding-inbound-queries.html`,
    next: { en: 'The two answers side by side:', ja: '二つの応答を並べて比べます。' },
    ask: sh`dig +short @${resolverOf(network)} ${hostOf(targets)}; dig +short @169.254.169.253 ${hostOf(targets)}`,
  })),
  'private-zone-shadows': plain((ids, targets) => ({
    fix: {
      en: `Add ${hosts(targets)} (or a wildcard) to the private hosted zone that answers for it, or remove that zone from the VPC.`,
      ja: `この名前に応答しているプライベートホストゾーンに ${hosts(targets)}（またはワイルドカード）を追加するか、そのゾーンを VPC から外してください。`,
    },
    steps: [
      {
        en: 'The most specific private zone of the VPC answers alone: names that it lacks do not fall through to public DNS.',
        ja: 'VPC のプライベートホストゾーンのうち、最も具体的なものだけが応答します。そこにない名前は、パブリックの DNS では調べられません。',
      },
      {
        en: 'A zone for s3.<region>.amazonaws.com needs a wildcard record for buckets, one for dkr.ecr… a wildcard for registries.',
        ja: 's3.<region>.amazonaws.com のゾーンにはバケット用のワイルドカードレコードが、dkr.ecr… のゾーンにはレジストリ用のワイルドカードレコードが必要です。',
      },
      {
        en: 'A Route 53 Resolver DNS Firewall that blocks with NXDOMAIN or NODATA, and a resolver rule that forwards the domain elsewhere, look the same from inside.',
        ja: 'NXDOMAIN や NODATA で遮断する Route 53 Resolver DNS Firewall と、ドメインを別の場所に転送するリゾルバールールも、内側からは同じに見えます。',
      },
    ],
    docs: `${route53}/hosted-zone-private-considerations.html`,
    next: {
      en: 'A private zone, a resolver rule and a DNS Firewall look the same from inside. These list them:',
      ja: 'プライベートホストゾーン、リゾルバールール、DNS Firewall は、内側からは区別できません。次のコマンドで一覧できます。',
    },
    ask: sh`aws route53 list-hosted-zones-by-vpc --vpc-id ${ids.vpc} --vpc-region ${ids.region}; aws route53resolver list-resolver-rule-associations --region ${ids.region} --filters Name=VPCId,Values=${ids.vpc}; aws route53resolver list-firewall-rule-group-associations --region ${ids.region} --vpc-id ${ids.vpc}`,
  })),
  'dns-name-unknown': nameUnknown,
  'vpc-dns-attributes-off': plain((ids, _targets, network) => ({
    fix: {
      en: `Turn on enableDnsSupport and enableDnsHostnames of ${ids.vpc}.`,
      ja: `${ids.vpc} の enableDnsSupport と enableDnsHostnames を有効にしてください。`,
    },
    steps: [
      {
        en: 'Private DNS of endpoints, and private hosted zones, work only with both on. VPCs made by API or template have enableDnsHostnames off.',
        ja: 'エンドポイントのプライベート DNS とプライベートホストゾーンは、両方が有効でないと働きません。API やテンプレートで作った VPC では、enableDnsHostnames は既定で無効です。',
      },
    ],
    snippets: dnsAttributes(ids, network),
    docs: `${vpcGuide}/vpc-dns.html`,
    next: { en: 'The two attributes tell:', ja: '二つの属性を見れば分かります。' },
    ask: sh`aws ec2 describe-vpc-attribute --region ${ids.region} --vpc-id ${ids.vpc} --attribute enableDnsSupport; aws ec2 describe-vpc-attribute --region ${ids.region} --vpc-id ${ids.vpc} --attribute enableDnsHostnames`,
  })),
  'dns-unreliable': plain((_ids, _targets, network) => ({
    fix: {
      en: `Ask less, or answer more: the DNS server ${network.vantage.resolvers.join(', ')} loses questions.`,
      ja: `DNS サーバー ${network.vantage.resolvers.join(', ')} が問い合わせを取りこぼしています。問い合わせを減らすか、処理能力を上げてください。`,
    },
    steps: [
      {
        en: 'An ENI may send 1,024 packets a second to the VPC’s resolver; more are dropped. Cache locally (nscd, dnsmasq, NodeLocal DNSCache).',
        ja: 'ENI が VPC の DNS サーバーに送れるのは毎秒 1,024 パケットまでで、超えた分は破棄されます。手元でキャッシュします（nscd、dnsmasq、NodeLocal DNSCache）。',
      },
      {
        en: 'In Kubernetes, ndots:5 multiplies every question: end names with a dot, or lower ndots.',
        ja: 'Kubernetes では ndots:5 によって問い合わせが何倍にもなります。名前の末尾に点を付けるか、ndots を下げます。',
      },
    ],
    docs: `${vpcGuide}/AmazonDNS-concepts.html`,
    next: {
      en: 'Count of packets dropped for the limit on this ENI:',
      ja: 'この ENI で、上限を超えて破棄されたパケットの数を確認します。',
    },
    ask: 'ethtool -S eth0 | grep linklocal_allowance_exceeded',
  })),
  'hosts-file-overrides': plain((_ids, targets) => ({
    fix: {
      en: `Remove or correct the entry of ${hosts(targets)} in /etc/hosts.`,
      ja: `/etc/hosts の ${hosts(targets)} の行を削除するか、直してください。`,
    },
    steps: [
      {
        en: 'The entry wins over DNS for every program on this machine. Containers get theirs from the orchestrator (extraHosts, hostAliases).',
        ja: 'この行は、このマシンのすべてのプログラムで DNS より優先されます。コンテナの hosts はオーケストレーターが作ります（extraHosts、hostAliases）。',
      },
    ],
    cli: sh`grep -nF ${hostOf(targets)} /etc/hosts`,
    docs: 'https://man7.org/linux/man-pages/man5/hosts.5.html',
    next: { en: 'What applications get, and what DNS says:', ja: 'アプリケーションが得るアドレスと、DNS の応答を比べます。' },
    ask: sh`getent ahosts ${hostOf(targets)}; dig +short ${hostOf(targets)}`,
  })),
} satisfies Partial<Record<CauseCode, Remedy>>

// What differences say, in every language. {good} and {bad} are letters of reports.

import type { Language, Said } from '../model/language.ts'

const sentences = {
  'dns.otherVpc': {
    en: '{host} is private in {good} and public in {bad}, which is another VPC: the endpoint, or its private DNS, is in the VPC of {good} only',
    ja: '{host} は {good} ではプライベート IP アドレスに、別の VPC にある {bad} ではパブリック IP アドレスに解決されます。エンドポイント、またはそのプライベート DNS は、{good} の VPC にしかありません',
  },
  'dns.otherResolver': {
    en: '{good} and {bad} are in one VPC and ask different DNS servers: that of {bad} does not forward {host} to the VPC resolver',
    ja: '{good} と {bad} は同じ VPC にあり、別の DNS サーバーに問い合わせています。{bad} の DNS サーバーは {host} を VPC リゾルバーに転送していません',
  },
  'dns.changed': {
    en: '{host} is private in {good} and public in {bad}, from the same VPC and DNS servers: the endpoint or its private DNS changed between the runs, or a hosts file differs',
    ja: '同じ VPC、同じ DNS サーバーなのに、{host} は {good} ではプライベート、{bad} ではパブリック IP アドレスに解決されます。二つの実行の間にエンドポイントかプライベート DNS が変わったか、hosts ファイルが違います',
  },
  'dns.otherPlace': {
    en: '{host} is private in {good} and public in {bad}: another VPC without the endpoint, or a DNS server that does not ask the VPC',
    ja: '{host} は {good} ではプライベート、{bad} ではパブリック IP アドレスに解決されます。{bad} はエンドポイントのない別の VPC にあるか、VPC に問い合わせない DNS サーバーを使っています',
  },
  'dns.resolverFails': {
    en: 'the DNS server of {good} resolves {host}, that of {bad} does not: the name exists, and what differs is the DNS server',
    ja: '{good} の DNS サーバーは {host} を解決し、{bad} の DNS サーバーは解決しません。名前は存在し、違うのは DNS サーバーです',
  },
  'dns.zoneOfVpc': {
    en: '{host} resolves in the VPC of {good} and not in that of {bad}: a private hosted zone is associated with one of them only',
    ja: '{host} は {good} の VPC では解決され、{bad} の VPC では解決されません。プライベートホストゾーンが片方の VPC にだけ関連付けられています',
  },
  'dns.fails': {
    en: '{host} resolves in {good} and not in {bad}',
    ja: '{host} は {good} では解決され、{bad} では解決されません',
  },
  'tcp.internetThere': {
    en: '{good} reaches {host} over the internet, and {bad} has no way out: {good} works without an endpoint, {bad} needs one',
    ja: '{good} はインターネット経由で {host} に届き、{bad} には外へ出る経路がありません。{good} はエンドポイントなしで動いていて、{bad} にはエンドポイントが必要です',
  },
  'tcp.publicSubnetOnly': {
    en: '{host} answers {good} and is silent to {bad}, in another subnet with the same security groups: the route table of the subnet of {bad} lacks the gateway endpoint, or its network ACL is closed',
    ja: '{host} は {good} には応答し、同じセキュリティグループで別のサブネットにある {bad} には無応答です。{bad} のサブネットのルートテーブルにゲートウェイ型エンドポイントがないか、ネットワーク ACL が閉じています',
  },
  'tcp.publicSubnet': {
    en: '{host} answers {good} and is silent to {bad}: the route table of the subnet of {bad} lacks the gateway endpoint, its security groups lack egress to the prefix list, or its network ACL is closed',
    ja: '{host} は {good} には応答し、{bad} には無応答です。{bad} のサブネットのルートテーブルにゲートウェイ型エンドポイントがないか、セキュリティグループのアウトバウンドルールにプレフィックスリストがないか、ネットワーク ACL が閉じています',
  },
  'tcp.otherAddress': {
    en: '{host} is {there} in {good} and {here} in {bad}: another zone or another endpoint; what answers {good} says nothing of the other address',
    ja: '{host} は {good} では {there}、{bad} では {here} です。別のアベイラビリティーゾーンか、別のエンドポイントです。{good} への応答は、もう一方のアドレスについては何も示しません',
  },
  'tcp.changed': {
    en: 'the same address of {host} answers {good} and is silent to {bad}, from the same subnet with the same security groups: a rule, a route or the endpoint changed between the runs',
    ja: '同じサブネット、同じセキュリティグループなのに、{host} の同じアドレスが {good} には応答し、{bad} には無応答です。二つの実行の間に、ルール、ルート、またはエンドポイントが変わりました',
  },
  'tcp.groups': {
    en: '{host} answers {good} and is silent to {bad}, in the same subnet with other security groups: egress of the groups of {bad}, or a group of the endpoint that admits only those of {good}',
    ja: '{host} は {good} には応答し、同じサブネットで別のセキュリティグループの {bad} には無応答です。{bad} のセキュリティグループのアウトバウンドルールか、{good} のグループだけを許可するエンドポイント側のセキュリティグループが原因です',
  },
  'tcp.subnetOnly': {
    en: 'the same address of {host} answers {good} and is silent to {bad}, in another subnet with the same security groups: the network ACL or the route table of the subnet of {bad}, or a group of the endpoint that admits only the addresses of {good}',
    ja: '{host} の同じアドレスが {good} には応答し、同じセキュリティグループで別のサブネットにある {bad} には無応答です。{bad} のサブネットのネットワーク ACL かルートテーブル、または {good} のアドレスだけを許可するエンドポイント側のセキュリティグループが原因です',
  },
  'tcp.subnet': {
    en: 'the same address of {host} answers {good} and is silent to {bad}: it is alive. What differs is the subnet of {bad} (network ACL, route table), its security groups, and what the group of the endpoint admits',
    ja: '{host} の同じアドレスが {good} には応答し、{bad} には無応答です。つまりエンドポイントは動いています。違うのは、{bad} のサブネット（ネットワーク ACL、ルートテーブル）、セキュリティグループ、そしてエンドポイント側のセキュリティグループが許可する送信元です',
  },
  'tls.path': {
    en: 'TCP to {host} connects from both, and TLS completes from {good} only: something on the path of {bad}, or the CA bundle there, not the certificate of {host}',
    ja: '{host} への TCP はどちらからも接続でき、TLS は {good} からだけ完了します。{host} の証明書ではなく、{bad} の経路上の機器か、CA バンドルが原因です',
  },
  'aws.noCredentials': {
    en: '{good} could sign its call to {host}, {bad} had no credentials: the network is alike',
    ja: '{good} は {host} への呼び出しに署名でき、{bad} には認証情報がありませんでした。ネットワークは同じです',
  },
  'aws.otherIdentity': {
    en: 'the network to {host} is fine from both; {bad} calls as another identity, and that one is refused',
    ja: '{host} へのネットワークはどちらも正常です。{bad} は別のアイデンティティで呼び出していて、それが拒否されています',
  },
  'aws.otherEndpoint': {
    en: 'the same identity is let in from {good} and refused from {bad}, another VPC: the policy of the endpoint of {bad}, or a resource policy that asks for the VPC or endpoint (aws:SourceVpc, aws:SourceVpce)',
    ja: '同じアイデンティティが {good} からは許可され、別の VPC の {bad} からは拒否されます。{bad} のエンドポイントポリシーか、VPC やエンドポイントを条件にしたリソースポリシー（aws:SourceVpc、aws:SourceVpce）が原因です',
  },
  'aws.refused': {
    en: '{host} lets {good} in and refuses {bad}',
    ja: '{host} は {good} を許可し、{bad} を拒否します',
  },
  other: {
    en: '{host} works in {good} and not in {bad}',
    ja: '{host} は {good} では使え、{bad} では使えません',
  },
} as const satisfies Readonly<Record<string, Said>>

type SentenceKey = keyof typeof sentences

export interface Words {
  readonly key: SentenceKey
  readonly parts: Readonly<Record<string, string>>
}

export function speak({ key, parts }: Words, language: Language): string {
  return sentences[key][language].replace(/\{([a-z]+)\}/g, (whole, name: string) =>
    Object.hasOwn(parts, name) ? (parts[name] ?? '') : whole,
  )
}

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
    en: '{host} resolves in the VPC of {good} and not in that of {bad}, each asking its own VPC resolver: a private hosted zone or a forwarding rule is associated with one of the VPCs only',
    ja: '{host} は {good} の VPC では解決され、{bad} の VPC では解決されません。どちらも自分の VPC のリゾルバーに問い合わせています。プライベートホストゾーンまたは転送ルールが、片方の VPC にだけ関連付けられています',
  },
  'dns.silent': {
    en: 'the DNS server of {good} answers for {host}, that of {bad} answers nothing at all: that says nothing of the name or of its zone',
    ja: '{good} の DNS サーバーは {host} について応答し、{bad} の DNS サーバーはまったく応答しません。名前やゾーンについては何もわかりません',
  },
  'dns.serverFails': {
    en: 'the DNS server of {good} resolves {host}, that of {bad} answers {code}: the server fails or refuses, and says nothing of the name',
    ja: '{good} の DNS サーバーは {host} を解決し、{bad} の DNS サーバーは {code} を返します。サーバーの失敗または拒否であり、名前については何もわかりません',
  },
  'dns.fails': {
    en: '{host} resolves in {good} and not in {bad}',
    ja: '{host} は {good} では解決され、{bad} では解決されません',
  },
  'tcp.internetThere': {
    en: '{good} reaches {host} over the internet, and {bad} gets no answer on that way: {good} works without an endpoint, {bad} needs one, or a way out',
    ja: '{good} はインターネット経由で {host} に届き、{bad} には同じ経路で応答がありません。{good} はエンドポイントなしで動いています。{bad} にはエンドポイントか、外へ出る経路が必要です',
  },
  'tcp.internetHost': {
    en: '{good} reaches {host} over the internet, and {bad} gets no answer on that way: the route table of its subnet has no way out (NAT gateway), or its security groups or network ACL close it',
    ja: '{good} はインターネット経由で {host} に届き、{bad} には同じ経路で応答がありません。{bad} のサブネットのルートテーブルに外へ出る経路（NAT ゲートウェイ）がないか、セキュリティグループかネットワーク ACL が閉じています',
  },
  'tcp.publicPathOnly': {
    en: '{host} answers {good} and is silent to {bad}, in another subnet with the same security groups: the route table of the subnet of {bad} has no way to it (NAT gateway), or its network ACL is closed',
    ja: '{host} は {good} には応答し、同じセキュリティグループで別のサブネットにある {bad} には無応答です。{bad} のサブネットのルートテーブルに {host} への経路（NAT ゲートウェイ）がないか、ネットワーク ACL が閉じています',
  },
  'tcp.publicPath': {
    en: '{host} answers {good} and is silent to {bad}, at a public address: {bad} has no way out to it (NAT gateway, endpoint), or its security groups or network ACL close it',
    ja: '{host} のパブリック IP アドレスは {good} には応答し、{bad} には無応答です。{bad} には {host} への経路（NAT ゲートウェイ、エンドポイント）がないか、セキュリティグループかネットワーク ACL が閉じています',
  },
  'tcp.publicChanged': {
    en: '{host} answers {good} and is silent to {bad}, from the same subnet with the same security groups: a rule or a route changed between the runs',
    ja: '同じサブネット、同じセキュリティグループなのに、{host} は {good} には応答し、{bad} には無応答です。二つの実行の間に、ルールまたはルートが変わりました',
  },
  'tcp.publicGroups': {
    en: '{host} answers {good} and is silent to {bad}, in the same subnet with other security groups: egress of the groups of {bad}',
    ja: '{host} は {good} には応答し、同じサブネットで別のセキュリティグループの {bad} には無応答です。{bad} のセキュリティグループのアウトバウンドルールが原因です',
  },
  'tcp.publicSameSubnet': {
    en: '{host} answers {good} and is silent to {bad}, in the same subnet: both have its route table and network ACL. Their security groups are not known for both; if they differ, egress of those of {bad}',
    ja: '{host} は {good} には応答し、同じサブネットの {bad} には無応答です。ルートテーブルとネットワーク ACL は共通です。セキュリティグループは両方についてはわかりません。違うなら、{bad} のセキュリティグループのアウトバウンドルールが原因です',
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
    en: '{host} answers {good} at {there} and does not answer {bad} at {here}: another zone or another endpoint; what answers {good} says nothing of the other address',
    ja: '{host} は {good} には {there} で応答し、{bad} には {here} で応答しません。別のアベイラビリティーゾーンか、別のエンドポイントです。{good} への応答は、もう一方のアドレスについては何も示しません',
  },
  'tcp.oneAddress': {
    en: '{bad} gets no answer from {silent}, and one from the other addresses of {host}; {good} gets one from all of these. What differs is the way between {bad} and the subnet of the silent address (network ACLs on both sides, route, or egress rules that name addresses), not the name and not the service as a whole',
    ja: '{host} のアドレスのうち、{silent} は {bad} に応答しません。ほかのアドレスは応答し、{good} にはすべてのアドレスが応答します。名前やサービス全体ではなく、{bad} と、応答しないアドレスのサブネットとの間（両側のネットワーク ACL、ルート、アドレスを指定したアウトバウンドルール）が原因です',
  },
  'tcp.oneAddressThere': {
    en: '{bad} gets no answer from {silent}, and one from the other addresses of {host}; all that {good} tried answer it. What fails is that address, its zone, or the way of {bad} to it (network ACL, route, or egress rules that name addresses), not the name and not the service as a whole',
    ja: '{host} のアドレスのうち、{silent} は {bad} に応答しません。ほかのアドレスは応答し、{good} が試したアドレスはすべて応答します。名前やサービス全体ではなく、そのアドレスかアベイラビリティーゾーン、または {bad} からそこへの経路（ネットワーク ACL、ルート、アドレスを指定したアウトバウンドルール）が原因です',
  },
  'tcp.refused': {
    en: '{host} answers {good}, and the connection of {bad} is refused (RST): security groups and network ACLs drop and never refuse. Nothing listens at that address any more or yet, another host has it, or a firewall on the way of {bad} refuses',
    ja: '{host} は {good} には応答し、{bad} の接続は拒否（RST）されます。セキュリティグループとネットワーク ACL は破棄するだけで、拒否の応答は返しません。そのアドレスで待ち受けているものがないか、別のホストがそのアドレスを使っているか、{bad} の経路上のファイアウォールが拒否しています',
  },
  'tcp.rejected': {
    en: '{host} answers {good}, and the connection of {bad} fails with {code}: an answer of the network, not a silence. Security groups and network ACLs never answer',
    ja: '{host} は {good} には応答し、{bad} の接続は {code} で失敗します。無応答ではなく、ネットワークからの応答です。セキュリティグループとネットワーク ACL は応答を返しません',
  },
  'tcp.privateHere': {
    en: '{host} is public in {good} and answers there, is private in {bad} and silent: {bad} goes to an endpoint that {good} does not use. What closes it is a security group of the endpoint or of {bad}, or a network ACL',
    ja: '{host} は {good} ではパブリック IP アドレスで応答し、{bad} ではプライベート IP アドレスで無応答です。{bad} は、{good} が使っていないエンドポイントに向かっています。エンドポイントまたは {bad} のセキュリティグループか、ネットワーク ACL が閉じています',
  },
  'tcp.twoVpcs': {
    en: '{host} is {here} in both, in two VPCs that use the same addresses: two things. What answers {good} says nothing of the one in the VPC of {bad}',
    ja: '{host} はどちらでも {here} ですが、二つの VPC が同じアドレスを使っているため、別のものです。{good} への応答は、{bad} の VPC にあるものについては何も示しません',
  },
  'tcp.fromOtherVpc': {
    en: '{here} of {host} answers {good} and is silent to {bad}, in another VPC: the way between the VPCs (peering, transit gateway, routes), the network ACL or security groups of {bad}, or a security group of {host} that does not admit the addresses of {bad}',
    ja: '{host} の {here} は {good} には応答し、別の VPC にある {bad} には無応答です。VPC 間の経路（ピアリング、Transit Gateway、ルート）、{bad} のネットワーク ACL かセキュリティグループ、または {bad} のアドレスを許可していない {host} 側のセキュリティグループが原因です',
  },
  'tcp.unknownPlace': {
    en: '{host} is {here} in both, answers {good} and is silent to {bad}. Whether both are in one VPC is not known: it may be one endpoint that a rule closes to {bad}, or two in two VPCs with the same addresses',
    ja: '{host} はどちらでも {here} で、{good} には応答し、{bad} には無応答です。両方が同じ VPC にあるかどうかはわかりません。一つのエンドポイントが {bad} にだけ閉じているか、同じアドレスを使う二つの VPC にある別々のエンドポイントです',
  },
  'tcp.sameSubnet': {
    en: 'the same address of {host} answers {good} and is silent to {bad}, in the same subnet: both have its network ACL and route table. Their security groups are not known for both; if they differ, egress of those of {bad}, or a security group of {host} that admits only those of {good}',
    ja: '{host} の同じアドレスが {good} には応答し、同じサブネットの {bad} には無応答です。ネットワーク ACL とルートテーブルは共通です。セキュリティグループは両方についてはわかりません。違うなら、{bad} のアウトバウンドルールか、{good} のグループだけを許可する {host} 側のセキュリティグループが原因です',
  },
  'tcp.changed': {
    en: 'the same address of {host} answers {good} and is silent to {bad}, from the same subnet with the same security groups: a rule, a route or the endpoint changed between the runs',
    ja: '同じサブネット、同じセキュリティグループなのに、{host} の同じアドレスが {good} には応答し、{bad} には無応答です。二つの実行の間に、ルール、ルート、またはエンドポイントが変わりました',
  },
  'tcp.groups': {
    en: '{host} answers {good} and is silent to {bad}, in the same subnet with other security groups: egress of the groups of {bad}, or a security group of {host} that admits only those of {good}',
    ja: '{host} は {good} には応答し、同じサブネットで別のセキュリティグループの {bad} には無応答です。{bad} のセキュリティグループのアウトバウンドルールか、{good} のグループだけを許可する {host} 側のセキュリティグループが原因です',
  },
  'tcp.subnetOnly': {
    en: 'the same address of {host} answers {good} and is silent to {bad}, in another subnet with the same security groups: the network ACL or the route table of the subnet of {bad}, or a security group of {host} that admits only the addresses of {good}',
    ja: '{host} の同じアドレスが {good} には応答し、同じセキュリティグループで別のサブネットにある {bad} には無応答です。{bad} のサブネットのネットワーク ACL かルートテーブル、または {good} のアドレスだけを許可する {host} 側のセキュリティグループが原因です',
  },
  'tcp.subnet': {
    en: 'the same address of {host} answers {good} and is silent to {bad}: it is alive. What differs is the subnet of {bad} (network ACL, route table), its security groups, and what a security group of {host} admits',
    ja: '{host} の同じアドレスが {good} には応答し、{bad} には無応答です。つまりそのアドレスは動いています。違うのは、{bad} のサブネット（ネットワーク ACL、ルートテーブル）、セキュリティグループ、そして {host} 側のセキュリティグループが許可する送信元です',
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
  'aws.notDenied': {
    en: 'the network to {host} is fine from both, and the call of {bad} fails with {code}: no policy refuses it',
    ja: '{host} へのネットワークはどちらも正常で、{bad} の呼び出しは {code} で失敗します。ポリシーによる拒否ではありません',
  },
  'proxy.good': {
    en: '{good} goes to {host} through its proxy, {bad} directly: that {good} works says nothing of the way of {bad}, which needs the proxy too, or a way of its own',
    ja: '{good} はプロキシ経由で、{bad} は直接 {host} に接続しています。{good} が動いていることは、{bad} の経路については何も示しません。{bad} にもプロキシか、自分の経路が必要です',
  },
  'proxy.bad': {
    en: '{bad} goes to {host} through its proxy, {good} directly: the proxy of {bad}, or what lies behind it, is what differs',
    ja: '{bad} はプロキシ経由で、{good} は直接 {host} に接続しています。違うのは、{bad} のプロキシか、その先です',
  },
  'proxy.both': {
    en: '{host} works through the proxy of {good} and not through that of {bad}',
    ja: '{host} は {good} のプロキシ経由では使え、{bad} のプロキシ経由では使えません',
  },
  'region.other': {
    en: '{good} asks for {host} in {there}, {bad} in {here}: two endpoints in two regions. What works in {there} says nothing of {here}',
    ja: '{host} は、{good} では {there}、{bad} では {here} に問い合わせています。二つのリージョンの別のエンドポイントです。{there} で動いていることは、{here} については何も示しません',
  },
  'name.other': {
    en: '{host} is {there} in {good} and {here} in {bad}: the settings of the SDK name another host. What answers by one name says nothing of the other',
    ja: '{host} のホスト名は {good} では {there}、{bad} では {here} です。SDK の設定が別のホストを指しています。一方の名前での応答は、もう一方については何も示しません',
  },
  'dns.split': {
    en: '{host} is private in {good} and public in {bad}: another zone answers there. A private hosted zone is associated with the VPC of {good} only, or the DNS server of {bad} does not know it',
    ja: '{host} は {good} ではプライベート、{bad} ではパブリック IP アドレスに解決されます。別のゾーンが応答しています。プライベートホストゾーンが {good} の VPC にだけ関連付けられているか、{bad} の DNS サーバーがそのゾーンを知りません',
  },
  'tls.elsewhere': {
    en: 'TCP to {host} connects from both, and TLS completes from {good} only; they reach different addresses, so it may be the server at that of {bad} as well as its path or CA bundle',
    ja: '{host} への TCP はどちらからも接続でき、TLS は {good} からだけ完了します。接続先のアドレスが違うため、{bad} の接続先のサーバー、経路、CA バンドルのどれも原因になりえます',
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
  return sentences[key][language].replace(/\{([a-z]+)\}/g, (whole, name: string) => {
    const part = Object.hasOwn(parts, name) ? (parts[name] ?? '') : whole
    if (language === 'ja') return part.replaceAll(', ', '、')
    return name === 'bad' ? eachOf(part) : part
  })
}

/** Several places that fail alike share a sentence, which is about each of them. */
function eachOf(letters: string): string {
  const each = letters.split(', ')
  return each.length === 1 ? letters : `each of ${each.slice(0, -1).join(', ')} and ${each.at(-1)}`
}

// Remedies for the path: security groups, NACLs, routes, zones, loss.

import type { CauseCode } from '../../model/cause.ts'
import type { Said } from '../../model/language.ts'
import type { Remedy } from '../rule.ts'
import type { TargetView } from '../view.ts'
import { aclSnippets } from './acl-entries.ts'
import { groupRuleSnippets, intoEndpoint, intoTarget, outOfHere } from './group-rules.ts'
import { admitBeyond, hostUnreachable, lieBeyond } from './host-unreachable.ts'
import {
  addressOf,
  addressOr,
  authorityOf,
  hosts,
  type Ids,
  inWords,
  places,
  portOf,
  serviceNameFilter,
  services,
  unique,
} from './ids.ts'
import { plain } from './plain.ts'
import { sh } from './shell.ts'

const vpcGuide = 'https://docs.aws.amazon.com/vpc/latest/userguide'
const privateLink = 'https://docs.aws.amazon.com/vpc/latest/privatelink'

const ownGroups = (ids: Ids) =>
  sh`aws ec2 describe-network-interfaces --region ${ids.region} --filters Name=addresses.private-ip-address,Values=${ids.ownAddress} --query 'NetworkInterfaces[].[NetworkInterfaceId,SubnetId,Groups[].GroupId]'`
const ownAcl = (ids: Ids) =>
  sh`aws ec2 describe-network-acls --region ${ids.region} --filters Name=association.subnet-id,Values=${ids.subnet} --query 'NetworkAcls[].Entries[]'`

/** Where the control plane told the group, nobody has to look for it. */
function whichGroup(ids: Ids, targets: readonly TargetView[]): Said {
  const told = unique(intoEndpoint(ids, targets).map(rule => rule.group)).filter(group => group.startsWith('sg-'))
  if (told.length > 0)
    return {
      en: `The group of the endpoint is ${told.join(', ')}.`,
      ja: `エンドポイントのセキュリティグループは ${told.join(', ')} です。`,
    }
  return {
    en: 'Find the security group of the endpoint (an endpoint made without one has the VPC’s default group, which admits its own members only).',
    ja: 'エンドポイントのセキュリティグループを確認します（指定せずに作ったエンドポイントには VPC のデフォルトのグループが付き、同じグループのメンバーからしか許可されません）。',
  }
}

export const pathRemedies = {
  'internet-not-reachable': plain((ids, targets) => ({
    fix: {
      en: `There is no way from this subnet to ${hosts(targets)}: bring what is needed inside, or open a way out.`,
      ja: `このサブネットから ${hosts(targets)} への出口がありません。必要なものを内側に用意するか、出口を作ってください。`,
    },
    steps: [
      {
        en: 'In a closed network this is the design: use a mirror inside (CodeArtifact, a private index, S3), a VPC endpoint, or an egress proxy.',
        ja: '閉域ネットワークなら設計どおりです。内側のミラー（CodeArtifact、社内のインデックス、S3）、VPC エンドポイント、またはプロキシを使います。',
      },
      {
        en: 'If a way out was meant: the route table needs 0.0.0.0/0 to a NAT gateway in a public subnet; an internet gateway serves only an ENI that has a public address.',
        ja: '出口があるはずなら、ルートテーブルに 0.0.0.0/0 からパブリックサブネットの NAT ゲートウェイへのルートが必要です。インターネットゲートウェイは、パブリック IP アドレスを持つ ENI にしか使えません。',
      },
    ],
    docs: `${vpcGuide}/vpc-nat-gateway.html`,
    next: {
      en: 'Whether a way out was meant, the default route of this subnet tells:',
      ja: '出口があるはずかどうかは、このサブネットのデフォルトルートで分かります。',
    },
    ask: sh`aws ec2 describe-route-tables --region ${ids.region} --filters Name=association.subnet-id,Values=${ids.subnet} --query 'RouteTables[].Routes[]'`,
  })),
  'endpoint-security-group': plain((ids, targets, network) => {
    if (lieBeyond(targets)) return admitBeyond(ids, targets, network)
    return {
      fix: {
        en: `Admit tcp/${targets[0]?.target.port ?? 443} from this workload in the security group of the ${services(targets)} endpoint.`,
        ja: `${services(targets)} のエンドポイントのセキュリティグループで、このワークロードからの TCP ${targets[0]?.target.port ?? 443} を許可してください。`,
      },
      steps: [
        whichGroup(ids, targets),
        {
          en: `Add ingress tcp/${targets[0]?.target.port ?? 443} from ${ids.securityGroup} (or from ${ids.ownCidr}).`,
          ja: `${ids.securityGroup}（または ${ids.ownCidr}）からの TCP ${targets[0]?.target.port ?? 443} を許可するインバウンドルールを追加します。`,
        },
      ],
      snippets: groupRuleSnippets(ids.region, intoEndpoint(ids, targets)),
      docs: `${privateLink}/create-interface-endpoint.html`,
      next: {
        en: 'A closed security group and an endpoint that is not ready look the same from inside. State and groups of the endpoint settle it:',
        ja: '「セキュリティグループが許可していない」と「エンドポイントがまだ使えない」は、内側からは区別できません。エンドポイントの状態とセキュリティグループを見れば決着します。',
      },
      ask: sh`aws ec2 describe-vpc-endpoints --region ${ids.region} --filters Name=vpc-id,Values=${ids.vpc} Name=service-name,Values=${serviceNameFilter(targets)} --query 'VpcEndpoints[].[VpcEndpointId,State,Groups[].GroupId,SubnetIds]'`,
    }
  }),
  'eni-security-group': plain((ids, targets) => ({
    fix: {
      en: `Allow tcp/${inWords(unique(targets.map(t => t.target.port)))} out in this workload’s own security group (${ids.securityGroup}).`,
      ja: `このワークロード自身のセキュリティグループ（${ids.securityGroup}）で、TCP ${inWords(unique(targets.map(t => t.target.port)))} のアウトバウンドを許可してください。`,
    },
    steps: [
      {
        en: 'Read which groups this ENI really carries: it is often not the one that was meant.',
        ja: 'この ENI に実際に付いているセキュリティグループを確認します。思っていたものと違うことがよくあります。',
      },
      {
        en: 'Allow tcp/443 out to the endpoints’ group (or the VPC’s CIDR), and to the prefix lists of S3 and DynamoDB: gateway endpoints are reached at public addresses.',
        ja: 'エンドポイントのセキュリティグループ（または VPC の CIDR）と、S3 と DynamoDB のプレフィックスリストへの TCP 443 を許可します。ゲートウェイ型 VPC エンドポイントの宛先はパブリック IP アドレスです。',
      },
      {
        en: 'A DNS server of your own needs udp/53 and tcp/53 out as well; the VPC’s resolver does not.',
        ja: '独自の DNS サーバーを使うなら、UDP 53 と TCP 53 も許可します。VPC の DNS サーバーには不要です。',
      },
    ],
    snippets: groupRuleSnippets(ids.region, outOfHere(ids, targets)),
    docs: `${vpcGuide}/vpc-security-groups.html`,
    next: {
      en: 'Own egress, the subnet’s NACL and one group shared by all endpoints look the same from inside. The groups of this ENI, then their egress rules, settle it:',
      ja: '「自分のアウトバウンドルール」「サブネットのネットワーク ACL」「全エンドポイントで共用のセキュリティグループ」は、内側からは区別できません。この ENI のセキュリティグループと、そのアウトバウンドルールを見れば決着します。',
    },
    ask: ownGroups(ids),
  })),
  'target-security-group': plain((ids, targets, network) => {
    if (lieBeyond(targets)) return admitBeyond(ids, targets, network)
    return {
      fix: {
        en: `Admit tcp/${inWords(unique(targets.map(t => t.target.port)))} from this workload in the security group of ${hosts(targets)}.`,
        ja: `${hosts(targets)} のセキュリティグループで、このワークロードからの TCP ${inWords(unique(targets.map(t => t.target.port)))} を許可してください。`,
      },
      steps: [
        {
          en: `Add ingress tcp/${targets[0]?.target.port ?? ''} from ${ids.securityGroup} (or ${ids.ownCidr}) to the target’s security group.`,
          ja: `接続先のセキュリティグループに、${ids.securityGroup}（または ${ids.ownCidr}）からの TCP ${targets[0]?.target.port ?? ''} を許可するインバウンドルールを追加します。`,
        },
        {
          en: 'Look at the state of the target first: a stopped instance or database keeps its address and is just as silent.',
          ja: '先に接続先の状態を確認します。停止したインスタンスやデータベースもアドレスを持ち続け、同じように無応答です。',
        },
      ],
      snippets: groupRuleSnippets(ids.region, intoTarget(ids, targets)),
      docs: `${vpcGuide}/vpc-security-groups.html`,
      next: {
        en: 'A closed group and a stopped target look the same from inside. Who holds the address, and with which groups:',
        ja: '「セキュリティグループが許可していない」と「接続先が停止している」は、内側からは区別できません。次のコマンドで、アドレスの持ち主とセキュリティグループが分かります。',
      },
      ask: sh`aws ec2 describe-network-interfaces --region ${ids.region} --filters Name=addresses.private-ip-address,Values=${addressOf(targets)} --query 'NetworkInterfaces[].[Description,Status,Attachment.InstanceId,Groups]'`,
    }
  }),
  'network-acl': plain((ids, targets, network) => ({
    fix: {
      en: `Let the network ACLs pass tcp/${targets[0]?.target.port ?? 443} and, as they are stateless, the replies to ephemeral ports 1024–65535.`,
      ja: `ネットワーク ACL で TCP ${targets[0]?.target.port ?? 443} を許可してください。ネットワーク ACL はステートレスなので、エフェメラルポート 1024–65535 への戻りの通信も必要です。`,
    },
    steps: [
      {
        en: `On the subnet of this workload (${ids.subnet}): outbound tcp/${targets[0]?.target.port ?? 443}, inbound tcp/1024–65535.`,
        ja: `このワークロードのサブネット（${ids.subnet}）では、アウトバウンドの TCP ${targets[0]?.target.port ?? 443} と、インバウンドの TCP 1024–65535 を許可します。`,
      },
      { en: 'On the subnet of the target: the mirror image.', ja: '接続先のサブネットでは、その逆の向きを許可します。' },
      {
        en: 'For S3 and DynamoDB: their public ranges (NACLs cannot name prefix lists).',
        ja: 'S3 と DynamoDB については、パブリックのアドレス範囲を許可します（ネットワーク ACL にプレフィックスリストは指定できません）。',
      },
    ],
    snippets: aclSnippets(ids, targets, network),
    docs: `${vpcGuide}/vpc-network-acls.html`,
    next: {
      en: 'The entries of this subnet’s ACL, both directions:',
      ja: 'このサブネットのネットワーク ACL のルール（両方向）を確認します。',
    },
    ask: ownAcl(ids),
  })),
  'endpoint-zone-unreachable': plain((ids, targets) => {
    const bad = targets.flatMap(t => t.addresses.filter(a => a.outcome !== 'answered').map(a => a.address))
    return {
      fix: {
        en: `Mend or remove the endpoint network interfaces that do not answer: ${unique(bad).join(', ')}.`,
        ja: `応答しないエンドポイントのネットワークインターフェイスを、直すか外してください: ${unique(bad).join(', ')}`,
      },
      steps: [
        {
          en: 'Look at the subnet of these addresses: its NACL, its route back to this subnet, the state of the interface.',
          ja: 'これらのアドレスのサブネットについて、ネットワーク ACL、このサブネットへの戻りのルート、インターフェイスの状態を確認します。',
        },
        {
          en: 'Until then, a client can use the zonal name of a zone that works.',
          ja: '直るまでは、正常なゾーンのゾーン別 DNS 名をクライアントに使わせることもできます。',
        },
      ],
      docs: `${privateLink}/privatelink-access-aws-services.html`,
      next: {
        en: 'Which interfaces these are, and in which subnets:',
        ja: 'どのインターフェイスで、どのサブネットにあるかが分かります。',
      },
      ask: sh`aws ec2 describe-network-interfaces --region ${ids.region} --filters Name=addresses.private-ip-address,Values=${unique(bad.flatMap(a => addressOr(a, undefined) ?? [])).join(',') || '<address>'} --query 'NetworkInterfaces[].[PrivateIpAddress,SubnetId,AvailabilityZone,Status,Groups[].GroupId]'`,
    }
  }),
  'nothing-listens': plain((_ids, targets) => ({
    fix: {
      en: `Start what should listen at ${places(targets)}, or correct the port.`,
      ja: `${places(targets)} で待ち受けるはずのものを起動するか、ポート番号を直してください。`,
    },
    steps: [
      {
        en: 'Name, route, security groups and NACLs are right: the refusal came back.',
        ja: '名前、ルート、セキュリティグループ、ネットワーク ACL は正常です。拒否の応答が返ってきています。',
      },
      {
        en: 'If the process does run, a firewall may refuse in its place: look at the target itself.',
        ja: 'プロセスが動いているのなら、ファイアウォールが代わりに拒否している可能性があります。接続先そのものを確認します。',
      },
    ],
    docs: 'https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html',
    next: { en: 'On the target: what listens on that port?', ja: '接続先で、そのポートで待ち受けているものを確認します。' },
    ask: sh`ss -ltnp 'sport = :${portOf(targets)}'`,
  })),
  'host-unreachable': hostUnreachable,
  'address-family-mismatch': plain((_ids, targets) => ({
    fix: {
      en: `Make ${hosts(targets)} reachable over the address family that this machine has.`,
      ja: `このマシンが持つアドレスファミリーで ${hosts(targets)} に届くようにしてください。`,
    },
    steps: [
      {
        en: 'IPv6 fails and IPv4 works: turn off dual-stack names for this client, or give the subnet IPv6 and the gateway endpoint dual-stack.',
        ja: 'IPv6 だけが失敗するなら、このクライアントでデュアルスタックの名前を使わないようにするか、サブネットに IPv6 を用意し、ゲートウェイ型 VPC エンドポイントをデュアルスタックにします。',
      },
      {
        en: 'Only IPv6 here: use dual-stack names (…api.aws), or DNS64 with NAT64.',
        ja: 'このマシンに IPv6 しかないなら、デュアルスタックの名前（…api.aws）、または DNS64 と NAT64 を使います。',
      },
    ],
    cli: 'export AWS_USE_DUALSTACK_ENDPOINT=false',
    docs: 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html',
    next: { en: 'What this machine has:', ja: 'このマシンが持つアドレスとルートを確認します。' },
    ask: 'ip -brief address; ip route; ip -6 route',
  })),
  'path-mtu': plain((ids, targets) => ({
    fix: {
      en: `Let large packets, or the ICMP that says they are too large, pass on the way to ${hosts(targets)}.`,
      ja: `${hosts(targets)} への経路で、大きなパケット、または「大きすぎる」と知らせる ICMP を通してください。`,
    },
    steps: [
      {
        en: 'Allow ICMP type 3 code 4 (IPv4) and ICMPv6 type 2 in security groups, NACLs and firewalls on the path.',
        ja: '経路上のセキュリティグループ、ネットワーク ACL、ファイアウォールで、ICMP タイプ 3 コード 4（IPv4）と ICMPv6 タイプ 2 を許可します。',
      },
      {
        en: 'Or lower the MTU of this interface (1500, or 1400 behind a VPN), or clamp the MSS on the tunnel.',
        ja: 'または、このインターフェイスの MTU を下げます（1500、VPN の先なら 1400）。トンネルで MSS を調整することもできます。',
      },
    ],
    cli: 'sudo ip link set dev eth0 mtu 1400',
    docs: `${vpcGuide}/path_mtu_discovery.html`,
    next: { en: 'With a lower MTU the same handshake completes:', ja: 'MTU を下げると、同じハンドシェイクが完了します。' },
    ask: sh`curl -sv --max-time 10 https://${authorityOf(targets)}/ -o /dev/null # before and after "ip link set dev eth0 mtu 1400", from ${ids.ownAddress}`,
  })),
  'path-flaky': plain((_ids, targets) => ({
    fix: {
      en: `Find the lossy or broken one of several paths to ${hosts(targets)}.`,
      ja: `${hosts(targets)} への複数の経路のうち、パケットを失う経路か、壊れている経路を探してください。`,
    },
    steps: [
      {
        en: 'Subnets of one workload with different route tables: one of them has no valid route.',
        ja: '一つのワークロードのサブネットのルートテーブルがそろっておらず、その一つに有効なルートがないことがあります。',
      },
      {
        en: 'A NAT gateway, VPN or appliance that is overloaded or has one dead path.',
        ja: 'NAT ゲートウェイ、VPN、アプライアンスが過負荷か、その経路の一つが止まっていることがあります。',
      },
    ],
    docs: 'https://docs.aws.amazon.com/vpc/latest/reachability/what-is-reachability-analyzer.html',
    next: { en: 'Repeat the connection and count:', ja: '接続を繰り返して数えます。' },
    ask: sh`for i in $(seq 20); do curl -so /dev/null --connect-timeout 3 https://${authorityOf(targets)}/ && echo ok || echo failed; done | sort | uniq -c`,
  })),
} satisfies Partial<Record<CauseCode, Remedy>>

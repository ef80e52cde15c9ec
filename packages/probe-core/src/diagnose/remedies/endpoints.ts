// Remedies for what is missing or misnamed about VPC endpoints.

import type { CauseCode } from '../../model/cause.ts'
import type { Remedy } from '../rule.ts'
import type { TargetView } from '../view.ts'
import { gateways, newEndpoints, privateDns } from './endpoint-changes.ts'
import { endpointServiceNames, hosts, type Ids, idsOf, inWords, serviceNameFilter, services, unique } from './ids.ts'
import { sh } from './shell.ts'
import { gatewayNames } from './told-ids.ts'

const guide = 'https://docs.aws.amazon.com/vpc/latest/privatelink'

const describeEndpoints = (ids: Ids, names: readonly string[]) =>
  `${sh`aws ec2 describe-vpc-endpoints --region ${ids.region} --filters Name=vpc-id,Values=${ids.vpc}`}${
    names.length > 0 ? sh` Name=service-name,Values=${names.join(',')}` : ''
  } --query 'VpcEndpoints[].[VpcEndpointId,ServiceName,State,PrivateDnsEnabled,SubnetIds,Groups[].GroupId,RouteTableIds]'`

/** What a gateway endpoint carries, by the last part of its name: s3express is another one than s3. */
function carried(targets: readonly TargetView[]): string {
  const names = targets.flatMap(target => gatewayNames(target).slice(0, 1))
  return names.length === 0 ? services(targets) : inWords(unique(names.map(name => name.split('.').at(-1) ?? name)))
}

export const endpointRemedies = {
  'interface-endpoint-missing': {
    fix: (targets, network) => {
      const ids = idsOf(network)
      const names = endpointServiceNames(targets)
      return {
        summary: {
          en: `Create ${names.length > 1 ? 'interface endpoints' : 'an interface endpoint'} with private DNS for ${services(targets)} in ${ids.vpc}.`,
          ja: `${ids.vpc} に、${services(targets)} のインターフェイス型 VPC エンドポイントを、プライベート DNS を有効にして作成してください。`,
        },
        steps: [
          {
            en: `Create ${names.join(', ')} in the subnets of the workload, private DNS on.`,
            ja: `${names.join(', ')} をワークロードのサブネットに作成し、プライベート DNS を有効にします。`,
          },
          {
            en: `Give it a security group that admits tcp/443 from ${ids.ownCidr}.`,
            ja: `${ids.ownCidr} からの TCP 443 を許可するセキュリティグループを付けます。`,
          },
          {
            en: 'The VPC needs enableDnsSupport and enableDnsHostnames on.',
            ja: 'VPC の enableDnsSupport と enableDnsHostnames が両方とも有効になっている必要があります。',
          },
        ],
        snippets: newEndpoints(ids, targets),
        docs: `${guide}/create-interface-endpoint.html`,
      }
    },
    nextStep: (targets, network) => ({
      summary: {
        en: 'No endpoint, and an endpoint with private DNS off, look the same from inside. This lists what there is:',
        ja: '「エンドポイントがない」と「プライベート DNS が無効」は、内側からは区別できません。次のコマンドで、実際にあるものを一覧できます。',
      },
      command: describeEndpoints(idsOf(network), endpointServiceNames(targets)),
    }),
  },
  'private-dns-disabled': {
    fix: (targets, network) => {
      const ids = idsOf(network)
      return {
        summary: {
          en: `Turn on private DNS of the ${services(targets)} endpoint, or use its own vpce-… name as endpoint URL.`,
          ja: `${services(targets)} のエンドポイントのプライベート DNS を有効にするか、vpce- で始まるエンドポイント自身の名前をエンドポイント URL に指定してください。`,
        },
        steps: [
          {
            en: 'Turn on private DNS. If AWS reports a conflicting DNS domain, another endpoint or a private hosted zone of that name exists already: mend that one.',
            ja: 'プライベート DNS を有効にします。DNS ドメインの競合（conflicting DNS domain）というエラーになるときは、同じ名前の別のエンドポイントかプライベートホストゾーンがすでにあるので、そちらを直します。',
          },
          {
            en: 'Else point the client at the endpoint’s own name (AWS_ENDPOINT_URL_<SERVICE>).',
            ja: '有効にできないときは、クライアントにエンドポイント自身の名前を指定します（AWS_ENDPOINT_URL_<SERVICE>）。',
          },
        ],
        snippets: privateDns(ids, targets, true),
        docs: `${guide}/manage-dns-names.html`,
      }
    },
    nextStep: (targets, network) => ({
      summary: {
        en: 'This shows whether the endpoint exists and whether its private DNS is on:',
        ja: '次のコマンドで、エンドポイントの有無と、プライベート DNS が有効かどうかが分かります。',
      },
      command: describeEndpoints(idsOf(network), endpointServiceNames(targets)),
    }),
  },
  'gateway-endpoint-missing': {
    fix: (targets, network) => {
      const ids = idsOf(network)
      return {
        summary: {
          en: `Add the gateway endpoint for ${carried(targets)} to the route table of this subnet (${ids.subnet}).`,
          ja: `このサブネット（${ids.subnet}）のルートテーブルに、${carried(targets)} のゲートウェイ型 VPC エンドポイントを追加してください。`,
        },
        steps: [
          {
            en: `If ${ids.vpc} has the gateway endpoint already, associate it with this subnet’s route table; else create it there. It costs nothing.`,
            ja: `${ids.vpc} にゲートウェイ型 VPC エンドポイントがすでにあるなら、このサブネットのルートテーブルを関連付けます。なければ作成します。料金はかかりません。`,
          },
          {
            en: 'Own egress rules and NACLs must allow tcp/443 to the service’s prefix list: its addresses are public.',
            ja: 'こちら側のアウトバウンドルールとネットワーク ACL で、サービスのプレフィックスリストへの TCP 443 を許可します。接続先はパブリック IP アドレスです。',
          },
        ],
        snippets: gateways(targets, network),
        docs: `${guide}/gateway-endpoints.html`,
      }
    },
    nextStep: (_targets, network) => {
      const ids = idsOf(network)
      return {
        summary: {
          en: 'A missing route, own egress without the prefix list, and a NACL look the same from inside. The route table settles it (no association listed: look at the main table):',
          ja: '「ルートがない」「アウトバウンドルールがプレフィックスリストを許可していない」「ネットワーク ACL」は、内側からは区別できません。ルートテーブルを見れば決着します（関連付けが一つも出ないときは、メインルートテーブルを見てください）。',
        },
        command: sh`aws ec2 describe-route-tables --region ${ids.region} --filters Name=association.subnet-id,Values=${ids.subnet} --query 'RouteTables[].Routes[]'`,
      }
    },
  },
  'endpoint-name-not-covered': {
    fix: targets => {
      const first = targets[0]
      const kind = first?.identity?.kind ?? 'regional'
      const sts = first?.service?.id === 'sts' && kind === 'global'
      return {
        summary: {
          en: `Let the client use a name that the endpoint covers, not ${hosts(targets)}.`,
          ja: `クライアントが ${hosts(targets)} ではなく、エンドポイントがカバーしている名前を使うようにしてください。`,
        },
        steps: [
          sts
            ? {
                en: 'Set AWS_STS_REGIONAL_ENDPOINTS=regional (older SDKs and AWS CLI v1 use the global name).',
                ja: 'AWS_STS_REGIONAL_ENDPOINTS=regional を設定します（古い SDK と AWS CLI v1 は、グローバルな名前を使います）。',
              }
            : {
                en: 'Use the regional name: set the region, and turn off dual-stack and FIPS endpoints (AWS_USE_DUALSTACK_ENDPOINT, AWS_USE_FIPS_ENDPOINT) where the endpoint does not cover them.',
                ja: 'リージョンの名前を使います。リージョンを設定し、エンドポイントがカバーしていないときはデュアルスタックと FIPS（AWS_USE_DUALSTACK_ENDPOINT、AWS_USE_FIPS_ENDPOINT）を無効にします。',
              },
          {
            en: 'Or point the client at a covered name with AWS_ENDPOINT_URL_<SERVICE>.',
            ja: 'または AWS_ENDPOINT_URL_<SERVICE> で、カバーされている名前をクライアントに指定します。',
          },
          {
            en: 'Newer endpoints cover more names than older ones: recreating an old endpoint can add them.',
            ja: '新しいエンドポイントは、古いものより多くの名前をカバーします。古いエンドポイントを作り直すと、名前が増えることがあります。',
          },
        ],
        snippets: {
          cli: sts ? 'export AWS_STS_REGIONAL_ENDPOINTS=regional' : 'unset AWS_USE_DUALSTACK_ENDPOINT AWS_USE_FIPS_ENDPOINT',
        },
        docs: sts
          ? 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html'
          : 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html',
      }
    },
    nextStep: (targets, network) => ({
      summary: {
        en: 'This lists the DNS names that each endpoint covers:',
        ja: '次のコマンドで、それぞれのエンドポイントがカバーしている DNS 名を一覧できます。',
      },
      command: sh`aws ec2 describe-vpc-endpoints --region ${idsOf(network).region} --filters Name=vpc-id,Values=${idsOf(network).vpc} Name=service-name,Values=${serviceNameFilter(targets)} --query 'VpcEndpoints[].[ServiceName,PrivateDnsEnabled,DnsEntries[].DnsName]'`,
    }),
  },
  'service-has-no-endpoint': {
    fix: targets => ({
      summary: {
        en: `${hosts(targets)} has no VPC endpoint: give the workload a way out for it, or do without the call.`,
        ja: `${hosts(targets)} には VPC エンドポイントがありません。外への出口を用意するか、この呼び出しを使わないようにしてください。`,
      },
      steps: [
        {
          en: 'Route this traffic through a NAT gateway or an egress proxy that allows this name.',
          ja: 'この通信を、NAT ゲートウェイ、またはこの名前を許可するプロキシに通します。',
        },
        {
          en: 'Or avoid the call: many libraries have a setting that makes it unnecessary (a fixed region, a given cluster endpoint, a regional name).',
          ja: 'または、この呼び出しをなくします。多くのライブラリには、呼び出しを不要にする設定があります（リージョンの固定、クラスターのエンドポイントの指定、リージョンの名前など）。',
        },
      ],
      snippets: {},
      docs: `${guide}/aws-services-privatelink-support.html`,
    }),
    nextStep: (_targets, network) => ({
      summary: {
        en: 'AWS adds endpoint services; this lists what the region offers today:',
        ja: 'エンドポイントに対応するサービスは増えていきます。次のコマンドで、このリージョンで現在使えるものを一覧できます。',
      },
      command: sh`aws ec2 describe-vpc-endpoint-services --region ${idsOf(network).region} --query 'ServiceNames'`,
    }),
  },
  'other-region': {
    fix: (targets, network) => ({
      summary: {
        en: `Use the endpoints of ${idsOf(network).region}, or give ${hosts(targets)} a way out of the VPC.`,
        ja: `${idsOf(network).region} のエンドポイントを使うか、${hosts(targets)} に届くよう VPC の外への出口を用意してください。`,
      },
      steps: [
        {
          en: `Set the client’s region to ${idsOf(network).region} if that is what was meant.`,
          ja: `${idsOf(network).region} を使うつもりだったのなら、クライアントのリージョンを ${idsOf(network).region} に設定します。`,
        },
        {
          en: 'A gateway endpoint serves its own region only. For another region: cross-region PrivateLink where the service has it, peering to a VPC with an endpoint there, or NAT.',
          ja: 'ゲートウェイ型 VPC エンドポイントは、同じリージョンにしか使えません。別のリージョンへは、クロスリージョンの PrivateLink（対応しているサービスのみ）、エンドポイントのある VPC へのピアリング、または NAT を使います。',
        },
      ],
      snippets: { cli: sh`export AWS_REGION=${idsOf(network).region}` },
      docs: `${guide}/privatelink-access-aws-services.html`,
    }),
    nextStep: (_targets, network) => ({
      summary: {
        en: 'This shows which region the client takes, and from where:',
        ja: '次のコマンドで、クライアントが使うリージョンと、その設定元が分かります。',
      },
      command: sh`aws configure list && echo "AWS_REGION=$AWS_REGION AWS_DEFAULT_REGION=$AWS_DEFAULT_REGION # this VPC: ${idsOf(network).region}"`,
    }),
  },
  'endpoint-not-ready': {
    fix: (targets, network) => ({
      summary: {
        en: `Bring the ${services(targets)} endpoint to the state "available".`,
        ja: `${services(targets)} のエンドポイントを「使用可能（available）」の状態にしてください。`,
      },
      steps: [
        {
          en: 'pendingAcceptance: the owner of the service must accept it. rejected or failed: delete and create again. deleting: wait for its names to leave DNS.',
          ja: 'pendingAcceptance は、サービスの所有者による承諾待ちです。rejected または failed なら、削除して作り直します。deleting なら、名前が DNS から消えるまで待ちます。',
        },
      ],
      snippets: { cli: describeEndpoints(idsOf(network), endpointServiceNames(targets)) },
      docs: `${guide}/concepts.html`,
    }),
    nextStep: (targets, network) => ({
      summary: { en: 'The State of the endpoint tells:', ja: 'エンドポイントの状態（State）を見れば分かります。' },
      command: describeEndpoints(idsOf(network), endpointServiceNames(targets)),
    }),
  },
} satisfies Partial<Record<CauseCode, Remedy>>

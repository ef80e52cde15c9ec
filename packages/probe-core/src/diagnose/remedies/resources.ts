// Remedies for leaks.

import type { CauseCode } from '../../model/cause.ts'
import type { Remedy } from '../rule.ts'
import { hosts } from './ids.ts'
import { plain } from './plain.ts'
import { sh } from './shell.ts'

export const resourceRemedies = {
  'internet-reachable': plain((ids, _targets, network) => ({
    fix: {
      en: 'Close the way out: this network was said to be closed, and the internet answers.',
      ja: '出口を閉じてください。閉域のはずのネットワークから、インターネットに届いています。',
    },
    steps: [
      network.vantage.proxy
        ? {
            en: 'A proxy is set in this environment: it may be the way.',
            ja: 'この環境にはプロキシが設定されています。それが出口かもしれません。',
          }
        : {
            en: 'Look for a NAT gateway, internet gateway or transit gateway in the default route of this subnet.',
            ja: 'このサブネットのデフォルトルートに、NAT ゲートウェイ、インターネットゲートウェイ、Transit Gateway がないか確認します。',
          },
      {
        en: 'An egress rule to 0.0.0.0/0 in the security group makes it usable.',
        ja: 'セキュリティグループに 0.0.0.0/0 へのアウトバウンドルールがあると、その出口を使えます。',
      },
    ],
    docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html',
    next: { en: 'The default route of this subnet:', ja: 'このサブネットのデフォルトルートを確認します。' },
    ask: sh`aws ec2 describe-route-tables --region ${ids.region} --filters Name=association.subnet-id,Values=${ids.subnet} --query 'RouteTables[].Routes[]'`,
  })),
  'traffic-leaves-vpc': plain((ids, targets) => ({
    fix: {
      en: `Keep ${hosts(targets)} inside: use the name that the endpoint covers, or create the endpoint.`,
      ja: `${hosts(targets)} への通信を内側に収めてください。エンドポイントがカバーしている名前を使うか、エンドポイントを作成します。`,
    },
    steps: [
      {
        en: 'It works, and by the internet: endpoint policies do not apply, aws:SourceVpce conditions fail, NAT costs money.',
        ja: '通信はできていますが、インターネット経由です。エンドポイントポリシーは適用されず、aws:SourceVpce の条件は満たされず、NAT の料金がかかります。',
      },
    ],
    docs: 'https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html',
    next: {
      en: 'Where this subnet sends public addresses, and whether the prefix list of a gateway endpoint is among its routes:',
      ja: 'このサブネットがパブリック IP アドレスへの通信をどこに送るか、ゲートウェイ型 VPC エンドポイントのプレフィックスリストがルートにあるかを確認します。',
    },
    ask: sh`aws ec2 describe-route-tables --region ${ids.region} --filters Name=association.subnet-id,Values=${ids.subnet} --query 'RouteTables[].Routes[]'`,
  })),
} satisfies Partial<Record<CauseCode, Remedy>>

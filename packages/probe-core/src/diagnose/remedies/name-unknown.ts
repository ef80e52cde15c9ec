// Remedy for a name that does not exist: the setting that makes clients ask for it, where one does, and else the name itself.

import type { Said } from '../../model/language.ts'
import { isPublishedName } from '../endpoint.ts'
import { nameFrom } from '../facts.ts'
import type { Remedy } from '../rule.ts'
import type { TargetView } from '../view.ts'
import { hosts, type Ids, inWords, serviceNameFilter, services, unique } from './ids.ts'
import { plain } from './plain.ts'
import { sh } from './shell.ts'
import { endpointsHere } from './told-ids.ts'

const route53 = 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide'
const sdk = 'https://docs.aws.amazon.com/sdkref/latest/guide'

export const nameUnknown: Remedy = plain((ids, targets) => {
  if (targets.every(t => t.identity?.isEndpointSpecific)) return endpointGone(ids, targets)
  if (targets.every(t => t.identity?.service != null && !t.identity.isEndpointSpecific && !isPublishedName(t)))
    return madeUp(targets)
  const settings = settingsOf(targets)
  return {
    fix: {
      en: `Correct the name: ${hosts(targets)} does not exist for this network.`,
      ja: `名前を直してください。${hosts(targets)} は、このネットワークからは存在しません。`,
    },
    steps: [
      ...(settings.length > 0 ? [correct(settings)] : []),
      {
        en: 'A typo, a deleted database or load balancer, a service discovery name with no task registered, a file system without a mount target in this zone.',
        ja: 'よくあるのは、入力の誤り、削除されたデータベースやロードバランサー、タスクが登録されていないサービスディスカバリの名前、このゾーンにマウントターゲットがないファイルシステムです。',
      },
      {
        en: 'If it exists elsewhere: a private zone that is not associated with this VPC.',
        ja: 'ほかの場所には存在するなら、この VPC に関連付けられていないプライベートホストゾーンの名前です。',
      },
    ],
    docs: `${route53}/hosted-zone-private-associate-vpcs.html`,
    next: {
      en: 'Does it exist at all? Private zones associated with this VPC:',
      ja: 'そもそも存在する名前かを確認します。次のコマンドで、この VPC に関連付けられたプライベートホストゾーンを一覧できます。',
    },
    ask: sh`aws route53 list-hosted-zones-by-vpc --vpc-id ${ids.vpc} --vpc-region ${ids.region}`,
  }
})

function endpointGone(ids: Ids, targets: readonly TargetView[]) {
  const settings = settingsOf(targets)
  const there = unique(targets.flatMap(endpointsHere))
  // A setting of a file is named, and no command takes it away.
  const from = unique(targets.flatMap(t => t.target.hostFrom ?? []))
  const where: Said =
    from.length > 0 ? { en: inWords(from), ja: inWords(from) } : { en: 'the endpoint’s name', ja: 'エンドポイントの名前' }
  return {
    fix: {
      en: `Correct ${where.en}: ${hosts(targets)} is the own name of an endpoint that was deleted, or whose id is mistyped.`,
      ja: `${where.ja} を直してください。${hosts(targets)} は、削除されたエンドポイントか、ID を書き間違えたエンドポイントの名前です。`,
    },
    steps: [
      {
        en: 'Take the name from the endpoint’s own DNS names. An endpoint that is made again has another id.',
        ja: 'エンドポイントの DNS 名から正しい名前を写します。エンドポイントは、作り直すと ID が変わります。',
      },
      ...(there.length > 0
        ? [
            {
              en: `The endpoint for ${services(targets)} in this VPC: ${inWords(there)}.`,
              ja: `この VPC にある ${services(targets)} のエンドポイント: ${inWords(there)}`,
            },
          ]
        : []),
      ...(from.length > 0
        ? [
            {
              en: 'Where the private DNS of the endpoint is on, the setting is not needed: the usual name leads to it.',
              ja: 'エンドポイントのプライベート DNS が有効なら、この設定は不要です。通常の名前で届きます。',
            },
          ]
        : []),
    ],
    ...(settings.length > 0 && { cli: sh`unset ${settings}` }),
    docs: 'https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html',
    next: {
      en: 'The endpoints for this service, with their own names:',
      ja: '次のコマンドで、このサービスのエンドポイントと、それぞれの名前を一覧できます。',
    },
    ask: sh`aws ec2 describe-vpc-endpoints --region ${ids.region} --filters Name=service-name,Values=${serviceNameFilter(targets)} --query 'VpcEndpoints[].[VpcEndpointId,VpcId,State,DnsEntries[].DnsName]'`,
  }
}

function madeUp(targets: readonly TargetView[]) {
  const settings = settingsOf(targets)
  const regions = unique(targets.flatMap(t => t.identity?.region ?? []))
  const what: Said =
    settings.length > 0
      ? { en: `Turn off ${inWords(settings)}`, ja: `${inWords(settings)} を無効にしてください` }
      : { en: 'Use the regional name', ja: 'リージョンの名前を使ってください' }
  return {
    fix: {
      en: `${what.en}: DNS knows no ${hosts(targets)}, and AWS has such names for some services and regions only (here: ${services(targets)} in ${inWords(regions)}).`,
      ja: `${what.ja}。DNS に ${hosts(targets)} という名前はありません。このような名前は、一部のサービスとリージョンにしかありません（ここでは ${inWords(regions)} の ${services(targets)}）。`,
    },
    steps: [
      {
        en: 'The setting holds for every service of this environment. In ~/.aws/config it is use_fips_endpoint and use_dualstack_endpoint.',
        ja: 'この設定は、この環境のすべてのサービスに効きます。~/.aws/config では use_fips_endpoint と use_dualstack_endpoint です。',
      },
      {
        en: 'Where FIPS is required: use a region that has such names (most are in North America), or give the services that have one their own endpoint URL.',
        ja: 'FIPS が必須なら、その名前があるリージョン（多くは北米）を使うか、名前があるサービスだけにエンドポイント URL を指定します。',
      },
    ],
    ...(settings.length > 0 && { cli: sh`unset ${settings}` }),
    docs: `${sdk}/feature-endpoints.html`,
    next: {
      en: 'Which of these settings are in force here:',
      ja: 'ここで有効な設定を確認します。',
    },
    ask: 'env | grep -E "^AWS_(USE_FIPS|USE_DUALSTACK|ENDPOINT_URL)"; grep -nE "use_(fips|dualstack)_endpoint|endpoint_url" ~/.aws/config',
  }
}

function correct(settings: readonly string[]): Said {
  return { en: `It comes from ${inWords(settings)}.`, ja: `この名前は ${inWords(settings)} によるものです。` }
}

/** Variables that made clients ask for these names. A saved report may say anything: only what is spelled like one is taken. */
function settingsOf(targets: readonly TargetView[]): readonly string[] {
  const from = targets.map(t => t.target.hostFrom ?? String(nameFrom(t)?.phrase?.parts?.setting ?? ''))
  return unique(from.flatMap(text => text.match(/\bAWS_[A-Z0-9_]{1,60}\b/g) ?? []))
}

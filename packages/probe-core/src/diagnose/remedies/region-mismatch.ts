// Remedy for a request that another region is meant to get: of this environment, where its region is the wrong one; of one client,
// where the thing itself lies elsewhere. The environment's region decides for every client, and the endpoints of this VPC are of its own.

import type { Said } from '../../model/language.ts'
import type { Outcome } from '../../model/layer.ts'
import { denialOf } from '../classify.ts'
import type { Remedy } from '../rule.ts'
import type { TargetView } from '../view.ts'
import { bucketOf, hosts, type Ids, idOr, inWords, unique } from './ids.ts'
import { plain } from './plain.ts'
import { sh } from './shell.ts'

const sdk = 'https://docs.aws.amazon.com/sdkref/latest/guide'
const privateLink = 'https://docs.aws.amazon.com/vpc/latest/privatelink'

/** The one that AWS's answer names. */
function toldRegion(targets: readonly TargetView[]): string | undefined {
  const told = targets.map(t => denialOf(t)?.region ?? (t.aws?.outcome === 'rejected' ? t.aws.seen?.region : undefined))
  return idOr(
    told.find(each => each !== undefined),
    undefined,
  )
}

export const regionMismatch: Remedy = plain((ids, targets, network) => {
  const there = toldRegion(targets)
  const isElsewhere = there !== undefined && there !== ids.region && !ids.region.startsWith('<')
  const whose = { next: { en: 'The region that is in force here:', ja: 'ここで有効なリージョンを確認します。' } }
  const ask = 'aws configure list; env | grep -E "^AWS_(DEFAULT_)?REGION"'
  if (isElsewhere) {
    const { internet } = network.vantage
    return {
      ...elsewhere(ids, targets, there, internet),
      docs:
        internet === 'answered'
          ? `${sdk}/feature-region.html`
          : `${privateLink}/aws-services-cross-region-privatelink-support.html`,
      ...whose,
      ask,
    }
  }
  const region = there ?? ids.region
  return {
    fix: {
      en: `Sign for, and call, the region where ${hosts(targets) || 'the resource'} is.`,
      ja: `${hosts(targets) || 'リソース'} のあるリージョン向けに署名し、そのリージョンを呼び出してください。`,
    },
    steps: [
      {
        en: 'A bucket: use its own region; a gateway endpoint serves only buckets of its region.',
        ja: 'バケットなら、そのバケットのリージョンを使います。ゲートウェイ型 VPC エンドポイントは、同じリージョンのバケットにしか使えません。',
      },
      {
        en: 'An endpoint URL that carries no region (vpce-…): set the region explicitly, clients may guess it from the name.',
        ja: 'リージョンを含まないエンドポイント URL（vpce-…）を使うなら、リージョンを明示します。クライアントが名前から推測することがあります。',
      },
      {
        en: 'AWS_REGION and AWS_DEFAULT_REGION: set both alike.',
        ja: 'AWS_REGION と AWS_DEFAULT_REGION は、同じ値にそろえます。',
      },
    ],
    cli: sh`export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
    docs: `${sdk}/feature-region.html`,
    ...whose,
    ask,
  }
})

function elsewhere(ids: Ids, targets: readonly TargetView[], there: string, internet: Outcome) {
  const isOpen = internet === 'answered'
  // A short run ends before the way out has been told.
  const isKnown = internet !== 'skipped'
  const buckets = unique(targets.flatMap(t => t.identity?.bucket ?? []))
  const isBucket = buckets.length > 0 && targets.every(t => t.service?.id === 's3')
  const what = isBucket ? inWords(buckets) : hosts(targets)
  const bucketsHere: Said = {
    en: `Keep the data in ${ids.region}: a bucket there, filled by replication.`,
    ja: `データを ${ids.region} に置きます。そのリージョンのバケットを用意し、レプリケーションで同期します。`,
  }
  const ways: Said = {
    en: `Or lead a way there: an interface endpoint for the service of ${there} (cross-region PrivateLink, S3 has it), peering to a VPC of ${there} that has an interface endpoint, or NAT.`,
    ja: `または、そこへの経路を作ります。${there} のサービスへのインターフェイス型 VPC エンドポイント（クロスリージョンの PrivateLink。S3 は対応しています）、インターフェイス型 VPC エンドポイントのある ${there} の VPC へのピアリング、または NAT です。`,
  }
  const oneClient: Said = {
    en: `Set the region of the client that makes this call (boto3: region_name="${there}"; AWS CLI: --region ${there}), not AWS_REGION: that would lead every client of this environment away from the endpoints of ${ids.region}.`,
    ja: `リージョンは、この呼び出しをするクライアントだけに設定します（boto3: region_name="${there}"、AWS CLI: --region ${there}）。AWS_REGION を変えると、この環境のすべてのクライアントが ${ids.region} のエンドポイントを使わなくなります。`,
  }
  const closed: Said = {
    en: isKnown
      ? `The right region alone does not lead there: this subnet has no way to the internet, and a gateway endpoint serves only its own region, ${ids.region}.`
      : `Unless this subnet has a way to the internet, the right region alone does not lead there: a gateway endpoint serves only its own region, ${ids.region}.`,
    ja: isKnown
      ? `リージョンを直すだけでは届きません。このサブネットにはインターネットへの出口がなく、ゲートウェイ型 VPC エンドポイントは自分のリージョン（${ids.region}）にしか使えません。`
      : `このサブネットにインターネットへの出口がなければ、リージョンを直すだけでは届きません。ゲートウェイ型 VPC エンドポイントは自分のリージョン（${ids.region}）にしか使えません。`,
  }
  const fix: Said =
    !isOpen && isKnown
      ? {
          en: `${what} is in ${there}: bring it to ${ids.region}, or open a way to ${there} and name that region in its client alone.`,
          ja: `${what} は ${there} にあります。${ids.region} に用意するか、${there} への経路を作り、そのクライアントだけに ${there} を指定してください。`,
        }
      : {
          en: `${what} is in ${there}: name that region in the client of this call alone.`,
          ja: `${what} は ${there} にあります。この呼び出しをするクライアントだけに、そのリージョンを指定してください。`,
        }
  return {
    fix,
    steps: isOpen ? [oneClient] : [closed, ...(isBucket ? [bucketsHere] : []), ways, oneClient],
    ...(isBucket && { cli: sh`aws s3api head-bucket --bucket ${bucketOf(targets)} --region ${there}` }),
  }
}

// Remedies for denials: which policy to change, and the call that shows it.

import type { CauseCode } from '../../model/cause.ts'
import type { Said } from '../../model/language.ts'
import { isNamed } from '../refusal.ts'
import type { Remedy } from '../rule.ts'
import type { TargetView } from '../view.ts'
import {
  addsToPolicy,
  boundaryArn,
  boundaryOf,
  listing,
  namedActions,
  nameResource,
  operationOf,
  policiesOf,
  policyArn,
  who,
} from './denied-access.ts'
import { privateDns } from './endpoint-changes.ts'
import { bucketOf, hosts, type Ids, idOr, serviceNameFilter } from './ids.ts'
import { plain } from './plain.ts'
import {
  boundaryPolicy,
  bucketPolicy,
  endpointPolicy,
  identityPolicy,
  keyPolicy,
  organizationPolicy,
  resourcePolicy,
} from './policy-changes.ts'
import { sh } from './shell.ts'

const iam = 'https://docs.aws.amazon.com/IAM/latest/UserGuide'
const privateLink = 'https://docs.aws.amazon.com/vpc/latest/privatelink'

function actions(targets: readonly TargetView[]): string {
  return namedActions(targets) || 'the action'
}

/** With the space that parts Latin letters from the Japanese around them. */
function actionsJa(targets: readonly TargetView[], before = ''): string {
  const named = namedActions(targets)
  return named === '' ? 'このアクション' : `${before}${named} `
}

const generic: Said = {
  en: 'If the workload never makes this call, the denial does no harm: name your own resource to know (for example s3://BUCKET).',
  ja: 'ワークロードがこの呼び出しをしないなら、この拒否に害はありません。確かめるには、自分のリソースを指定してください（例: s3://BUCKET）。',
}

const readEndpointPolicy = (ids: Ids, targets: readonly TargetView[]) =>
  sh`aws ec2 describe-vpc-endpoints --region ${ids.region} --filters Name=vpc-id,Values=${ids.vpc} Name=service-name,Values=${serviceNameFilter(targets)} --query 'VpcEndpoints[].[VpcEndpointId,PolicyDocument]' --output text`

export const accessRemedies = {
  'identity-policy-denies': plain((_ids, targets) => ({
    fix: {
      en: `Allow ${actions(targets)} in an identity policy of ${who(targets)}.`,
      ja: `${who(targets)} のアイデンティティベースのポリシーで、${actionsJa(targets)}を許可してください。`,
    },
    steps: [
      {
        en: 'The network, DNS and TLS are proven fine: AWS itself answered.',
        ja: 'ネットワーク、DNS、TLS は正常です。AWS 自身が応答しています。',
      },
      {
        en: 'An explicit deny must be removed where it stands; an Allow elsewhere does not outweigh it.',
        ja: '明示的な拒否（Deny）は、書かれている場所で取り除く必要があります。ほかの場所の Allow では打ち消せません。',
      },
      {
        en: 'AWS names one policy only: others may deny too once this one is mended.',
        ja: 'AWS が示すポリシーは一つだけです。これを直しても、ほかのポリシーが拒否するかもしれません。',
      },
      ...(targets.every(t => !isNamed(t)) ? [generic] : []),
      ...nameResource(targets),
    ],
    snippets: identityPolicy(targets),
    docs: `${iam}/troubleshoot_access-denied.html`,
    next: { en: 'The policies of the role:', ja: 'ロールのポリシーを確認します。' },
    ask: policiesOf(targets),
  })),
  'permissions-boundary-denies': plain((_ids, targets) => ({
    fix: {
      en: `Let the permissions boundary of ${who(targets)} allow ${actions(targets)}.`,
      ja: `${who(targets)} のアクセス許可の境界で、${actionsJa(targets)}を許可してください。`,
    },
    steps: [
      {
        en: 'A boundary limits what identity policies can give; both must allow. It is usually owned by the platform team.',
        ja: '境界は、アイデンティティベースのポリシーで与えられる範囲を制限します。両方の許可が必要です。境界は、たいてい基盤チームが管理しています。',
      },
      addsToPolicy,
    ],
    snippets: boundaryPolicy(targets, boundaryArn(targets)),
    docs: `${iam}/access_policies_boundaries.html`,
    next: { en: 'The boundary of the role:', ja: 'ロールのアクセス許可の境界を確認します。' },
    ask: boundaryOf(targets),
  })),
  'session-policy-denies': plain((_ids, targets) => ({
    fix: {
      en: `Let the session policy that was passed when ${who(targets)} was assumed allow ${actions(targets)}.`,
      ja: `${who(targets)} を引き受けるときに渡されたセッションポリシーで、${actionsJa(targets)}を許可してください。`,
    },
    steps: [
      {
        en: 'Whoever calls AssumeRole (or a federation broker) passed a policy that leaves this action out. The role itself may allow it.',
        ja: 'AssumeRole を呼ぶ側（またはフェデレーションブローカー）が、このアクションを含まないポリシーを渡しています。ロール自体は許可しているかもしれません。',
      },
    ],
    docs: `${iam}/access_policies.html#policies_session`,
    next: {
      en: 'Who assumed the role, and with what policy, stands in CloudTrail:',
      ja: 'だれがどのポリシーでロールを引き受けたかは、CloudTrail に残っています。',
    },
    ask: 'aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRole --max-results 5',
  })),
  'scp-denies': plain((ids, targets) => ({
    fix: {
      en: `Have the service control policy that denies ${actions(targets)} changed by the organization’s administrators.`,
      ja: `${actionsJa(targets)}を拒否しているサービスコントロールポリシー（SCP）の変更を、組織の管理者に依頼してください。`,
    },
    steps: [
      {
        en: 'Nothing in this account can outweigh it. Region and service restrictions are its usual content.',
        ja: 'このアカウントの中では打ち消せません。よくある内容は、リージョンやサービスの制限です。',
      },
      addsToPolicy,
    ],
    snippets: organizationPolicy(targets, policyArn(targets)),
    docs: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html',
    next: { en: 'In the management account:', ja: '管理アカウントで実行します。' },
    ask: sh`aws organizations list-policies-for-target --target-id ${ids.account} --filter SERVICE_CONTROL_POLICY`,
  })),
  'rcp-denies': plain((_ids, targets) => ({
    fix: {
      en: `Have the resource control policy that denies ${actions(targets)} changed by the organization’s administrators.`,
      ja: `${actionsJa(targets)}を拒否しているリソースコントロールポリシー（RCP）の変更を、組織の管理者に依頼してください。`,
    },
    steps: [
      {
        en: 'It guards resources of its organization, often against principals or networks outside it (aws:PrincipalOrgID, aws:SourceVpc).',
        ja: '組織のリソースを守るポリシーで、多くは組織の外のプリンシパルやネットワークを拒否します（aws:PrincipalOrgID、aws:SourceVpc）。',
      },
      addsToPolicy,
    ],
    snippets: organizationPolicy(targets, policyArn(targets)),
    docs: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html',
    next: { en: 'In the management account of the resource’s owner:', ja: 'リソース所有者の管理アカウントで実行します。' },
    ask: sh`aws organizations list-policies-for-target --target-id ${'<account-id-of-the-owner>'} --filter RESOURCE_CONTROL_POLICY`,
  })),
  'endpoint-policy-denies': plain((ids, targets) => ({
    fix: {
      en: `Allow ${actions(targets)} in the policy of the VPC endpoint that serves ${hosts(targets)}.`,
      ja: `${hosts(targets)} につながる VPC エンドポイントのポリシーで、${actionsJa(targets)}を許可してください。`,
    },
    steps: [
      {
        en: 'Endpoint policy and identity policy must both allow. A policy with Deny statements only allows nothing.',
        ja: 'エンドポイントポリシーとアイデンティティベースのポリシーの、両方の許可が必要です。Deny だけのポリシーは何も許可しません。',
      },
      {
        en: 'Remember what others fetch through it: ECR’s layers come from AWS’s own buckets, package repositories are read without a signature.',
        ja: 'ほかのものも同じエンドポイントを通ります。ECR のレイヤーは AWS 所有のバケットから、パッケージリポジトリは署名なしで取得されます。',
      },
      addsToPolicy,
    ],
    snippets: endpointPolicy(ids, targets),
    docs: `${privateLink}/vpc-endpoints-access.html`,
    next: { en: 'The policy of the endpoint:', ja: 'エンドポイントのポリシーを確認します。' },
    ask: readEndpointPolicy(ids, targets),
  })),
  'bucket-policy-denies': plain((_ids, targets) => ({
    fix: {
      en: `Let the bucket policy of ${hosts(targets)} allow ${actions(targets)} from here.`,
      ja: `${hosts(targets)} のバケットポリシーで、ここからの${actionsJa(targets, ' ')}を許可してください。`,
    },
    steps: [
      {
        en: 'Its usual content is a Deny unless aws:SourceVpce or aws:SourceVpc matches: the request must come through that very endpoint.',
        ja: 'よくある内容は、aws:SourceVpce または aws:SourceVpc が一致しないときの Deny です。リクエストは、そのエンドポイントを通る必要があります。',
      },
      {
        en: 'An access point with a VPC origin words the same denial when asked through another VPC’s endpoint.',
        ja: 'VPC 専用のアクセスポイントも、別の VPC のエンドポイントから呼ぶと同じ文言で拒否します。',
      },
      addsToPolicy,
    ],
    snippets: bucketPolicy(targets),
    docs: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html',
    next: { en: 'The policy of the bucket:', ja: 'バケットのポリシーを確認します。' },
    ask: sh`aws s3api get-bucket-policy --bucket ${bucketOf(targets)} --query Policy --output text`,
  })),
  'resource-policy-denies': plain((_ids, targets) => ({
    fix: {
      en: `Let the policy of the resource allow ${actions(targets)} to ${who(targets)}.`,
      ja: `リソースのポリシーで、${who(targets)} に${actionsJa(targets, ' ')}を許可してください。`,
    },
    steps: [
      {
        en: 'Across accounts both sides must allow: also check the identity policy of the caller, which AWS may not name.',
        ja: 'アカウントをまたぐときは、両側の許可が必要です。呼び出し元のアイデンティティベースのポリシーも確認してください。AWS が示さないことがあります。',
      },
    ],
    snippets: resourcePolicy(targets),
    docs: `${iam}/reference_policies_evaluation-logic.html`,
    next: {
      en: 'The statement that decides stands in the resource’s own policy, for example:',
      ja: '決め手となるステートメントは、リソース自身のポリシーにあります。例:',
    },
    ask: sh`aws kms get-key-policy --key-id ${'<key-id>'} --policy-name default; aws sqs get-queue-attributes --queue-url ${'<queue-url>'} --attribute-names Policy`,
  })),
  'kms-denies': plain((_ids, targets) => ({
    fix: {
      en: `Allow ${actions(targets)} on the key, in its key policy and (where that delegates to the account) in the identity policy of ${who(targets)}.`,
      ja: `キーポリシーと、（キーポリシーがアカウントに委任しているなら）${who(targets)} のアイデンティティベースのポリシーで、このキーへの${actionsJa(targets, ' ')}を許可してください。`,
    },
    steps: [
      {
        en: 'The service asked KMS on your behalf: encrypted buckets, secrets, queues and log groups need the key as well.',
        ja: 'サービスが、あなたの代わりに KMS を呼んでいます。暗号化されたバケット、シークレット、キュー、ロググループには、キーの許可も必要です。',
      },
      {
        en: 'A key of another account or region, or one that does not exist, is worded the same way.',
        ja: '別のアカウントや別のリージョンのキー、存在しないキーも、同じ文言で拒否されます。',
      },
      addsToPolicy,
    ],
    snippets: keyPolicy(targets),
    docs: 'https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html',
    next: { en: 'The policy of the key:', ja: 'キーのポリシーを確認します。' },
    ask: sh`aws kms get-key-policy --key-id ${'<key-id>'} --policy-name default --output text`,
  })),
  'denied-unattributed': plain((ids, targets) => ({
    fix: {
      en: `AWS denies ${actions(targets)} without a reason: look at the identity policy first, then the endpoint policy, then the resource’s, then the organization’s.`,
      ja: `AWS は理由を示さずに${actionsJa(targets, ' ')}を拒否しています。アイデンティティベースのポリシー、エンドポイントポリシー、リソースのポリシー、組織のポリシーの順に確認してください。`,
    },
    steps: [
      {
        en: 'The network, DNS and TLS are proven fine: AWS itself answered.',
        ja: 'ネットワーク、DNS、TLS は正常です。AWS 自身が応答しています。',
      },
      ...(targets.every(t => !isNamed(t)) ? [generic] : []),
    ],
    docs: `${iam}/troubleshoot_access-denied.html`,
    next: {
      en: 'CloudTrail keeps the reason that the answer leaves out (errorMessage; vpce denials as network activity events):',
      ja: '応答で省かれた理由は、CloudTrail に残っています（errorMessage。エンドポイントによる拒否は、ネットワークアクティビティイベント）。',
    },
    ask: sh`aws cloudtrail lookup-events --region ${ids.region} --lookup-attributes AttributeKey=EventName,AttributeValue=${operationOf(targets)} --max-results 5 --query 'Events[].CloudTrailEvent'`,
  })),
  'private-dns-captures-public-api': plain((ids, targets) => ({
    fix: {
      en: 'Turn off private DNS of the execute-api endpoint, or make the API private and associate the endpoint with it.',
      ja: 'execute-api のエンドポイントのプライベート DNS を無効にするか、API をプライベートにしてエンドポイントを関連付けてください。',
    },
    steps: [
      {
        en: 'With private DNS on, every *.execute-api name of the region goes to the endpoint, public APIs too, and those answer Forbidden.',
        ja: 'プライベート DNS が有効だと、リージョンの *.execute-api の名前はすべてエンドポイントに向かいます。パブリックな API も含まれ、Forbidden が返ります。',
      },
      {
        en: 'A public API can keep working behind a custom domain name, which the endpoint does not capture.',
        ja: 'パブリックな API は、カスタムドメイン名を使えばそのまま呼べます。エンドポイントはその名前を横取りしません。',
      },
      {
        en: 'If the API is private: associate this endpoint with it, or check its Host header or x-apigw-api-id.',
        ja: 'API がプライベートなら、このエンドポイントを関連付けるか、Host ヘッダーまたは x-apigw-api-id を確認します。',
      },
    ],
    snippets: privateDns(ids, targets, false, '<execute-api-endpoint-id>'),
    docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html',
    next: {
      en: 'Is the API public or private, and with which endpoints?',
      ja: 'API がパブリックかプライベートか、どのエンドポイントと関連付けられているかを確認します。',
    },
    ask: sh`aws apigateway get-rest-api --region ${ids.region} --rest-api-id ${idOr(targets[0]?.target.host.split('.')[0], '<api-id>')} --query endpointConfiguration`,
  })),
  'object-missing-looks-denied': plain((_ids, targets) => ({
    fix: {
      en: 'Check that the key exists, or allow s3:ListBucket so that S3 says so.',
      ja: 'キーが存在するか確認してください。または、S3 が「存在しない」と答えられるように s3:ListBucket を許可してください。',
    },
    steps: [
      {
        en: 'Without s3:ListBucket, S3 answers 403 for a key that is not there.',
        ja: 's3:ListBucket がないと、S3 は存在しないキーにも 403 を返します。',
      },
    ],
    snippets: identityPolicy(targets, listing(targets)),
    docs: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html',
    next: { en: 'Someone who may list the bucket can tell:', ja: 'バケットを一覧できる人なら確認できます。' },
    ask: sh`aws s3api list-objects-v2 --bucket ${bucketOf(targets)} --prefix ${'<key>'} --max-items 1`,
  })),
} satisfies Partial<Record<CauseCode, Remedy>>

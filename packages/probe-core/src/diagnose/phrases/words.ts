// Parts of sentences that are words, not names or numbers: the report holds their codes, each language says them.

import type { DenialCaveat, PolicyType } from '../../catalog/denial.ts'
import { remarkIn } from '../../catalog/remarks.ts'
import type { Language, Said } from '../../model/language.ts'

type Words<Code extends string = string> = Readonly<Record<Code, Said>>

const policies: Words<PolicyType> = {
  identity: { en: 'an identity-based policy', ja: 'アイデンティティベースのポリシー' },
  resource: { en: 'a resource-based policy', ja: 'リソースベースのポリシー' },
  scp: { en: 'a service control policy', ja: 'サービスコントロールポリシー（SCP）' },
  rcp: { en: 'a resource control policy', ja: 'リソースコントロールポリシー（RCP）' },
  endpoint: { en: 'a VPC endpoint policy', ja: 'VPC エンドポイントポリシー' },
  boundary: { en: 'a permissions boundary', ja: 'アクセス許可の境界' },
  session: { en: 'a session policy', ja: 'セッションポリシー' },
  'role-trust': { en: 'a role trust policy', ja: 'ロールの信頼ポリシー' },
}

const caveats: Words<DenialCaveat> = {
  'kms-delegates-to-identity': {
    en: 'a key that delegates to its account says so too when only an identity policy is missing',
    ja: 'アカウントに委任しているキーは、足りないのがアイデンティティベースのポリシーでも、こう答えます',
  },
  'cross-account': {
    en: 'across accounts a missing identity policy is worded as a missing resource policy',
    ja: 'アカウントをまたぐとき、アイデンティティベースのポリシーの不足は、リソースのポリシーの不足と表現されます',
  },
  'missing-repository-looks-denied': {
    en: 'across accounts ECR says so of a repository that does not exist',
    ja: 'アカウントをまたぐとき、ECR は存在しないリポジトリにもこう答えます',
  },
  'access-point-other-vpc': {
    en: 'an S3 access point that is bound to another VPC says so too',
    ja: '別の VPC 専用の S3 アクセスポイントも、こう答えます',
  },
  'three-in-one': {
    en: 'the key may also be in another region, or not exist',
    ja: 'キーが別のリージョンにあるか、存在しないときも同じです',
  },
  unsigned: { en: 'the caller was anonymous', ja: '呼び出し元が匿名です' },
  'lambda-authorizer': {
    en: "the API's own authorizer says so, and no IAM policy is involved",
    ja: 'API 自身のオーソライザーの応答で、IAM ポリシーは関係しません',
  },
  'presigned-url-expired': { en: 'a presigned URL that has expired says so', ja: '期限の切れた署名付き URL も、こう答えます' },
  'headers-not-signed': {
    en: 'headers that were not signed make it say so',
    ja: '署名されていないヘッダーがあると、こう答えます',
  },
  'expired-or-clock': {
    en: 'an expired token and a wrong clock look alike',
    ja: '期限切れのトークンと時計のずれは、区別できません',
  },
  'credentials-clock-or-region': {
    en: 'bad keys, a wrong clock and a region that is not enabled look alike',
    ja: '誤ったキー、時計のずれ、有効になっていないリージョンは、区別できません',
  },
  'unavailable-or-throttled': {
    en: 'it may be throttling or the service itself',
    ja: 'スロットリングか、サービス側の問題かもしれません',
  },
  'quarantined-key': { en: 'AWS has flagged the key as leaked', ja: 'AWS がこのキーを漏えいしたものとして制限しています' },
  bare: { en: 'it gives no reason', ja: '理由が示されていません' },
}

/** By the name of the part, in whatever sentence it stands. A value without an entry is a name, and the same in all languages. */
const byPart: Readonly<Record<string, Words>> = {
  policy: policies,
  caveat: caveats,
  resolver: {
    'hosts-file': { en: 'hosts-file', ja: 'hosts ファイル' },
    '?': { en: 'the DNS server', ja: 'DNS サーバー' },
  },
  host: { 'the canary': { en: 'the canary', ja: '確認用のホスト' } },
  holder: { 'this ENI': { en: 'this ENI', ja: 'この ENI' } },
  code: { silent: { en: 'silent', ja: '無応答' } },
}

export function wordFor(part: string, value: string | number, language: Language): string {
  const text = String(value)
  // Why a link of the credential chain gave nothing was written down in English where it was tried.
  if (part === 'why') return remarkIn(text, language)
  const words = byPart[part]
  return words !== undefined && Object.hasOwn(words, text) ? (words[text]?.[language] ?? text) : text
}

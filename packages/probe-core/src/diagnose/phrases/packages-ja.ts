// パッケージインデックスについての証拠の文（日本語）。

import type { packagesPhrases } from './packages-en.ts'

export const packagesPhrasesJa: Record<keyof typeof packagesPhrases, string> = {
  'packages.default': 'ほかの取得先は設定されていません。{host} は {manager} の既定の取得先です',
  'packages.configured': '{manager} が {host} を見にいくのは、この設定があるためです: {from}',
  'packages.linksLead': '{index} の応答は {host} を指しています',
  'packages.refusesSent': '{manager} の URL にある認証情報 ({from}) に対し、{host} は {status} を返しました',
  'packages.refusesNone':
    '{host} は {status} を返しました。{manager} の認証情報は、設定にも netrc にも keyring にも見つかりませんでした',
  'packages.tokenExpired': 'その URL にある CodeArtifact トークンは、トークン自身の記載では {at} に期限が切れています',
  'packages.tokenOther':
    'その URL にある CodeArtifact トークンの期限は、トークン自身の記載では {at} です。別のドメイン、アカウント、リージョンのものか、取り消されています',
}

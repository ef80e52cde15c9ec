// 指定されたリソースについての証拠の文（日本語）。

import type { resourcesPhrases } from './resources-en.ts'

export const resourcesPhrasesJa: Record<keyof typeof resourcesPhrases, string> = {
  'resource.alsoDenied': '同じリソースで、AWS は次のアクションも拒否しています: {actions}',
  'resource.alsoAllowed': '同じリソースで、AWS は {actions} を許可しています',
  'resource.listed': '{resource} の一覧は許可されています。この場合、S3 は存在しないキーに 404 を返します',
  'resource.hidesMissing':
    '{action} が拒否され、キーは一覧で確認できていません。S3 はキーが存在しないときにも同じ応答を返すことがあります',
  'resource.judgesListing': '{action} に対して、S3 は {judged} を判定しました。キーが存在しないときの動作です',
  'resource.secretSuffix':
    '拒否の応答に、シークレットの ARN の末尾 6 文字がありません。シークレットが存在しないときも同じ応答になります',
  'resource.oneAnswer': 'このサービスは、権限がないときと存在しないときに同じ応答を返します',
  'resource.state': 'キー自身の状態は {state} です（{action}）',
}

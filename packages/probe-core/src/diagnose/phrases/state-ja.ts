// Sentences of proof about the state of instances, databases, services and groups, in Japanese.

import type { statePhrases } from './state-en.ts'

export const statePhrasesJa: Record<keyof typeof statePhrases, string> = {
  'state.instance': 'EC2 によると、{id} の状態は {state} です',
  'state.instanceBecause': 'EC2 によると、{id} の状態は {state} です（{reason}）',
  'state.instanceImpaired': 'EC2 によると、{id} は実行中ですが、ステータスチェックに合格していません（{checks}）',
  'state.inGroup': '{id} は Auto Scaling グループ {group} に属しています',
  'state.database': 'RDS によると、データベース {id} のステータスは「{status}」です',
  'state.databaseCluster': 'RDS によると、DB クラスター {id} のステータスは「{status}」です',
  'state.databaseStartsAgain': '{at} に、RDS が {id} を自動的に起動します',
  'state.databasePending': '{id} には、保留中のメンテナンスがあります（{what}）',
  'state.databaseWindow': '{id} のメンテナンスウィンドウは {window}（UTC）です',
  'state.service': 'ECS によると、{name} は {desired} 個中 {running} 個のタスクが実行中で、{pending} 個が保留中です',
  'state.serviceStatus': 'ECS によると、{name} のステータスは {status} です',
  'state.serviceEvent': 'サービスの最新のイベント（{at}）: {text}',
  'state.taskStopped': 'タスクが停止しました（{at}）。{code}: {reason}',
  'state.taskNeeds': 'この文言から、タスクが到達できなかったのは次のサービスと分かります: {services}',
  'state.serviceAtZero': 'ECS では、{name} の必要なタスク数は {desired}、実行中のタスク数は {running} です',
  'state.serviceAtZeroWithin':
    'ECS では、{name} の必要なタスク数は {desired}、実行中のタスク数は {running} です。Application Auto Scaling の範囲は {min} から {max} です',
  'state.group':
    'Auto Scaling によると、グループ {name} は希望 {desired}、最小 {min}、最大 {max} で、{inService} 台が InService です',
  'state.scheduleDue':
    'スケジュールされたアクション {name}（{expression}、{timeZone}）は {capacity} に設定します。直近の予定時刻は {at} ですが、実行された証明にはなりません',
  'state.scheduleNext': '次に予定されている変更は {at} の {name}（{expression}、{timeZone}）です: {capacity}',
  'state.zeroedBySchedule': 'AWS の記録によると、{at} にスケジュールされたアクションがゼロに設定しました: {text}',
  'state.interface': '{address} を持つのは、ネットワークインターフェイス {id}（{description}）です',
  'state.interfaceOf.instance': '{address} を持つのは、インスタンスのネットワークインターフェイス {id} です',
  'state.interfaceOf.database': '{address} を持つのは、RDS データベースのネットワークインターフェイス {id}（{description}）です',
  'state.interfaceOf.load-balancer':
    '{address} を持つのは、ロードバランサーのネットワークインターフェイス {id}（{description}）です',
  'state.interfaceOf.task': '{address} を持つのは、ECS タスクのネットワークインターフェイス {id}（{description}）です',
  'state.interfaceOf.endpoint':
    '{address} を持つのは、VPC エンドポイントのネットワークインターフェイス {id}（{description}）です',
  'state.interfaceOf.function': '{address} を持つのは、Lambda 関数のネットワークインターフェイス {id}（{description}）です',
  'state.interfaceOf.file-system':
    '{address} を持つのは、EFS マウントターゲットのネットワークインターフェイス {id}（{description}）です',
  'state.nobodyHolds': '{vpc} で、このアカウントから見えるネットワークインターフェイスに {address} を持つものはありません',
  'state.notAllowed': '状態を確認できる {action} は拒否されました（{code}）',
  'state.notAnswered': '状態を確認できる {action} に、{host} から応答がありません',
}

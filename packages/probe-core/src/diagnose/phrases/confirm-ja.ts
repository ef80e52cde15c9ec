// コントロールプレーンが経路について答えたことを示す根拠の文（日本語）。キーと差し込み部分は英語版と同じです。

import type { confirmPhrases } from './confirm-en.ts'

export const confirmPhrasesJa: Record<keyof typeof confirmPhrases, string> = {
  'confirm.noIngress': '{holder} の {groups} には、{peer} からの {traffic} を許可するインバウンドルールがありません',
  'confirm.noEgress': '{holder} の {groups} には、{peer} への {traffic} を許可するアウトバウンドルールがありません',
  'confirm.ingressAllows': '{holder} の {groups} は、{peer} からの {traffic} を許可しています（{rule} のルール）',
  'confirm.egressAllows': '{holder} の {groups} は、{peer} への {traffic} を許可しています（{rule} のルール）',
  'confirm.aclDeniesOut':
    '{subnet} のネットワーク ACL {acl}：アウトバウンドのエントリ {entry} が {peer} への {traffic} を拒否しています',
  'confirm.aclDeniesIn':
    '{subnet} のネットワーク ACL {acl}：インバウンドのエントリ {entry} が {peer} からの {traffic} を拒否しています',
  'confirm.aclsAllow': 'ネットワーク ACL（{acls}）は {peer} への {traffic} と、ポート {ports} への応答を許可しています',
  'confirm.sameSubnet': '{address} は同じサブネット {subnet} にあるため、ネットワーク ACL は適用されません',
  'confirm.noRoute': '{subnet} のルートテーブル {table} には {address} へのルートがありません',
  'confirm.blackhole': '{subnet} のルートテーブル {table}：{to} へのルートのターゲット {via} はもう存在しません（blackhole）',
  'confirm.routed': '{subnet} のルートテーブル {table} は、{address} を {to} のルートで {via} に送ります',
  'confirm.noPublicAddress':
    '{table} は {via} に送りますが、{interface} にはパブリックアドレスがないため、インターネットゲートウェイで破棄されます',
  'confirm.noEndpoint': '{vpc} には {service} のエンドポイントがありません',
  'confirm.noSuchEndpoint': '{vpc} に {endpoint} というエンドポイントはありません',
  'confirm.endpointExists': '{endpoint}（{service}）が {vpc} にあり、状態は {state} です',
  'confirm.privateDnsOff': '{endpoint}（{service}）はありますが、プライベート DNS が無効です',
  'confirm.privateDnsOn': '{endpoint}（{service}）があり、プライベート DNS は有効です',
  'confirm.endpointState': '{endpoint}（{service}）の状態は {state} です',
  'confirm.endpointWithoutSubnet':
    '{endpoint}（{service}）はどのサブネットにも関連付けられていないため、プライベート名にアドレスがありません',
  'confirm.nameNotCovered': '{endpoint} は {names} の名前に応答しますが、{name} には応答しません',
  'confirm.nameCovered': '{endpoint} は {name} の名前に応答します',
  'confirm.dnsAttributesOff': '{vpc} の {attributes} が無効のため、エンドポイントのプライベート名は解決されません',
  'confirm.dnsAttributesOn': '{vpc} の enableDnsSupport と enableDnsHostnames は有効です',
  'confirm.resolverBypasses':
    '{endpoint} は {vpc} の中で {name} に応答しますが、このマシンは VPC のリゾルバーではなく {resolvers} に問い合わせています',
  'confirm.dhcpServers': '{vpc} の {options} は DNS サーバー {servers} を配布しています',
  'confirm.noGateway': '{vpc} には {service} のゲートウェイ型 VPC エンドポイントがありません',
  'confirm.gatewayElsewhere':
    'ゲートウェイ型 VPC エンドポイント {endpoint} は {tables} に関連付けられていて、{table} には関連付けられていません',
  'confirm.nobodyHolds': '{vpc} には、アドレス {address} を持つネットワークインターフェイスがありません',
  'confirm.open':
    'VPC の設定は {peer} への {traffic} を通します（{decided}）が、応答がありません。妨げているのは、セキュリティグループ、ネットワーク ACL、ルートには現れないものです（ホストのファイアウォール、アプライアンス、停止しているホスト、数分以内の変更）',
  'confirm.before': 'パケットはそこまで届きません：{holder}',
  'confirm.policyDenies': '{policy} が拒否しています：ステートメント {statement}',
  'confirm.policyAllowsNot': '{policy} には {action} を許可するステートメントがありません',
  'confirm.policyAllows': '{policy} は許可しています：ステートメント {statement}',
  'confirm.packetsDisagree':
    '設定では {peer} への {traffic} は閉じていますが、実際には応答がありました。得られた設定は、ここでの可否を決めているものではありません',
}

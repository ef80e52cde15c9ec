// Every sentence of a comparison, in Japanese.

import type { CompareMessages } from './compare-en.ts'

export const compareJa: CompareMessages = {
  title: 'レポート',
  differ: (n, all) =>
    n === 0 ? `違いはありません。対象 ${all} 件はすべて同じです。` : `対象 ${all} 件のうち ${n} 件が違います。`,
  onlyIn: letter => `${letter} だけ`,
  notCompared: '比べていない対象',
  healthy: (n, all) => `${all} 件中 ${n} 件が正常`,
  incomplete: '途中まで',
  says: '違いからわかること',
  remains: '残る原因',
  ruledOut: '除外',
  affects: '対象',
  places: '実行場所の違い',
  sameplace: 'レポートからわかる限り、どちらも同じ場所で実行されています。違うのは時刻です。',
  facts: {
    region: 'リージョン',
    vpc: 'VPC',
    subnet: 'サブネット',
    securityGroups: 'セキュリティグループ',
    resolvers: 'DNS サーバー',
    proxy: 'プロキシ',
    identity: 'アイデンティティ',
    internet: 'インターネット',
    clock: '時計',
    workload: 'ワークロード',
    sdk: 'SDK の設定',
  },
  unknown: '?',
  targets: '違いのある対象',
  target: '対象',
  causes: '原因と場所',
  notSeen: '-',
  ok: '正常',
  verdicts: { healthy: '正常', denied: '拒否', failing: '失敗', unknown: '不明' },
  stopped: {
    answered: layer => layer,
    rejected: (layer, code) => `${layer} ${code}`,
    silent: layer => `${layer} 無応答`,
    skipped: layer => `${layer} 未実行`,
  },
  noTime: '時間切れ',
  someAddresses: (how, n) => `${how}（アドレス ${n} 件）`,
  public: 'パブリック',
  private: 'プライベート',
}

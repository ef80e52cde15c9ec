// Every sentence the CLI itself prints, in Japanese.

import { causeTextsJa } from './cause-texts-ja.ts'
import type { Messages } from './en.ts'
import { whyMessagesJa } from './why-ja.ts'

/** Latin letters are parted from the Japanese behind them, Japanese is not. */
const spaced = (text: string) => (/[\u0021-\u007e]$/.test(text) ? `${text} ` : text)

export const ja: Messages = {
  language: 'ja',
  sentenceGap: '',
  listGap: '、',
  clauseGap: '。',

  causes: causeTextsJa,
  why: whyMessagesJa,

  answer: {
    interrupted: '中断されました。',
    timeIsUp: deadline => `${deadline}で時間切れになりました。すべては確認できていません。`,
    noTarget: '調べた対象がありません。',
    allHealthy: n => (n === 1 ? '対象は正常です。' : `${n} 個の対象はすべて正常です。`),
    causesExplain: (causes, failures) => `${causes}、失敗 ${failures} 件を説明できます。`,
    causeCount: (n, sure) => `原因 ${n} 件${sure === '' ? '' : `（${sure}）`}で`,
    sure: (n, confidence) => `${confidence} ${n}`,
    problems: n => `問題が ${n} 件あります。`,
    warnings: n => `警告が ${n} 件あります。`,
    stopper: text => `${text}。`,
    unexplained: n => `原因不明の失敗が ${n} 件あります。`,
    unknown: n => `${n} 個の対象は判定できませんでした。`,
    healthy: (n, all) => `対象 ${all} 個のうち ${n} 個は正常です。`,
  },

  finding: {
    severity: { error: 'エラー', warning: '警告' },
    confidence: { certain: '確実', likely: '有力', possible: '可能性あり' },
    codeLine: (code, sure) => `${code}（${sure}）`,
    other: (title, code, sure) => `${title}（${code}、${sure}）`,
    line: (code, sure, ids) => `${code}（${sure}）${ids === '' ? '' : `: ${ids}`}`,
    targets: '対象',
    effect: '影響',
    because: '根拠',
    against: '反証',
    also: '同時に',
    or: '他の候補',
    excluded: '除外済み',
    fix: '直し方',
    docs: '参照',
    next: '次の一手',
    alike: ids => `（${ids} も同様）`,
    further: n => `ほか ${n} 件（--verbose ですべて表示）`,
    otherSnippets: names => `${names} の例は --verbose で表示`,
    fails: (workload, ids) => `${spaced(ids)}がないと、${workload} は動きません`,
    stalls: (workload, ids) => `${spaced(ids)}がないと、${workload} は止まったまま待ち続けます`,
    degrades: (workload, ids) => `${spaced(ids)}がないと、${workload} の一部の機能が使えません`,
    onlyFor: (id, when) => `${id}（${spaced(when)}の場合のみ）`,
  },

  unexplained: {
    title: '原因不明',
    body: ids => `${ids} は失敗していますが、eniprobe が知っているどの原因とも観測が合いません。`,
    mend: '観測の内容は下の表にあり、--verbose ですべて表示できます。レポートを保存しておけば（--format json --output report.json）、後の版でもう一度診断できます。',
  },

  vantage: {
    title: '実行した場所',
    region: 'リージョン',
    noRegion: '見つかりません。--region を付けるか、AWS_REGION を設定してください',
    from: where => `${where} より`,
    workload: 'ワークロード',
    noWorkload: '判別できません（--for で指定）',
    interface: 'インターフェイス',
    network: 'ネットワーク',
    groups: 'グループ',
    resolvers: 'DNS サーバー',
    proxy: 'プロキシ',
    noProxy: list => `NO_PROXY ${list}`,
    forHttp: from => `${from}。インスタンスメタデータを含む http 用`,
    forSome: from => `${from}。curl と pip は読みますが、boto3 は読みません`,
    noProxySet: 'NO_PROXY の設定なし',
    identity: '呼び出し元',
    noIdentity: '不明',
    noneGave: '認証情報なし',
    internet: 'インターネット',
    internetWords: {
      answered: '届く',
      rejected: '拒否',
      silent: '出口なし（無応答）',
      skipped: '未確認',
    },
    clock: '時計',
    clockOff: (by, way) => `${by}${way === 'ahead' ? '進んでいます' : '遅れています'}`,
    settings: 'SDK の設定',
    customCa: 'CA バンドル',
    expectClosed: '閉域のはず',
    dualStack: 'デュアルスタック',
    fips: 'FIPS',
    endpointUrl: (service, url) => `エンドポイント URL（${service === '*' ? '全サービス' : service}）= ${url}`,
    regionsDiffer: regions => `AWS_REGION と AWS_DEFAULT_REGION の不一致: ${regions}`,
  },

  targets: {
    title: '対象',
    head: { target: '対象', verdict: '判定', via: '経路' },
    layers: { dns: 'DNS', tcp: 'TCP', tls: 'TLS', http: 'HTTP', aws: 'AWS' },
    verdicts: { healthy: '正常', denied: '拒否', failing: '失敗', unknown: '不明' },
    via: {
      'interface-endpoint': 'VPCE-IF',
      'gateway-endpoint': 'VPCE-GW',
      internet: 'internet',
      proxy: 'プロキシ',
      'private-network': '内部',
      unknown: '',
    },
    ok: 'ok',
    silent: time => `無応答 ${time}`,
    some: (good, all) => `${good}/${all} ok`,
    skipped: { 'below-failed': '-', 'not-asked': '-', 'no-time': '時間切れ', 'no-credentials': '認証なし' },
    notes: '補足',
    more: n => `…ほか ${n} 件`,
    moreAlike: n => `…同じ結果がほか ${n} 件（--verbose ですべて表示）`,
    otherName: (id, host, from) => `${id}: ${from} の設定により ${host} を調べました`,
  },

  hangs: {
    title: 'クライアントの待ち時間',
    line: (client, time, ids, how) => `${client} は ${ids} で ${time}待たされます（${how}）`,
    shorter: (time, ids) => `、${ids} では ${time}`,
  },

  trace: {
    title: '観測したすべて（時間順）',
    answered: '応答',
    via: what => `${what} 経由`,
    rejected: code => `拒否 ${code}`,
    silent: (time, tries) => `無応答 ${time}${tries > 1 ? `（${tries} 回）` : ''}`,
    skipped: {
      'below-failed': '省略: 下の層が失敗',
      'not-asked': '省略: 指定なし',
      'no-time': '省略: 時間切れ',
      'no-credentials': '省略: 認証情報なし',
    },
  },

  units: {
    ms: n => `${n} ms`,
    seconds: n => `${n} 秒`,
    minutes: (m, s) => (s === 0 ? `${m} 分` : `${m} 分 ${s} 秒`),
  },

  progress: {
    line: (settled, all, layers, elapsed, deadline) =>
      `完了 ${settled}/${all}  ${layers}${layers === '' ? '' : '  '}${elapsed} / ${deadline}`,
    planning: '周囲を確認しています',
    diagnosing: '診断しています',
  },

  interrupted: '中断: ここまでの観測結果を表示します（もう一度押すとすぐに終了します）',
  saved: file => `${file} に保存しました`,
  policyNote: text => `注: ${text}`,

  explain: {
    head: (title, code) => `${title}（${code}）`,
    shows: '見え方',
    fix: '直し方',
  },

  errors: {
    line: (what, mend) => `eniprobe: ${what}: ${mend}`,
    internal: what => `eniprobe: 内部エラー: ${what}`,
    stackHint: '（--verbose で発生箇所を表示）',
  },
}

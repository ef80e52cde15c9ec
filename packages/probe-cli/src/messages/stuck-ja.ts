// What `eniprobe stuck` says, in Japanese.

import type { StuckMessages } from './stuck-en.ts'

export const stuckJa: StuckMessages = {
  hanging: (n, processes) => `${processes === 0 ? '' : `${processes} 個のプロセスの `}${n} 本の接続が、いま止まっています。`,
  nothing: watched => `止まっている接続はありません（${watched}間、確認しました）。`,
  process: (pid, age) => `プロセス ${pid}${age === '' ? '' : `、起動から ${age}`}`,
  otherUser: uid => `別のユーザー（uid ${uid}）のプロセス`,
  notFound: uid => `ここからは見えないプロセス（uid ${uid}）`,
  kinds: {
    connecting: (time, tries) => `接続中で、応答がありません: 少なくとも ${time}${tries === 0 ? '' : `、${tries} 回送り直し`}`,
    retransmitting: (time, tries) =>
      `接続済みですが、送ったデータの受信確認が返りません: 少なくとも ${time}、${tries} 回送り直し`,
    'window-closed': time => `接続済みですが、相手がデータを受け取りません: 少なくとも ${time}`,
    'dns-question': time => `DNS の問い合わせに応答がないか、ソケットを開いたままにしています: 少なくとも ${time}`,
  },
  sockets: n => `${n} ソケット`,
  unconfirmed: bytes => `${bytes} バイトが未確認`,
  namespace: pid => `プロセス ${pid} のネットワーク名前空間の中`,
  ended: 'その後、進んだか終わりました',
  ongoing: '最後まで止まったままでした',
  unknown: '不明',
  proxy: host => `プロキシ ${host}`,
  dnsServer: 'DNS サーバー',
  hostsFile: host => `${host}（hosts ファイル）`,
  ownerCallsIt: (service, host) =>
    service === '' ? `所有者が付けた名前は ${host}` : `おそらく ${service}（所有者が付けた名前は ${host}）`,
  neighbour: (service, host) => `おそらく ${service}（隣のアドレスは ${host} のものです）`,
  notes: {
    otherUsers: n =>
      `${n} 行は別のユーザーのプロセスのものです。どのプロセスかを見るには、root またはそのユーザーで実行してください。`,
    open: n =>
      `このほかに ${n} 本の接続があり、送ったデータはすべて受信確認されています。その中に応答待ちの接続があるかどうかは、カーネルからは分かりません。`,
    namespaces:
      '別のネットワーク名前空間で止まっている接続は、ここからは調べられません。その中で eniprobe を実行してください（nsenter --net -t PID）。',
    noNames: asked =>
      `不明なアドレスについて: 問い合わせた AWS サービスの ${asked} 個の名前は、ここではどれもそのアドレスになりません。エンドポイント固有の名前 (vpce-...) やデータベースの名前は、この方法では分かりません。`,
    noRegion: 'リージョンが分からないため、アドレスの名前を調べていません。--region か AWS_REGION で指定してください。',
    dnsSilent: 'DNS が応答しないため、アドレスの名前を調べられませんでした。',
  },
  diagnosis: '調べた結果:',
  looking: targets => `${targets} を調べています`,
  isNew: '止まりました',
  isOver: '止まらなくなりました',
  during: {
    hangs: (command, pid, where, how) => `${command} (${pid}) が ${where} で止まっています: ${how}`,
    cause: (cause, confidence, targets) => `${targets}: ${cause}（${confidence}）`,
    failed: what => `止まっている接続を調べられませんでした: ${what}`,
    nothing: (command, time) => `${command} は ${time} 以上止まることはありませんでした`,
    summary: (n, command) => `実行中に、${command} は ${n} 本の接続で止まりました。`,
    notFound: command => `${command} を実行できません: そのようなコマンドはありません`,
    notStarted: (command, code) => `${command} を実行できません: ${code}`,
  },
}

// Remedies for settings of the environment that send clients where they should not go: NO_PROXY, and endpoint URLs.

import { plainNoProxy } from '../no-proxy.ts'
import type { NetworkView, TargetView } from '../view.ts'
import { authorityOf, hostOf, hosts, unique } from './ids.ts'
import type { PlainRemedy } from './plain.ts'
import { sh } from './shell.ts'

const proxyDocs = 'https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-proxy.html'

export function metadataToProxy({ vantage }: NetworkView): PlainRemedy {
  const from = vantage.httpProxy?.from ?? 'HTTP_PROXY'
  const list = plainNoProxy(vantage.httpProxy?.noProxy ?? '', ['169.254.169.254', '169.254.170.2', '169.254.170.23'])
  return {
    fix: {
      en: 'Exempt the link-local addresses from the proxy: NO_PROXY must name 169.254.169.254, 169.254.170.2 and 169.254.170.23.',
      ja: 'リンクローカルアドレスをプロキシの対象から外してください。NO_PROXY に 169.254.169.254、169.254.170.2、169.254.170.23 が必要です。',
    },
    steps: [
      {
        en: `Add them to NO_PROXY and no_proxy beside ${from}; boto3 and the AWS CLI understand no ranges and no blanks between entries, so name each address and separate them by commas.`,
        ja: `${from} と並べて、NO_PROXY と no_proxy に追加します。boto3 と AWS CLI は、範囲の指定も空白区切りも解釈しないので、アドレスを一つずつ、コンマで区切って書きます。`,
      },
      {
        en: 'boto3 sends only instance metadata (169.254.169.254) to the proxy; it asks for container credentials directly. Other clients, curl among them, send both.',
        ja: 'boto3 がプロキシに送るのはインスタンスメタデータ（169.254.169.254）だけで、コンテナの認証情報は直接取得します。curl など、両方を送るクライアントもあります。',
      },
    ],
    cli: sh`export NO_PROXY=${list} no_proxy=${list}`,
    docs: proxyDocs,
    next: { en: 'Metadata asked past the proxy:', ja: 'プロキシを通さずに、メタデータサービスに問い合わせます。' },
    ask: "curl -s --noproxy '*' --max-time 2 -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' >/dev/null && echo reachable",
  }
}

export function endpointsToProxy(targets: readonly TargetView[], { vantage }: NetworkView): PlainRemedy {
  const noProxy = (vantage.proxy ?? vantage.httpProxy)?.noProxy ?? ''
  const list = plainNoProxy(noProxy, unique(targets.map(t => hostOf([t]))))
  return {
    fix: {
      en: 'Write NO_PROXY so that every client reads it alike: names and single addresses, separated by commas, without `*`.',
      ja: 'NO_PROXY は、どのクライアントも同じように読める書き方にしてください。名前と個々のアドレスをコンマで区切り、`*` は使いません。',
    },
    steps: [
      {
        en: '`.amazonaws.com` is read by all; `*.amazonaws.com`, blanks between entries, ports and ranges are not.',
        ja: '`.amazonaws.com` はどのクライアントでも有効です。`*.amazonaws.com`、空白区切り、ポート、範囲の指定はそうではありません。',
      },
    ],
    cli: sh`export NO_PROXY=${list} no_proxy=${list}`,
    docs: proxyDocs,
    next: { en: 'What is set:', ja: '現在の設定を確認します。' },
    ask: 'env | grep -i _proxy',
  }
}

export function leaveElsewhere(setting: string, targets: readonly TargetView[]): PlainRemedy {
  return {
    fix: {
      en: `Correct or remove ${setting}: the host that it names, ${hosts(targets)}, does not answer as the service does.`,
      ja: `${setting} を直すか外してください。そこに書かれた ${hosts(targets)} は、サービスとして応答していません。`,
    },
    steps: [
      {
        en: 'Without it clients ask for the service’s own name in the region, which an interface endpoint can serve.',
        ja: 'この設定がなければ、クライアントはリージョンのサービス自身の名前を使います。その名前はインターフェイス型 VPC エンドポイントで提供できます。',
      },
      {
        en: 'If the host is meant (a mirror, an emulator, an endpoint under another name): look at what listens there.',
        ja: '意図したホスト（ミラー、エミュレーター、別名のエンドポイント）なら、そこで応答しているものを確認します。',
      },
    ],
    docs: 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html',
    next: { en: 'Who answers there:', ja: '応答しているものを確認します。' },
    ask: sh`curl -skv --max-time 10 https://${authorityOf(targets)}/ 2>&1 | head -40`,
  }
}

// Remedies for what stands on the path: firewalls, inspectors, gateways, proxies; and for TLS and HTTP that are not the service's.

import type { CauseCode } from '../../model/cause.ts'
import { sentElsewhereBy } from '../elsewhere.ts'
import { exemptForOthers } from '../no-proxy.ts'
import { proxyFrom, proxyName } from '../proxied.ts'
import type { Remedy } from '../rule.ts'
import { authorityOf, hostOf, hosts, places, portOf, unique } from './ids.ts'
import { plain } from './plain.ts'
import { endpointsToProxy, leaveElsewhere, metadataToProxy } from './settings.ts'
import { sh } from './shell.ts'

const firewall = 'https://docs.aws.amazon.com/network-firewall/latest/developerguide'

export const middleboxRemedies = {
  'firewall-drops-name': plain((_ids, targets) => ({
    fix: {
      en: `Allow ${hosts(targets)} in the firewall that filters by server name (or send the traffic through a VPC endpoint, past it).`,
      ja: `サーバー名で選別しているファイアウォールで ${hosts(targets)} を許可してください（または、VPC エンドポイント経由にして、ファイアウォールを通らないようにしてください）。`,
    },
    steps: [
      {
        en: 'Ask the network team which domain list or SNI rule the path crosses; add the name.',
        ja: '経路にあるドメインリストまたは SNI のルールをネットワーク担当者に確認し、この名前を追加してもらいます。',
      },
      {
        en: 'Where the service has an interface endpoint, that path does not cross the firewall.',
        ja: 'インターフェイス型 VPC エンドポイントがあるサービスなら、その経路はファイアウォールを通りません。',
      },
    ],
    docs: `${firewall}/stateful-rule-groups-domain-names.html`,
    next: {
      en: 'The firewall’s alert log names the rule. To show it again:',
      ja: 'どのルールかは、ファイアウォールのアラートログに残ります。次のコマンドで再現できます。',
    },
    ask: sh`openssl s_client -connect ${hostOf(targets)}:${portOf(targets)} -servername ${hostOf(targets)} </dev/null; openssl s_client -connect ${hostOf(targets)}:${portOf(targets)} -servername example.com </dev/null`,
  })),
  'firewall-drops-large-hello': plain((_ids, targets) => ({
    fix: {
      en: 'Let the firewall read a ClientHello that spans two segments, or make clients send a small one.',
      ja: 'ファイアウォールが 2 セグメントにまたがる ClientHello を読めるようにするか、クライアントに小さな ClientHello を送らせてください。',
    },
    steps: [
      {
        en: 'Update or reconfigure the firewall: it must reassemble the stream before it looks for the server name.',
        ja: 'ファイアウォールを更新するか、設定を変えます。サーバー名を探す前に、ストリームを組み立て直す必要があります。',
      },
      {
        en: 'Until then, turn off the post-quantum key share in clients: Go: GODEBUG=tlsmlkem=0 (before 1.24: tlskyber=0); OpenSSL 3.5: Groups = X25519:P-256 in openssl.cnf.',
        ja: 'それまでは、クライアントで耐量子の鍵共有を無効にします。Go は GODEBUG=tlsmlkem=0（1.24 より前は tlskyber=0）、OpenSSL 3.5 は openssl.cnf の Groups = X25519:P-256 です。',
      },
    ],
    cli: 'export GODEBUG=tlsmlkem=0',
    docs: `${firewall}/troubleshooting.html`,
    next: {
      en: 'The same host with and without the post-quantum group (OpenSSL 3.5 or newer):',
      ja: '同じホストに、耐量子のグループがあるときとないときで接続します（OpenSSL 3.5 以降）。',
    },
    ask: sh`openssl s_client -connect ${hostOf(targets)}:${portOf(targets)} -groups X25519MLKEM768 </dev/null; openssl s_client -connect ${hostOf(targets)}:${portOf(targets)} -groups X25519 </dev/null`,
  })),
  'tls-inspected': plain((_ids, targets) => ({
    fix: {
      en: 'Trust the inspecting CA in every client, or exempt AWS names from inspection.',
      ja: '検査している CA をすべてのクライアントに信頼させるか、AWS の名前を検査の対象から外してください。',
    },
    steps: [
      {
        en: 'Best: exempt *.amazonaws.com (or use VPC endpoints, which are not on that path): inspection that rewrites headers breaks signatures too.',
        ja: '最善は *.amazonaws.com を対象から外すことです（VPC エンドポイントはその経路を通りません）。ヘッダーを書き換える検査は、署名も壊します。',
      },
      {
        en: 'Else give each client the CA: AWS_CA_BUNDLE (boto3, AWS CLI), NODE_EXTRA_CA_CERTS (Node), REQUESTS_CA_BUNDLE, SSL_CERT_FILE, pip config set global.cert, the Java trust store.',
        ja: '外せないなら、それぞれのクライアントに CA を渡します。AWS_CA_BUNDLE（boto3、AWS CLI）、NODE_EXTRA_CA_CERTS（Node）、REQUESTS_CA_BUNDLE、SSL_CERT_FILE、pip config set global.cert、Java のトラストストアなどです。',
      },
    ],
    cli: 'export AWS_CA_BUNDLE=/path/to/ca.pem NODE_EXTRA_CA_CERTS=/path/to/ca.pem REQUESTS_CA_BUNDLE=/path/to/ca.pem',
    docs: 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-gen-config.html',
    next: {
      en: 'The issuers that are shown here, to compare with Amazon’s:',
      ja: 'ここで提示される証明書の発行者を、Amazon のものと比べます。',
    },
    ask: sh`openssl s_client -connect ${hostOf(targets)}:${portOf(targets)} -servername ${hostOf(targets)} -showcerts </dev/null | openssl x509 -noout -issuer -subject -dates`,
  })),
  'web-gateway-blocks': plain((_ids, targets) => ({
    fix: {
      en: `Have ${hosts(targets)} allowed in the web gateway, or take a path that does not cross it.`,
      ja: `Web ゲートウェイで ${hosts(targets)} を許可してもらうか、ゲートウェイを通らない経路を使ってください。`,
    },
    steps: [
      {
        en: 'Show the network team the page that answered: it often names the rule.',
        ja: '返ってきたページをネットワーク担当者に見せます。ルールの名前が書かれていることがよくあります。',
      },
      {
        en: 'Where the service has a VPC endpoint, use it: its traffic does not cross the gateway.',
        ja: 'VPC エンドポイントがあるサービスなら、それを使います。その通信はゲートウェイを通りません。',
      },
    ],
    docs: 'https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html',
    next: { en: 'Read the whole page that answers:', ja: '返ってくるページの全体を読みます。' },
    ask: sh`curl -sv --max-time 10 https://${authorityOf(targets)}/`,
  })),
  'proxy-unreachable': plain((_ids, targets, network) => ({
    fix: {
      en: `Correct or remove the proxy setting ${proxyFrom(network, targets[0])} (${proxyName(network, targets[0])}), or open the way to it.`,
      ja: `プロキシの設定 ${proxyFrom(network, targets[0])}（${proxyName(network, targets[0], '不明')}）を直すか外すか、プロキシに届くようにしてください。`,
    },
    steps: [
      {
        en: 'If the proxy is right: own egress, route and the proxy’s security group must allow its port.',
        ja: 'プロキシが正しいなら、こちら側のアウトバウンドルール、ルート、プロキシのセキュリティグループで、そのポートを許可します。',
      },
      {
        en: 'If AWS goes by VPC endpoints: exempt it, NO_PROXY=169.254.169.254,169.254.170.2,.amazonaws.com.',
        ja: 'AWS へは VPC エンドポイントで通信するなら、プロキシの対象から外します。NO_PROXY=169.254.169.254,169.254.170.2,.amazonaws.com',
      },
    ],
    cli: 'export NO_PROXY=169.254.169.254,169.254.170.2,.amazonaws.com',
    docs: 'https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-proxy.html',
    next: {
      en: 'Is the proxy reachable at all, and is the target without it?',
      ja: 'プロキシそのものに届くか、プロキシなしなら接続先に届くかを確認します。',
    },
    ask: sh`curl -sv --max-time 5 --noproxy '*' https://${authorityOf(targets)}/ -o /dev/null`,
  })),
  'proxy-refuses': plain((_ids, targets, network) => ({
    fix: {
      en: `Have the proxy ${proxyName(network, targets[0])} allow ${hosts(targets)}, or exempt these names with NO_PROXY.`,
      ja: `プロキシ（${proxyName(network, targets[0], '不明')}）で ${hosts(targets)} を許可してもらうか、NO_PROXY でこれらの名前を対象から外してください。`,
    },
    steps: [
      {
        en: '403: the proxy’s rules. 407: it wants credentials. 502, 503, 504: it cannot reach or resolve the name itself.',
        ja: '403 はプロキシのルール、407 はプロキシが求める認証です。502、503、504 は、プロキシ自身が接続先に届かないか、名前を解決できません。',
      },
      {
        en: 'Where a VPC endpoint serves the name, exempt it: the proxy may stand outside the VPC and not see the endpoint.',
        ja: 'VPC エンドポイントがある名前なら、対象から外します。プロキシが VPC の外にあって、エンドポイントを使えないことがあります。',
      },
    ],
    cli: sh`export NO_PROXY=169.254.169.254,169.254.170.2,${unique(targets.map(t => hostOf([t]))).join(',')}`,
    docs: 'https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-proxy.html',
    next: { en: 'The proxy’s own words:', ja: 'プロキシ自身の応答を確認します。' },
    ask: sh`curl -sv --max-time 10 https://${authorityOf(targets)}/ -o /dev/null`,
  })),
  'proxy-captures-metadata': plain((_ids, targets, network) => {
    const exempted = targets.filter(target => exemptForOthers(target) !== undefined)
    return exempted.length > 0 ? endpointsToProxy(exempted, network) : metadataToProxy(network)
  }),
  'certificate-expired': plain((_ids, targets) => ({
    fix: { en: `Renew the certificate of ${hosts(targets)}.`, ja: `${hosts(targets)} の証明書を更新してください。` },
    steps: [
      {
        en: 'The server shows a certificate outside its dates, and our clock agrees with the network’s.',
        ja: 'サーバーの証明書が有効期間の外で、こちらの時計はネットワークの時計と合っています。',
      },
    ],
    docs: 'https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html',
    next: { en: 'Is our clock right?', ja: 'こちらの時計が合っているかを確認します。' },
    ask: "date -u; curl -sI --max-time 5 http://169.254.169.254/ | grep -i '^date'; chronyc tracking",
  })),
  'certificate-other-host': plain((_ids, targets) => ({
    fix: {
      en: `Correct where ${hosts(targets)} leads: another server answers there.`,
      ja: `${hosts(targets)} の向き先を直してください。別のサーバーが応答しています。`,
    },
    steps: [
      {
        en: 'Look for a private hosted zone record, a hosts entry or a load balancer that points this name at another endpoint.',
        ja: 'プライベートホストゾーンのレコード、hosts の行、ロードバランサーが、この名前を別のエンドポイントに向けていないか確認します。',
      },
      {
        en: 'An endpoint’s own vpce-… name needs the service’s name in Host and SNI, or a client that is told the endpoint URL.',
        ja: 'エンドポイント自身の vpce-… の名前を使うなら、Host と SNI をサービスの名前にするか、エンドポイント URL を指定できるクライアントを使います。',
      },
    ],
    docs: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-private.html',
    next: { en: 'Who answers, and who holds that address:', ja: '応答しているサーバーと、そのアドレスが分かります。' },
    ask: sh`getent ahosts ${hostOf(targets)}; openssl s_client -connect ${hostOf(targets)}:${portOf(targets)} -servername ${hostOf(targets)} </dev/null 2>/dev/null | openssl x509 -noout -subject -ext subjectAltName`,
  })),
  'not-tls': plain((_ids, targets) => ({
    fix: {
      en: `${places(targets)} does not speak TLS: correct the port or the scheme.`,
      ja: `${places(targets)} は TLS を話しません。ポートかスキームを直してください。`,
    },
    steps: [
      {
        en: 'Databases start TLS inside their own protocol: probe them as tcp://HOST:PORT.',
        ja: 'データベースは、独自のプロトコルの中で TLS を始めます。tcp://HOST:PORT の形で調べてください。',
      },
      {
        en: 'Plain HTTP on the port: use http://, or put TLS in front.',
        ja: 'そのポートが暗号化なしの HTTP なら、http:// を使うか、手前に TLS を置きます。',
      },
    ],
    docs: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html',
    next: { en: 'What the port says in the clear:', ja: '暗号化なしで接続したときの応答を確認します。' },
    ask: sh`curl -sv --max-time 5 http://${hostOf(targets)}:${portOf(targets)}/ -o /dev/null`,
  })),
  'http-silent': plain((_ids, targets) => ({
    fix: {
      en: `${hosts(targets)} takes the connection and never answers: look at the server behind it.`,
      ja: `${hosts(targets)} は接続を受け付けたまま応答しません。背後のサーバーを確認してください。`,
    },
    steps: [
      {
        en: 'A load balancer or proxy whose backend hangs, or a middlebox that lets the handshake through and holds the request.',
        ja: 'ロードバランサーやプロキシの背後のサーバーが止まっているか、途中の機器がハンドシェイクだけを通してリクエストを止めています。',
      },
    ],
    docs: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
    next: { en: 'The same request, with all the time it wants:', ja: '同じリクエストを、十分な時間をかけて送ります。' },
    ask: sh`curl -sv --max-time 120 https://${authorityOf(targets)}/ -o /dev/null`,
  })),
  'answered-by-other': plain((_ids, targets) => {
    const setting = targets.map(sentElsewhereBy).find(each => each !== undefined)
    if (setting !== undefined) return leaveElsewhere(setting, targets)
    return {
      fix: {
        en: `Something else answers for ${hosts(targets)}: correct the name’s address or remove what stands in between.`,
        ja: `${hosts(targets)} に別のものが応答しています。名前のアドレスを直すか、間にあるものを取り除いてください。`,
      },
      steps: [
        {
          en: 'Compare the address with the endpoint’s, or with what AWS’s DNS says outside; look for private zones, hosts entries, load balancers.',
          ja: 'アドレスを、エンドポイントのアドレスや、外から見た AWS の DNS の応答と比べます。プライベートホストゾーン、hosts の行、ロードバランサーも確認します。',
        },
      ],
      docs: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-private.html',
      next: { en: 'Who answers there:', ja: '応答しているものを確認します。' },
      ask: sh`curl -skv --max-time 10 https://${authorityOf(targets)}/ 2>&1 | head -40`,
    }
  }),
} satisfies Partial<Record<CauseCode, Remedy>>

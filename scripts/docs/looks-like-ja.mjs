// The heads of the rules ("Looks like, but is not") in Japanese. Beside each stands the English it was made from: when a
// rule's head changes, the pages are not made until its Japanese was looked at too.

const oneOfManyPolicies = [
  'a denial without a reason (`denied-unattributed`). AWS names one policy only: others may deny too.',
  '理由のない拒否（`denied-unattributed`）。AWS が示すポリシーは一つだけです。ほかのポリシーも拒否しているかもしれません。',
]

/** By cause code: the English of the rule's head, and its Japanese. */
export const looksLikeJa = {
  'address-family-mismatch': [
    '`endpoint-zone-unreachable`, where addresses of one family differ.',
    '`endpoint-zone-unreachable`。こちらは、同じアドレスファミリーの中で結果が分かれます。',
  ],
  'answered-by-other': [
    "a web gateway's block page (`web-gateway-blocks`).",
    'Web ゲートウェイのブロックページ（`web-gateway-blocks`）。',
  ],
  'bucket-policy-denies': [
    'an access point of another VPC, which S3 words the same way.',
    '別の VPC のアクセスポイント。S3 は同じ文言で拒否します。',
  ],
  'certificate-expired': [
    '`clock-skew`, where it is our clock that is wrong.',
    '`clock-skew`。こちらは、ずれているのは自分の時計です。',
  ],
  'certificate-other-host': [
    'TLS inspection, which mints the right name.',
    'TLS インスペクション。こちらは、正しい名前の証明書を自分で発行します。',
  ],
  'clock-skew': ['an expired certificate or a wrong secret.', '期限切れの証明書、または誤ったシークレットアクセスキー。'],
  'credentials-expired': [
    'a wrong clock, which AWS words as a signature that expired.',
    '時計のずれ。こちらは、AWS が「署名の期限切れ」と表現します。',
  ],
  'credentials-invalid': [
    '`clock-skew`; a region that is not enabled; a proxy that rewrites the request.',
    '`clock-skew`、有効になっていないリージョン、リクエストを書き換えるプロキシ。',
  ],
  'credentials-override-role': [
    'keys that are meant and merely wrong (`credentials-invalid`, `credentials-expired`).',
    '意図して使っている、単に誤ったアクセスキー（`credentials-invalid`、`credentials-expired`）。',
  ],
  'custom-dns-bypasses-vpc': [
    '`interface-endpoint-missing`: the endpoint is there.',
    '`interface-endpoint-missing`。この原因では、エンドポイントは存在します。',
  ],
  'database-stopped': [
    'its security group, which from inside looks the same.',
    '接続先のセキュリティグループ。内側からは同じに見えます。',
  ],
  'denied-unattributed': [
    'any of the attributed denials. The ranked candidates and the call that separates them are named.',
    'ポリシーの種類が示された拒否。この原因では AWS が理由を示さないので、順位を付けた候補と、切り分けるための API 呼び出しを示します。',
  ],
  'dns-name-unknown': [
    '`private-zone-shadows`, for names that certainly exist.',
    '`private-zone-shadows`。こちらは、確実に存在する名前の場合です。',
  ],
  'dns-server-fails': [
    'a name that does not exist. Behind it: a forwarder that is down, DNSSEC, a DNS Firewall that fails closed.',
    '存在しない名前。背後にあるのは、止まった転送先、DNSSEC、評価に失敗して閉じた DNS Firewall などです。',
  ],
  'dns-server-unreachable': [
    "`dns-unreliable`, where some questions are answered; `vpc-dns-attributes-off`, where it is the VPC's own that is silent.",
    '`dns-unreliable`（こちらは一部の問い合わせに応答があります）と、`vpc-dns-attributes-off`（こちらは VPC の DNS サーバーが無応答です）。',
  ],
  'dns-unreliable': [
    '`dns-server-unreachable`, where none is answered.',
    '`dns-server-unreachable`。こちらは、どの問い合わせにも応答がありません。',
  ],
  'endpoint-name-not-covered': [
    '`interface-endpoint-missing`.',
    '`interface-endpoint-missing`。この原因では、エンドポイントは存在します。',
  ],
  'endpoint-not-ready': [
    "`endpoint-security-group`; only the endpoint's State tells.",
    '`endpoint-security-group`。区別できるのは、エンドポイントの状態（State）だけです。',
  ],
  'endpoint-policy-denies': oneOfManyPolicies,
  'endpoint-security-group': [
    'own egress (then no endpoint answers), a NACL (then addresses in the own subnet answer).',
    '自分のアウトバウンドルール（そのときは、どのエンドポイントも応答しません）と、ネットワーク ACL（そのときは、自分のサブネットのアドレスは応答します）。',
  ],
  'endpoint-zone-unreachable': [
    'a NACL (then every endpoint shows the same split by subnet).',
    'ネットワーク ACL。そのときは、どのエンドポイントもサブネットごとに同じように分かれます。',
  ],
  'eni-security-group': [
    "a NACL on our subnet; with one endpoint only, that endpoint's own security group.",
    '自分のサブネットのネットワーク ACL。エンドポイントが一つしかないときは、そのエンドポイントのセキュリティグループ。',
  ],
  'firewall-drops-large-hello': [
    '`path-mtu`, where any large packet vanishes, after the handshake too.',
    '`path-mtu`。こちらは、ハンドシェイクの後も、大きなパケットがすべて消えます。',
  ],
  'firewall-drops-name': [
    '`firewall-drops-large-hello` (size decides, not the name), `path-mtu`.',
    '`firewall-drops-large-hello`（名前ではなく大きさで決まります）と `path-mtu`。',
  ],
  'gateway-endpoint-missing': [
    "own egress that allows only the VPC's CIDR, or a NACL without S3's ranges: the same from inside.",
    'VPC CIDR しか許可しない自分のアウトバウンドルールと、S3 のアドレス範囲を許可しないネットワーク ACL。どちらも内側からは同じに見えます。',
  ],
  'host-unreachable': [
    'a filter. Inside the VPC that is silent, and never sends ICMP; in another network it is as silent as a missing route, and only the route table tells.',
    'フィルター。VPC の中のフィルターは無応答で、ICMP を返しません。別のネットワークのフィルターは、ルートがないときと同じ無応答で、区別できるのはルートテーブルだけです。',
  ],
  'hosts-file-overrides': [
    'a private zone, which every resolver of the VPC would tell.',
    'プライベートホストゾーン。そのときは、VPC のどの DNS サーバーに聞いても同じ答えになります。',
  ],
  'http-silent': [
    '`path-mtu`, where a small exchange is answered and a large one is not.',
    '`path-mtu`。こちらは、小さなやり取りには応答があり、大きなやり取りにはありません。',
  ],
  'identity-policy-denies': oneOfManyPolicies,
  'instance-stopped': [
    'its security group, which from inside looks the same.',
    '接続先のセキュリティグループ。内側からは同じに見えます。',
  ],
  'interface-endpoint-missing': [
    'an endpoint whose private DNS is off (the same from inside); a name that the endpoint does not cover.',
    'プライベート DNS が無効なエンドポイント（内側からは同じに見えます）と、エンドポイントがカバーしていない名前。',
  ],
  'internet-not-reachable': [
    'own egress rules that stop public addresses only; for AWS names, a missing endpoint.',
    'パブリック IP アドレスだけを止める自分のアウトバウンドルール。AWS の名前なら、エンドポイントの不足。',
  ],
  'kms-denies': ["a denial of the service's own action.", 'サービス自身のアクションの拒否。'],
  'metadata-hop-limit': [
    'metadata that is not there at all (`metadata-unreachable`).',
    'メタデータサービスそのものに届かない場合（`metadata-unreachable`）。',
  ],
  'metadata-unreachable': [
    'a machine that is no EC2 instance or container of AWS at all.',
    'そもそも EC2 インスタンスでも AWS のコンテナでもないマシン。',
  ],
  'network-acl': [
    'security groups, which know no subnets and no source ports.',
    'セキュリティグループ。セキュリティグループは、サブネットも送信元ポートも区別しません。',
  ],
  'no-credentials': [
    'metadata that cannot be reached (`metadata-unreachable`, `metadata-hop-limit`), which may well have a role.',
    'メタデータサービスに届かない場合（`metadata-unreachable`、`metadata-hop-limit`）。そのときは、ロール自体はあるかもしれません。',
  ],
  'not-tls': ['a broken certificate.', '壊れた証明書。'],
  'nothing-listens': [
    'a firewall that rejects with RST; a security group never does.',
    'RST で拒否するファイアウォール。セキュリティグループが RST を返すことはありません。',
  ],
  'object-missing-looks-denied': ['a denial of the key.', 'そのキーに対する本当の拒否。'],
  'other-region': ['`interface-endpoint-missing`.', '`interface-endpoint-missing`。'],
  'package-files-elsewhere': ['an index that cannot be reached at all.', 'パッケージの取得先そのものに届かない場合。'],
  'package-index-is-public': [
    'a private index that fails (`package-index-unreachable`).',
    '届かないプライベートな取得先（`package-index-unreachable`）。',
  ],
  'package-index-unauthorized': [
    "a denial of an AWS call; a web gateway's block page.",
    'AWS の呼び出しの拒否と、Web ゲートウェイのブロックページ。',
  ],
  'package-index-unreachable': [
    'a public index in a closed network (`package-index-is-public`).',
    '閉じたネットワークから公開の取得先へ向かう場合（`package-index-is-public`）。',
  ],
  'path-flaky': [
    'a NACL on ephemeral ports, where the source port decides.',
    'エフェメラルポートを止めるネットワーク ACL。そのときは、送信元ポートで結果が決まります。',
  ],
  'path-mtu': [
    '`firewall-drops-large-hello`, which passes large packets once the handshake is done.',
    '`firewall-drops-large-hello`。こちらは、ハンドシェイクが終われば大きなパケットも通ります。',
  ],
  'permissions-boundary-denies': oneOfManyPolicies,
  'private-dns-captures-public-api': [
    'a private API whose endpoint is not associated, or whose resource policy denies (then AWS words it).',
    'エンドポイントが関連付けられていないプライベート API と、リソースポリシーが拒否する API（そのときは AWS が文言で示します）。',
  ],
  'private-dns-disabled': [
    "`interface-endpoint-missing`; only ec2:DescribeVpcEndpoints, or the endpoint's own name, separates them.",
    '`interface-endpoint-missing`。区別できるのは、ec2:DescribeVpcEndpoints か、エンドポイント自身の名前だけです。',
  ],
  'private-zone-shadows': [
    "a typo, an endpoint's own name after its endpoint is gone, a FIPS name that AWS does not have. From inside, a private zone and a DNS Firewall that blocks look the same.",
    '入力の誤り、エンドポイントの削除後に残ったエンドポイント自身の名前、AWS にない FIPS の名前。なお、プライベートホストゾーンと、名前を止める DNS Firewall は、内側からは同じに見えます。',
  ],
  'proxy-captures-metadata': [
    'missing credentials: asked directly, metadata may answer.',
    '認証情報の不足。プロキシを通さずに聞けば、メタデータサービスは応答するかもしれません。',
  ],
  'proxy-refuses': ['a refusal by AWS.', 'AWS による拒否。'],
  'proxy-unreachable': [
    'a target that fails; past the proxy the target may be fine.',
    '接続先の障害。プロキシの先では、接続先は正常かもしれません。',
  ],
  'rcp-denies': oneOfManyPolicies,
  'region-mismatch': ['wrong credentials.', '誤った認証情報。'],
  'region-not-enabled': [
    '`credentials-invalid`, which every region refuses.',
    '`credentials-invalid`。こちらは、どのリージョンでも拒否されます。',
  ],
  'region-unset': ['a network fault.', 'ネットワークの障害。'],
  'resource-missing': [
    'a denial; some services say "does not exist" before they look at policy, or instead.',
    '拒否。サービスによっては、ポリシーを評価する前に、または拒否の代わりに「存在しない」と返します。',
  ],
  'resource-policy-denies': [
    'across accounts, a missing identity policy is often worded as a missing resource policy.',
    'アカウントをまたぐ呼び出し。アイデンティティベースのポリシーの不足が、リソースのポリシーの不足と表現されることがよくあります。',
  ],
  'scaled-to-zero': [
    'tasks that are wanted and do not start; a single stopped instance.',
    '必要とされているのに起動しないタスク、停止した単独のインスタンス。',
  ],
  'scheduled-stop': [
    'a hand or an alarm that did it. A schedule that was due is no proof that it acted.',
    '手動の操作やアラームによる停止。予定の時刻が過ぎたことは、スケジュールが実行された証明にはなりません。',
  ],
  'scp-denies': oneOfManyPolicies,
  'service-has-no-endpoint': [
    '`interface-endpoint-missing`. AWS adds endpoints: ec2:DescribeVpcEndpointServices has the last word.',
    '`interface-endpoint-missing`。AWS はエンドポイントを追加していきます。最終的な答えは ec2:DescribeVpcEndpointServices で確かめてください。',
  ],
  'service-has-no-running-task': [
    'a wrong name, or a process that died inside a running task.',
    '誤った名前、または実行中のタスクの中で終了したプロセス。',
  ],
  'session-policy-denies': oneOfManyPolicies,
  'target-security-group': [
    'a stopped instance or database (the address stays and is silent too), a NACL.',
    '停止したインスタンスやデータベース（アドレスは残り、同じく無応答です）と、ネットワーク ACL。',
  ],
  throttled: ['a denial. It says nothing about policy.', '拒否。スロットリングから、ポリシーについては何も分かりません。'],
  'tls-inspected': [
    'an endpoint name that leads to some other server (its names differ).',
    'エンドポイントの名前が別のサーバーを指している場合（そのときは、証明書の名前が違います）。',
  ],
  'vpc-dns-attributes-off': [
    "no endpoint at all (`interface-endpoint-missing`), or another DNS server that bypasses the VPC's.",
    'エンドポイントが一つもない場合（`interface-endpoint-missing`）と、VPC の DNS に問い合わせない別の DNS サーバー。',
  ],
  'web-gateway-blocks': [
    'a denial by AWS, which carries a request id; a wrong server (`answered-by-other`).',
    'AWS による拒否（リクエスト ID が付きます）と、誤ったサーバー（`answered-by-other`）。',
  ],
}

// The help text in Japanese, alone, so that --help loads nothing else.

export const help = `eniprobe - 閉じた AWS ネットワークのタイムアウトについて、原因、根拠、直し方を示します

  eniprobe [TARGET...] [オプション]       調べて、診断して、表示する
  eniprobe stuck [-- COMMAND]             いまこのマシンで、または COMMAND の実行中に、止まっている通信とその原因
  eniprobe diagnose FILE                  保存したレポートを診断し直す（ネットワークは使わない）
  eniprobe why [FILE|-]                   エラーやログを読み、そこにある名前を調べて、そのエラーに答える
  eniprobe compare FILE FILE...           保存したレポートを比べ、違いとその意味を示す
  eniprobe explain CAUSE                  原因の説明、見え方、直し方
  eniprobe list services|causes|workloads
  eniprobe policy [TARGET...]             この実行に必要な最小の IAM ポリシー（JSON。ネットワークは使わない）
  eniprobe completion bash|zsh|fish       シェルで補完するためのスクリプト

TARGET（対象）
  logs, s3, ecr.dkr, ...    AWS のサービス（一覧は "eniprobe list services"）。"all" ですべて
  s3://BUCKET[/PREFIX]      バケット、アクセスポイント（ARN かエイリアス）、オブジェクト
  tcp://HOST:PORT  tls://HOST[:PORT]  https://URL
  aws://HOST                このホスト名の AWS サービス（別のリージョン、エンドポイント固有の名前など）
  ec2:ID[:PORT]  rds:ID  ecs:CLUSTER/SERVICE  logs:GROUP  ecr:REPOSITORY  kms:KEY  secret:NAME  parameter:NAME
  dynamodb:TABLE  sqs:QUEUE  sns:TOPIC  lambda:FUNCTION  codeartifact:DOMAIN/REPOSITORY
  sagemaker-endpoint:NAME  bedrock:MODEL
  pip  npm  conda  dnf  yum  apt  docker
  指定なし                  実行中のワークロードに必要なもの

オプション
  --for WORKLOAD            この種類のワークロードに必要なものを加える（繰り返し可。"eniprobe list workloads"）
  --region R                既定は AWS_REGION、設定ファイル、メタデータサービスの順
  --profile P               AWS の名前付きプロファイル
  --deadline D              この時間で必ず終わり、それまでの結果を表示する（15s）
  --connect-timeout D       これより長く応答がなければ「無応答」とする（3s）
  --concurrency N           同時に調べる対象の数（64）
  --no-sign                 署名付きの呼び出しをせず、認証情報も探さない
  --no-confirm              検出結果の確認のためにコントロールプレーン（EC2 Describe*）に問い合わせない
  --write-checks            指定したリソースで、何も変更しない形の書き込みも試す
  --expect closed           インターネットに届かないはず。出口があれば問題として示す
  --internet-canary H:P     インターネットへの出口の確認に使うホスト。"off" で確認しない
  --resolver IP             システムの設定の代わりに使う DNS サーバー（繰り返し可）
  --format F                text、json、markdown（チケット）、html（ページ）、junit（CI）、prometheus（メトリクス）。
                            --output と組にして繰り返せる
  --output FILE             標準出力の代わりにファイルに書く。.json .md .html .xml .prom は形式も決める
  --redact                  アカウント ID、ARN、アドレス、名前を伏せる（診断は変わらない）
  --watch D                 D ごとに調べ直し、変化を表示する
  --lang en|ja              表示の言語。既定は LC_ALL、LC_MESSAGES、LANG の順（JSON は変わらない）
  --quiet                   text は結論と原因ごとに 1 行だけ、markdown は結論と依頼事項だけにする
  --verbose                 観測したすべてを時間順に加える
  --no-color                色を付けない（NO_COLOR と FORCE_COLOR にも従う）
  --help  --version

終了ステータス
  0 すべて正常（警告は可）               1 問題がある、または判定できない
  2 コマンドまたはファイルの誤り         3 eniprobe 自身の失敗   130 中断
`

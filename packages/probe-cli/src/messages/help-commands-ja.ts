// The help of each command in Japanese, with the same examples.

import type { HelpWords } from './help-commands-en.ts'

export const helpWordsJa: HelpWords = {
  usage: '書き方',
  examples: '使用例',
  targets: 'TARGET（対象）',
  options: 'オプション',
  topics: {
    probe: {
      usage: ['eniprobe [TARGET...] [オプション]'],
      about: 'ここからネットワークを調べ、失敗の原因、根拠、直し方を示します。',
      examples: [
        ['eniprobe', 'このワークロードは、必要なものすべてに届くか（SageMaker、ECS、EKS、Glue、EC2 などを自動で判別）'],
        ['eniprobe logs s3 secretsmanager', 'このうち、ここから使えないサービスはどれか。なぜか'],
        ['eniprobe s3://my-bucket/data/ kms:alias/app --write-checks', 'このロールで、一覧、読み取り、書き込みができるか'],
        ['eniprobe logs s3 kms sts --expect closed', 'このネットワークは本当に閉域か。外に出る通信はないか'],
        [
          'eniprobe logs s3 --format text --format json --output report.json',
          '結果を端末に表示し、レポートを保存する（あとで diagnose や compare に使う、ほかの人に渡す）',
        ],
      ],
      notes: [
        '失敗している場所で実行してください（同じサブネット、セキュリティグループ、ロール）。D は時間です（500ms、15s、2m）。',
      ],
    },
    diagnose: {
      usage: ['eniprobe diagnose FILE [オプション]'],
      about:
        '保存したレポートを診断し直します。ネットワークも認証情報も使わず、どのマシンでも同じ所見になります。"-" は標準入力です。',
      examples: [
        ['eniprobe diagnose report.json', 'その実行で何が分かったか'],
        ['eniprobe diagnose report.json --verbose', '観測したすべて（時間順）と、すべての形式の直し方'],
        ['eniprobe diagnose report.json --format markdown --output ticket.md', 'チケット（誰に何を依頼するかと、その根拠）'],
        ['eniprobe diagnose report.json --format html --output report.html', '経路の図が入った 1 ページ'],
        ['eniprobe diagnose report.json --redact --format json', '社外に見せるための、名前と ID を伏せたレポート'],
      ],
      notes: [],
    },
    why: {
      usage: ['eniprobe why [FILE|-] [オプション]'],
      about: 'エラーやログを読み、そこにある名前だけを調べて、エラーごとに答えます。',
      examples: [
        ['eniprobe why', 'エラーを貼り付けて Ctrl-D。その原因は何か'],
        ['eniprobe why app.log', 'このログにあるエラーはどれで、今ここからも失敗するのはどれか'],
        ['python3 job.py 2>&1 | eniprobe why', 'このジョブはなぜ失敗したか'],
        ['kubectl describe pod app | eniprobe why', 'この Pod はなぜ起動しないか'],
      ],
      notes: [
        'エラーが起きた場所で実行してください。テキストにある名前に接続するので、接続したくない名前を含むものは渡さないでください。',
      ],
    },
    compare: {
      usage: ['eniprobe compare FILE FILE... [オプション]'],
      about: '保存したレポートを並べ、違いと、そこから残る原因、除外できる原因を示します。',
      examples: [
        ['eniprobe compare subnet-a.json subnet-b.json', 'あちらでは動き、こちらでは動かない。違いは何か'],
        ['eniprobe compare yesterday.json today.json', '昨日は動いていた。何が変わったか'],
        ['eniprobe compare subnet-a.json subnet-b.json subnet-c.json', 'どの原因が、どのサブネットにあるか'],
        [
          'eniprobe compare subnet-a.json subnet-b.json --redact --format markdown --output ticket.md',
          '同じ内容のチケット（すべての名前をまとめて伏せる）',
        ],
      ],
      notes: ['どの実行にも同じ対象を指定してください。終了ステータスは diff と同じで、違いがなければ 0、あれば 1 です。'],
    },
    stuck: {
      usage: ['eniprobe stuck [オプション]', 'eniprobe stuck [オプション] -- COMMAND'],
      about: '今止まっている接続を示します。どのプロセスが、どの AWS サービスで、どれだけの間、なぜ。Linux 専用です。',
      examples: [
        ['eniprobe stuck', 'ジョブが進まない。何を待っているのか'],
        ['eniprobe stuck -- python3 train.py', '実行し、止まった接続先をその都度示す'],
        ['eniprobe stuck --watch 5s', '新たに止まったものと、止まらなくなったものを、Ctrl-C まで示す'],
        ['eniprobe stuck --output stuck.json -- python3 train.py', '分かったことをレポートとして残す'],
      ],
      notes: [
        'root か、止まっているプロセスのユーザーで実行してください。コマンドを実行した場合の終了ステータスは、そのコマンドのものです。',
      ],
    },
    explain: {
      usage: ['eniprobe explain CAUSE'],
      about: '一つの原因について、内容、見え方、直し方を示します。',
      examples: [
        ['eniprobe explain endpoint-security-group', 'レポートにあるこのコードはどういう意味か'],
        ['eniprobe explain private-dns-disabled --lang ja', '端末の言語にかかわらず、日本語で読む'],
        ['eniprobe list causes', 'どのようなコードがあるか'],
      ],
      notes: [],
    },
    list: {
      usage: ['eniprobe list services|causes|workloads'],
      about: '知っているものを、1 行に一つずつ示します（grep 向け）。',
      examples: [
        ['eniprobe list services', 'AWS のサービスを指定する語はどれか'],
        ['eniprobe list causes', 'どの原因を特定できるか'],
        ['eniprobe list workloads', '--for にはどの語を指定できるか'],
      ],
      notes: [],
    },
    policy: {
      usage: ['eniprobe policy [TARGET...] [オプション]'],
      about: 'この実行にちょうど必要な最小の IAM ポリシーを JSON で出力します。通信はせず、実行時に呼び出すものから作ります。',
      examples: [
        ['eniprobe policy s3://my-bucket/data/ kms:alias/app', 'この二つを調べるロールに、何を許可すればよいか'],
        ['eniprobe policy s3://my-bucket/data/ --write-checks', '何も変更しない形の書き込みも含めて'],
        ['eniprobe policy --for glue --region ap-northeast-1', 'Glue ジョブに必要なものすべてについて'],
        ['eniprobe policy logs rds:my-db --no-confirm', 'コントロールプレーンによる確認を除いて'],
      ],
      notes: ['AWS_ACCOUNT_ID を設定すると、ARN を自分のアカウントに絞れます。"*" のままにしたものは標準エラーに示します。'],
    },
    completion: {
      usage: ['eniprobe completion bash|zsh|fish'],
      about: 'コマンド、オプション、対象、原因をシェルで補完するためのスクリプトです。',
      examples: [
        ['source <(eniprobe completion bash)', 'bash（このセッションだけ。常に使うには ~/.bashrc に書く）'],
        ['source <(eniprobe completion zsh)', 'zsh（compinit のあと）'],
        ['eniprobe completion fish | source', 'fish'],
      ],
      notes: ['補完されるのは eniprobe という名前のコマンドです。この名前で PATH にリンクを置いてください。'],
    },
  },
  targetLines: [
    ['logs, s3, ecr.dkr, ...', 'AWS のサービス（一覧は "eniprobe list services"）。"all" ですべて'],
    ['s3://BUCKET[/PREFIX]', 'バケット、アクセスポイント（ARN かエイリアス）、オブジェクト'],
    ['tcp://HOST:PORT', 'ポート（接続するだけで、何も送らない）。tls://HOST[:PORT] と https://URL もある'],
    ['dns://HOST', '名前（名前解決だけを行い、接続しない）'],
    ['aws://HOST', 'このホスト名の AWS サービス（別のリージョン、エンドポイント固有の名前など）'],
    ['rds:ID  ec2:ID[:PORT]', 'データベースとインスタンス（動いているか、応答するか）。ecs:CLUSTER/SERVICE もある'],
    [
      'kms:KEY, ...',
      'ワークロードがそのリソースに求めること: logs:GROUP ecr:REPOSITORY kms:KEY secret:NAME parameter:NAME dynamodb:TABLE sqs:QUEUE sns:TOPIC lambda:FUNCTION codeartifact:DOMAIN/REPOSITORY sagemaker-endpoint:NAME bedrock:MODEL',
    ],
    ['pip, npm, ...', 'そのツールの実際の取得先: pip npm conda dnf yum apt docker'],
    ['指定なし', '実行中のワークロードに必要なもの'],
  ],
  optionLines: {
    for: 'この種類のワークロードに必要なものを加える（繰り返し可。"eniprobe list workloads"）',
    region: '既定は AWS_REGION、設定ファイル、メタデータサービスの順',
    profile: 'AWS の名前付きプロファイル',
    deadline: 'この時間で必ず終わり、それまでの結果を表示する（15s）',
    'connect-timeout': '接続の応答を待つ時間の上限（3s）',
    concurrency: '同時に調べる対象の数（64）',
    'no-sign': '署名付きの呼び出しをせず、認証情報も探さない',
    'no-confirm': '所見の確認のためにコントロールプレーン（EC2 Describe*）に問い合わせない',
    'write-checks': '指定したリソースで、何も変更しない形の書き込みも試す',
    expect: 'インターネットに届かないはず。出口があれば所見として示す',
    'internet-canary': 'インターネットへの出口の確認に使うホスト。"off" で確認しない',
    resolver: 'システムの設定の代わりに使う DNS サーバー（繰り返し可）',
    format:
      'text、json、markdown（チケット）、html（ページ）、junit（CI）、prometheus（メトリクス）。--output と組にして繰り返せる',
    output: '標準出力の代わりにファイルに書く。.json .md .html .xml .prom は形式も決める',
    redact: 'アカウント ID、ARN、アドレス、名前を伏せる（診断は変わらない）',
    quiet: 'text は結論と所見ごとの 1 行だけ、markdown は結論と依頼事項だけにする',
    verbose: '観測したすべてを時間順に加える',
    watch: 'D ごとに調べ直し、変化を示す',
    lang: '表示の言語。既定は LC_ALL、LC_MESSAGES、LANG の順（JSON は変わらない）',
    'no-color': '色を付けない（NO_COLOR と FORCE_COLOR にも従う）',
    help: 'この説明',
    version: 'バージョン',
  },
}

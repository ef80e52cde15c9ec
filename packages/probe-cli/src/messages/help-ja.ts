// The short help in Japanese, alone, so that --help loads nothing else.

export const help = `eniprobe - 閉域の AWS ネットワークで起きるタイムアウトの原因、根拠、直し方を示します

使用例
  eniprobe
      ここで動くワークロードに必要なものすべて（種類は自動で判別）
  eniprobe logs s3 ecr.dkr
      これらのサービスをここから使えるか。使えなければ、その原因と直し方
  eniprobe s3://my-bucket tcp://db.internal:5432 pip
      自分のバケット、データベース、pip の実際の取得先
  eniprobe why app.log
      エラーが出ている。そこにある名前を調べ、そのエラーに答える
  eniprobe stuck
      今止まっている。どのプロセスが、どのサービスで、なぜ
  eniprobe logs s3 --format markdown --output ticket.md
      直せる人に渡すチケット

コマンド
  eniprobe [TARGET...] [オプション]  調べて、診断して、表示する
  eniprobe stuck [-- COMMAND]        今、または COMMAND の実行中に、止まっている接続
  eniprobe why [FILE|-]              エラーやログを読み、その中のエラーに答える
  eniprobe diagnose FILE             保存したレポートを診断し直す（通信はしない）
  eniprobe compare FILE FILE...      保存したレポートの違いと、その意味
  eniprobe explain CAUSE             一つの原因の内容、見え方、直し方
  eniprobe list services|causes|workloads
  eniprobe policy [TARGET...]        この実行に必要な最小の IAM ポリシー（通信はしない）
  eniprobe completion bash|zsh|fish  シェルで補完するためのスクリプト

  eniprobe help COMMAND              コマンドごとの使用例とオプション
  eniprobe help probe                TARGET（対象）の種類と、実行時のすべてのオプション
  eniprobe --version

終了ステータス
  0 すべて正常（警告は可）               1 問題がある、または判定できない
  2 コマンドまたはファイルの誤り         3 eniprobe 自身の失敗   130 中断

実行しても何も変更しません。表示の言語は --lang en|ja で選べます。
`

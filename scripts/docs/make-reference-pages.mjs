// Makes the reference pages that are data: the command line, the permissions of a run, services and workloads. Build first.
//   node scripts/docs/make-reference-pages.mjs            write them
//   node scripts/docs/make-reference-pages.mjs --check    say which are not current
import { helpWordsEn } from '../../packages/probe-cli/dist/src/messages/help-commands-en.js'
import { helpWordsJa } from '../../packages/probe-cli/dist/src/messages/help-commands-ja.js'
import { help } from '../../packages/probe-cli/dist/src/messages/help-en.js'
import { help as helpJa } from '../../packages/probe-cli/dist/src/messages/help-ja.js'
import { commandNames } from '../../packages/probe-cli/dist/src/options.js'
import { renderHelp } from '../../packages/probe-cli/dist/src/render/help.js'
import {
  findNoop,
  findService,
  findWorkload,
  noopsOf,
  permissionsOf,
  serviceIds,
  workloadIds,
} from '../../packages/probe-core/dist/src/catalog/index.js'
import { resourceForms } from '../../packages/probe-core/dist/src/plan/resource-words.js'
import { planTargets } from '../../packages/probe-core/dist/src/plan/targets.js'
import { confirmPermissionsOf } from '../../packages/probe-core/dist/src/policy/confirm-permissions.js'
import { settle } from './pages.mjs'

const region = 'ap-northeast-1'
const made = '---\n\nThis page is made by `scripts/docs/make-reference-pages.mjs` from the program itself.\n'
const pages = new Map([
  ['docs/reference/cli.md', commandLine()],
  ['docs/ja/reference/cli.md', commandLineJa()],
  ['docs/reference/permissions.md', permissions()],
  ['docs/ja/reference/permissions.md', permissionsJa()],
  ['docs/reference/services.md', services()],
  ['docs/reference/workloads.md', workloads()],
])
settle(pages, [], 'node scripts/docs/make-reference-pages.mjs')

function commandLine() {
  return `# The command line

[日本語](../ja/reference/cli.md)

What \`eniprobe --help\` prints; \`eniprobe help COMMAND\` and \`eniprobe COMMAND --help\` tell more of [each command](#each-command):

\`\`\`text
${help.trimEnd()}
\`\`\`

- A duration has a unit: \`500ms\`, \`15s\`, \`2m\`.
- \`--format\` and \`--output\` repeat. An output belongs to the format before it; a format without one goes to standard output:
  \`--format text --format json --output report.json\` prints the text and saves the JSON.
- \`--output report.json\` alone saves JSON, by the name of the file.
- Results go to standard output. Progress and errors go to standard error; progress shows on a terminal only.
- A resource word such as \`kms:alias/app\` or \`s3://my-bucket\` asks that very resource what a workload asks of it, by calls that
  change nothing: [named resources](resources.md) ([日本語](../ja/reference/resources.md)).
- The language of all text is \`--lang\`, else the first of \`LC_ALL\`, \`LC_MESSAGES\` and \`LANG\` that is set: Japanese where it begins with
  \`ja\`, else English. Codes, commands and JSON have no language.
- Ctrl+C prints what was seen until then (exit status 130). Ctrl+C once more stops at once.

See also: [exit status](exit-status.md), [JSON](json.md), [permissions](permissions.md), [services](services.md),
[workloads](workloads.md), [causes](causes/README.md).

## Each command

${helpSections(helpWordsEn)}

${made}`
}

function helpSections(words) {
  const titled = ['probe', ...commandNames].map(topic => {
    const title = `### ${topic}`
    return `${title}\n\n\`\`\`text\n${renderHelp(topic, words).trimEnd()}\n\`\`\``
  })
  return titled.join('\n\n')
}

function commandLineJa() {
  return `# コマンドライン

[English](../../reference/cli.md)

\`eniprobe --help --lang ja\` の出力です。\`eniprobe help COMMAND\` か \`eniprobe COMMAND --help\` では、[コマンドごとの説明](#コマンドごとの説明)が出ます。

\`\`\`text
${helpJa.trimEnd()}
\`\`\`

- 時間には単位を付けます（\`500ms\`、\`15s\`、\`2m\`）。
- \`--format\` と \`--output\` は繰り返せます。出力先は、その前の形式のものになります。出力先のない形式は標準出力に出ます。
  \`--format text --format json --output report.json\` なら、テキストを表示し、JSON を保存します。
- \`--output report.json\` だけを書くと、ファイルの名前から JSON で保存します。
- 結果は標準出力に、途中経過とエラーは標準エラー出力に出ます。途中経過は端末にだけ出ます。
- \`kms:alias/app\` や \`s3://my-bucket\` のようなリソースの指定では、ワークロードがそのリソースに求めることを、何も変更しない呼び出しで
  そのまま試します（[リソースの指定](resources.md)）。
- 表示の言語は \`--lang\`、なければ \`LC_ALL\`、\`LC_MESSAGES\`、\`LANG\` のうち最初に設定されているもので決まります。\`ja\` で始まれば日本語、
  それ以外は英語です。コード、コマンド、JSON は言語によって変わりません。
- Ctrl+C を押すと、それまでに分かったことを表示します（終了ステータス 130）。もう一度押すと、すぐに終わります。

関連: [終了ステータス（英語）](../../reference/exit-status.md)、[JSON（英語）](../../reference/json.md)、
[権限](permissions.md)、[サービス（英語）](../../reference/services.md)、
[ワークロード](../../reference/workloads.md)、[原因](causes/README.md)

## コマンドごとの説明

${helpSections(helpWordsJa)}

---

このページは \`scripts/docs/make-reference-pages.mjs\` が、プログラムから作っています。
`
}

function permissions() {
  const rows = serviceRows('needs no permission')
  const { named, anything, plainHost, bucket } = byTarget()
  return `# Permissions: which IAM actions a run uses

[日本語](../ja/reference/permissions.md)

\`eniprobe policy\` prints those of one run, on the ARNs of what you name: [the policy of a run](../guide/policy.md). These tables are
made of the same data.

None is required. Without any permission a run still tells DNS, TCP, TLS and HTTP apart; a call that is denied is itself an
observation (a warning, or an error on a resource or URL that you named). With \`--no-sign\` nothing is signed at all.

- \`sts:GetCallerIdentity\` is asked once in every signed run. It needs no permission.
- A service that is in no table is looked at up to HTTP, without a signature.
- A profile with \`role_arn\`, or a web identity token, makes the SDK's own \`sts:AssumeRole\` or
  \`sts:AssumeRoleWithWebIdentity\`, as any SDK would.

Every request carries a User-Agent that begins with \`eniprobe/\`, so that CloudTrail can be filtered for it.
More: [what it sends](../explain/what-it-sends.md).

## A resource that you name

What each call proves: [named resources](resources.md). "When a finding asks" is left out with \`--no-confirm\`.

| target | always | with \`--write-checks\` | when a finding asks |
|---|---|---|---|
${named}

## When a finding asks

Only where a finding leaves something open ([the second opinion](../explain/second-opinion.md)); never with \`--no-confirm\`.

| for | actions |
|---|---|
| any target | ${anything} |
| a host that is no API of AWS | ${plainHost} |
| a bucket that you named and that denied a call | ${bucket} |

## A service

**One** call of the table. It reads, asks for as little as the API allows (mostly one item), and its content is thrown away: only
the fact that it was answered is kept. The **second** call is made only where the first was denied without a reason, to see whether
the denial hangs on the action; \`eniprobe policy\` leaves it out, as it allows the first.

| service | call | second call |
|---|---|---|
${rows.join('\n')}

${rows.length} services have such a call.

${made}`
}

function permissionsJa() {
  const rows = serviceRows('権限は不要')
  const { named, anything, plainHost, bucket } = byTarget()
  return `# 権限: 実行で使う IAM アクション

[English](../../reference/permissions.md)

一回の実行に必要なものは、\`eniprobe policy\` が、指定したリソースの ARN に絞って出力します
（[実行に必要なポリシー](../guide/policy.md)）。以下の表は、それと同じデータから作っています。

必須の権限はありません。権限がまったくなくても、DNS、TCP、TLS、HTTP のどこで失敗するかは分かります。拒否された呼び出しは、
それ自体が観測の一つです（警告。指定したリソースや URL ではエラー）。\`--no-sign\` を付けると、署名付きの呼び出しをしません。

- \`sts:GetCallerIdentity\` は、署名する実行で一度呼び出します。権限は要りません。
- どの表にもないサービスは、署名せずに HTTP まで調べます。
- \`role_arn\` のあるプロファイルやウェブ ID トークンを使う場合は、SDK と同じく \`sts:AssumeRole\` または
  \`sts:AssumeRoleWithWebIdentity\` を呼び出します。

どのリクエストの User-Agent も \`eniprobe/\` で始まるので、CloudTrail で絞り込めます。
詳しくは[送信するもの](../explain/what-it-sends.md)を参照してください。

## 指定したリソース

それぞれの呼び出しが何を示すかは、[リソースを指定した対象](resources.md)を参照してください。「検出結果に応じて」の列は \`--no-confirm\` で除けます。

| 対象 | 常に | \`--write-checks\` | 検出結果に応じて |
|---|---|---|---|
${named}

## 検出結果に応じて問い合わせるもの

検出結果だけでは決められないときに限ります（[コントロールプレーンによる確認](../explain/second-opinion.md)）。\`--no-confirm\` を付けると問い合わせません。

| 対象 | アクション |
|---|---|
| すべて | ${anything} |
| AWS の API ではないホスト | ${plainHost} |
| 指定したバケットが呼び出しを拒否したとき | ${bucket} |

## サービス

表の呼び出しを **1 回**行います。読み取りで、API が許すかぎり少なく（多くは 1 件）求め、内容は捨てます。残すのは、応答があったという事実だけです。
**2 回目**は、1 回目が理由なしに拒否されたときに、拒否がそのアクションによるものかを見るために行います。\`eniprobe policy\` は
1 回目を許可するので、2 回目は含めません。

| サービス | 呼び出し | 2 回目 |
|---|---|---|
${rows.join('\n')}

このような呼び出しのあるサービスは ${rows.length} です。

---

このページは \`scripts/docs/make-reference-pages.mjs\` が、プログラムから作っています。
`
}

function serviceRows(noPermission) {
  return serviceIds().flatMap(id => {
    const call = findNoop(id)
    if (call === undefined) return []
    const second = noopsOf(id).find(noop => noop.kind === 'read' && noop.action !== call.action)
    return [`| \`${id}\` | ${actions(call, noPermission)} | ${second === undefined ? '' : actions(second, noPermission)} |`]
  })
}

/** By the permissions of example words, as \`eniprobe policy\` has them. */
function byTarget() {
  const plan = word => planTargets([word], { region, workloads: [] })
  const list = found => [...new Set(found.map(({ action }) => `\`${action}\``))].join(' ')
  const words = ['s3://my-bucket/prefix/', ...resourceForms.map(({ example }) => example.split(' or ')[0])]
  const rows = words.map(word => {
    const found = plan(word).flatMap(target => permissionsOf(target, { writeChecks: true, confirm: true }))
    const columns = ['read', 'write', 'confirm'].map(phase => list(found.filter(each => each.phase === phase)))
    return `| \`${word}\` | ${columns.join(' | ')} |`
  })
  const place = { region, partition: 'aws' }
  const confirm = word => plan(word).flatMap(target => confirmPermissionsOf(target, place))
  const anything = confirm('logs')
  const beyond = found => found.filter(({ action }) => anything.every(each => each.action !== action))
  return {
    named: rows.join('\n'),
    anything: list(anything),
    plainHost: list(beyond(confirm('tcp://db.internal:5432'))),
    bucket: list(beyond(confirm('s3://my-bucket'))),
  }
}

function actions(call, noPermission) {
  const needs = call.iamActions.length === 0 ? ` (${noPermission})` : extra(call)
  return `\`${call.action}\`${needs}`
}

function extra(call) {
  const others = call.iamActions.filter(action => action !== call.action)
  return others.length === 0 ? '' : ` (IAM: ${others.map(action => `\`${action}\``).join(', ')})`
}

function services() {
  const all = serviceIds().map(id => ({ id, service: findService(id) }))
  const kinds = service =>
    [service.hasGatewayEndpoint ? 'gateway' : '', service.hasPrivateLink ? 'interface' : ''].filter(Boolean)
  const rows = all.map(
    ({ id, service }) =>
      `| \`${id}\` | ${service.title} | ${kinds(service).join(', ') || 'none'} | ${findNoop(id)?.action ?? ''} |`,
  )
  const withEndpoint = all.filter(({ service }) => kinds(service).length > 0).length
  return `# Services

${all.length} services are known by name; for ${withEndpoint} of them AWS offers a VPC endpoint in some region. \`eniprobe list services\`
prints the ids. Common other words are understood as well: botocore's names, and full endpoint service names such as
\`com.amazonaws.${region}.logs\`.

"Endpoint" is what AWS offered when the table was made, in at least one partition: that a region offers it today,
\`aws ec2 describe-vpc-endpoint-services\` tells. "Signed call" is the call by which a run checks that your credentials are let
through; where it is empty, the service is looked at without a signature.

| id | service | endpoint | signed call |
|---|---|---|---|
${rows.join('\n')}

${made}`
}

function workloads() {
  const rows = workloadIds().map(id => {
    const workload = findWorkload(id)
    const needs = workload.alwaysNeeded(region).filter(need => need.service !== null)
    const names = [...new Set(needs.map(need => `\`${need.service}\``))]
    return `| \`${id}\` | ${workload.title.en}<br>${workload.title.ja} | ${names.join(' ') || 'only what its code calls'} |`
  })
  return `# Workloads

Without a TARGET, eniprobe looks at what the workload it runs in needs. It recognises the workload by files, variables and
metadata of the machine; \`--for WORKLOAD\` names one, and repeats. "Always needs" leaves out what only some features need
(the report says for which) and what is no AWS service (a file system, other nodes).

| id | workload | always needs |
|---|---|---|
${rows.join('\n')}

${made}`
}

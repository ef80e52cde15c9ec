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
  serviceIds,
  workloadIds,
} from '../../packages/probe-core/dist/src/catalog/index.js'
import { settle } from './pages.mjs'

const region = 'ap-northeast-1'
const made = '---\n\nThis page is made by `scripts/docs/make-reference-pages.mjs` from the program itself.\n'
const pages = new Map([
  ['docs/reference/cli.md', commandLine()],
  ['docs/ja/reference/cli.md', commandLineJa()],
  ['docs/reference/permissions.md', permissions()],
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
[権限（英語）](../../reference/permissions.md)、[サービス（英語）](../../reference/services.md)、
[ワークロード](../../reference/workloads.md)、[原因](causes/README.md)

## コマンドごとの説明

${helpSections(helpWordsJa)}

---

このページは \`scripts/docs/make-reference-pages.mjs\` が、プログラムから作っています。
`
}

function permissions() {
  const rows = serviceIds().flatMap(id => {
    const call = findNoop(id)
    if (call === undefined) return []
    const second = noopsOf(id).find(noop => noop.kind === 'read' && noop.action !== call.action)
    return [`| \`${id}\` | ${actions(call)} | ${second === undefined ? '' : actions(second)} |`]
  })
  return `# Permissions: which IAM actions a run uses

None is required. Without any permission a run still tells DNS, TCP, TLS and HTTP apart; a call that is denied is itself an
observation (a warning, or an error on a resource or URL that you named). With \`--no-sign\` nothing is signed at all.

- \`sts:GetCallerIdentity\` is asked once in every signed run. It needs no permission.
- For each service that is looked at, **one** call of the table. It reads, asks for as little as the API allows (mostly one
  item), and its content is thrown away: only the fact that it was answered is kept.
- The **second** call is made only where the first was denied without a reason, to see whether the denial hangs on the action.
- For a resource that you named (\`s3://my-bucket\`, \`logs:/app\`, …): a few calls on that very resource. Which, and what each
  needs: [named resources](resources.md).
- Where a finding is not certain, reads of EC2 and of a bucket's policy ([which](../explain/second-opinion.md#when-it-asks-and-what)); for
  \`rds:\`, \`ec2:\` and \`ecs:\` targets and for hosts that may be stopped, [these](../guide/stopped-resources.md#permissions).
  \`--no-confirm\` leaves out all but what those targets themselves need.
- A service that is not in the table is looked at up to HTTP, without a signature.
- A profile with \`role_arn\`, or a web identity token, makes the SDK's own \`sts:AssumeRole\` or
  \`sts:AssumeRoleWithWebIdentity\`, as any SDK would.

Every request carries a User-Agent that begins with \`eniprobe/\`, so that CloudTrail can be filtered for it.
More: [what it sends](../explain/what-it-sends.md).

| service | call | second call |
|---|---|---|
${rows.join('\n')}

${rows.length} services have such a call.

${made}`
}

function actions(call) {
  const needs = call.iamActions.length === 0 ? ' (needs no permission)' : extra(call)
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

// What the second opinion adds to a remedy: the mend of a second proven fault, the permission that would settle an open finding,
// and where to look when configuration says open and packets are silent.

import type { CauseCode } from '../../model/cause.ts'
import type { Language, Said } from '../../model/language.ts'
import type { SecondOpinion } from '../path/opinion.ts'
import { remedyOf } from '../remedies.ts'
import type { SaidFix, SaidNextStep } from '../rule.ts'
import type { NetworkView, TargetView } from '../view.ts'
import { hosts, idOr, regionOf } from './ids.ts'
import { sh } from './shell.ts'

/** Two faults at once: mending one uncovers the other. */
export function withOthers(
  fix: SaidFix,
  others: readonly CauseCode[],
  targets: readonly TargetView[],
  network: NetworkView,
): SaidFix {
  if (others.length === 0) return fix
  const more = others.map(cause => {
    const { summary } = remedyOf(cause).fix(targets, network)
    return {
      en: `Besides (${cause}): ${inLanguage(summary, 'en')}`,
      ja: `あわせて対応が必要です（${cause}）：${inLanguage(summary, 'ja')}`,
    }
  })
  return { ...fix, steps: [...fix.steps, ...more] }
}

/** Says what eniprobe itself would have needed to settle it, where it asked and was turned down or could not ask. */
export function withPermission(
  step: SaidNextStep,
  opinions: readonly (SecondOpinion | undefined)[],
  network: NetworkView,
): SaidNextStep {
  const told = network.report.controlPlane
  if (told === undefined) return step
  if (opinions.some(o => o?.open)) return followPackets(network)
  const denied = told.asked.filter(
    c => c.outcome === 'rejected' && /^(?:AccessDenied|UnauthorizedOperation|AuthFailure)/.test(c.code ?? ''),
  )
  const missing = new Set(
    opinions.flatMap(o => [...(o?.on.values() ?? [])].flatMap(each => (each.is === 'unknown' ? each.missing : []))),
  )
  // Before it is known which VPC this is, nothing else can be asked: then that first refusal is the one.
  const isFirst = denied.some(c => c.action === 'ec2:DescribeNetworkInterfaces')
  const wanted = [...new Set(denied.map(c => c.action))].filter(action => missing.size === 0 || missing.has(action) || isFirst)
  const [first] = told.asked
  if (wanted.length > 0) {
    const actions = wanted.join(', ')
    return {
      ...step,
      summary: {
        en: `${inLanguage(step.summary, 'en')} (With ${actions} allowed to this identity, eniprobe settles it by itself.)`,
        ja: `${inLanguage(step.summary, 'ja')}（この認証情報に ${actions} を許可すると、eniprobe 自身が確かめます。）`,
      },
    }
  }
  if (first !== undefined && told.asked.every(c => c.outcome !== 'answered' && c.code === undefined)) {
    const host = first.host ?? 'ec2'
    return {
      ...step,
      summary: {
        en: `${inLanguage(step.summary, 'en')} (${host} cannot be asked from here: run this where it answers.)`,
        ja: `${inLanguage(step.summary, 'ja')}（ここからは ${host} に問い合わせできません。応答がある場所で実行してください。）`,
      },
    }
  }
  return step
}

/** Every group, ACL and route that was read lets it pass: to open them once more mends nothing. */
export function nothingToOpen(targets: readonly TargetView[]): SaidFix {
  return {
    summary: {
      en: `Open nothing for ${hosts(targets)}: the security groups, network ACLs and routes that were read let it pass already.`,
      ja: `${hosts(targets)} のために許可を追加する必要はありません。確認したセキュリティグループ、ネットワーク ACL、ルートは、すでに許可しています。`,
    },
    steps: [
      {
        en: 'Was one of them changed minutes ago? Then run this again first.',
        ja: '数分以内に変更したものがあれば、まず再実行してください。',
      },
      {
        en: 'Look at what stands behind the address: the zone of the endpoint, a firewall on the host, an appliance on the way, a host that is down.',
        ja: 'アドレスの先にあるものを確認します。エンドポイントのゾーン、ホストのファイアウォール、経路上のアプライアンス、停止しているホストなどです。',
      },
    ],
    snippets: {},
    docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html',
  }
}

/** Configuration and packets disagree: what records the packets themselves has the last word. */
function followPackets(network: NetworkView): SaidNextStep {
  const { eni } = network.vantage.network
  const id = idOr(eni, '<eni-id>')
  return {
    summary: {
      en: 'Configuration says open, and packets are silent. The flow log of this interface tells whether the packet left and whether the far interface took it (ACCEPT there means that the host itself is silent):',
      ja: '設定上は通るのに、パケットに応答がありません。このインターフェイスのフローログで、パケットが送信されたか、相手側のインターフェイスが受け取ったか（相手側で ACCEPT であれば、応答しないのはホスト自身です）を確認できます。',
    },
    command: sh`aws ec2 describe-flow-logs --region ${regionOf(network)} --filter Name=resource-id,Values=${id}`,
  }
}

function inLanguage(words: string | Said, language: Language): string {
  return typeof words === 'string' ? words : words[language]
}

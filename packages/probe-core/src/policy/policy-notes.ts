// What a policy leaves open, and what it does not hold: a line each, for whoever attaches it. Pure.

import type { Said } from '../model/language.ts'
import type { PlannedTarget } from '../model/target.ts'
import type { PolicyDocument } from './policy-document.ts'

interface PolicyFacts {
  readonly document: PolicyDocument
  readonly targets: readonly PlannedTarget[]
  readonly region: string | null
  /** Given where nothing was named: what this machine was taken for, null for nothing. */
  readonly workload?: string | null
  readonly characters: number
  readonly mostCharacters: number
}

export function notesOf(facts: PolicyFacts): readonly Said[] {
  const { document, targets, region, workload, characters, mostCharacters } = facts
  const resources = document.Statement.flatMap(({ Resource }) => Resource)
  const notes: (Said | undefined)[] = [
    document.Statement.length === 0
      ? {
          en: 'this run makes no call that needs a permission: there is nothing to attach',
          ja: 'この実行には、権限の要る呼び出しがありません。アタッチするものはありません',
        }
      : undefined,
    workload === undefined ? undefined : chosenByMachine(workload),
    region === null && document.Statement.length > 0
      ? {
          en: 'no region is known without asking the metadata service: "*" stands in its place, and "aws" for the partition; give --region',
          ja: 'メタデータサービスに問い合わせないとリージョンが分からないため、リージョンは "*"、パーティションは "aws" としました。--region で指定できます',
        }
      : undefined,
    resources.some(resource => /^arn:[^:]*:[^:]*:[^:]*:\*:/.test(resource))
      ? {
          en: 'the account is not known without asking AWS: "*" stands in its place; set AWS_ACCOUNT_ID to name it',
          ja: 'AWS に問い合わせないとアカウントが分からないため、"*" としました。AWS_ACCOUNT_ID で指定できます',
        }
      : undefined,
    targets.some(({ id, resource }) => id.startsWith('kms:') && /(?:^|:)alias\//.test(resource ?? ''))
      ? {
          en: 'a policy sees keys, never their aliases: for an alias any key of the account is allowed; name the key by its id to narrow it',
          ja: 'ポリシーが見るのはキーで、エイリアスではありません。エイリアスに対してはアカウントのすべてのキーを許可しています。キー ID で指定すると絞れます',
        }
      : undefined,
    targets.some(({ service, resource, only }) => service === 's3' && resource !== undefined && only !== 'reach')
      ? {
          en: 'objects encrypted with a KMS key of yours can be read only with kms:Decrypt on that key, too: the plan does not know which key, so it is not in here',
          ja: '独自の KMS キーで暗号化したオブジェクトを読むには、そのキーに対する kms:Decrypt も必要です。どのキーか事前に分からないため、ここには含めていません',
        }
      : undefined,
    targets.some(hasOtherLetters)
      ? {
          en: 'a policy document holds no letters beyond Latin-1: "*" stands for them',
          ja: 'ポリシードキュメントには Latin-1 以外の文字を書けないため、その部分は "*" としました',
        }
      : undefined,
    characters > mostCharacters
      ? {
          en: `${characters} characters (white space not counted): more than the ${mostCharacters} of a managed policy; run "eniprobe policy" for some of the targets at a time and attach each policy, up to 10 to a role`,
          ja: `空白を除いて ${characters} 文字あり、管理ポリシーの上限 ${mostCharacters} 文字を超えています。対象を分けて "eniprobe policy" を実行し、できたポリシーをそれぞれアタッチしてください（ロールには 10 個まで）`,
        }
      : undefined,
  ]
  return notes.filter(note => note !== undefined)
}

function chosenByMachine(workload: string | null): Said {
  return workload === null
    ? {
        en: 'no target is named, and without the metadata service this machine shows no kind of workload: the run there may look at more; name targets, or --for WORKLOAD',
        ja: '対象の指定がなく、メタデータサービスを使わない限りワークロードの種類も分かりません。実行時にはほかの対象も調べるかもしれません。対象か --for WORKLOAD を指定してください',
      }
    : {
        en: `no target is named: this is what ${workload} needs, as which this machine is recognised; elsewhere name it with --for ${workload}`,
        ja: `対象の指定がないため、このマシンの種類と判断した ${workload} に必要なものを示しています。ほかの場所では --for ${workload} を指定してください`,
      }
}

function hasOtherLetters({ resource = '' }: PlannedTarget): boolean {
  return /[^\x20-\xff]/.test(resource)
}

// What a remedy says besides, where a call on a named resource was refused: that a call only looks, or that a key is switched off.

import type { CauseCode } from '../../model/cause.ts'
import { denialOf } from '../classify.ts'
import { stepOf, unusableKeyState } from '../named.ts'
import type { Remedy, SaidFix } from '../rule.ts'
import type { TargetView } from '../view.ts'
import { arnOr, idOr, inWords } from './ids.ts'
import { sh } from './shell.ts'

export function withNamed(cause: CauseCode, remedy: Remedy): Remedy {
  return {
    ...remedy,
    fix: (targets, network) => {
      const fix = remedy.fix(targets, network)
      if (cause === 'kms-denies' && targets.every(isKeyUnusable)) return ofUnusableKey(fix, targets)
      return targets.length > 0 && targets.every(isLookDenied) ? { ...fix, steps: [...fix.steps, onlyLooks] } : fix
    },
  }
}

const onlyLooks = {
  en: 'This call only looks at the resource: a workload that never makes it needs no permission for it. With --write-checks, what workloads do is tried as well, where that has a form without effect.',
  ja: 'この呼び出しはリソースを確認するだけです。ワークロードがこの呼び出しをしないなら、許可は不要です。--write-checks を付けると、影響のない形があるものについて、ワークロードが実際に行う操作も試します。',
}

function isLookDenied(target: TargetView): boolean {
  return stepOf(target, target.aws)?.purpose === 'look' && denialOf(target)?.kind === 'access-denied'
}

function isKeyUnusable(target: TargetView): boolean {
  return unusableKeyState(target) !== undefined || (target.service?.id === 'kms' && denialOf(target)?.kind === 'kms')
}

/** No policy is in the way. */
function ofUnusableKey(fix: SaidFix, targets: readonly TargetView[]): SaidFix {
  const keys = inWords(targets.map(t => t.target.resource ?? t.id))
  const named = targets[0]?.target.resource ?? ''
  // EnableKey takes no alias.
  const key = /(?:^|:)alias\//.test(named) ? '<key-id>' : (arnOr(named, undefined) ?? idOr(named, '<key-id>'))
  return {
    ...fix,
    summary: {
      en: `Make the key usable again: ${keys}. It is switched off, waits for its deletion, or lacks its material; no policy is in the way.`,
      ja: `キーを使える状態に戻してください: ${keys}。無効化、削除待ち、またはキーマテリアルがない状態です。ポリシーの問題ではありません。`,
    },
    steps: [
      {
        en: 'A disabled key is enabled; a deletion that is scheduled is cancelled first, then the key is enabled; imported material is imported anew.',
        ja: '無効なキーは有効化します。削除予定のキーは、削除をキャンセルしてから有効化します。インポートしたキーマテリアルは、もう一度インポートします。',
      },
    ],
    snippets: { cli: sh`aws kms enable-key --region ${idOr(targets[0]?.target.region, '<region>')} --key-id ${key}` },
    docs: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html',
  }
}

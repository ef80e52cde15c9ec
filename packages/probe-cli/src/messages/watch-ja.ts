// What `--watch` says of changes, in Japanese.

import type { WatchMessages } from './watch-en.ts'

export const watchJa: WatchMessages = {
  every: time => `${time} ごとに見直し、変化だけを表示します（Ctrl+C で終了）`,
  verdicts: { healthy: '正常', denied: '拒否', failing: '失敗', unknown: '不明' },
  became: (id, before, now) => `${id}: ${before} → ${now}`,
  seen: (id, now) => `${id}: 新しい対象、${now}`,
  unseen: id => `${id}: 対象から外れました`,
  found: (cause, confidence, ids) => `検出: ${cause}（${confidence}）: ${ids}`,
  gone: (cause, ids) => `解消: ${cause}: ${ids}`,
  confidence: { certain: '確実', likely: '有力', possible: '可能性あり' },
}

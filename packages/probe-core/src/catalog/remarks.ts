// What a report remarks in English beside its findings: notes on targets, why a source gave no credentials, how long a
// client hangs. The report stays as it is in every language; whoever shows it to people can say the same in theirs.

import type { Language, Said } from '../model/language.ts'
import { featureIn } from './workloads.ts'

const remarks = {
  noRegion: {
    en: 'no region is known, so its name cannot be built',
    ja: 'リージョンが分からないため、名前を組み立てられません',
  },
  unknownId: { en: 'its name holds an id that is not known here', ja: '名前に、ここでは分からない ID が含まれます' },
  standIn: {
    en: 'your account id is not known here: a name of an account of AWS stands in, which takes the same way',
    ja: 'アカウント ID が分からないため、同じ経路を通る AWS のアカウントの名前で代用しています',
  },
  settingNoUrl: {
    en: '{setting} is not a URL: an SDK cannot use it either',
    ja: '{setting} が URL ではありません。SDK でも使えません',
  },
  endpointOnly: {
    en: 'only the endpoint of {service} is looked at, not the {form} resource itself',
    ja: '調べるのは {service} のエンドポイントだけで、{form} のリソースそのものは調べません',
  },
  queryLeftOut: {
    en: 'the query of the URL is left out: it may hold a secret',
    ja: 'URL のクエリは秘密を含むかもしれないため、省いています',
  },

  endpointReached: {
    en: 'invoking an endpoint runs its model: only the way to the host is looked at',
    ja: 'エンドポイントを呼び出すとモデルが実行されるため、ホストへの経路だけを調べます',
  },
  layersBucket: {
    en: 'image layers come from this bucket of AWS: that it answers is the proof, it is not read',
    ja: 'イメージのレイヤーは AWS のこのバケットから取得されます。応答があれば十分なので、中身は読みません',
  },

  managerCannotReadWhy: { en: '{manager} cannot read {file}: {problem}', ja: '{manager} が {file} を読めません（{problem}）' },
  managerCannotRead: { en: '{manager} cannot read {file}', ja: '{manager} が {file} を読めません' },
  managerAsksNoIndex: { en: '{manager} asks no index: {list}', ja: '{manager} はインデックスを参照しない設定です（{list}）' },
  notOfNetwork: {
    en: 'places that are no part of the network are not looked at: {list}',
    ja: 'ネットワーク上にない場所は調べません: {list}',
  },
  notToml: { en: '{file} is not TOML', ja: '{file} が TOML ではありません' },
  noRepository: {
    en: 'dnf has no repository enabled that is part of the network',
    ja: 'dnf に、ネットワーク上の有効なリポジトリがありません',
  },
  noSource: {
    en: 'apt has no source on this machine that is part of the network',
    ja: 'apt に、ネットワーク上の取得元がありません',
  },
  variableNotSet: {
    en: '{file}: a variable of its host is not set ({list})',
    ja: '{file}: ホスト名に使われている変数が設定されていません（{list}）',
  },
  namesNoPlace: { en: '{word} names no place in the network here', ja: 'ここの {word} は、ネットワーク上の場所を示していません' },
  configurationLate: {
    en: 'its configuration could not be read in time',
    ja: '設定を時間内に読めませんでした',
  },

  hangsOne: {
    en: '{seconds} s × {attempts} attempts × 1 address',
    ja: '{seconds} 秒 × {attempts} 回 × 1 アドレス',
  },
  hangs: {
    en: '{seconds} s × {attempts} attempts × {count} addresses',
    ja: '{seconds} 秒 × {attempts} 回 × {count} アドレス',
  },
  hangsMeasured: {
    en: 'no connect timeout, 3 attempts, measured',
    ja: '接続タイムアウトなし、3 回試行、実測',
  },

  signInstance: { en: 'instance metadata', ja: 'インスタンスメタデータ' },
  signEcs: { en: 'ECS task metadata: LaunchType {type}', ja: 'ECS のタスクメタデータ（LaunchType {type}）' },
  signModel: { en: '/opt/ml/model without /opt/ml/input', ja: '/opt/ml/model があり /opt/ml/input がない' },
  signKubelet: { en: '/etc/eks with a kubelet', ja: '/etc/eks と kubelet' },
  signSsm: { en: '/var/lib/amazon/ssm on EC2', ja: 'EC2 上の /var/lib/amazon/ssm' },
  signPodOnEc2: { en: 'KUBERNETES_SERVICE_HOST on EC2', ja: 'EC2 上の KUBERNETES_SERVICE_HOST' },
  signCloudShell: {
    en: 'AWS_CONTAINER_CREDENTIALS_FULL_URI on localhost:1338',
    ja: 'localhost:1338 を指す AWS_CONTAINER_CREDENTIALS_FULL_URI',
  },

  noTimeLeft: { en: 'no time was left', ja: '時間が残っていませんでした' },
  noAnswerInTime: { en: 'no answer before the deadline', ja: '期限までに応答がありませんでした' },
  profileNamed: { en: 'left aside: the profile "{profile}" is named', ja: 'プロファイル "{profile}" の指定があるため使いません' },
  notSet: { en: '{name} is not set', ja: '{name} が設定されていません' },
  setWithoutOther: { en: '{name} is set, {other} is not', ja: '{name} は設定されていますが、{other} がありません' },
  neitherSet: { en: 'neither {name} nor {other} is set', ja: '{name} も {other} も設定されていません' },
  isTrue: { en: '{name} is true', ja: '{name} が true です' },
  oddLetter: {
    en: '{name} has a space, a line break or another character that no key has',
    ja: '{name} に、キーには使われない文字（空白や改行など）が含まれています',
  },
  noProfile: {
    en: 'no profile "{profile}" in {file} or {otherFile}',
    ja: 'プロファイル "{profile}" が {file} にも {otherFile} にもありません',
  },
  containerConfigured: {
    en: 'left aside: container credentials are configured',
    ja: 'コンテナの認証情報が設定されているため使いません',
  },
  proxyNoUrl: {
    en: '{name} is not a URL: this run goes without a proxy, and clients that read it fail',
    ja: '{name} が URL ではありません。この実行ではプロキシを使っていませんが、これを読むクライアントは失敗します',
  },
  proxyScheme: {
    en: '{name} names a {scheme} proxy, which the AWS SDKs do not speak: this run goes without one',
    ja: '{name} は {scheme} プロキシを指しています。AWS SDK が対応していないため、この実行では使っていません',
  },
  caGone: {
    en: '{name} names a file whose file system does not answer',
    ja: '{name} が指すファイルのファイルシステムが応答しません',
  },
  caDirectory: {
    en: '{name} names a directory, which not every client reads, and this run does not',
    ja: '{name} がディレクトリを指しています。読まないクライアントがあり、この実行でも読んでいません',
  },
  caNoFile: { en: '{name} names something that is not a file', ja: '{name} がファイルではないものを指しています' },
  caTooLarge: {
    en: '{name} names a file too large to be a CA bundle',
    ja: '{name} が指すファイルは、CA バンドルとしては大きすぎます',
  },
  caMissing: {
    en: '{name} names a file that does not exist: clients that read it fail',
    ja: '{name} が指すファイルがありません。これを読むクライアントは失敗します',
  },
  caUnreadable: {
    en: '{name} names a file that this user cannot read: clients that read it fail',
    ja: '{name} が指すファイルを、このユーザーは読めません。これを読むクライアントは失敗します',
  },
  caMissingNode: {
    en: '{name} names a file that does not exist: Node.js goes on without it',
    ja: '{name} が指すファイルがありません。Node.js はこれを使わずに続行します',
  },
  caUnreadableNode: {
    en: '{name} names a file that this user cannot read: Node.js goes on without it',
    ja: '{name} が指すファイルを、このユーザーは読めません。Node.js はこれを使わずに続行します',
  },
  caStops: {
    en: '{name} names a CA bundle that cannot be used: no TLS connection here succeeds for those that read it ({list})',
    ja: '{name} が指す CA バンドルを使えません。これを読むクライアント（{list}）は、ここでは TLS 接続にすべて失敗します',
  },
  caPartly: {
    en: '{name}: certificates in its file that cannot be read: {count}',
    ja: '{name}: ファイルの中の {count} 個の証明書を読めません',
  },
  caEmpty: { en: '{name}: its file holds no PEM certificate', ja: '{name}: ファイルに PEM 形式の証明書がありません' },
  noHttpUrl: { en: '{name} is not an http URL', ja: '{name} が http の URL ではありません' },
  noUrl: { en: '{name} is not a URL', ja: '{name} が URL ではありません' },
  refusedOverHttp: {
    en: '{name} names a host that SDKs refuse over plain HTTP',
    ja: '{name} のホストは、暗号化なしの HTTP では SDK が拒否します',
  },
  tokenHasBreak: { en: 'the authorization token has a line break in it', ja: '認可トークンに改行が含まれています' },
  cannotRead: { en: '{name} cannot be read ({code})', ja: '{name} を読めません（{code}）' },
  noRoleAttached: { en: 'the instance has no role attached', ja: 'インスタンスにロールが付いていません' },
  withoutToken: { en: '{refusal}; without one: {rest}', ja: '{refusal}。トークンなしでは、{rest}' },
  askedForToken: { en: '{answer} (asked for a session token)', ja: '{answer}（セッショントークンの要求）' },
  askedForRole: { en: '{answer} (asked for the role)', ja: '{answer}（ロールの要求）' },
  askedForCredentials: { en: "{answer} (asked for the role's credentials)", ja: '{answer}（ロールの認証情報の要求）' },
  noSessionToken: {
    en: '{host} answered something that is no session token',
    ja: '{host} はセッショントークンではないものを返しました',
  },
  noCredentials: {
    en: '{host} answered something that is no credentials',
    ja: '{host} は認証情報ではないものを返しました',
  },
  withoutCredentialsCode: {
    en: '{host} answered without credentials ({code})',
    ja: '{host} の応答に認証情報がありません（{code}）',
  },
  withoutCredentials: { en: '{host} answered without credentials', ja: '{host} の応答に認証情報がありません' },
  acceptedOnly: {
    en: '{host} accepted the connection and did not answer',
    ja: '{host} は接続を受け付けましたが、応答しませんでした',
  },
  didNotAnswer: { en: '{host} did not answer', ja: '{host} は応答しませんでした' },
  notAsked: { en: '{host} was not asked: no time was left', ja: '時間がなく、{host} には問い合わせていません' },
  refused: { en: '{host} refused ({code})', ja: '{host} は拒否しました（{code}）' },
  answered: { en: '{host} answered {code}', ja: '{host} は {code} を返しました' },

  processTooLate: {
    en: 'credential_process did not end before the deadline',
    ja: 'credential_process が期限までに終わりませんでした',
  },
  processTooMuch: { en: 'credential_process printed too much', ja: 'credential_process の出力が大きすぎます' },
  processCannotRun: { en: 'credential_process cannot be run ({code})', ja: 'credential_process を実行できません（{code}）' },
  processStatus: {
    en: 'credential_process ended with status {status}',
    ja: 'credential_process がステータス {status} で終了しました',
  },
  processNoJson: {
    en: 'credential_process printed something that is not JSON',
    ja: 'credential_process の出力が JSON ではありません',
  },
  processVersion: {
    en: 'credential_process did not print Version 1',
    ja: 'credential_process の出力が Version 1 ではありません',
  },
  processNoKeys: { en: 'credential_process printed no keys', ja: 'credential_process の出力にキーがありません' },
  processExpired: {
    en: 'credential_process printed credentials that have expired',
    ja: 'credential_process の出力した認証情報は期限切れです',
  },
} as const satisfies Readonly<Record<string, Said>>

type RemarkKey = keyof typeof remarks
export const remarkKeys = Object.keys(remarks) as readonly RemarkKey[]
type PartNames<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | PartNames<Rest> : never
type RemarkParts<K extends RemarkKey> = Readonly<Record<PartNames<(typeof remarks)[K]['en']>, string | number>>

/** Parts that are remarks themselves. */
const nested: readonly string[] = ['answer', 'refusal', 'rest']

/** Parts that a blank may stand in; all others are single words, which keeps a server's own sentence from being taken for ours. */
const withBlanks: readonly string[] = [...nested, 'setting', 'profile', 'file', 'otherFile', 'list', 'problem']
const withRemarks: readonly string[] = [...nested, 'list']

/** A remark is one line; a longer text is somebody else's. */
const longestRead = 2000

/** The English of a remark, as a report holds it. */
export function remark<K extends RemarkKey>(key: K, parts: RemarkParts<K>): string {
  return fillTemplateParts(remarks[key].en, parts)
}

/** A remark of a report in a language. A text that is none of ours (a server's own words) comes back as it is. */
export function remarkIn(text: string, language: Language): string {
  if (language === 'en' || text.length > longestRead) return text
  for (const { en, [language]: other } of byLength()) {
    const parts = readParts(text, en)
    if (parts === undefined) continue
    const said = Object.entries(parts).map(([name, value]) => [name, nested.includes(name) ? remarkIn(value, language) : value])
    return fillTemplateParts(other, Object.fromEntries(said))
  }
  const feature = featureIn(text, language)
  return feature === text && text.includes('; ') ? eachIn(text, language) : feature
}

/** Several remarks on one thing; where one of them is not ours, none is. */
function eachIn(text: string, language: Language): string {
  const pieces = text.split('; ')
  const said = pieces.map(piece => remarkIn(piece, language))
  return said.every((each, index) => each !== pieces[index]) ? said.join('。') : text
}

function fillTemplateParts(template: string, parts: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{([A-Za-z]+)\}/g, (whole, name: string) => String(parts[name] ?? whole))
}

let sorted: readonly Said[] | undefined

/** Those with most words of their own first: "NAME is not a URL: an SDK …" before "NAME is not a URL". */
function byLength(): readonly Said[] {
  const own = ({ en }: Said) => en.replace(/\{[A-Za-z]+\}/g, '').length
  sorted ??= [...Object.values(remarks)].sort((a, b) => own(b) - own(a))
  return sorted
}

/** The parts of a text that was made from the template; undefined when it was not. Reads each letter once: the text may be anyone's. */
function readParts(text: string, template: string): Record<string, string> | undefined {
  const pieces = template.split(/\{([A-Za-z]+)\}/)
  const first = pieces[0] ?? ''
  if (!text.startsWith(first)) return undefined
  const parts: Record<string, string> = {}
  let at = first.length
  for (let piece = 1; piece < pieces.length; piece += 2) {
    const literal = pieces[piece + 1] ?? ''
    const isLast = piece + 2 >= pieces.length
    const end = isLast ? text.length - literal.length : text.indexOf(literal, at + 1)
    if (end <= at || !text.startsWith(literal, end)) return undefined
    const name = pieces[piece] ?? ''
    const part = text.slice(at, end)
    if (!withBlanks.includes(name) && /\s/.test(part)) return undefined
    // There the next remark begins.
    if (!withRemarks.includes(name) && part.includes('; ')) return undefined
    parts[name] = part
    at = end + literal.length
  }
  return at === text.length ? parts : undefined
}

// Remedies for package indexes: the four ways out of a closed network (CodeArtifact, a private index, S3, an image), worded for the
// manager in use, with commands for this network. Words in two languages.

import { findPartition } from '../../catalog/index.ts'
import type { CauseCode } from '../../model/cause.ts'
import type { Said } from '../../model/language.ts'
import { managerOf, useOf } from '../packages.ts'
import type { Remedy, SaidFix } from '../rule.ts'
import type { NetworkView, TargetView } from '../view.ts'
import { hosts, type Ids, idOr, unique } from './ids.ts'
import { bucketsOf } from './package-buckets.ts'
import { plain } from './plain.ts'
import { sh } from './shell.ts'

const guide = 'https://docs.aws.amazon.com/codeartifact/latest/ug'

type Kind = 'python' | 'npm' | 'conda' | 'rpm' | 'deb' | 'docker'

const kinds: Readonly<Record<string, Kind>> = {
  npm: 'npm',
  yarn: 'npm',
  pnpm: 'npm',
  conda: 'conda',
  dnf: 'rpm',
  apt: 'deb',
  docker: 'docker',
}

function kindOf(targets: readonly TargetView[]): Kind {
  const manager = targets[0] === undefined ? undefined : managerOf(targets[0])
  return kinds[manager ?? ''] ?? 'python'
}

interface Place {
  readonly domain: string
  readonly owner: string
  readonly repository: string
}

/** Domain, account and repository of CodeArtifact: of a host or a resource of this run, or placeholders. */
function codeArtifactOf(network: NetworkView, ids: Ids, targets: readonly TargetView[]): Place {
  for (const { target } of [...targets, ...network.targets]) {
    const [, domain, owner] = /^([a-z][a-z0-9-]*?)-(\d{12})\.d\.codeartifact\./.exec(target.host) ?? []
    const repository = idOr(/^\/(?:pypi|npm)\/([^/]+)/.exec(target.path ?? '')?.[1], undefined)
    if (domain !== undefined && owner !== undefined) return { domain, owner, repository: repository ?? '<repository>' }
  }
  const named = network.targets.map(({ target }) => /^codeartifact:([^/]+)\/(\S+)/.exec(target.id)).find(Boolean)
  return { domain: idOr(named?.[1], '<domain>'), owner: ids.account, repository: idOr(named?.[2], '<repository>') }
}

function login(kind: Kind, ids: Ids, place: Place): string {
  const tool = kind === 'npm' ? 'npm' : 'pip'
  return sh`aws codeartifact login --tool ${tool} --region ${ids.region} --domain ${place.domain} --domain-owner ${place.owner} --repository ${place.repository}`
}

const registry = (ids: Ids) => `${ids.account}.dkr.ecr.${ids.region}.${findPartition(ids.region).dnsSuffix}`

/** What can be done instead of asking the internet: as many as fit the manager, each with its command. */
export function waysOut(kind: Kind, ids: Ids, place: Place): readonly Said[] {
  const image = imageWay(ids)
  if (kind === 'docker') {
    return [
      {
        en: `ECR: push the image there (or set a pull-through cache rule), and pull ${registry(ids)}/<repository>. It needs the endpoints ecr.api and ecr.dkr, and S3, where the layers lie: bucket prod-${ids.region}-starport-layer-bucket.`,
        ja: `ECR: イメージをそこへプッシュ (またはプルスルーキャッシュルールを設定) し、${registry(ids)}/<repository> をプルします。エンドポイント ecr.api と ecr.dkr、そしてレイヤーの置き場である S3 (バケット prod-${ids.region}-starport-layer-bucket) が必要です。`,
      },
      {
        en: 'A private registry: set it as "registry-mirrors" in /etc/docker/daemon.json, which serves names of Docker Hub.',
        ja: 'プライベートレジストリ: /etc/docker/daemon.json の "registry-mirrors" に設定すると、Docker Hub の名前にも使われます。',
      },
      {
        en: `S3: docker save there where there is internet, then here: ${imageCommand(ids)}`,
        ja: `S3: インターネットのある環境で docker save し、ここでは ${imageCommand(ids)} を実行します。`,
      },
    ]
  }
  return [codeArtifactWay(kind, ids, place), privateWay(kind), s3Way(kind, ids), image]
}

function imageCommand(ids: Ids): string {
  return sh`aws s3 cp ${'s3://<bucket>/image.tar'} - --region ${ids.region} | docker load`
}

function codeArtifactWay(kind: Kind, ids: Ids, place: Place): Said {
  if (kind !== 'python' && kind !== 'npm') {
    return {
      en: 'CodeArtifact serves no packages of this manager: one of the other ways is meant for it.',
      ja: 'CodeArtifact はこのパッケージマネージャーのパッケージを配布しません。ほかの方法を使ってください。',
    }
  }
  const command = login(kind, ids, place)
  return {
    en: `CodeArtifact: a repository with an upstream. It needs the endpoints codeartifact.api and codeartifact.repositories, and S3, where its files lie. Then: ${command}`,
    ja: `CodeArtifact: アップストリームを持つリポジトリを使います。エンドポイント codeartifact.api と codeartifact.repositories、そしてファイルの置き場である S3 が必要です。その上で: ${command}`,
  }
}

function privateWay(kind: Kind): Said {
  const commands: Readonly<Record<Exclude<Kind, 'docker'>, string>> = {
    python: "pip config set global.index-url 'https://<index-host>/simple/'",
    npm: "npm config set registry 'https://<registry-host>/'",
    conda: "conda config --set channel_alias 'https://<mirror-host>/' --add default_channels 'https://<mirror-host>/main'",
    rpm: "dnf config-manager --add-repo 'https://<mirror-host>/<repository>'",
    deb: 'deb https://<mirror-host>/<distribution> <suite> main   (/etc/apt/sources.list)',
  }
  const command = commands[kind as Exclude<Kind, 'docker'>]
  return {
    en: `A private index inside the network, which holds the files too (a proxying one needs a way out of its own): ${command}`,
    ja: `ネットワーク内のプライベートインデックス。ファイル自体もそこに置きます (プロキシ型には、それ自身の出口が必要です): ${command}`,
  }
}

function s3Way(kind: Kind, ids: Ids): Said {
  const commands: Readonly<Record<Exclude<Kind, 'docker'>, readonly [string, string]>> = {
    python: [
      "pip download -r requirements.txt -d wheels && aws s3 sync wheels 's3://<bucket>/wheels'",
      sh`aws s3 sync 's3://<bucket>/wheels' wheels --region ${ids.region} && pip install --no-index --find-links wheels -r requirements.txt`,
    ],
    npm: [
      "npm ci --cache ./npm-cache && aws s3 sync npm-cache 's3://<bucket>/npm-cache'",
      sh`aws s3 sync 's3://<bucket>/npm-cache' npm-cache --region ${ids.region} && npm ci --offline --cache ./npm-cache`,
    ],
    conda: [
      "conda-pack -n '<environment>' -o environment.tar.gz && aws s3 cp environment.tar.gz 's3://<bucket>/'",
      sh`aws s3 cp 's3://<bucket>/environment.tar.gz' . --region ${ids.region} && mkdir -p environment && tar -xzf environment.tar.gz -C environment`,
    ],
    rpm: [
      "dnf download --resolve --alldeps --destdir rpms '<packages>' && aws s3 sync rpms 's3://<bucket>/rpms'",
      sh`aws s3 sync 's3://<bucket>/rpms' rpms --region ${ids.region} && dnf install --disablerepo='*' ./rpms/*.rpm`,
    ],
    deb: [
      "apt-get install --download-only '<packages>' && aws s3 sync /var/cache/apt/archives 's3://<bucket>/debs'",
      sh`aws s3 sync 's3://<bucket>/debs' debs --region ${ids.region} && apt-get install ./debs/*.deb`,
    ],
  }
  const [out, inside] = commands[kind as Exclude<Kind, 'docker'>]
  return {
    en: `S3, through its gateway endpoint. Where there is internet: ${out}. Here: ${inside}`,
    ja: `S3 (ゲートウェイ型 VPC エンドポイント経由)。インターネットのある環境で: ${out}。ここで: ${inside}`,
  }
}

function imageWay(ids: Ids): Said {
  return {
    en: `An image that has the packages: build it where there is internet, push it to ${registry(ids)}/<repository>, and start the workload from it. It needs the endpoints ecr.api and ecr.dkr, and S3.`,
    ja: `パッケージ入りのイメージ: インターネットのある環境でビルドし、${registry(ids)}/<repository> にプッシュして、それからワークロードを起動します。エンドポイント ecr.api と ecr.dkr、そして S3 が必要です。`,
  }
}

/** The command of the first way, as one to paste. */
function firstCommand(kind: Kind, ids: Ids, place: Place): string {
  if (kind === 'python' || kind === 'npm') return login(kind, ids, place)
  if (kind === 'docker')
    return sh`aws ecr get-login-password --region ${ids.region} | docker login --username AWS --password-stdin ${registry(ids)}`
  return sh`aws s3 ls ${'s3://<bucket>/'} --region ${ids.region}`
}

function askConfiguration(kind: Kind): string {
  const asks: Readonly<Record<Kind, string>> = {
    python: 'pip config debug; pip config list',
    npm: 'npm config ls -l',
    conda: 'conda config --show-sources',
    rpm: 'dnf repolist -v',
    deb: 'apt-cache policy',
    docker: 'docker info',
  }
  return asks[kind]
}

const whereFrom: Said = { en: 'The place that is really used:', ja: '実際に使われる取得先:' }

/** Which file to mend. Nothing where the report does not tell. */
function settingStep(targets: readonly TargetView[]): readonly Said[] {
  const said = unique(targets.flatMap(t => useOf(t)?.configuredBy ?? [])).join('; ')
  if (said === '') return []
  return [
    {
      en: `The setting in use: ${said}. Is it still the right one?`,
      ja: `使われている設定: ${said}。いまも正しい設定でしょうか。`,
    },
  ]
}

function bucketStep(buckets: readonly string[], partition: string): Said {
  const arns = buckets.map(bucket => `arn:${partition}:s3:::${bucket}/*`).join(', ')
  return {
    en: `These packages lie in S3. The policy of the S3 gateway endpoint must allow s3:GetObject on ${arns} (the full-access default does), and its prefix list must be in this subnet's route table.`,
    ja: `これらのパッケージは S3 に置かれています。S3 のゲートウェイ型 VPC エンドポイントのポリシーで ${arns} に対する s3:GetObject を許可し (既定のフルアクセスなら許可済み)、そのプレフィックスリストをこのサブネットのルートテーブルに入れます。`,
  }
}

/** What any remedy says besides, when packages of a bucket are what does not come. */
export function withBuckets(remedy: Remedy): Remedy {
  return {
    ...remedy,
    fix: (targets, network): SaidFix => {
      const fix = remedy.fix(targets, network)
      const buckets = bucketsOf(targets)
      return buckets.length === 0 ? fix : { ...fix, steps: [...fix.steps, bucketStep(buckets, network.partition)] }
    },
  }
}

export const packageRemedies = {
  'package-index-is-public': plain((ids, targets, network) => {
    const kind = kindOf(targets)
    const place = codeArtifactOf(network, ids, [])
    return {
      fix: {
        en: `Fetch packages from inside: this network has no way to ${hosts(targets)} on the internet. Four ways, one is enough.`,
        ja: `パッケージをネットワーク内から取得するようにします。${hosts(targets)} はインターネット上にあり、このネットワークからは届きません。方法は 4 つあり、どれか 1 つで足ります。`,
      },
      steps: waysOut(kind, ids, place),
      cli: firstCommand(kind, ids, place),
      docs: kind === 'npm' ? `${guide}/npm-auth.html` : `${guide}/python-configure-pip.html`,
      next: whereFrom,
      ask: askConfiguration(kind),
    }
  }),
  'package-index-unreachable': plain((ids, targets, network) => ({
    fix: {
      en: `Mend the path to the package index ${hosts(targets)}.`,
      ja: `パッケージインデックス ${hosts(targets)} への経路を直します。`,
    },
    steps: [
      ...settingStep(targets),
      { en: 'The cause of the path stands beside this one.', ja: '経路の原因は、これと並べて示しています。' },
      ...waysOut(kindOf(targets), ids, codeArtifactOf(network, ids, targets)),
    ],
    docs: `${guide}/vpc-endpoints.html`,
    next: whereFrom,
    ask: askConfiguration(kindOf(targets)),
  })),
  'package-index-unauthorized': plain((ids, targets, network) => {
    const place = codeArtifactOf(network, ids, targets)
    const isCodeArtifact = targets.some(t => /\.d\.codeartifact\./.test(t.target.host))
    return {
      fix: isCodeArtifact
        ? {
            en: 'Fetch a new CodeArtifact token: one lives 12 hours at most.',
            ja: 'CodeArtifact のトークンを取り直します。有効期間は最長 12 時間です。',
          }
        : {
            en: `Give ${managerOf(targets[0] as TargetView) ?? 'pip'} the credentials that ${hosts(targets)} accepts.`,
            ja: `${hosts(targets)} が受け付ける認証情報を ${managerOf(targets[0] as TargetView) ?? 'pip'} に設定します。`,
          },
      steps: [
        ...settingStep(targets),
        ...(isCodeArtifact
          ? [
              {
                en: 'The caller needs codeartifact:GetAuthorizationToken, codeartifact:ReadFromRepository and sts:GetServiceBearerToken. A token is good for one domain.',
                ja: '呼び出し元には codeartifact:GetAuthorizationToken、codeartifact:ReadFromRepository、sts:GetServiceBearerToken が必要です。トークンは 1 つのドメインでのみ有効です。',
              },
            ]
          : [
              {
                en: 'In the URL, in ~/.netrc or in a keyring; a special character of a password in a URL is percent-encoded.',
                ja: 'URL、~/.netrc、keyring のいずれかに設定します。URL に書くパスワードの特殊文字はパーセントエンコードします。',
              },
            ]),
      ],
      ...(isCodeArtifact && { cli: login(kindOf(targets), ids, place) }),
      docs: `${guide}/tokens-authentication.html`,
      next: isCodeArtifact ? { en: 'Can a token be had?', ja: 'トークンを取得できるか:' } : whereFrom,
      ask: isCodeArtifact
        ? sh`aws codeartifact get-authorization-token --region ${ids.region} --domain ${place.domain} --domain-owner ${place.owner} --query expiration`
        : askConfiguration(kindOf(targets)),
    }
  }),
  'package-files-elsewhere': withBuckets(
    plain((_ids, targets) => ({
      fix: {
        en: `Open the way to the host that the files come from (${hosts(targets)}): the index answers, and only names them.`,
        ja: `ファイルの取得元ホスト (${hosts(targets)}) への経路を開けます。インデックスは応答しますが、ファイルの場所を示すだけです。`,
      },
      steps: [
        {
          en: 'CodeArtifact’s files and ECR’s layers come from S3: add the gateway endpoint, and allow their buckets in its policy.',
          ja: 'CodeArtifact のファイルと ECR のレイヤーは S3 から取得されます。ゲートウェイ型 VPC エンドポイントを追加し、そのポリシーで該当のバケットを許可します。',
        },
        {
          en: 'A mirror that hands out links to files.pythonhosted.org must serve the files itself.',
          ja: 'files.pythonhosted.org へのリンクを返すミラーは、ファイル自体も配信するように設定します。',
        },
      ],
      docs: `${guide}/create-s3-gateway-endpoint.html`,
      next: { en: 'The links that the index hands out:', ja: 'インデックスが返すリンク:' },
      ask: linksOf(targets),
    })),
  ),
} satisfies Partial<Record<CauseCode, Remedy>>

function linksOf(targets: readonly TargetView[]): string {
  const kind = kindOf(targets)
  if (kind === 'npm') return 'npm view wrappy dist.tarball'
  return kind === 'python' ? 'pip download --no-deps -v pip 2>&1 | grep -i link' : askConfiguration(kind)
}

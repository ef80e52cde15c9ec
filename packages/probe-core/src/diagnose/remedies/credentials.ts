// Remedies for who we are: credentials, metadata, clock, region.

import type { CauseCode } from '../../model/cause.ts'
import type { Remedy } from '../rule.ts'
import { stoppingSources } from '../stopping-sources.ts'
import { hosts, idOr, targetId, unique } from './ids.ts'
import { type PlainRemedy, plain } from './plain.ts'
import { regionMismatch } from './region-mismatch.ts'
import { sh } from './shell.ts'

const sdk = 'https://docs.aws.amazon.com/sdkref/latest/guide'
const ec2 = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide'
const whoAmI = 'aws sts get-caller-identity; aws configure list'

function mendSources(sources: string): PlainRemedy {
  return {
    fix: {
      en: `Mend the credential source that is set up here and gives nothing, or remove its settings: ${sources}.`,
      ja: `設定されているのに認証情報を得られない取得元を直すか、その設定を外してください: ${sources}`,
    },
    steps: [
      {
        en: 'web-identity: the token file must be there and this user must be able to read it (in a pod: fsGroup). environment: AWS_ACCESS_KEY_ID needs its AWS_SECRET_ACCESS_KEY. process: the program of credential_process must run.',
        ja: 'web-identity: トークンファイルがあり、このユーザーが読める必要があります（Pod では fsGroup）。environment: AWS_ACCESS_KEY_ID には、対応する AWS_SECRET_ACCESS_KEY が必要です。process: credential_process のプログラムを実行できる必要があります。',
      },
      {
        en: 'If the source that this run went on to is the one that is meant, unset what names the broken one.',
        ja: 'この実行が次に使った取得元が意図したものなら、使えない取得元の設定を外します。',
      },
    ],
    docs: `${sdk}/standardized-credentials.html`,
    next: { en: 'What the AWS CLI finds here:', ja: 'ここで AWS CLI が見つける認証情報を確認します。' },
    ask: 'aws configure list',
  }
}

export const credentialRemedies = {
  'no-credentials': plain((_ids, _targets, network) => {
    const stopping = stoppingSources(network)
    if (stopping.length > 0) return mendSources(unique(stopping.map(each => each.source)).join(', '))
    return {
      fix: {
        en: 'Give this workload a role (task role, instance profile, execution role), or say which profile to use (--profile).',
        ja: 'このワークロードにロール（タスクロール、インスタンスプロファイル、実行ロール）を付けるか、使うプロファイルを指定してください（--profile）。',
      },
      steps: [
        {
          en: 'What was tried, in order, and why each gave nothing, stands in the evidence.',
          ja: '何をどの順に試し、なぜ得られなかったかは、根拠に書いてあります。',
        },
        { en: 'To look at the network alone: --no-sign.', ja: 'ネットワークだけを調べるなら --no-sign を付けます。' },
      ],
      docs: `${sdk}/standardized-credentials.html`,
      next: { en: 'What the AWS CLI finds here:', ja: 'ここで AWS CLI が見つける認証情報を確認します。' },
      ask: 'aws configure list',
    }
  }),
  'metadata-hop-limit': plain(ids => ({
    fix: {
      en: 'Raise the hop limit of instance metadata to 2, or give the container a role of its own.',
      ja: 'インスタンスメタデータのホップ制限を 2 に上げるか、コンテナに専用のロールを付けてください。',
    },
    steps: [
      {
        en: 'The answer to the token request has TTL 1 and dies at the container’s bridge.',
        ja: 'トークン要求への応答は TTL が 1 なので、コンテナのブリッジで破棄されます。',
      },
      {
        en: 'In EKS, better: IRSA or Pod Identity; in ECS: a task role.',
        ja: 'EKS なら IRSA または Pod Identity、ECS ならタスクロールのほうが適切です。',
      },
    ],
    cli: sh`aws ec2 modify-instance-metadata-options --region ${ids.region} --instance-id ${'<instance-id>'} --http-put-response-hop-limit 2`,
    docs: `${ec2}/configuring-instance-metadata-options.html`,
    next: { en: 'The limit that is set now:', ja: '現在の設定値を確認します。' },
    ask: sh`aws ec2 describe-instances --region ${ids.region} --instance-ids ${'<instance-id>'} --query 'Reservations[].Instances[].MetadataOptions'`,
  })),
  'metadata-unreachable': plain(() => ({
    fix: {
      en: 'Let this process reach its credential service (169.254.169.254, 169.254.170.2 or 169.254.170.23).',
      ja: 'このプロセスから認証情報のサービス（169.254.169.254、169.254.170.2、または 169.254.170.23）に届くようにしてください。',
    },
    steps: [
      {
        en: 'No security group or NACL filters it: look for metadata turned off on the instance, a local firewall, a network policy, a proxy.',
        ja: 'セキュリティグループやネットワーク ACL では遮断されません。インスタンスで無効にされたメタデータ、ローカルのファイアウォール、ネットワークポリシー、プロキシを確認します。',
      },
      {
        en: 'A pod on EKS without IRSA or Pod Identity may be kept from the node’s role on purpose.',
        ja: 'IRSA も Pod Identity もない EKS の Pod では、ノードのロールを使わせないよう意図的に止めていることがあります。',
      },
    ],
    docs: `${ec2}/configuring-IMDS-existing-instances.html`,
    next: { en: 'Asked directly, past any proxy:', ja: 'プロキシを通さず、直接問い合わせます。' },
    ask: "curl -sv --noproxy '*' --max-time 2 -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' -o /dev/null",
  })),
  'credentials-expired': plain(() => ({
    fix: {
      en: 'Renew the credentials: they are past their time and nothing in this process renews them.',
      ja: '認証情報を更新してください。期限が切れていて、このプロセスの中には更新する仕組みがありません。',
    },
    steps: [
      {
        en: 'Keys copied into environment variables or a file do not renew: use the role’s provider, aws sso login, or assume the role again.',
        ja: '環境変数やファイルにコピーしたキーは更新されません。ロールのプロバイダーか aws sso login を使うか、ロールを引き受け直します。',
      },
    ],
    cli: 'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN',
    docs: `${sdk}/standardized-credentials.html`,
    next: { en: 'Where the credentials come from:', ja: '認証情報の出どころを確認します。' },
    ask: whoAmI,
  })),
  'credentials-invalid': plain(() => ({
    fix: {
      en: 'Use a key that AWS knows, with its own secret and, if temporary, its session token.',
      ja: 'AWS が認識できるアクセスキーを、対応するシークレットと（一時的なキーなら）セッショントークンと組み合わせて使ってください。',
    },
    steps: [
      {
        en: 'Deleted or deactivated key, wrong secret, a temporary key (ASIA…) without its token, keys of another partition (aws-cn, aws-us-gov).',
        ja: 'よくある原因は、削除または無効化されたキー、誤ったシークレット、トークンのない一時的なキー（ASIA…）、別のパーティション（aws-cn、aws-us-gov）のキーです。',
      },
      {
        en: 'SignatureDoesNotMatch with a right key: white space in the secret, or a proxy that rewrites the request.',
        ja: 'キーが正しいのに SignatureDoesNotMatch になるなら、シークレットに混ざった空白か、リクエストを書き換えるプロキシを疑います。',
      },
    ],
    docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html',
    next: {
      en: 'Which credentials are in use, and whether they are accepted in another region:',
      ja: '使われている認証情報と、別のリージョンで通るかどうかが分かります。',
    },
    ask: `${whoAmI}; aws sts get-caller-identity --region us-east-1`,
  })),
  'credentials-override-role': plain(() => ({
    fix: {
      en: 'Remove the static keys from the environment if the role was meant.',
      ja: 'ロールを使うつもりだったのなら、環境変数から静的なキーを取り除いてください。',
    },
    steps: [
      {
        en: 'Keys in environment variables come before the role of this machine in every SDK’s chain: it is not asked.',
        ja: 'どの SDK でも、環境変数のキーはこのマシンのロールより先に使われます。ロールは使われません。',
      },
    ],
    cli: 'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN',
    docs: `${sdk}/standardized-credentials.html`,
    next: { en: 'Who answers with and without them:', ja: 'キーがあるときとないときの、呼び出し元を確認します。' },
    ask: sh`aws sts get-caller-identity; env -u AWS_ACCESS_KEY_ID -u AWS_SECRET_ACCESS_KEY -u AWS_SESSION_TOKEN aws sts get-caller-identity`,
  })),
  'clock-skew': plain(() => ({
    fix: {
      en: 'Set the clock: AWS refuses signatures that are more than 5 minutes off (S3: 15).',
      ja: '時計を合わせてください。AWS は 5 分（S3 は 15 分）を超えてずれた署名を拒否します。',
    },
    steps: [
      {
        en: 'On EC2: chrony with 169.254.169.123, which no security group filters. In a container the clock is the host’s.',
        ja: 'EC2 では chrony で 169.254.169.123 に合わせます。セキュリティグループでは遮断されません。コンテナの時計はホストの時計です。',
      },
    ],
    cli: 'sudo chronyc -a makestep',
    docs: `${ec2}/set-time.html`,
    next: { en: 'The two clocks:', ja: '二つの時計を比べます。' },
    ask: 'date -u; chronyc tracking',
  })),
  'region-mismatch': regionMismatch,
  'region-not-enabled': plain((ids, targets) => ({
    fix: {
      en: `Enable the region ${targets[0]?.target.region ?? ids.region} (or the service) for this account.`,
      ja: `このアカウントでリージョン ${targets[0]?.target.region ?? ids.region}（またはサービス）を有効にしてください。`,
    },
    steps: [
      {
        en: 'Opt-in regions are off until an administrator turns them on; tokens of the global STS endpoint are not valid there by default.',
        ja: 'オプトインリージョンは、管理者が有効にするまで使えません。グローバルな STS エンドポイントのトークンは、既定ではそこで無効です。',
      },
    ],
    cli: sh`aws account enable-region --region-name ${idOr(targets[0]?.target.region, ids.region)}`,
    docs: 'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html',
    next: { en: 'Is the region on?', ja: 'リージョンが有効かどうかを確認します。' },
    ask: sh`aws account get-region-opt-status --region-name ${idOr(targets[0]?.target.region, ids.region)}`,
  })),
  'region-unset': plain(() => ({
    fix: { en: 'Say which region: --region, or AWS_REGION.', ja: '--region または AWS_REGION でリージョンを指定してください。' },
    steps: [
      {
        en: 'Set AWS_REGION (and AWS_DEFAULT_REGION, which boto3 reads), or region in ~/.aws/config.',
        ja: 'AWS_REGION（boto3 が読む AWS_DEFAULT_REGION も）、または ~/.aws/config の region を設定します。',
      },
    ],
    cli: "export AWS_REGION='<region>' AWS_DEFAULT_REGION='<region>'",
    docs: `${sdk}/feature-region.html`,
    next: { en: 'What is set:', ja: '現在の設定を確認します。' },
    ask: 'aws configure list',
  })),
  throttled: plain((_ids, targets) => ({
    fix: {
      en: `Call ${hosts(targets)} less often, or ask for a higher quota: AWS was reached and asks to slow down.`,
      ja: `${hosts(targets)} の呼び出しを減らすか、クォータの引き上げを申請してください。AWS には届いており、速度を落とすよう求められています。`,
    },
    steps: [
      {
        en: 'Retry with backoff (AWS_RETRY_MODE=adaptive). It says nothing about permissions.',
        ja: '間隔を空けて再試行します（AWS_RETRY_MODE=adaptive）。権限の問題ではありません。',
      },
    ],
    cli: 'export AWS_RETRY_MODE=adaptive',
    docs: `${sdk}/feature-retry-behavior.html`,
    next: { en: 'Once more, later:', ja: 'しばらくしてから、もう一度実行します。' },
    ask: sh`eniprobe ${targetId(targets)}`,
  })),
} satisfies Partial<Record<CauseCode, Remedy>>

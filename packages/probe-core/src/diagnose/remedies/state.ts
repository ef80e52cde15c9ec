// Remedies for what is stopped, scaled to zero or missing: the command that brings it back, with its real name where the API
// told it, and when it comes back by itself.

import type { CauseCode } from '../../model/cause.ts'
import type { Said } from '../../model/language.ts'
import type { Remedy } from '../rule.ts'
import { endpointsBehind } from '../state/endpoints-behind.ts'
import { nextChange } from '../state/evidence.ts'
import { type Found, foundBehind, runningOfDatabase, runningOfInstance, type Scaling, scalingOf } from '../state/found.ts'
import type { TargetView } from '../view.ts'
import { addressOf, hosts, type Ids, idOr, inWords, isId, unique } from './ids.ts'
import { plain } from './plain.ts'
import { raise, scheduledStart, schedules } from './scaling-changes.ts'
import { sh } from './shell.ts'
import { terraform } from './templates.ts'

/** As long as it does not run, what stands between it and this workload cannot be seen. */
const thenAgain: Said = {
  en: 'Then run this again: as long as it does not run, a security group or NACL that is wrong as well cannot be seen.',
  ja: 'その後、もう一度実行してください。停止している間は、セキュリティグループやネットワーク ACL にも誤りがあるかどうかは分かりません。',
}

export const stateRemedies = {
  'instance-stopped': plain((ids, targets) => {
    const instances = foundOf(targets, 'instance').map(each => each.instance)
    const known = unique(instances.map(each => each.id)).filter(isId)
    const listed = known.length > 0 ? known : ['<instance-id>']
    const names = listed.join(' ')
    const isImpaired = instances.some(each => runningOfInstance(each) === 'impaired')
    const isStarting = instances.some(each => runningOfInstance(each) === 'on-its-way')
    const group = instances.find(each => each.scalingGroup !== undefined)?.scalingGroup
    const what = instances.length > 0 ? names : hosts(targets)
    return {
      fix: isImpaired
        ? {
            en: `Find out why ${what} does not pass its status checks, and stop and start it where it hangs.`,
            ja: `${what} がステータスチェックに合格しない理由を調べ、応答しない場合は停止して起動してください。`,
          }
        : isStarting
          ? {
              en: `Wait until ${what} is running, and start it if it ends up stopped.`,
              ja: `${what} が実行中になるまで待ち、停止した場合は起動してください。`,
            }
          : { en: `Start the instance behind ${what}.`, ja: `${what} のインスタンスを起動してください。` },
      steps: [
        {
          en: 'A stopped instance keeps its private address; packets to it vanish.',
          ja: '停止したインスタンスはプライベート IP アドレスを保持し、そこへのパケットは応答なく失われます。',
        },
        ...(group === undefined
          ? []
          : [
              {
                en: `It belongs to the Auto Scaling group ${group}, which may replace it or end it again.`,
                ja: `Auto Scaling グループ ${group} に属しているため、グループが置き換えたり、再び終了させたりすることがあります。`,
              },
            ]),
        thenAgain,
      ],
      snippets: isImpaired
        ? { cli: sh`aws ec2 get-console-output --region ${ids.region} --instance-id ${listed[0] ?? ''} --latest --output text` }
        : {
            cli: sh`aws ec2 start-instances --region ${ids.region} --instance-ids ${listed}`,
            terraform: terraform(
              listed.map(id => ({ type: 'aws_ec2_instance_state', name: 'running', has: { instance_id: id, state: 'running' } })),
            ),
          },
      docs: isImpaired
        ? 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/TroubleshootingInstances.html'
        : 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Stop_Start.html',
      next: {
        en: 'The state of whatever holds that address (with ec2:DescribeNetworkInterfaces and ec2:DescribeInstances, this tool asks itself):',
        ja: 'そのアドレスを持つものの状態を確認します（ec2:DescribeNetworkInterfaces と ec2:DescribeInstances が許可されていれば、このツールが自分で確認します）。',
      },
      ask:
        instances.length > 0
          ? sh`aws ec2 describe-instances --region ${ids.region} --instance-ids ${listed} --query 'Reservations[].Instances[].[InstanceId,State.Name,StateTransitionReason]'`
          : sh`aws ec2 describe-instances --region ${ids.region} --filters Name=private-ip-address,Values=${addressOf(targets)} --query 'Reservations[].Instances[].[InstanceId,State.Name,StateTransitionReason]'`,
    }
  }),

  'database-stopped': plain((ids, targets) => {
    const databases = foundOf(targets, 'database').map(each => each.database)
    const [first] = databases
    const name = first?.id ?? nameInHost(targets)
    const id = idOr(name, '<db-identifier>')
    const running = first === undefined ? 'stopped' : runningOfDatabase(first)
    const noun = first?.isCluster === true ? 'cluster' : 'instance'
    const startsAgain = first?.startsAgainAt
    return {
      fix:
        running === 'impaired'
          ? {
              en: `Repair ${name}: its status "${first?.status}" does not pass by itself.`,
              ja: `${name} を修復してください。ステータス「${first?.status}」は自然には解消しません。`,
            }
          : running !== 'stopped'
            ? {
                en: `Wait until ${name} is available: its status is "${first?.status}".`,
                ja: `${name} が利用可能になるまで待ってください。現在のステータスは「${first?.status}」です。`,
              }
            : { en: `Start the database ${name}.`, ja: `データベース ${name} を起動してください。` },
      steps: [
        startsAgain !== undefined && running === 'stopped'
          ? {
              en: `RDS starts it by itself at ${startsAgain}: seven days after it was stopped. To keep it stopped, stop it again after that.`,
              ja: `停止から 7 日後の ${startsAgain} に、RDS が自動的に起動します。停止したままにするには、その後もう一度停止してください。`,
            }
          : {
              en: 'A stopped RDS database keeps its name; it starts by itself after seven days.',
              ja: '停止した RDS データベースの名前は残り、7 日後に自動的に起動します。',
            },
        thenAgain,
      ],
      snippets: {
        cli:
          running === 'stopped'
            ? unique(databases.map(startCommand(ids))).join('\n') || startCommand(ids)({ id, isCluster: false })
            : sh`aws rds wait db-${noun}-available --region ${ids.region} --db-${noun}-identifier ${id}`,
        ...(running === 'stopped' &&
          noun === 'instance' && {
            terraform: terraform([
              { type: 'aws_rds_instance_state', name: 'available', has: { identifier: id, state: 'available' } },
            ]),
          }),
      },
      docs:
        running === 'stopped'
          ? 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html'
          : 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html',
      next: {
        en: 'Its state (with rds:DescribeDBInstances and rds:DescribeDBClusters, this tool asks itself):',
        ja: 'その状態を確認します（rds:DescribeDBInstances と rds:DescribeDBClusters が許可されていれば、このツールが自分で確認します）。',
      },
      ask: sh`aws rds describe-db-instances --region ${ids.region} --query 'DBInstances[].[DBInstanceIdentifier,DBInstanceStatus,Endpoint.Address]'`,
    }
  }),

  'service-has-no-running-task': plain((ids, targets) => {
    const services = foundOf(targets, 'service').map(each => each.service)
    const [first] = services
    const endpoints = unique(services.flatMap(endpointsBehind))
    const cluster = first?.cluster ?? '<cluster>'
    const service = first?.service ?? '<service>'
    const name = first === undefined ? hosts(targets) : `${cluster}/${service}`
    return {
      fix: {
        en: `Bring a task of the service behind ${name} to running and healthy.`,
        ja: `${name} のサービスのタスクを、実行中かつ正常な状態にしてください。`,
      },
      steps: [
        ...(endpoints.length > 0
          ? [
              {
                en: `Its tasks could not reach ${endpoints.join(', ')}. Look at these from the subnets and with the security group of the tasks: eniprobe ${endpoints.join(' ')}`,
                ja: `タスクが ${endpoints.join('、')} に到達できていません。タスクと同じサブネット、同じセキュリティグループで確認してください: eniprobe ${endpoints.join(' ')}`,
              },
            ]
          : []),
        first === undefined
          ? {
              en: '503 from a load balancer: no healthy target. A discovery name that does not exist: nothing is registered.',
              ja: 'ロードバランサーの 503 は、正常なターゲットがないことを示します。サービス検出の名前が存在しない場合は、何も登録されていません。',
            }
          : {
              en: 'ECS keeps why a task stopped for about an hour; its events say what it tried since.',
              ja: 'タスクが停止した理由は、ECS に約 1 時間残ります。その後の試みはイベントで分かります。',
            },
      ],
      cli: sh`aws ecs update-service --region ${ids.region} --cluster ${idOr(cluster, '<cluster>')} --service ${idOr(service, '<service>')} --force-new-deployment`,
      docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages.html',
      next: {
        en: 'Desired and running tasks, and the last events (with ecs:DescribeServices and a target ecs:CLUSTER/SERVICE, this tool asks itself):',
        ja: '必要なタスク数、実行中のタスク数、最新のイベントを確認します（ecs:DescribeServices が許可されていれば、対象 ecs:CLUSTER/SERVICE でこのツールが自分で確認します）。',
      },
      ask: sh`aws ecs describe-services --region ${ids.region} --cluster ${idOr(cluster, '<cluster>')} --services ${idOr(service, '<service>')} --query 'services[].[desiredCount,runningCount,events[:5].message]'`,
    }
  }),

  'scaled-to-zero': plain((ids, targets) => {
    const scaling = scalingIn(targets)
    return {
      fix: {
        en: `Raise the desired count of ${nameOf(scaling)}${isAtNext(scaling).en}.`,
        ja: `${nameOf(scaling)} の希望数を増やしてください${isAtNext(scaling).ja}。`,
      },
      steps: [
        {
          en: 'The group or service runs at zero: it was asked to. Whoever set it, by hand or by schedule, may set it again.',
          ja: 'グループまたはサービスは、ゼロに設定されているため動いていません。手動でもスケジュールでも、再びゼロに設定されることがあります。',
        },
        thenAgain,
      ],
      snippets: raise(scaling, ids),
      docs: docsOf(scaling),
      next: { en: 'The schedule:', ja: 'スケジュールを確認します。' },
      ask: schedules(scaling, ids),
    }
  }),

  'scheduled-stop': plain((ids, targets) => {
    const scaling = scalingIn(targets)
    return {
      fix: {
        en: `Wait for the scheduled start of ${nameOf(scaling)}, or start it by hand${isAtNext(scaling).en}.`,
        ja: `${nameOf(scaling)} のスケジュールによる起動を待つか、手動で起動してください${isAtNext(scaling).ja}。`,
      },
      steps: [
        {
          en: 'A schedule stopped it. Started by hand, it runs until the schedule acts again.',
          ja: 'スケジュールによって停止しました。手動で起動しても、スケジュールが次に動くまでの間だけ動きます。',
        },
        thenAgain,
      ],
      snippets: { ...raise(scaling, ids), ...scheduledStart(scaling) },
      docs: docsOf(scaling),
      next: { en: 'The schedules:', ja: 'スケジュールを確認します。' },
      ask: schedules(scaling, ids),
    }
  }),

  'resource-missing': plain((_ids, targets) => {
    const names = inWords(targets.map(t => t.target.id))
    return {
      fix: {
        en: `Correct the name, account or region: AWS knows no such resource (${names}).`,
        ja: `名前、アカウント、リージョンを確認してください。そのようなリソースは AWS にありません（${names}）。`,
      },
      steps: [
        {
          en: 'AWS was reached and accepted the credentials. Some services say "does not exist" to callers that may not see the resource.',
          ja: 'AWS に到達し、認証情報も受け入れられています。リソースを見る権限のない呼び出し元に「存在しない」と答えるサービスもあります。',
        },
      ],
      docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html',
      next: { en: 'Who and where we are:', ja: '自分の ID とリージョンを確認します。' },
      ask: 'aws sts get-caller-identity; aws configure list',
    }
  }),
} satisfies Partial<Record<CauseCode, Remedy>>

function foundOf<K extends Found['of']>(targets: readonly TargetView[], of: K): readonly Extract<Found, { of: K }>[] {
  return targets.flatMap(foundBehind).filter((each): each is Extract<Found, { of: K }> => each.of === of)
}

/** Of an RDS host, the first label is the database's name. */
function nameInHost(targets: readonly TargetView[]): string {
  const host = targets[0]?.target.host ?? ''
  return /\.(?:rds|docdb|neptune)\./.test(host) ? (host.split('.')[0] ?? '<db>') : hosts(targets) || '<db>'
}

function scalingIn(targets: readonly TargetView[]): Scaling | undefined {
  return targets.map(scalingOf).find(each => each !== undefined)
}

function startCommand(ids: Ids) {
  return ({ id, isCluster }: { readonly id: string; readonly isCluster: boolean }) => {
    const noun = isCluster ? 'cluster' : 'instance'
    return sh`aws rds start-db-${noun} --region ${ids.region} --db-${noun}-identifier ${idOr(id, '<db-identifier>')}`
  }
}

function nameOf(scaling: Scaling | undefined): string {
  const { group, service } = scaling ?? {}
  return group?.name ?? (service && `${service.cluster}/${service.service}`) ?? '<group>'
}

function isAtNext(scaling: Scaling | undefined): Said {
  const next = scaling && nextChange(scaling)
  if (next?.nextAt === undefined) return { en: '', ja: '' }
  const form = next.expression === undefined ? '' : `, ${next.expression} ${next.timeZone ?? 'UTC'}`
  return {
    en: ` (the next scheduled change, ${next.name}, is at ${next.nextAt}${form})`,
    ja: `（次に予定されている変更は ${next.nextAt} の ${next.name}${form}）`,
  }
}

function docsOf(scaling: Scaling | undefined): string {
  return scaling?.group === undefined
    ? 'https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scheduled-scaling.html'
    : 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html'
}

// Remedies for resources that are stopped or missing, and for leaks.

import type { CauseCode } from '../../model/cause.ts'
import type { Remedy } from '../rule.ts'
import { hosts } from './ids.ts'
import { plain } from './plain.ts'

export const resourceRemedies = {
  'instance-stopped': plain((ids, targets) => ({
    fix: `Start the instance behind ${hosts(targets)}.`,
    steps: ['A stopped instance keeps its private address; packets to it vanish.'],
    cli: `aws ec2 start-instances --region ${ids.region} --instance-ids <instance-id>`,
    docs: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Stop_Start.html',
    next: 'The state of whatever holds that address:',
    ask: `aws ec2 describe-instances --region ${ids.region} --filters Name=private-ip-address,Values=${targets[0]?.addresses[0]?.address ?? '<address>'} --query 'Reservations[].Instances[].[InstanceId,State.Name,StateTransitionReason]'`,
  })),
  'database-stopped': plain((ids, targets) => ({
    fix: `Start the database ${hosts(targets)}.`,
    steps: ['A stopped RDS database keeps its name; it starts by itself after seven days.'],
    cli: `aws rds start-db-instance --region ${ids.region} --db-instance-identifier ${targets[0]?.target.host.split('.')[0] ?? '<db>'}`,
    docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html',
    next: 'Its state:',
    ask: `aws rds describe-db-instances --region ${ids.region} --query 'DBInstances[].[DBInstanceIdentifier,DBInstanceStatus,Endpoint.Address]'`,
  })),
  'service-has-no-running-task': plain((ids, targets) => ({
    fix: `Bring a task of the service behind ${hosts(targets)} to running and healthy.`,
    steps: ['503 from a load balancer: no healthy target. A discovery name that does not exist: nothing is registered.'],
    docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages.html',
    next: 'Desired and running tasks, and the last events:',
    ask: `aws ecs describe-services --region ${ids.region} --cluster <cluster> --services <service> --query 'services[].[desiredCount,runningCount,events[:5].message]'`,
  })),
  'scaled-to-zero': plain(ids => ({
    fix: 'Raise the desired count, or wait for the schedule that does.',
    steps: ['The group or service runs at zero.'],
    docs: 'https://docs.aws.amazon.com/autoscaling/application/userguide/what-is-application-auto-scaling.html',
    next: 'The schedule:',
    ask: `aws application-autoscaling describe-scheduled-actions --region ${ids.region} --service-namespace ecs; aws autoscaling describe-scheduled-actions --region ${ids.region}`,
  })),
  'scheduled-stop': plain(ids => ({
    fix: 'Wait for the scheduled start, or start it by hand.',
    steps: ['A schedule stopped it.'],
    docs: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/what-is-scheduler.html',
    next: 'The schedules:',
    ask: `aws scheduler list-schedules --region ${ids.region}; aws autoscaling describe-scheduled-actions --region ${ids.region}`,
  })),
  'resource-missing': plain((_ids, targets) => ({
    fix: `Correct the name, account or region: AWS knows no such resource (${targets.map(t => t.target.id).join(', ')}).`,
    steps: [
      'AWS was reached and accepted the credentials. Some services say "does not exist" to callers that may not see the resource.',
    ],
    docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html',
    next: 'Who and where we are:',
    ask: 'aws sts get-caller-identity; aws configure list',
  })),
  'internet-reachable': plain((ids, _targets, network) => ({
    fix: {
      en: 'Close the way out: this network was said to be closed, and the internet answers.',
      ja: '出口を閉じてください。閉域のはずのネットワークから、インターネットに届いています。',
    },
    steps: [
      network.vantage.proxy
        ? {
            en: 'A proxy is set in this environment: it may be the way.',
            ja: 'この環境にはプロキシが設定されています。それが出口かもしれません。',
          }
        : {
            en: 'Look for a NAT gateway, internet gateway or transit gateway in the default route of this subnet.',
            ja: 'このサブネットのデフォルトルートに、NAT ゲートウェイ、インターネットゲートウェイ、Transit Gateway がないか確認します。',
          },
      {
        en: 'An egress rule to 0.0.0.0/0 in the security group makes it usable.',
        ja: 'セキュリティグループに 0.0.0.0/0 へのアウトバウンドルールがあると、その出口を使えます。',
      },
    ],
    docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html',
    next: { en: 'The default route of this subnet:', ja: 'このサブネットのデフォルトルートを確認します。' },
    ask: `aws ec2 describe-route-tables --region ${ids.region} --filters Name=association.subnet-id,Values=${ids.subnet} --query 'RouteTables[].Routes[]'`,
  })),
  'traffic-leaves-vpc': plain((ids, targets) => ({
    fix: {
      en: `Keep ${hosts(targets)} inside: use the name that the endpoint covers, or create the endpoint.`,
      ja: `${hosts(targets)} への通信を内側に収めてください。エンドポイントがカバーしている名前を使うか、エンドポイントを作成します。`,
    },
    steps: [
      {
        en: 'It works, and by the internet: endpoint policies do not apply, aws:SourceVpce conditions fail, NAT costs money.',
        ja: '通信はできていますが、インターネット経由です。エンドポイントポリシーは適用されず、aws:SourceVpce の条件は満たされず、NAT の料金がかかります。',
      },
    ],
    docs: 'https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html',
    next: {
      en: 'Where this subnet sends public addresses, and whether the prefix list of a gateway endpoint is among its routes:',
      ja: 'このサブネットがパブリック IP アドレスへの通信をどこに送るか、ゲートウェイ型 VPC エンドポイントのプレフィックスリストがルートにあるかを確認します。',
    },
    ask: `aws ec2 describe-route-tables --region ${ids.region} --filters Name=association.subnet-id,Values=${ids.subnet} --query 'RouteTables[].Routes[]'`,
  })),
} satisfies Partial<Record<CauseCode, Remedy>>

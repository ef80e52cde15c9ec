// What is scaled to zero or switched off, brought back: a command for now, and in templates the value that keeps it so.

import type { Fix } from '../../model/finding.ts'
import type { Scaling } from '../state/found.ts'
import type { Ids } from './ids.ts'
import { sh } from './shell.ts'
import { cloudFormation, terraform } from './templates.ts'

const there = 'In the resource that makes it; the rest of that resource stays as it is.'

/** A name as AWS takes it; what would be read as an option of a command is none. */
function nameOr(name: string | undefined, otherwise: string): string {
  return name === undefined || name === '' || name.startsWith('-') || /^(?:file|fileb|https?):/.test(name) ? otherwise : name
}

export function raise(scaling: Scaling | undefined, { region }: Ids): Fix['snippets'] {
  const { group, service } = scaling ?? {}
  if (service !== undefined) {
    const cluster = nameOr(service.cluster, '<cluster>')
    const name = nameOr(service.service, '<service>')
    const update = sh`aws ecs update-service --region ${region} --cluster ${cluster} --service ${name} --desired-count 1`
    // Application Auto Scaling would take it back to its maximum.
    const bound = sh`aws application-autoscaling register-scalable-target --region ${region} --service-namespace ecs --resource-id ${`service/${cluster}/${name}`} --scalable-dimension ecs:service:DesiredCount --max-capacity 1`
    return {
      cli: service.max === 0 ? `${bound}\n${update}` : update,
      terraform: terraform([{ type: 'aws_ecs_service', name: 'service', note: there, has: { cluster, name, desired_count: 1 } }]),
      cloudformation: cloudFormation([
        {
          type: 'AWS::ECS::Service',
          name: 'Service',
          note: there,
          has: { Cluster: cluster, ServiceName: name, TaskDefinition: '<task-definition>', DesiredCount: 1 },
        },
      ]),
    }
  }
  const name = nameOr(group?.name, '<auto-scaling-group>')
  const max = Math.max(1, group?.max ?? 1)
  const min = group?.min ?? 0
  const bound = group?.max === 0 ? ' --max-size 1' : ''
  return {
    cli: `${sh`aws autoscaling update-auto-scaling-group --region ${region} --auto-scaling-group-name ${name} --desired-capacity 1`}${bound}`,
    terraform: terraform([
      {
        type: 'aws_autoscaling_group',
        name: 'group',
        note: there,
        has: { name, min_size: min, max_size: max, desired_capacity: 1 },
      },
    ]),
    cloudformation: cloudFormation([
      {
        type: 'AWS::AutoScaling::AutoScalingGroup',
        name: 'Group',
        note: there,
        has: {
          AutoScalingGroupName: name,
          MinSize: String(min),
          MaxSize: String(max),
          DesiredCapacity: '1',
          LaunchTemplate: { LaunchTemplateId: '<launch-template-id>', Version: '<launch-template-version>' },
          VPCZoneIdentifier: ['<subnet-id>'],
        },
      },
    ]),
  }
}

/** A start on schedule, beside the stop that is there. */
export function scheduledStart(scaling: Scaling | undefined): Pick<Fix['snippets'], 'terraform' | 'cloudformation'> {
  const { group, service } = scaling ?? {}
  const zone = scaling?.schedules.find(each => each.timeZone !== undefined)?.timeZone ?? 'UTC'
  if (service !== undefined) {
    const id = `service/${nameOr(service.cluster, '<cluster>')}/${nameOr(service.service, '<service>')}`
    const schedule = 'cron(<minute> <hour> * * ? *)'
    return {
      terraform: terraform([
        {
          type: 'aws_appautoscaling_scheduled_action',
          name: 'start',
          has: {
            name: 'start',
            service_namespace: 'ecs',
            resource_id: id,
            scalable_dimension: 'ecs:service:DesiredCount',
            schedule,
            timezone: zone,
          },
          blocks: { scalable_target_action: { min_capacity: 1, max_capacity: Math.max(1, service.max ?? 1) } },
        },
      ]),
      cloudformation: cloudFormation([
        {
          type: 'AWS::ApplicationAutoScaling::ScalableTarget',
          name: 'ScalableTarget',
          note: there,
          has: {
            ServiceNamespace: 'ecs',
            ResourceId: id,
            ScalableDimension: 'ecs:service:DesiredCount',
            MinCapacity: service.min ?? 0,
            MaxCapacity: Math.max(1, service.max ?? 1),
            ScheduledActions: [
              {
                ScheduledActionName: 'start',
                Schedule: schedule,
                Timezone: zone,
                ScalableTargetAction: { MinCapacity: 1, MaxCapacity: Math.max(1, service.max ?? 1) },
              },
            ],
          },
        },
      ]),
    }
  }
  const name = nameOr(group?.name, '<auto-scaling-group>')
  const max = Math.max(1, group?.max ?? 1)
  const recurrence = '<minute> <hour> * * *'
  return {
    terraform: terraform([
      {
        type: 'aws_autoscaling_schedule',
        name: 'start',
        has: {
          scheduled_action_name: 'start',
          autoscaling_group_name: name,
          recurrence,
          time_zone: zone,
          min_size: group?.min ?? 0,
          max_size: max,
          desired_capacity: 1,
        },
      },
    ]),
    cloudformation: cloudFormation([
      {
        type: 'AWS::AutoScaling::ScheduledAction',
        name: 'Start',
        has: {
          AutoScalingGroupName: name,
          Recurrence: recurrence,
          TimeZone: zone,
          MinSize: group?.min ?? 0,
          MaxSize: max,
          DesiredCapacity: 1,
        },
      },
    ]),
  }
}

export function schedules(scaling: Scaling | undefined, { region }: Ids): string {
  const { group, service } = scaling ?? {}
  const named = group ? ` ${sh`--auto-scaling-group-name ${nameOr(group.name, '<auto-scaling-group>')}`}` : ''
  const ofGroup = `${sh`aws autoscaling describe-scheduled-actions --region ${region}`}${named}`
  const id = service
    ? ` ${sh`--resource-id ${`service/${nameOr(service.cluster, '<cluster>')}/${nameOr(service.service, '<service>')}`}`}`
    : ''
  const ofService = `${sh`aws application-autoscaling describe-scheduled-actions --region ${region} --service-namespace ecs`}${id}`
  if (group !== undefined) return ofGroup
  return service === undefined ? `${ofService}; ${ofGroup}` : ofService
}

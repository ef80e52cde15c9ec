// Policies mended: a statement of its own where one can be added, and where there is one document for all, the way to add to what
// stands there: read it, add, write it back. Never a document that replaces one that was not read.

import type { Fix } from '../../model/finding.ts'
import type { TargetView } from '../view.ts'
import { bucketOf, type Ids, idOr, logicalName, unique } from './ids.ts'
import { bucketsOf } from './package-buckets.ts'
import { addTo, type Merge } from './policy-merge.ts'
import { sh } from './shell.ts'
import { accountOf, type Grant, grantsOf, isExplicit, principalsOf } from './statements.ts'
import { cloudFormation, jsonEncoded, terraform, type Value } from './templates.ts'
import { toldOf } from './told-ids.ts'

/** An inline policy of its own name: it adds, and replaces nothing. Nothing where a Deny stands: an Allow would not help. */
export function identityPolicy(targets: readonly TargetView[], grants = grantsOf(targets)): Fix['snippets'] {
  if (isExplicit(targets)) return {}
  const policy = {
    Version: '2012-10-17',
    Statement: grants.map(({ actions, resource }) => ({ Effect: 'Allow', Action: actions, Resource: resource })),
  }
  const name = nameOf(grants)
  const made = principalsOf(targets)
  return {
    cli: made
      .map(({ kind, name: holder }) =>
        kind === 'user'
          ? sh`aws iam put-user-policy --user-name ${holder} --policy-name ${name} --policy-document ${JSON.stringify(policy)}`
          : sh`aws iam put-role-policy --role-name ${holder} --policy-name ${name} --policy-document ${JSON.stringify(policy)}`,
      )
      .join('\n'),
    terraform: terraform(
      made.map(({ kind, name: holder }) => ({
        type: `aws_iam_${kind}_policy`,
        name: 'allow',
        has: { name, [kind]: holder, policy: jsonEncoded(policy) },
      })),
    ),
    cloudformation: cloudFormation(
      made.map(({ kind, name: holder }) => ({
        type: kind === 'user' ? 'AWS::IAM::UserPolicy' : 'AWS::IAM::RolePolicy',
        name: 'AllowPolicy',
        has: { PolicyName: name, [kind === 'user' ? 'UserName' : 'RoleName']: holder, PolicyDocument: policy },
      })),
    ),
  }
}

/** By action and resource, so that one of another finding is not replaced. */
function nameOf(grants: readonly Grant[]): string {
  const [first] = grants
  const of = [first?.actions[0], first?.resource.split(':::').at(-1)?.split(':').slice(-2).join('-')]
  if (of.some(part => part?.includes('<') !== false)) return '<name-of-a-new-policy>'
  const more = grants.length > 1 ? `-and-${grants.length - 1}-more` : ''
  return (
    `allow-${of.join('-on-')}`
      .replace(/[^A-Za-z0-9.@-]+/g, '-')
      .replace(/-+$/, '')
      .slice(0, 110) + more
  )
}

export function endpointPolicy(ids: Ids, targets: readonly TargetView[]): Fix['snippets'] {
  const { endpoint, gateway } = targets[0] ? toldOf(targets[0]) : {}
  const used = targets[0]?.isPublic ? gateway : (endpoint ?? gateway)
  const id = idOr(used?.id, '<vpc-endpoint-id>')
  const buckets = bucketsOf(targets)
  const partition = targets[0]?.network.partition ?? 'aws'
  // Package repositories of AWS are read without a signature: nobody's account is in the request.
  const grants =
    buckets.length > 0
      ? buckets.map(bucket => ({ actions: ['s3:GetObject'], resource: `arn:${partition}:s3:::${bucket}/*` }))
      : grantsOf(targets)
  const condition = buckets.length > 0 ? undefined : { StringEquals: { 'aws:PrincipalAccount': accountOf(targets) } }
  return addTo({
    file: 'endpoint-policy.json',
    read: sh`aws ec2 describe-vpc-endpoints --region ${ids.region} --vpc-endpoint-ids ${id} --query 'VpcEndpoints[0].PolicyDocument' --output text`,
    write: sh`aws ec2 modify-vpc-endpoint --region ${ids.region} --vpc-endpoint-id ${id} --policy-document file://endpoint-policy.json`,
    statements: grants.map(grant => statement(grant, '*', condition)),
    isExplicit: isExplicit(targets),
    actions: actionsOf(grants),
    terraform: { type: 'aws_vpc_endpoint_policy', has: { vpc_endpoint_id: id } },
    cloudformation: {
      type: 'AWS::EC2::VPCEndpoint',
      has: {
        VpcEndpointType: used?.type === 'Gateway' ? 'Gateway' : 'Interface',
        VpcId: ids.vpc,
        ServiceName: idOr(used?.service, '<service-name>'),
      },
      document: 'PolicyDocument',
      name: `${logicalName(idOr(used?.service, 'Vpc'))}Endpoint`,
    },
  })
}

export function bucketPolicy(targets: readonly TargetView[]): Fix['snippets'] {
  const bucket = bucketOf(targets)
  const grants = grantsOf(targets)
  const { gateway, endpoint } = targets[0] ? toldOf(targets[0]) : {}
  const via = idOr((targets[0]?.isPublic ? gateway : endpoint)?.id, '<vpc-endpoint-id>')
  return addTo({
    file: 'bucket-policy.json',
    read: sh`aws s3api get-bucket-policy --bucket ${bucket} --query Policy --output text`,
    write: sh`aws s3api put-bucket-policy --bucket ${bucket} --policy file://bucket-policy.json`,
    statements: grants.map(grant => statement(grant, { AWS: principalsOf(targets).map(({ arn }) => arn) })),
    isExplicit: isExplicit(targets),
    actions: actionsOf(grants),
    // A Deny unless the request comes by certain endpoints is what such policies hold most.
    hint: `where it asks for aws:SourceVpce, ${via} is the one to add`,
    terraform: { type: 'aws_s3_bucket_policy', has: { bucket } },
    cloudformation: {
      type: 'AWS::S3::BucketPolicy',
      has: { Bucket: bucket },
      document: 'PolicyDocument',
      name: 'BucketPolicy',
    },
  })
}

export function keyPolicy(targets: readonly TargetView[]): Fix['snippets'] {
  const grants = grantsOf(targets)
  const arn = grants
    .map(({ resource }) => /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/.exec(resource)?.[0])
    .find(Boolean)
  const key = arn ?? '<key-id>'
  const region = arn?.split(':')[3] ?? idOr(targets[0]?.target.region, '<region>')
  return addTo({
    file: 'key-policy.json',
    read: sh`aws kms get-key-policy --region ${region} --key-id ${key} --policy-name default --query Policy --output text`,
    write: sh`aws kms put-key-policy --region ${region} --key-id ${key} --policy-name default --policy file://key-policy.json`,
    // In a key's own policy `*` is this key, and no other.
    statements: [
      statement({ actions: actionsOf(grants), resource: '*' }, { AWS: principalsOf(targets).map(principal => principal.arn) }),
    ],
    note: 'In the policy of a key, "*" is this key alone.',
    isExplicit: isExplicit(targets),
    actions: actionsOf(grants),
    terraform: { type: 'aws_kms_key_policy', has: { key_id: key } },
    cloudformation: { type: 'AWS::KMS::Key', has: {}, document: 'KeyPolicy', name: 'Key' },
  })
}

export function boundaryPolicy(targets: readonly TargetView[], arn: string): Fix['snippets'] {
  const grants = grantsOf(targets)
  return addTo({
    file: 'boundary.json',
    read: sh`aws iam get-policy-version --policy-arn ${arn} --version-id ${'<default-version-id>'} --query PolicyVersion.Document --output json`,
    write: sh`aws iam create-policy-version --policy-arn ${arn} --policy-document file://boundary.json --set-as-default`,
    statements: grants.map(grant => statement(grant)),
    isExplicit: isExplicit(targets),
    actions: actionsOf(grants),
    terraform: { type: 'aws_iam_policy', has: { name: '<name-of-the-boundary>' } },
    cloudformation: {
      type: 'AWS::IAM::ManagedPolicy',
      has: { ManagedPolicyName: '<name-of-the-boundary>' },
      document: 'PolicyDocument',
      name: 'Boundary',
    },
  })
}

/** For what the organization's administrators own: a command for them, and no template. */
export function organizationPolicy(targets: readonly TargetView[], arn: string | undefined): Fix['snippets'] {
  const id = idOr(arn?.split('/').at(-1), '<policy-id>')
  const grants = grantsOf(targets)
  const { cli } = addTo({
    file: 'policy.json',
    read: sh`aws organizations describe-policy --policy-id ${id} --query Policy.Content --output text`,
    write: sh`aws organizations update-policy --policy-id ${id} --content file://policy.json`,
    statements: grants.map(({ actions }) => statement({ actions, resource: '*' })),
    note: 'Such a policy grants nothing by itself: "*" only leaves the decision to the identity policies.',
    isExplicit: isExplicit(targets),
    actions: actionsOf(grants),
  })
  return cli === undefined ? {} : { cli }
}

/** By whose resource it is; nothing where a policy of that kind is not known here. */
export function resourcePolicy(targets: readonly TargetView[]): Fix['snippets'] {
  const grants = grantsOf(targets)
  const [grant] = grants
  const region = idOr(targets[0]?.target.region, '<region>')
  if (grant === undefined || grants.length > 1) return {}
  const common: Pick<Merge, 'statements' | 'isExplicit' | 'actions'> = {
    statements: [statement(grant, { AWS: principalsOf(targets).map(principal => principal.arn) })],
    isExplicit: isExplicit(targets),
    actions: grant.actions,
  }
  const { resource } = grant
  switch (targets[0]?.service?.id) {
    case 'secretsmanager':
      return addTo({
        ...common,
        file: 'secret-policy.json',
        read: sh`aws secretsmanager get-resource-policy --region ${region} --secret-id ${resource} --query ResourcePolicy --output text`,
        write: sh`aws secretsmanager put-resource-policy --region ${region} --secret-id ${resource} --resource-policy file://secret-policy.json --block-public-policy`,
        terraform: { type: 'aws_secretsmanager_secret_policy', has: { secret_arn: resource } },
        cloudformation: {
          type: 'AWS::SecretsManager::ResourcePolicy',
          has: { SecretId: resource, BlockPublicPolicy: true },
          document: 'ResourcePolicy',
          name: 'SecretPolicy',
        },
      })
    case 'sns':
      return addTo({
        ...common,
        file: 'topic-policy.json',
        read: sh`aws sns get-topic-attributes --region ${region} --topic-arn ${resource} --query Attributes.Policy --output text`,
        write: sh`aws sns set-topic-attributes --region ${region} --topic-arn ${resource} --attribute-name Policy --attribute-value file://topic-policy.json`,
        terraform: { type: 'aws_sns_topic_policy', has: { arn: resource } },
        cloudformation: {
          type: 'AWS::SNS::TopicPolicy',
          has: { Topics: [resource] },
          document: 'PolicyDocument',
          name: 'TopicPolicy',
        },
      })
    case 'kms':
      return keyPolicy(targets)
    case 's3':
      return bucketPolicy(targets)
    default:
      return {}
  }
}

function statement(grant: Grant, principal?: Value, condition?: Value): { readonly [name: string]: Value } {
  return {
    Effect: 'Allow',
    ...(principal !== undefined && { Principal: principal }),
    Action: grant.actions,
    Resource: grant.resource,
    ...(condition !== undefined && { Condition: condition }),
  }
}

function actionsOf(grants: readonly Grant[]): readonly string[] {
  return unique(grants.flatMap(({ actions }) => actions))
}

// Remedies for denials: which policy to change, and the call that shows it.

import type { CauseCode } from '../../model/cause.ts'
import { denialOf } from '../classify.ts'
import { isNamed } from '../refusal.ts'
import type { Remedy } from '../rule.ts'
import type { TargetView } from '../view.ts'
import { endpointServiceNames, hosts, type Ids, unique } from './ids.ts'
import { plain } from './plain.ts'

const iam = 'https://docs.aws.amazon.com/IAM/latest/UserGuide'
const privateLink = 'https://docs.aws.amazon.com/vpc/latest/privatelink'

function actions(targets: readonly TargetView[]): string {
  const named = targets.map(
    t => denialOf(t)?.action ?? (t.aws !== undefined && t.aws.outcome !== 'skipped' ? t.aws.seen?.action : undefined),
  )
  return unique(named.filter(a => a !== undefined)).join(', ') || 'the action'
}

function who(targets: readonly TargetView[]): string {
  for (const target of targets) {
    const arn = denialOf(target)?.principal ?? target.network.vantage.identity?.arn
    if (arn) return arn
  }
  return '<role>'
}

/** `role/name` of an assumed-role ARN, for commands that want the role's name. */
function roleName(targets: readonly TargetView[]): string {
  return who(targets).match(/(?:assumed-role|role|user)\/([^/]+)/)?.[1] ?? '<role-name>'
}

const generic =
  'If the workload never makes this call, the denial does no harm: name your own resource to know (for example s3://BUCKET).'

const endpointPolicy = (ids: Ids, targets: readonly TargetView[]) =>
  `aws ec2 describe-vpc-endpoints --region ${ids.region} --filters Name=vpc-id,Values=${ids.vpc} Name=service-name,Values=${endpointServiceNames(targets).join(',') || '<service-name>'} --query 'VpcEndpoints[].[VpcEndpointId,PolicyDocument]' --output text`

export const accessRemedies = {
  'identity-policy-denies': plain((_ids, targets) => ({
    fix: `Allow ${actions(targets)} in an identity policy of ${who(targets)}.`,
    steps: [
      'The network, DNS and TLS are proven fine: AWS itself answered.',
      'An explicit deny must be removed where it stands; an Allow elsewhere does not outweigh it.',
      'AWS names one policy only: others may deny too once this one is mended.',
      ...(targets.every(t => !isNamed(t)) ? [generic] : []),
    ],
    docs: `${iam}/troubleshoot_access-denied.html`,
    next: 'The policies of the role:',
    ask: `aws iam list-attached-role-policies --role-name ${roleName(targets)}; aws iam list-role-policies --role-name ${roleName(targets)}`,
  })),
  'permissions-boundary-denies': plain((_ids, targets) => ({
    fix: `Let the permissions boundary of ${who(targets)} allow ${actions(targets)}.`,
    steps: ['A boundary limits what identity policies can give; both must allow. It is usually owned by the platform team.'],
    docs: `${iam}/access_policies_boundaries.html`,
    next: 'The boundary of the role:',
    ask: `aws iam get-role --role-name ${roleName(targets)} --query 'Role.PermissionsBoundary'`,
  })),
  'session-policy-denies': plain((_ids, targets) => ({
    fix: `Let the session policy that was passed when ${who(targets)} was assumed allow ${actions(targets)}.`,
    steps: [
      'Whoever calls AssumeRole (or a federation broker) passed a policy that leaves this action out. The role itself may allow it.',
    ],
    docs: `${iam}/access_policies.html#policies_session`,
    next: 'Who assumed the role, and with what policy, stands in CloudTrail:',
    ask: 'aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRole --max-results 5',
  })),
  'scp-denies': plain((_ids, targets) => ({
    fix: `Have the service control policy that denies ${actions(targets)} changed by the organization’s administrators.`,
    steps: ['Nothing in this account can outweigh it. Region and service restrictions are its usual content.'],
    docs: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html',
    next: 'In the management account:',
    ask: 'aws organizations list-policies-for-target --target-id <account-id> --filter SERVICE_CONTROL_POLICY',
  })),
  'rcp-denies': plain((_ids, targets) => ({
    fix: `Have the resource control policy that denies ${actions(targets)} changed by the organization’s administrators.`,
    steps: [
      'It guards resources of its organization, often against principals or networks outside it (aws:PrincipalOrgID, aws:SourceVpc).',
    ],
    docs: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html',
    next: 'In the management account of the resource’s owner:',
    ask: 'aws organizations list-policies-for-target --target-id <account-id> --filter RESOURCE_CONTROL_POLICY',
  })),
  'endpoint-policy-denies': plain((ids, targets) => ({
    fix: `Allow ${actions(targets)} in the policy of the VPC endpoint that serves ${hosts(targets)}.`,
    steps: [
      'Endpoint policy and identity policy must both allow. A policy with Deny statements only allows nothing.',
      'Remember what others fetch through it: ECR’s layers come from AWS’s own buckets, package repositories are read without a signature.',
    ],
    docs: `${privateLink}/vpc-endpoints-access.html`,
    next: 'The policy of the endpoint:',
    ask: endpointPolicy(ids, targets),
  })),
  'bucket-policy-denies': plain((_ids, targets) => ({
    fix: `Let the bucket policy of ${hosts(targets)} allow ${actions(targets)} from here.`,
    steps: [
      'Its usual content is a Deny unless aws:SourceVpce or aws:SourceVpc matches: the request must come through that very endpoint.',
      'An access point with a VPC origin words the same denial when asked through another VPC’s endpoint.',
    ],
    docs: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html',
    next: 'The policy of the bucket:',
    ask: `aws s3api get-bucket-policy --bucket ${targets[0]?.identity?.bucket ?? '<bucket>'} --query Policy --output text`,
  })),
  'resource-policy-denies': plain((_ids, targets) => ({
    fix: `Let the policy of the resource allow ${actions(targets)} to ${who(targets)}.`,
    steps: ['Across accounts both sides must allow: also check the identity policy of the caller, which AWS may not name.'],
    docs: `${iam}/reference_policies_evaluation-logic.html`,
    next: 'The statement that decides stands in the resource’s own policy, for example:',
    ask: 'aws kms get-key-policy --key-id <key-id> --policy-name default; aws sqs get-queue-attributes --queue-url <url> --attribute-names Policy',
  })),
  'kms-denies': plain((_ids, targets) => ({
    fix: `Allow ${actions(targets)} on the key, in its key policy and (where that delegates to the account) in the identity policy of ${who(targets)}.`,
    steps: [
      'The service asked KMS on your behalf: encrypted buckets, secrets, queues and log groups need the key as well.',
      'A key of another account or region, or one that does not exist, is worded the same way.',
    ],
    docs: 'https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html',
    next: 'The policy of the key:',
    ask: 'aws kms get-key-policy --key-id <key-id> --policy-name default --output text',
  })),
  'denied-unattributed': plain((ids, targets) => ({
    fix: `AWS denies ${actions(targets)} without a reason: look at the identity policy first, then the endpoint policy, then the resource’s, then the organization’s.`,
    steps: [
      'The network, DNS and TLS are proven fine: AWS itself answered.',
      ...(targets.every(t => !isNamed(t)) ? [generic] : []),
    ],
    docs: `${iam}/troubleshoot_access-denied.html`,
    next: 'CloudTrail keeps the reason that the answer leaves out (errorMessage; vpce denials as network activity events):',
    ask: `aws cloudtrail lookup-events --region ${ids.region} --lookup-attributes AttributeKey=EventName,AttributeValue=${actions(targets).split(':')[1] ?? '<Operation>'} --max-results 5 --query 'Events[].CloudTrailEvent'`,
  })),
  'private-dns-captures-public-api': plain((ids, targets) => ({
    fix: 'Turn off private DNS of the execute-api endpoint, or make the API private and associate the endpoint with it.',
    steps: [
      'With private DNS on, every *.execute-api name of the region goes to the endpoint, public APIs too, and those answer Forbidden.',
      'A public API can keep working behind a custom domain name, which the endpoint does not capture.',
      'If the API is private: associate this endpoint with it, or check its Host header or x-apigw-api-id.',
    ],
    cli: `aws ec2 modify-vpc-endpoint --region ${ids.region} --vpc-endpoint-id <execute-api-endpoint-id> --no-private-dns-enabled`,
    docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html',
    next: 'Is the API public or private, and with which endpoints?',
    ask: `aws apigateway get-rest-api --region ${ids.region} --rest-api-id ${targets[0]?.target.host.split('.')[0] ?? '<api-id>'} --query endpointConfiguration`,
  })),
  'object-missing-looks-denied': plain((_ids, targets) => ({
    fix: 'Check that the key exists, or allow s3:ListBucket so that S3 says so.',
    steps: ['Without s3:ListBucket, S3 answers 403 for a key that is not there.'],
    docs: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html',
    next: 'Someone who may list the bucket can tell:',
    ask: `aws s3api list-objects-v2 --bucket ${targets[0]?.identity?.bucket ?? '<bucket>'} --prefix <key> --max-items 1`,
  })),
} satisfies Partial<Record<CauseCode, Remedy>>

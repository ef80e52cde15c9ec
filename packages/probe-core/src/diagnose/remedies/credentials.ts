// Remedies for who we are: credentials, metadata, clock, region.

import type { CauseCode } from '../../model/cause.ts'
import type { Remedy } from '../rule.ts'
import { hosts } from './ids.ts'
import { plain } from './plain.ts'

const sdk = 'https://docs.aws.amazon.com/sdkref/latest/guide'
const ec2 = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide'
const whoAmI = 'aws sts get-caller-identity; aws configure list'

export const credentialRemedies = {
  'no-credentials': plain(() => ({
    fix: 'Give this workload a role (task role, instance profile, execution role), or say which profile to use (--profile).',
    steps: [
      'What was tried, in order, and why each gave nothing, stands in the evidence.',
      'To look at the network alone: --no-sign.',
    ],
    docs: `${sdk}/standardized-credentials.html`,
    next: 'What the AWS CLI finds here:',
    ask: 'aws configure list',
  })),
  'metadata-hop-limit': plain(ids => ({
    fix: 'Raise the hop limit of instance metadata to 2, or give the container a role of its own.',
    steps: [
      'The answer to the token request has TTL 1 and dies at the container’s bridge.',
      'In EKS, better: IRSA or Pod Identity; in ECS: a task role.',
    ],
    cli: `aws ec2 modify-instance-metadata-options --region ${ids.region} --instance-id <instance-id> --http-put-response-hop-limit 2`,
    docs: `${ec2}/configuring-instance-metadata-options.html`,
    next: 'The limit that is set now:',
    ask: `aws ec2 describe-instances --region ${ids.region} --instance-ids <instance-id> --query 'Reservations[].Instances[].MetadataOptions'`,
  })),
  'metadata-unreachable': plain(() => ({
    fix: 'Let this process reach its credential service (169.254.169.254, 169.254.170.2 or 169.254.170.23).',
    steps: [
      'No security group or NACL filters it: look for metadata turned off on the instance, a local firewall, a network policy, a proxy.',
      'A pod on EKS without IRSA or Pod Identity may be kept from the node’s role on purpose.',
    ],
    docs: `${ec2}/configuring-IMDS-existing-instances.html`,
    next: 'Asked directly, past any proxy:',
    ask: "curl -sv --noproxy '*' --max-time 2 -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' -o /dev/null",
  })),
  'credentials-expired': plain(() => ({
    fix: 'Renew the credentials: they are past their time and nothing in this process renews them.',
    steps: [
      'Keys copied into environment variables or a file do not renew: use the role’s provider, aws sso login, or assume the role again.',
    ],
    cli: 'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN',
    docs: `${sdk}/standardized-credentials.html`,
    next: 'Where the credentials come from:',
    ask: whoAmI,
  })),
  'credentials-invalid': plain(() => ({
    fix: 'Use a key that AWS knows, with its own secret and, if temporary, its session token.',
    steps: [
      'Deleted or deactivated key, wrong secret, a temporary key (ASIA…) without its token, keys of another partition (aws-cn, aws-us-gov).',
      'SignatureDoesNotMatch with a right key: white space in the secret, or a proxy that rewrites the request.',
    ],
    docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html',
    next: 'Which credentials are in use, and whether they are accepted in another region:',
    ask: `${whoAmI}; aws sts get-caller-identity --region us-east-1`,
  })),
  'credentials-override-role': plain(() => ({
    fix: 'Remove the static keys from the environment if the role was meant.',
    steps: ['Environment variables come first in every SDK’s chain: the role of this machine is not asked.'],
    cli: 'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN',
    docs: `${sdk}/standardized-credentials.html`,
    next: 'Who answers with and without them:',
    ask: `aws sts get-caller-identity; env -u AWS_ACCESS_KEY_ID -u AWS_SECRET_ACCESS_KEY -u AWS_SESSION_TOKEN aws sts get-caller-identity`,
  })),
  'clock-skew': plain(() => ({
    fix: 'Set the clock: AWS refuses signatures that are more than 5 minutes off (S3: 15).',
    steps: ['On EC2: chrony with 169.254.169.123, which no security group filters. In a container the clock is the host’s.'],
    cli: 'sudo chronyc -a makestep',
    docs: `${ec2}/set-time.html`,
    next: 'The two clocks:',
    ask: 'date -u; chronyc tracking',
  })),
  'region-mismatch': plain((ids, targets) => ({
    fix: `Sign for, and call, the region where ${hosts(targets) || 'the resource'} is.`,
    steps: [
      'A bucket: use its own region; a gateway endpoint serves only buckets of its region.',
      'An endpoint URL that carries no region (vpce-…): set the region explicitly, clients may guess it from the name.',
      'AWS_REGION and AWS_DEFAULT_REGION: set both alike.',
    ],
    cli: `export AWS_REGION=${ids.region} AWS_DEFAULT_REGION=${ids.region}`,
    docs: `${sdk}/feature-region.html`,
    next: 'The region that is in force here:',
    ask: 'aws configure list; env | grep -E "^AWS_(DEFAULT_)?REGION"',
  })),
  'region-not-enabled': plain((ids, targets) => ({
    fix: `Enable the region ${targets[0]?.target.region ?? ids.region} (or the service) for this account.`,
    steps: [
      'Opt-in regions are off until an administrator turns them on; tokens of the global STS endpoint are not valid there by default.',
    ],
    cli: `aws account enable-region --region-name ${targets[0]?.target.region ?? ids.region}`,
    docs: 'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html',
    next: 'Is the region on?',
    ask: `aws account get-region-opt-status --region-name ${targets[0]?.target.region ?? ids.region}`,
  })),
  'region-unset': plain(() => ({
    fix: 'Say which region: --region, or AWS_REGION.',
    steps: ['Set AWS_REGION (and AWS_DEFAULT_REGION, which boto3 reads), or region in ~/.aws/config.'],
    cli: 'export AWS_REGION=<region> AWS_DEFAULT_REGION=<region>',
    docs: `${sdk}/feature-region.html`,
    next: 'What is set:',
    ask: 'aws configure list',
  })),
  throttled: plain((_ids, targets) => ({
    fix: `Call ${hosts(targets)} less often, or ask for a higher quota: AWS was reached and asks to slow down.`,
    steps: ['Retry with backoff (AWS_RETRY_MODE=adaptive). It says nothing about permissions.'],
    cli: 'export AWS_RETRY_MODE=adaptive',
    docs: `${sdk}/feature-retry-behavior.html`,
    next: 'Once more, later:',
    ask: `eniprobe ${targets[0]?.target.id ?? ''}`,
  })),
} satisfies Partial<Record<CauseCode, Remedy>>

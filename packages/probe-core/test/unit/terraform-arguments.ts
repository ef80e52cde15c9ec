// Resources of Terraform's AWS provider that snippets use, with their arguments as its registry documents them (version 6):
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/NAME without `aws_`.

interface Documented {
  readonly needs: readonly string[]
  readonly has: readonly string[]
}

function documented(needs: string, may: string): Documented {
  return { needs: needs.split(' ').filter(Boolean), has: `${needs} ${may}`.split(' ').filter(Boolean) }
}

const rule = documented(
  'security_group_id ip_protocol',
  'cidr_ipv4 cidr_ipv6 description from_port to_port prefix_list_id referenced_security_group_id tags',
)

export const providerArguments: Readonly<Record<string, Documented>> = {
  aws_vpc_endpoint: documented(
    'vpc_id',
    'service_name vpc_endpoint_type subnet_ids security_group_ids route_table_ids private_dns_enabled policy auto_accept ip_address_type',
  ),
  aws_vpc_endpoint_route_table_association: documented('vpc_endpoint_id route_table_id', ''),
  aws_vpc_endpoint_policy: documented('vpc_endpoint_id', 'policy'),
  aws_vpc_security_group_ingress_rule: rule,
  aws_vpc_security_group_egress_rule: rule,
  aws_network_acl_rule: documented(
    'network_acl_id rule_number protocol rule_action',
    'egress cidr_block ipv6_cidr_block from_port to_port icmp_type icmp_code',
  ),
  aws_vpc: documented('', 'cidr_block enable_dns_support enable_dns_hostnames instance_tenancy tags'),
  aws_iam_role_policy: documented('policy role', 'name name_prefix'),
  aws_iam_user_policy: documented('policy user', 'name name_prefix'),
  aws_iam_policy: documented('policy', 'name name_prefix path description tags'),
  aws_iam_policy_document: documented('', 'policy_id source_policy_documents override_policy_documents statement version'),
  aws_s3_bucket_policy: documented('bucket policy', ''),
  aws_kms_key_policy: documented('key_id policy', 'bypass_policy_lockout_safety_check'),
  aws_secretsmanager_secret_policy: documented('policy secret_arn', 'block_public_policy'),
  aws_sns_topic_policy: documented('arn policy', ''),
  aws_ec2_instance_state: documented('instance_id state', 'force'),
  aws_rds_instance_state: documented('identifier state', ''),
  aws_ecs_service: documented('name', 'cluster desired_count task_definition force_new_deployment launch_type'),
  aws_autoscaling_group: documented('min_size max_size', 'name desired_capacity launch_template vpc_zone_identifier'),
  aws_autoscaling_schedule: documented(
    'autoscaling_group_name scheduled_action_name',
    'desired_capacity end_time max_size min_size recurrence start_time time_zone',
  ),
  aws_appautoscaling_scheduled_action: documented(
    'name service_namespace resource_id scalable_dimension schedule scalable_target_action',
    'start_time end_time timezone',
  ),
}

// Calls that change nothing, by which a signed request is tried: one row a call, the default of its service first.
//
// A new row needs three things: a call that AWS documents as reading only (or a dry run, or a write on a name that cannot exist whose
// answer was recorded against AWS); the smallest answer it can ask for; and, where "allowed" is not a plain 200, the error codes that
// only an authorised caller gets. Never a row that creates, deletes, starts, stops, subscribes, sends, or returns a secret's value.
// What ecr:GetAuthorizationToken returns is dropped unread; it is the one ECR call that every puller is allowed.

import type { NoopCall } from './noop-rows.ts'
import { auth, ec2Query, json, query, read, rest, restXml } from './noop-rows.ts'
import { findService } from './services.ts'
import { makeWriteRows } from './write-noops.ts'

/** Made on the first question: importing costs nothing. */
const makeRows = (): readonly NoopCall[] => [
  read('acm', 'acm:ListCertificates', 'acm', json('CertificateManager.ListCertificates', { MaxItems: 1 })),
  read(
    'acm-pca',
    'acm-pca:ListCertificateAuthorities',
    'acm-pca',
    json('ACMPrivateCA.ListCertificateAuthorities', { MaxResults: 1 }),
  ),
  read('airflow.api', 'airflow:ListEnvironments', 'airflow', rest('GET', '/environments?MaxResults=1')),
  read('apigateway', 'apigateway:GET', 'apigateway', rest('GET', '/restapis?limit=1', '', { accept: 'application/json' })),
  read(
    'appconfigdata',
    'appconfig:StartConfigurationSession',
    'appconfig',
    rest(
      'POST',
      '/configurationsessions',
      '{"ApplicationIdentifier":"eniprobe-none","EnvironmentIdentifier":"eniprobe-none","ConfigurationProfileIdentifier":"eniprobe-none"}',
    ),
    { allowedCodes: ['ResourceNotFoundException'], evidence: 'inferred' },
  ),
  read(
    'application-autoscaling',
    'application-autoscaling:DescribeScalableTargets',
    'application-autoscaling',
    json('AnyScaleFrontendService.DescribeScalableTargets', { ServiceNamespace: 'ecs', MaxResults: 1 }),
  ),
  read('appstream.api', 'appstream:DescribeStacks', 'appstream', json('PhotonAdminProxyService.DescribeStacks')),
  read('aps', 'aps:ListWorkspaces', 'aps', rest('GET', '/workspaces?maxResults=1')),
  read('athena', 'athena:ListWorkGroups', 'athena', json('AmazonAthena.ListWorkGroups', { MaxResults: 1 })),
  read(
    'autoscaling',
    'autoscaling:DescribeAutoScalingGroups',
    'autoscaling',
    query('DescribeAutoScalingGroups', '2011-01-01', { MaxRecords: '1' }),
  ),
  read('backup', 'backup:ListBackupVaults', 'backup', rest('GET', '/backup-vaults/?maxResults=1')),
  read('batch', 'batch:DescribeJobQueues', 'batch', rest('POST', '/v1/describejobqueues', '{"maxResults": 1}')),
  read('bedrock', 'bedrock:ListFoundationModels', 'bedrock', rest('GET', '/foundation-models')),
  read('bedrock-agent', 'bedrock:ListAgents', 'bedrock', rest('POST', '/agents/', '{"maxResults": 1}')),
  read('bedrock-runtime', 'bedrock:ListAsyncInvokes', 'bedrock', rest('GET', '/async-invoke?maxResults=1')),
  read(
    'cloudformation',
    'cloudformation:ListStacks',
    'cloudformation',
    query('ListStacks', '2010-05-15', { 'StackStatusFilter.member.1': 'CREATE_FAILED' }),
  ),
  read(
    'cloudtrail',
    'cloudtrail:DescribeTrails',
    'cloudtrail',
    json('com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DescribeTrails'),
  ),
  read('codeartifact.api', 'codeartifact:ListDomains', 'codeartifact', rest('POST', '/v1/domains', '{"maxResults": 1}')),
  read('codebuild', 'codebuild:ListProjects', 'codebuild', json('CodeBuild_20161006.ListProjects')),
  read('codecommit', 'codecommit:ListRepositories', 'codecommit', json('CodeCommit_20150413.ListRepositories')),
  read(
    'codeconnections.api',
    'codeconnections:ListConnections',
    'codeconnections',
    json('com.amazonaws.codeconnections.CodeConnections_20231201.ListConnections', { MaxResults: 1 }, '1.0'),
  ),
  read(
    'codepipeline',
    'codepipeline:ListPipelines',
    'codepipeline',
    json('CodePipeline_20150709.ListPipelines', { maxResults: 1 }),
  ),
  read(
    'cognito-idp',
    'cognito-idp:ListUserPools',
    'cognito-idp',
    json('AWSCognitoIdentityProviderService.ListUserPools', { MaxResults: 1 }),
  ),
  read(
    'comprehend',
    'comprehend:ListSentimentDetectionJobs',
    'comprehend',
    json('Comprehend_20171127.ListSentimentDetectionJobs', { MaxResults: 1 }),
  ),
  read(
    'comprehend',
    'comprehend:DescribeSentimentDetectionJob',
    'comprehend',
    json('Comprehend_20171127.DescribeSentimentDetectionJob', { JobId: '00000000000000000000000000000000' }),
    { allowedCodes: ['JobNotFoundException'], evidence: 'inferred' },
  ),
  read('config', 'config:DescribeConfigurationRecorders', 'config', json('StarlingDoveService.DescribeConfigurationRecorders')),
  read('datasync', 'datasync:ListTasks', 'datasync', json('FmrsService.ListTasks', { MaxResults: 1 })),
  read('datazone', 'datazone:ListDomains', 'datazone', rest('GET', '/v2/domains?maxResults=1')),
  read(
    'dms',
    'dms:DescribeReplicationInstances',
    'dms',
    json('AmazonDMSv20160101.DescribeReplicationInstances', { MaxRecords: 20 }),
  ),
  read('dynamodb', 'dynamodb:ListTables', 'dynamodb', json('DynamoDB_20120810.ListTables', { Limit: 1 }, '1.0')),
  read('ec2', 'ec2:DescribeRegions', 'ec2', ec2Query('DescribeRegions', '2016-11-15', { DryRun: 'true' }), {
    allowedCodes: ['DryRunOperation'],
  }),
  read('ec2', 'ec2:DescribeVpcEndpoints', 'ec2', ec2Query('DescribeVpcEndpoints', '2016-11-15', { DryRun: 'true' }), {
    allowedCodes: ['DryRunOperation'],
  }),
  read('ecr.api', 'ecr:GetAuthorizationToken', 'ecr', json('AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken')),
  read(
    'ecr.api',
    'ecr:DescribeRepositories',
    'ecr',
    json('AmazonEC2ContainerRegistry_V20150921.DescribeRepositories', { maxResults: 1 }),
  ),
  read('ecs', 'ecs:ListClusters', 'ecs', json('AmazonEC2ContainerServiceV20141113.ListClusters', { maxResults: 1 })),
  read('ecs', 'ecs:DiscoverPollEndpoint', 'ecs', json('AmazonEC2ContainerServiceV20141113.DiscoverPollEndpoint')),
  read('eks', 'eks:ListClusters', 'eks', rest('GET', '/clusters?maxResults=1')),
  read('eks', 'eks:DescribeCluster', 'eks', rest('GET', '/clusters/eniprobe-does-not-exist'), {
    allowedCodes: ['ResourceNotFoundException'],
  }),
  read(
    'elasticache',
    'elasticache:DescribeCacheClusters',
    'elasticache',
    query('DescribeCacheClusters', '2015-02-02', { MaxRecords: '20' }),
  ),
  read(
    'elasticfilesystem',
    'elasticfilesystem:DescribeFileSystems',
    'elasticfilesystem',
    rest('GET', '/2015-02-01/file-systems?MaxItems=1'),
  ),
  read(
    'elasticloadbalancing',
    'elasticloadbalancing:DescribeLoadBalancers',
    'elasticloadbalancing',
    query('DescribeLoadBalancers', '2015-12-01', { PageSize: '1' }),
  ),
  read('elasticmapreduce', 'elasticmapreduce:ListClusters', 'elasticmapreduce', json('ElasticMapReduce.ListClusters')),
  read('email', 'ses:GetAccount', 'ses', rest('GET', '/v2/email/account')),
  read('emr-containers', 'emr-containers:ListVirtualClusters', 'emr-containers', rest('GET', '/virtualclusters?maxResults=1')),
  read('emr-serverless', 'emr-serverless:ListApplications', 'emr-serverless', rest('GET', '/applications?maxResults=1')),
  read('es', 'es:ListDomainNames', 'es', rest('GET', '/2021-01-01/domain')),
  read('events', 'events:ListEventBuses', 'events', json('AWSEvents.ListEventBuses', { Limit: 1 })),
  read('fsx', 'fsx:DescribeFileSystems', 'fsx', json('AWSSimbaAPIService_v20180301.DescribeFileSystems', { MaxResults: 1 })),
  read('glue', 'glue:GetDatabases', 'glue', json('AWSGlue.GetDatabases', { MaxResults: 1 })),
  read('grafana', 'grafana:ListWorkspaces', 'grafana', rest('GET', '/workspaces?maxResults=1')),
  read('guardduty', 'guardduty:ListDetectors', 'guardduty', rest('GET', '/detector?maxResults=1')),
  read('iam', 'iam:GetAccountSummary', 'iam', query('GetAccountSummary', '2010-05-08')),
  read('kafka', 'kafka:ListClusters', 'kafka', rest('GET', '/v1/clusters?maxResults=1')),
  read(
    'kinesis-firehose',
    'firehose:ListDeliveryStreams',
    'firehose',
    json('Firehose_20150804.ListDeliveryStreams', { Limit: 1 }),
  ),
  read('kinesis-streams', 'kinesis:ListStreams', 'kinesis', json('Kinesis_20131202.ListStreams', { Limit: 1 })),
  read('kms', 'kms:ListAliases', 'kms', json('TrentService.ListAliases', { Limit: 1 })),
  read('lakeformation', 'lakeformation:ListResources', 'lakeformation', rest('POST', '/ListResources', '{"MaxResults": 1}')),
  read('lambda', 'lambda:ListFunctions', 'lambda', rest('GET', '/2015-03-31/functions?MaxItems=1')),
  read('logs', 'logs:DescribeLogGroups', 'logs', json('Logs_20140328.DescribeLogGroups', { limit: 1 })),
  read(
    'monitoring',
    'cloudwatch:ListMetrics',
    'monitoring',
    query('ListMetrics', '2010-08-01', { Namespace: 'AWS/Logs', MetricName: 'IncomingBytes' }),
  ),
  read('mq', 'mq:ListBrokers', 'mq', rest('GET', '/v1/brokers?maxResults=1')),
  read(
    'organizations',
    'organizations:DescribeOrganization',
    'organizations',
    json('AWSOrganizationsV20161128.DescribeOrganization'),
  ),
  read('rds', 'rds:DescribeDBInstances', 'rds', query('DescribeDBInstances', '2014-10-31', { MaxRecords: '20' })),
  read('redshift', 'redshift:DescribeClusters', 'redshift', query('DescribeClusters', '2012-12-01', { MaxRecords: '20' })),
  read('redshift-data', 'redshift-data:ListStatements', 'redshift-data', json('RedshiftData.ListStatements', { MaxResults: 1 })),
  read(
    'redshift-serverless',
    'redshift-serverless:ListWorkgroups',
    'redshift-serverless',
    json('RedshiftServerless.ListWorkgroups', { maxResults: 1 }),
  ),
  read(
    'rekognition',
    'rekognition:ListCollections',
    'rekognition',
    json('RekognitionService.ListCollections', { MaxResults: 1 }),
  ),
  read('route53', 'route53:ListHostedZones', 'route53', restXml('GET', '/2013-04-01/hostedzone?maxitems=1')),
  read('s3', 's3:ListAllMyBuckets', 's3', restXml('GET', '/?max-buckets=1')),
  read('sagemaker.api', 'sagemaker:ListEndpoints', 'sagemaker', json('SageMaker.ListEndpoints', { MaxResults: 1 })),
  read(
    'sagemaker.featurestore-runtime',
    'sagemaker:GetRecord',
    'sagemaker',
    rest('GET', '/FeatureGroup/eniprobe-does-not-exist?RecordIdentifierValueAsString=1'),
    { allowedCodes: ['ResourceNotFound', 'ValidationError'], evidence: 'inferred' },
  ),
  read('scheduler', 'scheduler:ListSchedules', 'scheduler', rest('GET', '/schedules?MaxResults=1')),
  read('secretsmanager', 'secretsmanager:ListSecrets', 'secretsmanager', json('secretsmanager.ListSecrets', { MaxResults: 1 })),
  read(
    'servicecatalog',
    'servicecatalog:SearchProducts',
    'servicecatalog',
    json('AWS242ServiceCatalogService.SearchProducts', { PageSize: 1 }),
  ),
  read(
    'servicediscovery',
    'servicediscovery:ListNamespaces',
    'servicediscovery',
    json('Route53AutoNaming_v20170314.ListNamespaces', { MaxResults: 1 }),
  ),
  read('sns', 'sns:ListTopics', 'sns', query('ListTopics', '2010-03-31')),
  read('sqs', 'sqs:ListQueues', 'sqs', json('AmazonSQS.ListQueues', { MaxResults: 1 }, '1.0')),
  read('ssm', 'ssm:DescribeParameters', 'ssm', json('AmazonSSM.DescribeParameters', { MaxResults: 1 })),
  read('ssm', 'ssm:GetParameter', 'ssm', json('AmazonSSM.GetParameter', { Name: '/eniprobe/eniprobe-does-not-exist' }), {
    allowedCodes: ['ParameterNotFound'],
    evidence: 'inferred',
  }),
  read('states', 'states:ListStateMachines', 'states', json('AWSStepFunctions.ListStateMachines', { maxResults: 1 }, '1.0')),
  read(
    'storagegateway',
    'storagegateway:ListGateways',
    'storagegateway',
    json('StorageGateway_20130630.ListGateways', { Limit: 1 }),
  ),
  auth('sts', 'sts:GetCallerIdentity', 'sts', query('GetCallerIdentity', '2011-06-15'), { needs: [] }),
  read('tagging', 'tag:GetResources', 'tagging', json('ResourceGroupsTaggingAPI_20170126.GetResources', { ResourcesPerPage: 1 })),
  read('textract', 'textract:ListAdapters', 'textract', json('Textract.ListAdapters', { MaxResults: 1 })),
  read(
    'textract',
    'textract:GetDocumentTextDetection',
    'textract',
    json('Textract.GetDocumentTextDetection', { JobId: '0000000000000000000000000000000000000000000000000000000000000000' }),
    { allowedCodes: ['InvalidJobIdException'], evidence: 'inferred' },
  ),
  read(
    'transcribe',
    'transcribe:ListTranscriptionJobs',
    'transcribe',
    json('Transcribe.ListTranscriptionJobs', { MaxResults: 1 }),
  ),
  read('transfer', 'transfer:ListServers', 'transfer', json('TransferService.ListServers', { MaxResults: 1 })),
  read(
    'translate',
    'translate:ListTerminologies',
    'translate',
    json('AWSShineFrontendService_20170701.ListTerminologies', { MaxResults: 1 }),
  ),
  read('wafv2', 'wafv2:ListWebACLs', 'wafv2', json('AWSWAF_20190729.ListWebACLs', { Scope: 'REGIONAL', Limit: 1 })),
  read('workspaces', 'workspaces:DescribeWorkspaces', 'workspaces', json('WorkspacesService.DescribeWorkspaces', { Limit: 1 })),
  read('xray', 'xray:GetSamplingRules', 'xray', rest('POST', '/GetSamplingRules', '{}')),
]

let rows: readonly NoopCall[] | undefined

/** Services whose front page is not `/`. */
const reachPaths: Readonly<Record<string, string>> = { 'ecr.dkr': '/v2/' }

/**
 * The call that a signed check of the service makes when no resource is named: a documented read (for STS, GetCallerIdentity).
 * Undefined where AWS documents none that is harmless; `ecr.dkr` takes no signature at all.
 */
export function findNoop(serviceId: string): NoopCall | undefined {
  return noopsOf(serviceId).find(call => call.documented && call.kind !== 'write')
}

/** Every call known for the service, reads first. */
export function noopsOf(serviceId: string): readonly NoopCall[] {
  const id = findService(serviceId)?.id ?? serviceId
  rows ??= [...makeRows(), ...makeWriteRows()]
  return rows.filter(call => call.service === id)
}

/** Path of an unsigned request that shows whether the service answers at all. */
export function reachPathOf(serviceId: string): string {
  return reachPaths[findService(serviceId)?.id ?? serviceId] ?? '/'
}

// Which AWS names the public DNS knows, written apart from the product's own catalogue so that the lab can disagree with it.
// Taken from botocore's endpoint data for the aws partition; FIPS names are left out, since Tokyo has none.

/** First parts of `NAME.REGION.amazonaws.com`. */
export const regionalNames: ReadonlySet<string> = new Set(
  `
a2i-runtime.sagemaker access-analyzer acm acm-pca aco-automation admin.wickr agreement-marketplace aiops airflow amplify
amplifybackend amplifyuibuilder aoss api.detective api.ecr api.ecr-public api.iotdeviceadvisor api.iotwireless
api.mediatailor api.pricing api.sagemaker api.tunneling.iot apigateway app-integrations appconfig appconfigdata
appfabric appflow application-autoscaling application-cost-profiler applicationinsights appmesh apprunner appstream2
appsync aps arc-zonal-shift athena auditmanager autoscaling autoscaling-plans b2bi backup backup-gateway batch bedrock
bedrock-agent bedrock-agent-runtime bedrock-agentcore bedrock-agentcore-control bedrock-data-automation
bedrock-data-automation-runtime bedrock-runtime braket cases cassandra catalog.marketplace chatbot cleanrooms
cleanrooms-ml cloud9 cloudcontrolapi clouddirectory cloudformation cloudhsm cloudhsmv2 cloudsearch cloudsearchdomain
cloudtrail cloudtrail-data codeartifact codebuild codecommit codeconnections codedeploy codeguru-profiler
codeguru-reviewer codeguru-security codepipeline codestar-connections codestar-notifications cognito-identity
cognito-idp cognito-sync comprehend comprehendmedical compute-optimizer config connect connect-campaigns contact-lens
controlcatalog controlplane.payment-cryptography controltower cost-optimization-hub cur data-ats.iot data-signer
data.jobs.iot data.mediastore data.qapps databrew dataexchange datapipeline dataplane.payment-cryptography datasync dax
deadline deployment-marketplace devicefarm devops-guru directconnect discovery dkr.ecr dlm dms docdb-elastic drs ds
ds-data dynamodb ebs ec2 ec2-instance-connect ec2messages ecs ecs-a ecs-t edge.sagemaker eks elasticache
elasticbeanstalk elasticfilesystem elasticloadbalancing elasticmapreduce elemental-inference email emr-containers
emr-serverless end-user-messaging entitlement.marketplace entityresolution es events eventsv2 evs execute-api
featurestore-runtime.sagemaker finspace finspace-api firehose fis fms forecast forecastquery frauddetector fsx gamelift
geo git-codecommit glacier globalaccelerator glue grafana greengrass groundstation guardduty health healthlake
iam-toolbox identity-chime identitystore imagebuilder ingest.timestream inspector inspector-scan inspector2
internetmonitor iot iotfleetwise iotsitewise iotthingsgraph iottwinmaker ivs ivschat ivsrealtime kafka kafkaconnect
kendra kinesis kinesisanalytics kinesisvideo kms lakeformation lambda launchwizard license-manager
license-manager-linux-subscriptions license-manager-user-subscriptions lightsail logs lookoutequipment m2
machinelearning macie2 mail-manager managedblockchain managedblockchain-query maps.geo marketplacecommerceanalytics
media-pipelines-chime mediaconnect mediaconvert medialive mediapackage mediapackage-vod mediapackagev2 mediastore
medical-imaging meetings-chime memory-db messaging-chime metering.marketplace metrics.sagemaker mgh mgn
migrationhub-config migrationhub-orchestrator migrationhub-strategy models-v2-lex models.lex monitoring mq
mturk-requester neptune-db neptune-graph network-firewall networkmonitor nova-act oam observabilityadmin odb oidc omics
osis outposts participant.connect pca-connector-ad pca-connector-scep pcs personalize personalize-events
personalize-runtime pi pinpoint pipes places.geo polly portal.sso profile proton query.timestream quicksight ram rbin
rds rds-data redshift redshift-data redshift-serverless refactor-spaces rekognition reporting-marketplace repostspace
resiliencehub resource-explorer-2 resource-groups rolesanywhere route53-recovery-cluster route53-recovery-readiness
route53domains route53profiles route53resolver routes.geo rtbfabric rum runtime-v2-lex runtime.lex runtime.sagemaker s3
s3-accesspoint s3-control s3-control.dualstack s3-outposts s3.dualstack s3tables sagemaker-geospatial scheduler schemas
scn sdb secretsmanager securityhub securitylake serverlessrepo servicecatalog servicecatalog-appregistry
servicediscovery servicequotas signer sms-voice sms-voice.pinpoint snow-device-management snowball sns social-messaging
sqs ssm ssm-contacts ssm-guiconnect ssm-incidents ssm-quicksetup ssm-sap ssmmessages sso states storagegateway
streams.dynamodb sts supportapp swf synthetics tagging textract thinclient timestream-influxdb tnb transcribe transfer
translate trustedadvisor verifiedpermissions voice-chime voiceid vpc-lattice waf-regional wafv2 wellarchitected wisdom
workdocs workmail workmailmessageflow workspaces workspaces-web xray
`
    .trim()
    .split(/\s+/),
)

/** First parts of `NAME.REGION.api.aws`. */
export const dualstackNames: ReadonlySet<string> = new Set(
  `
a2i-runtime.sagemaker access-analyzer account-access acm acm-pca aco-automation admin.wickr agent-registry
agent-registry-control agreement-marketplace aidevops aiops airflow airflow-serverless amplify amplifybackend
amplifyuibuilder aos aoss api.iot-tunneling api.iotdeviceadvisor api.iotmanagedintegrations api.iotwireless api.pricing
api.sagemaker api.sustainability apigateway app-integrations appconfig appconfigdata appfabric appflow
application-autoscaling application-cost-profiler application-signals applicationinsights appmesh apprunner appstream2
appsync aps arc-region-switch arc-zonal-shift athena auditmanager autoscaling autoscaling-plans b2bi backup
backup-gateway backup-search batch bedrock bedrock-agent bedrock-agent-runtime bedrock-agentcore
bedrock-agentcore-control bedrock-data-automation bedrock-data-automation-runtime bedrock-runtime billingconductor
braket cases cassandra cassandra-streams catalog.marketplace chatbot chime cleanrooms cleanrooms-ml cloud9
cloudcontrolapi clouddirectory cloudformation cloudhsm cloudhsmv2 cloudsearch cloudsearchdomain cloudtrail
cloudtrail-data cloudwatch-omni codeartifact codebuild codecommit codeconnections codedeploy codeguru-profiler
codeguru-reviewer codeguru-security codepipeline codestar-connections codestar-notifications cognito-sync comprehend
comprehendmedical compute-optimizer config connect connect-campaigns contact-lens controlcatalog
controlplane.payment-cryptography controltower cost-optimization-hub cur data-ats.iot data-signer data.jobs.iot
data.mediastore data.qapps databrew dataexchange datapipeline dataplane.payment-cryptography datasync datazone dax
deadline deployment-marketplace detective devicefarm devops-guru directconnect discovery discovery-marketplace dlm dms
docdb-elastic drs ds ds-data dsql dynamodb ebs ec2 ec2-instance-connect ecr ecr-public ecs edge.sagemaker efs eks
eks-auth elasticache elasticbeanstalk elasticloadbalancing elasticmapreduce elemental-inference email emr-containers
emr-serverless end-user-messaging entitlement-marketplace entityresolution events eventsv2 evs execute-api
featurestore-runtime.sagemaker finspace finspace-api firehose fis fms forecast forecastquery frauddetector fsx gamelift
gameliftstreams geo glacier globalaccelerator glue grafana greengrass groundstation guardduty health health-agent
healthlake iam-toolbox identity-chime identitystore imagebuilder importexport inspector inspector-scan inspector2
interconnect internetmonitor iot iotfleetwise iotsitewise iotthingsgraph iottwinmaker ivs ivschat ivsrealtime
job-runtime.sagemaker kafka-api kafkaconnect kendra kendra-ranking kinesis kinesisanalytics kinesisvideo kms
lakeformation lambda launchwizard license-manager license-manager-linux-subscriptions license-manager-user-subscriptions
lightsail logs lookoutequipment m2 machinelearning macie2 mail-manager managedblockchain managedblockchain-query
maps.geo marketplacecommerceanalytics media-pipelines-chime mediaconnect mediaconvert medialive mediapackage
mediapackage-vod mediapackagev2 mediastore mediatailor medical-imaging meetings-chime memory-db messaging-chime
metering-marketplace metrics.sagemaker mgh mgn migrationhub-config migrationhub-orchestrator migrationhub-strategy
models-v2-lex models.lex monitoring mpa mq mturk-requester neptune-db neptune-graph network-firewall
network-security-manager networkflowmonitor networkmonitor notifications nova-act oam observabilityadmin odb oidc omics
organizations osis outposts participant.connect partnercentral-account partnercentral-benefits partnercentral-selling
pca-connector-ad pca-connector-scep pcs personalize personalize-events personalize-runtime pi pinpoint pipes places.geo
polly portal.sso profile proton qbusiness quicksight ram rbin rds rds-data redshift redshift-data redshift-serverless
refactor-spaces rekognition reporting-marketplace repostspace resiliencehub resource-explorer-2 resource-groups
rolesanywhere route53-recovery-cluster route53-recovery-readiness route53domains route53globalresolver route53profiles
route53resolver routes.geo rtbfabric rum runtime-v2-lex runtime.lex runtime.sagemaker s3-outposts s3files s3tables
s3vectors sagemaker-geospatial scheduler schemas scn sdb security-ir securityagent securityhub securitylake
serverlessrepo servicecatalog servicecatalog-appregistry servicediscovery servicequotas shield signer signin sms-voice
sms-voice.pinpoint snow-device-management snowball sns social-messaging sqs ssm ssm-contacts ssm-guiconnect
ssm-incidents ssm-quicksetup ssm-sap sso states storagegateway streams-dynamodb sts support supportapp supportauthz swf
synthetics tagging textract thinclient timestream-influxdb timestream-ingest timestream-query tnb transcribe transfer
translate trustedadvisor uxc verifiedpermissions voice-chime voiceid vpc-lattice waf waf-regional wafv2 wellarchitected
wisdom workdocs workmail workmailmessageflow workspaces workspaces-instances workspaces-web xray
`
    .trim()
    .split(/\s+/),
)

/** Whole names of services without a region in the name. */
export const globalNames: ReadonlySet<string> = new Set(
  `
account.us-east-1.amazonaws.com account.us-east-1.api.aws amazonaws.com arc-recovery-control-config.us-west-2.api.aws
artifact.us-east-1.amazonaws.com artifact.us-east-1.api.aws aws.amazon.com bcm-dashboards.us-east-1.api.aws
bcm-data-exports.us-east-1.api.aws bcm-pricing-calculator.us-east-1.api.aws bcm-recommended-actions.us-east-1.api.aws
billing.us-east-1.api.aws billingconductor.us-east-1.amazonaws.com budgets.amazonaws.com budgets.us-east-1.api.aws
ce.amazonaws.com ce.us-east-1.amazonaws.com ce.us-east-1.api.aws checkip.amazonaws.com chime.us-east-1.amazonaws.com
cloudfront.amazonaws.com cloudfront.global.api.aws codecatalyst.global.api.aws console.aws.amazon.com
docs.aws.amazon.com dynamodb.amazonaws.com freetier.us-east-1.api.aws health.us-east-1.amazonaws.com iam.amazonaws.com
iam.global.api.aws importexport.amazonaws.com invoicing.us-east-1.api.aws ip-ranges.amazonaws.com
networkmanager.us-west-2.amazonaws.com networkmanager.us-west-2.api.aws notifications-contacts.us-east-1.api.aws
organizations.amazonaws.com organizations.us-east-1.amazonaws.com partnercentral-channel.global.api.aws
partnercentral-prm.global.api.aws pricingplanmanager.us-east-1.api.aws public.ecr.aws
route53-recovery-control-config.us-west-2.amazonaws.com route53.amazonaws.com route53.global.api.aws s3.amazonaws.com
savingsplans.amazonaws.com savingsplans.global.api.aws shield.us-east-1.amazonaws.com sts.amazonaws.com
sts.us-east-1.amazonaws.com support.us-east-1.amazonaws.com tax.us-east-1.amazonaws.com tax.us-east-1.api.aws
waf.amazonaws.com
`
    .trim()
    .split(/\s+/),
)

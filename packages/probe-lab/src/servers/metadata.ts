// The link-local credential services on port 80: instance metadata (IMDSv2) and container credentials. Port 80 of any
// other address redirects to https, as AWS front ends do.
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { VpcPlan } from '../plan/vpc-plan.ts'
import { networkIds } from './ec2-places.ts'

export interface HandedCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

const mac = '06:3c:1a:7e:20:0a'

export function serveMetadata(plan: VpcPlan, credentials: HandedCredentials | undefined): Promise<void> {
  const token = randomBytes(32).toString('base64url')
  const server = createServer((request, response) => {
    const address = request.socket.localAddress
    request.resume()
    if (address === '169.254.169.254') return answerImds(plan, credentials, token, request, response)
    if (address === '169.254.170.2' || address === '169.254.170.23') return answerContainer(plan, credentials, request, response)
    response.writeHead(301, { location: `https://${request.headers.host ?? ''}/` }).end()
  })
  return new Promise(resolve => server.listen(80, '0.0.0.0', resolve))
}

function answerImds(
  plan: VpcPlan,
  credentials: HandedCredentials | undefined,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (plan.metadata === 'disabled') return void response.writeHead(403).end()
  const path = (request.url ?? '/').replace(/\/$/, '')
  if (request.method === 'PUT' && path === '/latest/api/token') {
    // Hop limit 1 seen from a container: the request arrives, the answer dies on its way back.
    if (plan.metadata === 'hop-limit') return
    response.writeHead(200, { 'x-aws-ec2-metadata-token-ttl-seconds': '21600', 'content-type': 'text/plain' }).end(token)
    return
  }
  if (request.headers['x-aws-ec2-metadata-token'] !== token) return void response.writeHead(401).end()
  const body = imdsPaths(plan, credentials)[path]
  if (body === undefined) return void response.writeHead(404).end()
  response.writeHead(200, { 'content-type': 'text/plain', server: 'EC2ws' }).end(body)
}

function imdsPaths(plan: VpcPlan, credentials: HandedCredentials | undefined): Record<string, string> {
  const macPath = `/latest/meta-data/network/interfaces/macs/${mac}`
  const role = '/latest/meta-data/iam/security-credentials'
  return {
    '/latest/meta-data/placement/region': plan.region,
    '/latest/meta-data/placement/availability-zone': `${plan.region}a`,
    '/latest/meta-data/placement/availability-zone-id': 'apne1-az4',
    '/latest/meta-data/instance-id': 'i-0lab0000000000001',
    '/latest/meta-data/local-ipv4': plan.workload.address,
    '/latest/meta-data/mac': mac,
    '/latest/meta-data/network/interfaces/macs': `${mac}/`,
    [`${macPath}/interface-id`]: networkIds.eni,
    [`${macPath}/vpc-id`]: networkIds.vpc,
    [`${macPath}/subnet-id`]: networkIds.subnet,
    [`${macPath}/subnet-ipv4-cidr-block`]: '10.20.1.0/24',
    [`${macPath}/vpc-ipv4-cidr-block`]: plan.vpcCidrs[0] ?? '',
    [`${macPath}/vpc-ipv4-cidr-blocks`]: plan.vpcCidrs.join('\n'),
    [`${macPath}/security-group-ids`]: networkIds.ownGroup,
    [`${macPath}/local-ipv4s`]: plan.workload.address,
    '/latest/dynamic/instance-identity/document': JSON.stringify({
      accountId: plan.aws.account,
      region: plan.region,
      availabilityZone: `${plan.region}a`,
      instanceId: 'i-0lab0000000000001',
      privateIp: plan.workload.address,
    }),
    ...(credentials && plan.workload.credentialsFrom === 'imds'
      ? {
          [role]: plan.aws.principal,
          [`${role}/${plan.aws.principal}`]: JSON.stringify({ Code: 'Success', Type: 'AWS-HMAC', ...handed(credentials) }),
        }
      : {}),
  }
}

/** The ECS agent, or the EKS Pod Identity agent: credentials, and for ECS the task's metadata. */
function answerContainer(
  plan: VpcPlan,
  credentials: HandedCredentials | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { launchType, token } = plan.container
  if (launchType !== null && request.url === '/v4/lab/task')
    return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(task(plan, launchType)))
  if (!/^\/v[12]\/credentials(?:\/lab)?$/.test(request.url ?? '') || !credentials) return void response.writeHead(404).end()
  if (token !== null && request.headers.authorization !== token) return void response.writeHead(401).end()
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(handed(credentials)))
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-response.html */
function task(plan: VpcPlan, launchType: string): object {
  const { address } = plan.workload
  return {
    Cluster: 'lab',
    TaskARN: `arn:aws:ecs:${plan.region}:${plan.aws.account}:task/lab/0f1e2d3c4b5a69788796a5b4c3d2e1f0`,
    LaunchType: launchType,
    AvailabilityZone: `${plan.region}a`,
    VPCID: networkIds.vpc,
    Containers: [
      {
        Name: 'app',
        Networks: [{ NetworkMode: 'awsvpc', IPv4Addresses: [address], IPv4SubnetCIDRBlock: '10.20.1.0/24' }],
      },
    ],
  }
}

function handed(credentials: HandedCredentials): Record<string, string> {
  return {
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    Token: credentials.sessionToken ?? '',
    LastUpdated: new Date().toISOString(),
    Expiration: new Date(Date.now() + 6 * 3_600_000).toISOString(),
  }
}

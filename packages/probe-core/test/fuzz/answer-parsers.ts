// Parsers of what the control plane answers and of saved reports, and what judges them. Whatever a reader takes from an answer
// must stand in a report that can be read again.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { compareReports } from '../../src/compare/index.ts'
import { type Body, readBody } from '../../src/confirm/read-body.ts'
import * as network from '../../src/confirm/read-network.ts'
import { readContainerService, readStoppedTasks, readTaskArns } from '../../src/confirm/state/read-container-services.ts'
import { readDatabaseClusters, readDatabases, readPendingMaintenance } from '../../src/confirm/state/read-databases.ts'
import { readInstances, readStatusChecks } from '../../src/confirm/state/read-instances.ts'
import * as scaling from '../../src/confirm/state/read-scaling.ts'
import { findTimes } from '../../src/confirm/state/schedule-times.ts'
import { diagnose } from '../../src/diagnose/index.ts'
import type { Report } from '../../src/model/report.ts'
import { decodeReport } from '../../src/report/decode.ts'
import { encodeReport } from '../../src/report/encode.ts'
import { redactReport } from '../../src/report/redact/index.ts'
import { assertPrintable, type FuzzedParser } from './parser.ts'

const here = new URL('../../../test/', import.meta.url)
const answers: Readonly<Record<string, { readonly body: string }>> = JSON.parse(
  readFileSync(new URL('unit/data/state-answers.json', here), 'utf8'),
)
const now = Date.parse('2026-11-23T10:00:00Z')

const ec2 = (name: string, inside: string) =>
  `<?xml version="1.0"?><Describe${name}Response xmlns="x"><requestId>r</requestId>${inside}</Describe${name}Response>`
const networkAnswers = [
  ec2(
    'VpcEndpoints',
    '<vpcEndpointSet><item><vpcEndpointId>vpce-1</vpcEndpointId><vpcEndpointType>Interface</vpcEndpointType><vpcId>vpc-1</vpcId><serviceName>com.amazonaws.eu-west-1.logs</serviceName><state>available</state><policyDocument>{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}</policyDocument><privateDnsEnabled>true</privateDnsEnabled><subnetIdSet><item>subnet-1</item></subnetIdSet><groupSet><item><groupId>sg-1</groupId></item></groupSet><networkInterfaceIdSet><item>eni-1</item></networkInterfaceIdSet></item></vpcEndpointSet>',
  ),
  ec2(
    'NetworkAcls',
    '<networkAclSet><item><networkAclId>acl-1</networkAclId><vpcId>vpc-1</vpcId><entrySet><item><ruleNumber>100</ruleNumber><protocol>6</protocol><ruleAction>allow</ruleAction><egress>false</egress><cidrBlock>0.0.0.0/0</cidrBlock><portRange><from>1</from><to>65535</to></portRange></item></entrySet><associationSet><item><subnetId>subnet-1</subnetId></item></associationSet></item></networkAclSet>',
  ),
  ec2(
    'RouteTables',
    '<routeTableSet><item><routeTableId>rtb-1</routeTableId><vpcId>vpc-1</vpcId><routeSet><item><destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><natGatewayId>nat-1</natGatewayId><state>active</state></item><item><destinationPrefixListId>pl-1</destinationPrefixListId><gatewayId>vpce-2</gatewayId></item></routeSet><associationSet><item><main>true</main></item></associationSet></item></routeTableSet>',
  ),
  ec2(
    'SecurityGroups',
    '<securityGroupInfo><item><groupId>sg-1</groupId><groupName>g</groupName><vpcId>vpc-1</vpcId><ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>443</fromPort><toPort>443</toPort><groups><item><groupId>sg-2</groupId></item></groups><ipRanges><item><cidrIp>10.0.0.0/16</cidrIp></item></ipRanges><prefixListIds><item><prefixListId>pl-1</prefixListId></item></prefixListIds></item></ipPermissions><ipPermissionsEgress/></item></securityGroupInfo>',
  ),
  ec2(
    'SecurityGroupRules',
    '<securityGroupRuleSet><item><groupId>sg-1</groupId><isEgress>true</isEgress><ipProtocol>-1</ipProtocol><fromPort>-1</fromPort><toPort>-1</toPort><cidrIpv4>0.0.0.0/0</cidrIpv4></item></securityGroupRuleSet>',
  ),
  ec2(
    'Vpcs',
    '<vpcSet><item><vpcId>vpc-1</vpcId><dhcpOptionsId>dopt-1</dhcpOptionsId><cidrBlock>10.0.0.0/16</cidrBlock><cidrBlockAssociationSet><item><cidrBlock>10.0.0.0/16</cidrBlock></item></cidrBlockAssociationSet></item></vpcSet>',
  ),
  ec2(
    'DhcpOptions',
    '<dhcpOptionsSet><item><dhcpOptionsId>dopt-1</dhcpOptionsId><dhcpConfigurationSet><item><key>domain-name-servers</key><valueSet><item><value>AmazonProvidedDNS</value></item></valueSet></item></dhcpConfigurationSet></item></dhcpOptionsSet>',
  ),
  ec2('VpcAttribute', '<vpcId>vpc-1</vpcId><enableDnsSupport><value>true</value></enableDnsSupport>'),
  ec2(
    'PrefixLists',
    '<prefixListSet><item><prefixListId>pl-1</prefixListId><prefixListName>com.amazonaws.eu-west-1.s3</prefixListName><cidrSet><item>52.218.0.0/17</item></cidrSet></item></prefixListSet>',
  ),
  ec2(
    'Subnets',
    '<subnetSet><item><subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId><cidrBlock>10.0.1.0/24</cidrBlock><availabilityZone>eu-west-1a</availabilityZone></item></subnetSet>',
  ),
]
const activities =
  '{"ScalingActivities":[{"Description":"Setting desired count to 0.","Cause":"scheduled action name stop was triggered","StartTime":1790000000}]}'

const readers: readonly ((body: Body) => network.Told)[] = [
  network.readEndpoints,
  network.readInterfaces,
  network.readSubnets,
  network.readRouteTables,
  network.readSecurityGroups,
  body => network.readSecurityGroupRules(body, ['sg-1']),
  network.readNetworkAcls,
  network.readPrefixLists,
  body => network.readPrefixListEntries(body, 'pl-1'),
  network.readDhcpOptions,
  network.readVpcs,
  body => network.readDnsAttribute(body, 'vpc-1'),
]

/** What was told stands in a report, and that report can be read again. */
function assertReportable(told: object): void {
  assertPrintable(told, 6_000_000)
  decodeReport(JSON.stringify({ format: 'eniprobe/1', targets: [], controlPlane: { asked: [], ...told } }))
}

async function readControlPlane(input: Buffer): Promise<void> {
  for (const protocol of ['ec2', 'query', 'json', 'rest-xml']) {
    const body = readBody(input, protocol)
    if (body === undefined) continue
    for (const read of readers) assertReportable(read(body))
    assertReportable({
      instances: readInstances(body),
      databases: [...readDatabases(body), ...readDatabaseClusters(body)],
      scalingGroups: scaling.readScalingGroups(body),
      schedules: [...(await scaling.readGroupSchedules(body, now)), ...(await scaling.readTargetSchedules(body, now))],
      activities: scaling.readActivities(body, 'ecs:service/web/api'),
    })
    const service = readContainerService(body, { cluster: 'web', service: 'api' })
    assertPrintable([service, readTaskArns(body), readStoppedTasks(body), scaling.readBounds(body, 'service/web/api')])
    assertPrintable([readPendingMaintenance(body), readStatusChecks(body)])
  }
}

const scenarios = new URL('scenarios/', here)
const reports = readdirSync(scenarios, { withFileTypes: true })
  .filter(entry => entry.isDirectory() && entry.name !== 'made')
  .map(({ name }) => readFileSync(new URL(`${name}/report.json`, scenarios), 'utf8'))

/** Everything that is done with a report file short of rendering it. Undefined: it was refused, in words. */
export function judgeFile(input: Buffer): Report | undefined {
  let report: Report
  try {
    report = decodeReport(input.toString('utf8'))
  } catch (error) {
    assert.equal((error as Error).name, 'ProbeUsageError', String((error as Error).stack))
    assertPrintable((error as Error).message, 1000)
    return undefined
  }
  return diagnose(report)
}

const plain = judgeFile(Buffer.from(reports[0] ?? ''))

export const answerParsers: readonly FuzzedParser[] = [
  {
    name: 'control plane answer',
    samples: [...Object.values(answers).map(({ body }) => body), ...networkAnswers, activities],
    pieces: [
      '<item>',
      '</item>',
      '<member>',
      '<item/>',
      '<a>',
      '</a>',
      '<DBInstance>',
      '"Activities":[{',
      'cron(',
      '<x:item>',
      '<!-- ',
      '<?a ',
      '<a b="',
    ],
    read: readControlPlane,
  },
  {
    name: 'schedule',
    samples: [
      'cron(0 20 ? * MON-FRI *)',
      'rate(5 minutes)',
      'at(2026-11-23T10:00:00)',
      '0 20 * * 1-5',
      'cron(0/15 9-17 L * ? 2026-2030)',
      'cron(0 0 30 2 ? *)',
      'cron(0 0 31 2,4,6 ? *)',
    ],
    pieces: ['*', '?', 'L', 'W', '#', '/', '-', ',', '0', '99', '2199', 'LW', '1#5'],
    read: async input => {
      const expression = input.toString('utf8')
      for (const timeZone of [undefined, 'Asia/Tokyo', expression])
        assertPrintable(await findTimes({ expression, timeZone, from: undefined, until: undefined }, now), 100)
      await findTimes({ expression: 'rate(1 day)', timeZone: undefined, from: expression, until: expression }, now)
    },
  },
  {
    name: 'saved report',
    samples: reports,
    pieces: [
      '"outcome":"answered"',
      '"seen":{',
      '"controlPlane":{"asked":[]},',
      '"policy":"{}"',
      '"0.0.0.0/0"',
      '"::/0"',
      '"cidr":',
      '"__proto__":{',
    ],
    read: input => {
      const report = judgeFile(input)
      if (report === undefined || plain === undefined) return
      decodeReport(encodeReport(report))
      for (const language of ['en', 'ja'] as const) {
        diagnose(redactReport(report), { language })
        compareReports(
          [
            { name: 'a', report },
            { name: 'b', report: plain },
          ],
          { language },
        )
      }
    },
  },
]

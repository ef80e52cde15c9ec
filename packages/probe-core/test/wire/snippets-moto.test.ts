// Every command of AWS that people paste, run by the real AWS CLI against moto: its parser and its service models judge each, read
// commands answer, and write commands leave behind what they promise.

import assert from 'node:assert/strict'
import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { diagnose } from '../../src/diagnose/index.ts'
import { remedyOf } from '../../src/diagnose/remedies.ts'
import { NetworkView } from '../../src/diagnose/view.ts'
import type { CauseCode } from '../../src/model/cause.ts'
import type { ObservedReport } from '../../src/model/report.ts'
import { distinct, filled, pastedOf, runs, scenarios } from '../unit/snippets.ts'

/** moto asks AWS itself now and then, with whatever credentials it finds: here it finds some, and nobody to ask. */
const nowhereElse = {
  ...process.env,
  AWS_ACCESS_KEY_ID: 'nobody',
  AWS_SECRET_ACCESS_KEY: 'nobody',
  AWS_EC2_METADATA_DISABLED: 'true',
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1,localhost',
}

const hasTools = spawnSync('python3', ['-c', 'import moto.server, flask, awscli.clidriver'], { stdio: 'ignore' }).status === 0
const region = 'ap-northeast-1'

/**
 * Runs each command as `aws` itself would be called, and tells status and words: a list of commands a line, their answers a line. One
 * process for all: what `aws` loads before it reads its first word takes longer than a command.
 */
const driver = `
import contextlib, io, json, os, sys
os.chdir(sys.argv[1])
from awscli.clidriver import create_clidriver
for line in sys.stdin:
    told = []
    for argv in json.loads(line):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try: status = create_clidriver().main(argv)
            except SystemExit as end: status = end.code
        told.append({'argv': argv, 'status': status, 'out': out.getvalue(), 'err': err.getvalue()})
    print(json.dumps(told), file=sys.__stdout__, flush=True)
`

const world = `
import boto3, json, sys
at = dict(endpoint_url=sys.argv[1], region_name='${region}', aws_access_key_id='a', aws_secret_access_key='b')
ec2 = boto3.client('ec2', **at)
vpc = ec2.create_vpc(CidrBlock='10.20.0.0/16')['Vpc']['VpcId']
near = ec2.create_subnet(VpcId=vpc, CidrBlock='10.20.1.0/24')['Subnet']['SubnetId']
far = ec2.create_subnet(VpcId=vpc, CidrBlock='10.20.2.0/24')['Subnet']['SubnetId']
group = lambda name: ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)['GroupId']
own, shut = group('own'), group('shut')
ec2.revoke_security_group_egress(GroupId=own, IpPermissions=[{'IpProtocol': '-1', 'IpRanges': [{'CidrIp': '0.0.0.0/0'}]}])
table = ec2.create_route_table(VpcId=vpc)['RouteTable']['RouteTableId']
ec2.associate_route_table(RouteTableId=table, SubnetId=near)
acl = ec2.create_network_acl(VpcId=vpc)['NetworkAcl']['NetworkAclId']
endpoint = ec2.create_vpc_endpoint(VpcId=vpc, VpcEndpointType='Interface', ServiceName='com.amazonaws.${region}.logs', SubnetIds=[far], SecurityGroupIds=[shut], PrivateDnsEnabled=False)['VpcEndpoint']['VpcEndpointId']
gateway = ec2.create_vpc_endpoint(VpcId=vpc, VpcEndpointType='Gateway', ServiceName='com.amazonaws.${region}.s3', RouteTableIds=[])['VpcEndpoint']['VpcEndpointId']
image = ec2.describe_images(Owners=['amazon'])['Images'][0]['ImageId']
instance = ec2.run_instances(ImageId=image, MinCount=1, MaxCount=1, SubnetId=far)['Instances'][0]['InstanceId']
ec2.stop_instances(InstanceIds=[instance])
iam = boto3.client('iam', **at)
iam.create_role(RoleName='lab-workload', AssumeRolePolicyDocument='{}')
lists = {p['PrefixListName']: p['PrefixListId'] for p in ec2.describe_prefix_lists()['PrefixLists']} if True else {}
rds = boto3.client('rds', **at)
rds.create_db_instance(DBInstanceIdentifier='orders', DBInstanceClass='db.t3.micro', Engine='postgres', MasterUsername='u', MasterUserPassword='password1', AllocatedStorage=20)
rds.stop_db_instance(DBInstanceIdentifier='orders')
print(json.dumps(dict(vpc=vpc, near=near, far=far, own=own, shut=shut, table=table, acl=acl, endpoint=endpoint, gateway=gateway, instance=instance, list=lists.get('com.amazonaws.${region}.s3'))))
`

interface Ran {
  readonly argv: readonly string[]
  readonly status: number
  readonly out: string
  readonly err: string
}
type Made = Readonly<
  Record<'vpc' | 'near' | 'far' | 'own' | 'shut' | 'table' | 'acl' | 'endpoint' | 'gateway' | 'instance', string>
> & {
  readonly list?: string
}

describe('the real AWS CLI', { skip: !hasTools && 'moto or the AWS CLI is not installed' }, () => {
  const place = mkdtempSync(join(tmpdir(), 'eniprobe-aws-'))
  let moto: ChildProcess
  let aws: ChildProcessWithoutNullStreams
  let answers: AsyncIterator<string>
  let url = ''
  let made: Made

  before(async () => {
    const port = await findFreePort()
    url = `http://127.0.0.1:${port}`
    // Into a file: while a command runs nobody here reads a pipe, and moto would wait for that.
    const log = join(place, 'moto.log')
    const out = openSync(log, 'w')
    moto = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
      stdio: ['ignore', out, out],
      env: nowhereElse,
    })
    closeSync(out)
    while (!readFileSync(log, 'utf8').includes('Running on')) {
      assert.equal(moto.exitCode, null, 'moto ended')
      await pause(50)
    }
    const done = spawnSync('python3', ['-c', world, url], { encoding: 'utf8', timeout: 120_000 })
    assert.equal(done.status, 0, done.stderr)
    made = JSON.parse(done.stdout)
    // A stand-in that writes down how it was called; what is called is then run by the real one.
    writeFileSync(
      join(place, 'aws'),
      `#!/bin/sh\nprintf '%s\\0' "$@" >> "$CALLS"; printf '\\0' >> "$CALLS"\necho '{"Statement":[]}'\n`,
    )
    chmodSync(join(place, 'aws'), 0o755)
    aws = startAws()
    answers = createInterface({ input: aws.stdout })[Symbol.asyncIterator]()
  })
  after(() => {
    aws?.kill()
    moto?.kill()
    rmSync(place, { recursive: true, force: true })
  })

  /** How a shell would call `aws` for this text. */
  function callsOf(texts: readonly string[]): readonly (readonly string[])[] {
    const calls = join(place, 'calls')
    writeFileSync(calls, '')
    // What is not of AWS is left out, and so is whatever waits for its output. One shell for all, each text by itself in it.
    const script = `curl() { :; }; openssl() { :; }; dig() { :; }; docker() { :; }; sudo() { :; }; pip() { :; }; npm() { :; }; eniprobe() { :; }; env() { :; }; date() { :; }; ip() { :; }; ss() { :; }; chronyc() { :; }; grep() { :; }; getent() { :; }; ethtool() { :; }; conda() { :; }; dnf() { :; }; tar() { :; }; conda-pack() { :; }; apt-get() { :; }; apt-cache() { :; }
for text; do ( eval "$text" ) < /dev/null; done`
    const env = { PATH: `${place}:${process.env.PATH}`, CALLS: calls }
    const { error } = spawnSync('bash', ['-c', script, 'bash', ...texts], { cwd: place, env, timeout: 120_000 })
    assert.equal(error, undefined)
    const list = readFileSync(calls, 'utf8')
      .split('\0\0')
      .filter(Boolean)
      .map(call => call.split('\0'))
    return [...new Map(list.map(call => [JSON.stringify(call), call])).values()]
  }

  function startAws(): ChildProcessWithoutNullStreams {
    return spawn('python3', ['-c', driver, place], {
      env: {
        PATH: process.env.PATH ?? '',
        HOME: place,
        AWS_ENDPOINT_URL: url,
        // Whatever would go elsewhere (a queue's own URL) ends here: nothing listens on this port.
        HTTPS_PROXY: 'http://127.0.0.1:9',
        HTTP_PROXY: 'http://127.0.0.1:9',
        NO_PROXY: '127.0.0.1',
        AWS_ACCESS_KEY_ID: 'a',
        AWS_SECRET_ACCESS_KEY: 'b',
        AWS_DEFAULT_REGION: region,
        AWS_MAX_ATTEMPTS: '1',
        AWS_EC2_METADATA_DISABLED: 'true',
      },
    })
  }

  async function run(calls: readonly (readonly string[])[]): Promise<readonly Ran[]> {
    let said = ''
    const hear = (chunk: Buffer) => (said += chunk)
    aws.stderr.on('data', hear)
    aws.stdin.write(`${JSON.stringify(calls)}\n`)
    const { value } = await answers.next()
    aws.stderr.off('data', hear)
    assert.ok(value !== undefined, `aws ended: ${said}`)
    return JSON.parse(value)
  }

  /** The command of a cause, in a run that stands in moto's VPC. */
  async function paste(cause: CauseCode, report: ObservedReport, what: 'fix' | 'next' = 'fix'): Promise<readonly Ran[]> {
    const network = new NetworkView(report)
    const text =
      what === 'fix'
        ? (remedyOf(cause).fix(network.targets, network).snippets.cli ?? '')
        : remedyOf(cause).nextStep(network.targets, network).command
    assert.doesNotMatch(text, /<[a-z-]+>/, `${cause}: ${text}`)
    const ran = await run(callsOf([text]))
    assert.ok(ran.length > 0)
    for (const each of ran) assert.equal(each.status, 0, `${each.argv.join(' ')}\n${each.err}`)
    return ran
  }

  const describeIt = async (operation: string, ...options: readonly string[]) => {
    const [answer] = await run([['ec2', operation, '--region', region, ...options, '--output', 'json']])
    assert.equal(answer?.status, 0, answer?.err)
    return JSON.parse(answer?.out ?? '{}')
  }

  it('understands every command', async () => {
    const texts = distinct([
      ...runs().flatMap(([name, report]) => pastedOf(name, report)),
      ...scenarios().flatMap(([name, report]) =>
        diagnose(report).findings.flatMap(finding => [
          { cause: finding.causes[0]?.cause as CauseCode, run: name, kind: 'cli' as const, text: finding.fix.snippets.cli ?? '' },
          {
            cause: finding.causes[0]?.cause as CauseCode,
            run: name,
            kind: 'next' as const,
            text: finding.nextStep?.command ?? '',
          },
        ]),
      ),
    ])
      .filter(({ kind, text }) => (kind === 'cli' || kind === 'next') && text.includes('aws '))
      .map(({ text }) => filled(text))
    // By their options: what differs in ids alone, the parser takes alike.
    const shapes = new Map(
      callsOf([...new Map(texts.map(text => [shapeOf(text), text])).values()]).map(call => [
        JSON.stringify(call.map((word, at) => (at < 2 || word.startsWith('-') ? word : shapeOf(word)))),
        call,
      ]),
    )
    const calls = [...shapes.values()].filter(
      ([service, operation]) => service !== 's3' && operation !== 'wait' && operation !== 'login',
    )
    assert.ok(calls.length > 40, String(calls.length))
    const misread = (await run(calls)).filter(({ status, err }) => status !== 0 && !wasSent.test(err))
    assert.deepEqual(
      misread.map(({ argv, err }) => `${argv.join(' ')}\n${err.slice(-600)}`),
      [],
    )
  })

  it('adds the one rule that lets us into the endpoint', async () => {
    await paste('endpoint-security-group', silentLogs(made))
    const [group] = (await describeIt('describe-security-groups', '--group-ids', made.shut)).SecurityGroups
    assert.deepEqual(
      group.IpPermissions.map((p: Rule) => [p.FromPort, p.ToPort, p.UserIdGroupPairs.map(pair => pair.GroupId), p.IpRanges]),
      [[443, 443, [made.own], []]],
    )
  })

  it('adds the one rule that lets us out to the endpoint', async () => {
    await paste('eni-security-group', silentLogs(made))
    const [group] = (await describeIt('describe-security-groups', '--group-ids', made.own)).SecurityGroups
    assert.deepEqual(
      group.IpPermissionsEgress.map((p: Rule) => [
        p.FromPort,
        p.ToPort,
        p.UserIdGroupPairs.map(pair => pair.GroupId),
        p.IpRanges,
      ]),
      [[443, 443, [made.shut], []]],
    )
  })

  it('adds entries that let the packets and their replies pass the network ACL', async () => {
    await paste('network-acl', silentLogs(made))
    const [acl] = (await describeIt('describe-network-acls', '--network-acl-ids', made.acl)).NetworkAcls
    const added = acl.Entries.filter((e: AclEntry) => e.RuleAction === 'allow')
    assert.deepEqual(
      added.map((e: AclEntry) => [e.Egress, e.RuleNumber, e.Protocol, e.PortRange.From, e.PortRange.To, e.CidrBlock]).sort(),
      [
        [false, 99, '6', 1024, 65535, '10.20.2.0/24'],
        [true, 49, '6', 443, 443, '10.20.2.0/24'],
      ],
    )
  })

  it('turns on private DNS of the endpoint that is there (moto takes it, and keeps nothing of it)', async () => {
    const [ran] = await paste('private-dns-disabled', silentLogs(made))
    assert.deepEqual(ran?.argv.slice(-3), ['--vpc-endpoint-id', made.endpoint, '--private-dns-enabled'])
  })

  it('puts our route table to the gateway endpoint that is there', async () => {
    await paste('gateway-endpoint-missing', silentS3(made))
    const [gateway] = (await describeIt('describe-vpc-endpoints', '--vpc-endpoint-ids', made.gateway)).VpcEndpoints
    assert.deepEqual(gateway.RouteTableIds, [made.table])
  })

  it('turns on the DNS attributes of the VPC', async () => {
    await paste('vpc-dns-attributes-off', silentLogs(made))
    const answer = await describeIt('describe-vpc-attribute', '--vpc-id', made.vpc, '--attribute', 'enableDnsHostnames')
    assert.equal(answer.EnableDnsHostnames.Value, true)
  })

  it('starts the instance that is stopped', async () => {
    await paste('instance-stopped', stoppedInstance(made))
    const [instance] = (await describeIt('describe-instances', '--instance-ids', made.instance)).Reservations[0].Instances
    assert.equal(instance.State.Name, 'running')
  })

  it('starts the database that is stopped', async () => {
    await paste('database-stopped', stoppedDatabase(made))
    const [answer] = await run([['rds', 'describe-db-instances', '--db-instance-identifier', 'orders', '--output', 'json']])
    assert.equal(JSON.parse(answer?.out ?? '{}').DBInstances[0].DBInstanceStatus, 'available')
  })

  it('gives the role what was refused, and nothing wider', async () => {
    await paste('identity-policy-denies', deniedLogs(made))
    const [names] = await run([['iam', 'list-role-policies', '--role-name', 'lab-workload', '--output', 'json']])
    const [name] = JSON.parse(names?.out ?? '{}').PolicyNames
    const [policy] = await run([
      ['iam', 'get-role-policy', '--role-name', 'lab-workload', '--policy-name', name, '--output', 'json'],
    ])
    assert.deepEqual(JSON.parse(policy?.out ?? '{}').PolicyDocument.Statement, [
      { Effect: 'Allow', Action: ['logs:DescribeLogGroups'], Resource: `arn:aws:logs:${region}:123456789012:log-group:app` },
    ])
  })

  for (const [cause, seen] of [
    ['interface-endpoint-missing', (m: Made) => m.endpoint],
    ['endpoint-security-group', (m: Made) => m.shut],
    ['endpoint-not-ready', (m: Made) => m.endpoint],
    ['network-acl', () => '10.20.2.0/24'],
    ['gateway-endpoint-missing', (m: Made) => m.gateway],
  ] as const)
    it(`answers the next step of ${cause}`, async () => {
      const ran = await paste(cause, cause === 'gateway-endpoint-missing' ? silentS3(made) : silentLogs(made), 'next')
      const words = ran.map(({ out }) => out).join('')
      if (cause === 'gateway-endpoint-missing') assert.match(words, /local/)
      else if (cause === 'network-acl')
        assert.ok(words.includes('Entries') || words.includes('RuleNumber') || words.trim() === '[]')
      else assert.ok(words.includes(seen(made)), words)
    })
})

interface Rule {
  readonly FromPort: number
  readonly ToPort: number
  readonly UserIdGroupPairs: readonly { readonly GroupId: string }[]
  readonly IpRanges: readonly unknown[]
}
interface AclEntry {
  readonly Egress: boolean
  readonly RuleAction: string
  readonly RuleNumber: number
  readonly Protocol: string
  readonly CidrBlock: string
  readonly PortRange: { readonly From: number; readonly To: number }
}

/** AWS's own answer, or no way to what is not moto: the command line was understood. */
const wasSent = /^\s*(?:aws: \[ERROR\]: )?(?:An error occurred \(|Failed to connect to proxy URL)/

function shapeOf(word: string): string {
  return word.replace(/[A-Za-z0-9._/-]+/g, 'x')
}

const base = new Map(scenarios()).get('endpoint-group-told-by-configuration') as ObservedReport

function standingIn(made: Made, target: object, more: object = {}): ObservedReport {
  const everything = { protocol: '-1', cidr: '0.0.0.0/0' }
  const network = {
    eni: 'eni-0own',
    vpc: made.vpc,
    subnet: made.near,
    subnetCidr: '10.20.1.0/24',
    vpcCidrs: ['10.20.0.0/16'],
    securityGroups: [made.own],
  }
  const logs = `com.amazonaws.${region}.logs`
  return {
    ...base,
    vantage: { ...base.vantage, network: { ...base.vantage.network, ...network } },
    targets: [target],
    controlPlane: {
      asked: [],
      vpcs: [{ id: made.vpc, cidrs: ['10.20.0.0/16'] }],
      subnets: [
        { id: made.near, vpc: made.vpc, cidrs: ['10.20.1.0/24'], zone: 'a' },
        { id: made.far, vpc: made.vpc, cidrs: ['10.20.2.0/24'], zone: 'c' },
      ],
      routeTables: [{ id: made.table, vpc: made.vpc, isMain: false, subnets: [made.near], routes: [] }],
      networkAcls: [
        {
          id: made.acl,
          subnets: [made.near],
          entries: [
            { ...everything, number: 50, direction: 'egress', action: 'deny', cidr: '10.20.2.0/24' },
            { ...everything, number: 100, direction: 'ingress', action: 'deny' },
          ],
        },
        {
          id: 'acl-far',
          subnets: [made.far],
          entries: (['ingress', 'egress'] as const).map(direction => ({
            ...everything,
            number: 100,
            direction,
            action: 'allow' as const,
          })),
        },
      ],
      interfaces: [
        { id: 'eni-0own', vpc: made.vpc, subnet: made.near, addresses: ['10.20.1.10'], groups: [made.own] },
        { id: 'eni-0far', vpc: made.vpc, subnet: made.far, addresses: ['10.20.2.21'], groups: [made.shut] },
      ],
      endpoints: [
        {
          id: made.endpoint,
          type: 'Interface',
          service: logs,
          vpc: made.vpc,
          state: 'available',
          privateDns: false,
          groups: [made.shut],
          interfaces: ['eni-0far'],
        },
        {
          id: made.gateway,
          type: 'Gateway',
          service: `com.amazonaws.${region}.s3`,
          vpc: made.vpc,
          state: 'available',
          routeTables: [],
        },
      ],
      ...more,
    },
  } as unknown as ObservedReport
}

const silent = { layer: 'tcp', address: '10.20.2.21', outcome: 'silent', waitedMs: 3000 }
const service = (id: string) => ({
  id,
  kind: 'service',
  service: id,
  host: `${id}.${region}.amazonaws.com`,
  port: 443,
  region,
  wantedBy: ['command-line'],
})

function silentLogs(made: Made): ObservedReport {
  return standingIn(made, { ...service('logs'), observations: [silent] })
}
function silentS3(made: Made): ObservedReport {
  return standingIn(made, { ...service('s3'), observations: [{ ...silent, address: '52.219.0.1' }] })
}
function deniedLogs(made: Made): ObservedReport {
  const message = `User: arn:aws:sts::123456789012:assumed-role/lab-workload/i-0 is not authorized to perform: logs:DescribeLogGroups on resource: arn:aws:logs:${region}:123456789012:log-group:app because no identity-based policy allows the logs:DescribeLogGroups action`
  const refused = {
    layer: 'aws',
    outcome: 'rejected',
    code: 'AccessDeniedException',
    message,
    seen: { action: 'logs:DescribeLogGroups', status: 400 },
  }
  return standingIn(made, { ...service('logs'), observations: [refused] })
}
function stoppedInstance(made: Made): ObservedReport {
  return standingIn(
    made,
    { ...service('ec2'), id: `ec2:${made.instance}`, kind: 'resource', resource: made.instance, observations: [] },
    { instances: [{ id: made.instance, state: 'stopped', addresses: ['10.20.2.30'] }] },
  )
}
function stoppedDatabase(made: Made): ObservedReport {
  return standingIn(
    made,
    { ...service('rds'), id: 'rds:orders', kind: 'resource', resource: 'orders', observations: [] },
    { databases: [{ id: 'orders', isCluster: false, status: 'stopped' }] },
  )
}

function findFreePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

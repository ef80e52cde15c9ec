// `eniprobe stuck` against sockets that really hang: real clients in the lab's VPC, in front of filters that really drop.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Report, StuckConnection } from '@eniprobe/core'
import { combine } from '../src/faults/fault.ts'
import * as faults from '../src/faults/index.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { cliPath, type Vpc } from '../src/world/vpc.ts'

interface Looked {
  readonly status: number | null
  readonly stderr: string
  readonly report: Report
  readonly connections: readonly StuckConnection[]
}

/** A python client that connects and then only waits; `script` is run with `s`, a socket without a time limit. */
const python = (script: string) => `python3 -c "import socket,subprocess,time;s=socket.socket();${script};time.sleep(40)" &`
const connect = (host: string, port: number) => python(`s.connect(('${host}',${port}))`)

/** Starts the clients, waits until the kernel shows what they wait for, then looks. Every client ends with the lab. */
async function lookAt(vpc: Vpc, clients: readonly string[], until: string, args: readonly string[] = []): Promise<Looked> {
  const script = [
    // What they say is their own affair, and a stream that they keep open would keep the test waiting.
    ...clients.map(client => client.replace(/ &$/, ' > /run/lab/clients 2>&1 &')),
    `for i in $(seq 200); do ${until} && break; sleep 0.1; done`,
    `exec "$@" --format json --deadline 20s`,
  ].join('\n')
  const ran = await vpc.run(['sh', '-c', script, 'sh', process.execPath, cliPath(), 'stuck', ...args])
  assert.notEqual(ran.stdout, '', ran.stderr)
  const report = JSON.parse(ran.stdout) as Report
  return { status: ran.status, stderr: ran.stderr, report, connections: report.stuck?.connections ?? [] }
}

const connecting = (n: number) => `[ $(cat /proc/net/tcp /proc/net/tcp6 | awk '$4 == "02"' | wc -l) -ge ${n} ]`
const to = (all: readonly StuckConnection[], port: number, service?: string) =>
  all.find(each => each.port === port && (service === undefined || each.names[0]?.service === service))
const bestCauses = ({ findings }: Report) => findings.map(({ causes }) => causes[0]?.cause)

test('three clients that connect into silence are told: process, address, service, how long, and why', async t => {
  const vpc = await vpcLab(
    t,
    combine(faults.endpointSecurityGroup('logs'), faults.endpointSecurityGroup('glue'), faults.targetSecurityGroup()),
  )
  if (!vpc) return
  const clients = [
    'curl -s -m 40 -u me:hunter2 https://logs.ap-northeast-1.amazonaws.com/?token=hunter2 &',
    connect('glue.ap-northeast-1.amazonaws.com', 443),
    `node -e "require('net').connect({host:'db.internal',port:5432})" -- --password=hunter2 &`,
  ]
  const { status, stderr, report, connections } = await lookAt(vpc, clients, connecting(3))
  assert.equal(stderr, '')
  assert.equal(status, 1)
  assert.doesNotMatch(JSON.stringify(report), /hunter2/)
  assert.equal(connections.length, 3, JSON.stringify(connections))
  const [logs, glue, database] = [to(connections, 443, 'logs'), to(connections, 443, 'glue'), to(connections, 5432)]
  assert.equal(logs?.process?.name, 'curl')
  assert.match(logs?.process?.command ?? '', /^curl .*https:\/\/logs\.ap-northeast-1\.amazonaws\.com/)
  assert.equal(glue?.process?.name, 'python3')
  assert.match(glue?.process?.command ?? '', /^python3? -c …$|^python3[\d.]* -c …$/)
  assert.equal(database?.process?.name, 'node')
  for (const each of connections) {
    assert.equal(each.kind, 'connecting')
    assert.ok(each.atLeastMs >= 1000)
    assert.ok(each.atLeastMs <= (each.process?.ageMs ?? 0) + 200, 'no socket is older than its process')
  }
  assert.deepEqual(logs?.names[0], { host: 'logs.ap-northeast-1.amazonaws.com', service: 'logs', from: 'dns' })
  assert.equal(glue?.names[0]?.host, 'glue.ap-northeast-1.amazonaws.com')
  const endpoint = vpc.plan.endpoints.find(({ service }) => service === 'logs')
  assert.ok(endpoint?.addresses.includes(logs?.address ?? ''))
  assert.deepEqual(report.targets.map(({ id }) => id).sort(), ['glue', 'logs', 'tcp://10.20.3.9:5432'])
  assert.ok(bestCauses(report).includes('endpoint-security-group'), bestCauses(report).join())
  assert.ok((report.stuck?.naming.asked ?? 0) > 0)
})

test('a connection whose packets stop being confirmed is told, and one that merely waits for an answer is not', async t => {
  const vpc = await vpcLab(t)
  if (!vpc) return
  if (vpc.backend !== 'nftables') return t.skip('needs nftables')
  const drop = 'table ip cut { chain back { type filter hook input priority 0; tcp sport 5432 drop; }; }\\n'
  const clients = [
    python(
      `s.connect(('db.internal',5432));subprocess.run(['nft','-f','-'],input='${drop}',text=True,check=True);s.send(b'select')`,
    ),
    connect('app.internal', 443),
  ]
  const retransmitting = `awk '$4 == "01" && $6 ~ /^01:/ && $7 != "00000000"' /proc/net/tcp | grep -q :1538`
  const { status, report, connections } = await lookAt(vpc, clients, retransmitting)
  const own = connections.filter(({ namespaceOf }) => namespaceOf === undefined)
  assert.equal(own.length, 1, JSON.stringify(connections))
  const [cut] = own
  assert.equal(cut?.kind, 'retransmitting')
  assert.equal(cut?.address, '10.20.3.9')
  assert.equal(cut?.process?.name, 'python3')
  assert.equal(cut?.queuedBytes, 6)
  assert.ok((cut?.retransmits ?? 0) > 0)
  assert.equal(status, 1)
  assert.ok((report.stuck?.openConnections ?? 0) >= 1)
  // The far side, in a network namespace of its own, waits for us in the same way: told, and not looked at from here.
  for (const each of connections.filter(({ namespaceOf }) => namespaceOf !== undefined)) {
    assert.equal(each.port, cut?.localPort)
    assert.equal(each.target, null)
  }
  assert.ok((report.stuck?.namespaces ?? 0) > 1)
})

test('where nothing hangs, nothing is sent, and the status is 0', async t => {
  const vpc = await vpcLab(t)
  if (!vpc) return
  const { status, report, connections } = await lookAt(vpc, [connect('app.internal', 443)], 'true')
  assert.deepEqual(connections, [])
  assert.equal(status, 0)
  assert.deepEqual(report.targets, [])
  assert.deepEqual(report.stuck?.naming, { asked: 0, dns: 'not-asked' })
})

test('a resolver that does not answer shows as a question that hangs, and the look at DNS names the cause', async t => {
  const vpc = await vpcLab(t, faults.dnsServerUnreachable('custom'))
  if (!vpc) return
  const clients = [`sh -c 'while :; do curl -s -m 40 https://kms.ap-northeast-1.amazonaws.com/; done' &`]
  const { status, report, connections } = await lookAt(vpc, clients, `grep -q ':0035 01' /proc/net/udp`)
  const question = connections.find(({ kind }) => kind === 'dns-question')
  assert.equal(question?.address, vpc.plan.dns.customAddress)
  assert.equal(question?.names[0]?.from, 'resolver')
  assert.equal(question?.process?.name, 'curl')
  assert.equal(status, 1)
  assert.ok(
    bestCauses(report).some(cause => cause === 'dns-server-unreachable'),
    bestCauses(report).join(),
  )
})

test('a public address beside those of S3 is told as probably S3, and S3 is looked at', async t => {
  const vpc = await vpcLab(t, faults.gatewayEndpointMissing('s3'))
  if (!vpc) return
  const resolved = await vpc.run(['getent', 'ahostsv4', 's3.ap-northeast-1.amazonaws.com'])
  const address = resolved.stdout.split(/\s/)[0] ?? ''
  const beside = address.replace(/\d+$/, last => String((Number(last) % 250) + 3))
  const { report, connections } = await lookAt(vpc, [connect(beside, 443), connect(address, 443)], connecting(2))
  const guessed = connections.find(each => each.address === beside)
  assert.equal(guessed?.names[0]?.service, 's3')
  assert.equal(guessed?.names[0]?.from, 'neighbour')
  assert.equal(connections.find(each => each.address === address)?.names[0]?.from, 'dns')
  assert.deepEqual(
    report.targets.map(({ service }) => service),
    ['s3'],
  )
})

test('the proxy that a process was told is named as its proxy, without the password in it', async t => {
  const vpc = await vpcLab(t, faults.proxyUnreachable())
  if (!vpc) return
  const proxy = `${vpc.plan.proxy.address}:${vpc.plan.proxy.port}`
  const clients = [`HTTPS_PROXY=http://me:hunter2@${proxy} curl -s -m 40 https://logs.ap-northeast-1.amazonaws.com/ &`]
  const { report, connections } = await lookAt(vpc, clients, connecting(1), ['--no-sign'])
  assert.deepEqual(connections[0]?.names[0], { host: vpc.plan.proxy.address, service: null, from: 'proxy' })
  assert.equal(connections[0]?.target, `tcp://${proxy}`)
  assert.doesNotMatch(JSON.stringify(report), /hunter2/)
})

test('metadata that is cut off is named, not guessed', async t => {
  const vpc = await vpcLab(t, faults.metadataUnreachable('silent'))
  if (!vpc) return
  const { connections } = await lookAt(vpc, [connect('169.254.169.254', 80)], connecting(1))
  assert.deepEqual(connections[0]?.names, [{ host: 'EC2 instance metadata', service: null, from: 'link-local' }])
})

test('while a command runs every host it hangs on is told as it happens, with service and cause, and it ends as it would alone', async t => {
  const vpc = await vpcLab(t, faults.endpointSecurityGroup('logs'))
  if (!vpc) return
  const script = [
    'echo begin',
    'curl -s -m 11 https://logs.ap-northeast-1.amazonaws.com/',
    'echo "curl ended with $?"',
    'sleep 2',
    'exit 42',
  ].join('\n')
  const ran = await vpc.run([process.execPath, cliPath(), 'stuck', '--output', '/run/lab/stuck.json', '--', 'sh', '-c', script])
  assert.equal(ran.status, 42, ran.stderr)
  assert.equal(ran.stdout, 'begin\ncurl ended with 28\n')
  const lines = ran.stderr.split('\n')
  const told = lines.findIndex(line =>
    /^eniprobe: curl .* hangs on 10\.20\.[12]\.\d+:443 logs \(logs\.ap-northeast-1\.amazonaws\.com\)/.test(line),
  )
  const cause = lines.findIndex(line => /^eniprobe: logs: endpoint-security-group/.test(line))
  const summary = lines.findIndex(line => line.startsWith('eniprobe: While it ran, sh hung on '))
  assert.ok(told >= 0 && cause > told && summary > cause, ran.stderr)
  const saved = JSON.parse((await vpc.run(['cat', '/run/lab/stuck.json'])).stdout) as Report
  const connections = saved.stuck?.connections ?? []
  assert.ok(connections.length > 0)
  for (const { names, isOngoing, atLeastMs } of connections) {
    assert.equal(names[0]?.service, 'logs')
    assert.equal(isOngoing, false)
    assert.ok(atLeastMs >= 3000)
  }
  assert.deepEqual(saved.stuck?.command, { shown: 'sh', status: 42, signal: null })
})

// The lab itself: it raises, runs, and leaves nothing behind.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { endpointSecurityGroup } from '../src/faults/endpoint-security-group.ts'
import { combine } from '../src/faults/fault.ts'
import { gatewayEndpointMissing } from '../src/faults/gateway-endpoint-missing.ts'
import { interfaceEndpointMissing } from '../src/faults/interface-endpoint-missing.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { labCapability } from '../src/world/capability.ts'
import { connectInside, resolveInside } from './look-inside.ts'

test('a healthy VPC answers privately for an endpoint, publicly for S3, and not at all for the internet', async t => {
  const vpc = await vpcLab(t)
  if (!vpc) return
  const logs = await resolveInside(vpc, 'logs.ap-northeast-1.amazonaws.com')
  assert.deepEqual(logs.addresses, ['10.20.1.21', '10.20.2.21'])
  for (const address of logs.addresses) assert.equal(await connectInside(vpc, address, 443), 'connected')
  const [bucket = ''] = (await resolveInside(vpc, 'lab-data.s3.ap-northeast-1.amazonaws.com')).addresses
  assert.match(bucket, /^52\.219\./)
  assert.equal(await connectInside(vpc, bucket, 443), 'connected')
  assert.equal(await connectInside(vpc, '151.101.0.223', 443), 'silent')
  assert.equal(await connectInside(vpc, '10.20.3.9', 5432), 'connected')
})

test('faults compose: each keeps its own symptom', async t => {
  const vpc = await vpcLab(
    t,
    combine(interfaceEndpointMissing('logs'), gatewayEndpointMissing('s3'), endpointSecurityGroup('kms')),
  )
  if (!vpc) return
  const [logs = ''] = (await resolveInside(vpc, 'logs.ap-northeast-1.amazonaws.com')).addresses
  assert.match(logs, /^54\.239\./)
  assert.equal(await connectInside(vpc, logs, 443), 'silent')
  const [s3 = ''] = (await resolveInside(vpc, 's3.ap-northeast-1.amazonaws.com')).addresses
  assert.equal(await connectInside(vpc, s3, 443), 'silent')
  const kms = await resolveInside(vpc, 'kms.ap-northeast-1.amazonaws.com')
  assert.match(kms.addresses[0] ?? '', /^10\.20\./)
  for (const address of kms.addresses) assert.equal(await connectInside(vpc, address, 443), 'silent')
  assert.equal(await connectInside(vpc, '10.20.1.20', 443), 'connected')
})

test('when a VPC stops, no process of it is left', async t => {
  const vpc = await vpcLab(t)
  if (!vpc) return
  const own = namespaceOf('self')
  const inside = namespaceOf(vpc.pid)
  assert.notEqual(inside, own)
  const running = vpc.run(['sleep', '60'])
  await vpc.run(['true'])
  await vpc.stop()
  assert.notEqual((await running).status, 0)
  assert.ok(!existsSync(`/proc/${vpc.pid}`))
  const left = readdirSync('/proc').filter(entry => /^\d+$/.test(entry) && namespaceOf(entry) === inside)
  assert.deepEqual(left, [])
})

for (const { whose, env } of [
  { whose: 'of the whole run', env: process.env },
  { whose: 'of its own', env: { ...process.env, ENIPROBE_LAB_SHARE: undefined } },
])
  test(`when the test process is killed outright, its VPC and its moto, born of a nursery ${whose}, go with it`, async t => {
    const { unshareFlags, reason } = labCapability()
    if (unshareFlags === null) return t.skip(reason)
    const lab = new URL('../src', import.meta.url).href
    const script = `import { raiseVpc } from '${lab}/index.js'; import { labFolder } from '${lab}/world/authorities.js'; const vpc = await raiseVpc(); console.log(JSON.stringify({ pid: vpc.pid, aws: vpc.aws, folder: (await labFolder()).path })); setInterval(() => {}, 1000)`
    const raising = spawn(process.execPath, ['--input-type=module', '-e', script], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = await once(raising.stdout, 'data')
    const { pid, aws, folder } = JSON.parse(String(line)) as { pid: number; aws: 'moto' | 'lab'; folder: string }
    t.after(() => rmSync(folder, { recursive: true, force: true }))
    const inside = namespaceOf(pid)
    assert.notEqual(inside, '')
    assert.equal(listenersIn(folder).length > 0, aws === 'moto')
    raising.kill('SIGKILL')
    await once(raising, 'exit')
    // The kernel ends them one after the other: the last is gone when nobody is in the namespace any more.
    const left = (): readonly string[] => [
      ...readdirSync('/proc').filter(entry => /^\d+$/.test(entry) && namespaceOf(entry) === inside),
      ...listenersIn(folder),
    ]
    for (let looks = 0; looks < 500 && left().length > 0; looks += 1) await pause(10)
    assert.deepEqual(left(), [])
  })

test('the workload has an environment, a resolver and a hosts file of its own', async t => {
  const vpc = await vpcLab(t)
  if (!vpc) return
  assert.equal(
    (await vpc.run(['cat', '/etc/resolv.conf'])).stdout,
    'search ap-northeast-1.compute.internal\nnameserver 10.20.0.2\n',
  )
  assert.match((await vpc.run(['cat', '/etc/hosts'])).stdout, /^127\.0\.0\.1 localhost\n/)
  const env = (await vpc.run(['env'])).stdout
  assert.match(env, /^AWS_REGION=ap-northeast-1$/m)
  assert.ok(!env.includes('npm_'))
  assert.notEqual(readFileSync('/etc/resolv.conf', 'utf8'), 'search ap-northeast-1.compute.internal\nnameserver 10.20.0.2\n')
})

/** The PID namespace of a process: all of a VPC lives in one. Empty when the process is gone or not ours to see. */
function namespaceOf(pid: string | number): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`)
  } catch {
    return ''
  }
}

/** Unix sockets in `folder` that a process holds: those of moto, and of the nursery that bore it. */
function listenersIn(folder: string): readonly string[] {
  const lines = readFileSync('/proc/net/unix', 'utf8').split('\n')
  return lines.flatMap(line => line.split(/\s+/)[7] ?? []).filter(path => path.startsWith(`${folder}/`))
}

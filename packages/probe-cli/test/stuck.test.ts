// `eniprobe stuck` as a process: real sockets in a network namespace of its own, where packets to one neighbour go nowhere.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Report } from '@eniprobe/core'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { stuckEn } from '../src/messages/stuck-en.ts'
import { stuckJa } from '../src/messages/stuck-ja.ts'

const main = fileURLToPath(new URL('../src/main.js', import.meta.url))
const schema = JSON.parse(readFileSync(new URL('../../schema/eniprobe-1.schema.json', import.meta.url), 'utf8'))
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)

/** A link whose other end takes every frame and answers none: 10.8.0.2 is silent, whatever is sent to it. */
const silentLink = [
  'ip link set lo up',
  'ip link add v0 type veth peer name v1',
  'ip addr add 10.8.0.1/24 dev v0',
  'ip link set v0 up && ip link set v1 up',
  'ip neigh add 10.8.0.2 lladdr 02:00:00:00:00:01 dev v0',
].join(' && ')

const connects = `require('net').connect(8443, '10.8.0.2').on('error', () => {}); setTimeout(() => {}, 20000)`
const untilConnecting = `for i in $(seq 100); do grep -q ':20FB 02' /proc/net/tcp && break; sleep 0.1; done`

function unshareFlags(): readonly string[] | undefined {
  const flags = [
    ['-n', '-p', '-f', '--kill-child', '--mount-proc'],
    ['-r', '-n', '-p', '-f', '--kill-child', '--mount-proc'],
  ]
  return flags.find(each => spawnSync('unshare', [...each, 'sh', '-c', silentLink], { timeout: 10_000 }).status === 0)
}
const flags = unshareFlags()

interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** `eniprobe` and `node` are commands inside. Everything inside ends with the shell. */
function start(t: TestContext, script: string): ChildProcess {
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: '/nonexistent',
    AWS_EC2_METADATA_DISABLED: 'true',
    NODE: process.execPath,
  }
  const text = `${silentLink}\neniprobe() { "$NODE" '${main}' "$@"; }\n${script}`
  const child = spawn('unshare', [...(flags ?? []), 'sh', '-c', text], { env, stdio: ['pipe', 'pipe', 'pipe'] })
  t.after(() => child.kill('SIGKILL'))
  child.stdin?.on('error', () => {})
  child.stdin?.end()
  return child
}

async function run(t: TestContext, script: string): Promise<Ran | undefined> {
  if (flags === undefined) {
    t.skip('no network namespace can be made here')
    return undefined
  }
  const child = start(t, script)
  const texts = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.on('data', (chunk: Buffer) => {
      texts[name] += chunk.toString()
    })
  const [status] = (await once(child, 'close')) as [number | null]
  return { status, ...texts }
}

test('a connection that hangs is listed first, then looked at; the status is 1', async t => {
  const ran = await run(t, `"$NODE" -e "${connects}" >/dev/null 2>&1 &\n${untilConnecting}\neniprobe stuck --deadline 12s`)
  if (!ran) return
  assert.equal(ran.stderr, '')
  assert.equal(ran.status, 1)
  const lines = ran.stdout.split('\n')
  assert.equal(lines[0], '1 connection of 1 process hangs right now.')
  assert.match(ran.stdout, /^node -e … {2}\(process \d+, running for [^)]+\)$/m)
  assert.match(ran.stdout, /^ {2}10\.8\.0\.2:8443 {2}unknown$/m)
  assert.match(ran.stdout, /^ {4}connecting, and nobody answers: for at least \d/m)
  const heading = lines.indexOf(stuckEn.diagnosis)
  assert.ok(heading > 0 && lines.findIndex(line => /tcp:\/\/10\.8\.0\.2:8443 +failing/.test(line)) > heading, ran.stdout)
})

test('the JSON of it is a report, with what hangs in it, and validates', async t => {
  const ran = await run(
    t,
    `"$NODE" -e "${connects}" >/dev/null 2>&1 &\n${untilConnecting}\neniprobe stuck --format json --deadline 12s; eniprobe stuck --quiet >/dev/null; kill %1 2>/dev/null; true`,
  )
  if (!ran) return
  const report = JSON.parse(ran.stdout) as Report
  assert.ok(validate(report), JSON.stringify(validate.errors))
  assert.equal(report.stuck?.connections[0]?.address, '10.8.0.2')
  assert.equal(report.targets[0]?.id, 'tcp://10.8.0.2:8443')
})

test('masked, neither the address nor the program shows, and the diagnosis is the same', async t => {
  const ran = await run(
    t,
    `"$NODE" -e "${connects}" >/dev/null 2>&1 &\n${untilConnecting}\neniprobe stuck --redact --quiet --format json --output /tmp/masked.$$ --format text --deadline 12s; cat /tmp/masked.$$; rm /tmp/masked.$$`,
  )
  if (!ran) return
  assert.doesNotMatch(ran.stdout, /10\.8\.0\.|node -e/)
  assert.match(ran.stdout, /"kind": "connecting"/)
  assert.match(ran.stdout, /"cause": "target-security-group"/)
  assert.match(ran.stdout, /connecting, and nobody answers/)
})

test('where nothing hangs it says so, sends nothing, and the status is 0', async t => {
  const ran = await run(t, 'eniprobe stuck; echo $?; eniprobe stuck --format json')
  if (!ran) return
  assert.match(ran.stdout, /^Nothing hangs: looked for [\d.]+ s\.\n0\n\{/)
  assert.ok(validate(JSON.parse(ran.stdout.slice(ran.stdout.indexOf('{')))), JSON.stringify(validate.errors))
})

test("another user's socket is told with the user, and how to see the process", async t => {
  if (process.getuid?.() !== 0) return t.skip('needs root, to be two users')
  const asUser = (uid: number) => `setpriv --reuid ${uid} --regid ${uid} --clear-groups`
  const script = [
    `${asUser(65_533)} "$NODE" -e "${connects}" >/dev/null 2>&1 &`,
    untilConnecting,
    // Readable for everybody, wherever this repository lies.
    `"$NODE" -e "process.setgid(65532); process.setgroups([]); process.setuid(65532); process.argv.splice(1, 0, '${main}'); import('${main}')" stuck --format json --deadline 8s`,
  ].join('\n')
  const ran = await run(t, script)
  if (!ran) return
  if (ran.stdout === '') return t.skip(`another user cannot read this repository: ${ran.stderr.split('\n')[0]}`)
  const [hidden] = (JSON.parse(ran.stdout) as Report).stuck?.connections ?? []
  assert.equal(hidden?.process, null)
  assert.equal(hidden?.processUnknown, 'other-user')
  assert.equal(hidden?.uid, 65_533)
  assert.equal(hidden?.address, '10.8.0.2')
})

test('without the tables there is one line, and status 2, and no command is started', async t => {
  const ran = await run(
    t,
    'mount -t tmpfs none /proc || exit 9\neniprobe stuck; echo $?; eniprobe stuck -- echo started; echo $?',
  )
  if (!ran) return
  if (ran.status === 9) return t.skip('/proc cannot be hidden here')
  assert.equal(ran.stdout, '2\n2\n')
  assert.match(ran.stderr, /^(?:eniprobe: there is no \/proc\/net\/tcp to read: [^\n]+\n){2}$/)
})

test('a command keeps its output, its input and its exit status', async t => {
  const script = [
    `printf 'a\\nb\\n' | eniprobe stuck --quiet -- sh -c 'cat; echo err >&2; exit 7'; echo $?`,
    'eniprobe stuck --quiet -- sh -c "kill -TERM \\$\\$"; echo $?',
    'eniprobe stuck --quiet -- /nonexistent/command; echo $?',
    'eniprobe stuck --quiet -- /etc; echo $?',
    'eniprobe stuck --quiet -- "$NODE" -p "process.argv.slice(1).join()" -- --help --region x; echo $?',
  ].join('\n')
  const ran = await run(t, script)
  if (!ran) return
  assert.equal(ran.stdout, 'a\nb\n7\n143\n127\n126\n--help,--region,x\n0\n')
  assert.match(ran.stderr, /^err\neniprobe: cannot run \/nonexistent\/command: [^\n]+\neniprobe: cannot run \/etc: EACCES\n$/)
})

test('pipes of the command stay as they were: they block, and a file handed over by number is open', async t => {
  const flagsOf = (file: number) => `grep flags /proc/self/fdinfo/${file} | tr -dc 0-7`
  const script = [
    `(eniprobe stuck --quiet -- sh -c '${flagsOf(1)}; sleep 1.5; ${flagsOf(1)} >&2') 2>&1 | cat`,
    `echo; exec 5<<'END'\nhanded over\nEND\neniprobe stuck --quiet -- cat /dev/fd/5`,
  ].join('\n')
  const ran = await run(t, script)
  if (!ran) return
  const [flagsNow = '', text] = ran.stdout.trimEnd().split('\n')
  assert.match(flagsNow, /^0*[01][0-7]*$/)
  // O_NONBLOCK is 04000: the digit before the last three.
  for (const digits of flagsNow.match(/\d{7}/g) ?? []) assert.equal(Number.parseInt(digits, 8) & 0o4000, 0, flagsNow)
  assert.equal(text, 'handed over')
})

for (const [signal, status] of [
  ['SIGTERM', 143],
  ['SIGINT', 130],
  ['SIGHUP', 129],
  ['SIGUSR2', 9],
] as const) {
  test(`${signal} is handed on to the command, and the status is the command's`, async t => {
    const name = signal.slice(3)
    const command = `trap 'exit 9' USR2; echo ready; while :; do sleep 0.1; done`
    const script = [
      `"$NODE" '${main}' stuck --quiet -- sh -c "${command}" > /tmp/out.$$ &`,
      'pid=$!',
      'for i in $(seq 100); do grep -q ready /tmp/out.$$ && break; sleep 0.1; done',
      `kill -${name} $pid; wait $pid; echo $?; rm /tmp/out.$$`,
    ].join('\n')
    // A shell without job control lets its background commands ignore SIGINT; node takes it back.
    const ran = await run(t, script)
    if (!ran) return
    assert.equal(ran.stdout, `${status}\n`, ran.stderr)
  })
}

test('Ctrl-C on a terminal reaches the command once, and what was known is told', async t => {
  if (spawnSync('script', ['--version']).status !== 0) return t.skip('the command script is not installed')
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-stuck-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const program = `let n = 0; process.on('SIGINT', () => { n += 1; setTimeout(() => { console.log('got ' + n + ' tty ' + process.stdout.isTTY); process.exit(5) }, 400) }); console.log('ready'); setInterval(() => {}, 1000)`
  const inner = `trap : INT; "$NODE" '${main}' stuck -- "$NODE" -e "${program}"; echo status $?`
  const child = spawn('script', ['-qfc', inner, join(folder, 'typed')], {
    env: {
      PATH: process.env.PATH ?? '',
      NODE: process.execPath,
      HOME: '/nonexistent',
      AWS_EC2_METADATA_DISABLED: 'true',
      SHELL: '/bin/sh',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let seen = ''
  child.stdout.on('data', (chunk: Buffer) => {
    if (!seen.includes('ready') && (seen + chunk.toString()).includes('ready')) child.stdin.write('\u0003')
    seen += chunk.toString()
  })
  await once(child, 'close')
  assert.match(seen, /got 1 tty true/)
  assert.match(seen, /status 5/)
  assert.match(seen, /node hung on nothing/)
})

test('--watch tells what began and what ended to hang, a JSON line each time, until it is interrupted', async t => {
  const script = [
    `"$NODE" '${main}' stuck --watch 500ms --deadline 6s --format json > /tmp/lines.$$ &`,
    'pid=$!',
    'until_lines() { for i in $(seq 300); do [ $(wc -l < /tmp/lines.$$) -ge $1 ] && break; sleep 0.1; done; }',
    'until_lines 1',
    `"$NODE" -e "${connects}" >/dev/null 2>&1 & client=$!`,
    'until_lines 2; kill $client; until_lines 3',
    'kill -INT $pid; wait $pid; echo status $?; cat /tmp/lines.$$; rm /tmp/lines.$$',
  ].join('\n')
  const ran = await run(t, script)
  if (!ran) return
  const [status, ...lines] = ran.stdout.trimEnd().split('\n')
  assert.equal(status, 'status 130')
  const reports = lines.map(line => JSON.parse(line) as Report)
  for (const report of reports) assert.ok(validate(report), JSON.stringify(validate.errors))
  assert.deepEqual(
    reports.map(({ stuck }) => stuck?.connections.map(({ address }) => address)),
    [[], ['10.8.0.2'], []],
  )
})

test('the two languages say the same things of the same parts', () => {
  const shapeOf = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]))
      : typeof value
  assert.deepEqual(shapeOf(stuckJa), shapeOf(stuckEn))
  assert.match(stuckJa.kinds.connecting('43 s', 5), /43 s.*5/)
  assert.match(stuckJa.hanging(2, 1), /1.*2/)
})

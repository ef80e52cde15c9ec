// The program itself, as a process: what it prints where, and how it ends.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { runProgram as eniprobe } from './run-program.ts'

const main = fileURLToPath(new URL('../src/main.js', import.meta.url))
const healthy = fileURLToPath(new URL('../../test/reports/healthy.json', import.meta.url))

function inDirectory(use: (directory: string) => Promise<void>): () => Promise<void> {
  return async () => {
    const directory = mkdtempSync(join(tmpdir(), 'eniprobe-cli-'))
    try {
      await use(directory)
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  }
}

test('a mistake in the command line ends in one line that says what, and the mend, with status 2', async () => {
  const table: [string[], RegExp][] = [
    [['--regoin', 'x'], /^eniprobe: unknown option --regoin: did you mean --region\?$/],
    [['--no-colour'], /did you mean --no-color\?/],
    [['lgos', '--region', 'eu-west-1'], /^eniprobe: "lgos" is no target: did you mean logs\?/],
    [['tcp://h:99999', '--region', 'eu-west-1'], /no port between 1 and 65535/],
    [['--deadline', '15'], /^eniprobe: "15" is not a duration \(--deadline\): add a unit: 15s/],
    [['--deadline', '0s'], /^eniprobe: "0s" is not a duration \(--deadline\): give it some time, at least 1ms$/],
    [['https://', '--region', 'eu-west-1'], /^eniprobe: "https:\/\/" is not a URL/],
    [['tcp://h', '--region', 'eu-west-1'], /names no port: add it: tcp:\/\/h:443$/],
    [['s3://', '--region', 'eu-west-1'], /names no bucket/],
    [['ftp://x', '--region', 'eu-west-1'], /no kind of target/],
    [['', '--region', 'eu-west-1'], /a target is empty/],
    [['logs', '--region', 'eu-west-1', '--profile', 'nope'], /^eniprobe: --profile names the profile "nope", which is not there/],
    [['--resolver', 'dns.internal'], /^eniprobe: "dns.internal" is not an IP address \(--resolver\): write it like 10.0.0.2$/],
    [['logs', '--region', 'tokyo'], /"tokyo",? (?:which )?is not a region/],
    [['--for', 'lamda', '--region', 'eu-west-1'], /"lamda" is no workload \(--for\): did you mean lambda\?/],
    [['--for', 'sagmaker'], /did you mean sagemaker-studio, sagemaker-notebook, [^?]*sagemaker-inference\?/],
    [['--for', 'ecs'], /did you mean ecs-fargate, ecs-ec2\?/],
    [['--for', 'qqqqqqqq'], /"qqqqqqqq" is no workload \(--for\): "eniprobe list workloads"/],
    [
      ['--format', 'xml'],
      /"xml" is no format of this version \(--format\): use one of text, json, markdown, html, junit, prometheus/,
    ],
    [['compare', '/nonexistent.json', 'b'], /^eniprobe: cannot read \/nonexistent.json: there is no such file/],
    [['compare', '-', '-'], /^eniprobe: standard input can be read once only/],
    [['diagnose', healthy, '--format', 'json', '--output', '/nonexistent/x'], /its directory does not exist/],
    [['compair', 'a', 'b'], /^eniprobe: "compair" is no command: did you mean "eniprobe compare"\?$/],
    [['explain', 'path-mut'], /^eniprobe: "path-mut" is no cause: did you mean path-mtu\?$/],
    [['diagnose', '/nonexistent.json'], /^eniprobe: cannot read \/nonexistent.json: there is no such file: give a file/],
    [['diagnose', '-'], /^eniprobe: standard input: not JSON/],
    [['diagnose', '/'], /cannot read \/: EISDIR/],
    [
      ['--output', '/nonexistent/report.json', 'logs'],
      /^eniprobe: cannot write \/nonexistent\/report.json \(--output\): its directory does not exist/,
    ],
    [['--output', '/', 'logs'], /cannot write \/ \(--output\): it is a directory/],
  ]
  for (const [args, expected] of table) {
    const { status, stdout, stderr } = await eniprobe(args)
    assert.equal(status, 2, `${args.join(' ')}: ${stderr}`)
    assert.equal(stdout, '')
    assert.match(stderr, /^[^\n]+\n$/)
    assert.match(stderr.trimEnd(), expected)
  }
})

test('a report that is wrong is refused by file and place', async () => {
  const { status, stderr } = await eniprobe(
    ['diagnose', '-'],
    '{"format":"eniprobe/1","targets":[{"id":"a","host":"h","observations":[{"layer":"dns","outcome":"answred"}]}]}',
  )
  assert.equal(status, 2)
  assert.match(stderr, /^eniprobe: standard input: targets\[0\]\.observations\[0\]\.outcome: "answred" is not one of [^\n]+\n$/)
})

test('--version and --help answer on standard output', async () => {
  assert.match((await eniprobe(['--version'])).stdout, /^eniprobe \d+\.\d+\.\d+\n$/)
  const help = await eniprobe(['--help'])
  assert.equal(help.status, 0)
  assert.ok(help.stdout.split('\n').every(line => line.length <= 120))
  assert.deepEqual((await eniprobe(['help'])).stdout, help.stdout)
})

test('a saved report without a fault is healthy again offline, and says so first', async () => {
  const { status, stdout, stderr } = await eniprobe(['diagnose', healthy])
  assert.equal(stderr, '')
  assert.match(stdout, /^All 2 targets are healthy\.\n/)
  assert.equal(status, 0)
})

test(
  'files are written whole, beside what goes to standard output, and nothing is left behind',
  inDirectory(async directory => {
    const file = join(directory, 'report.json')
    const { status, stdout, stderr } = await eniprobe([
      'diagnose',
      healthy,
      '--format',
      'text',
      '--format',
      'json',
      '--output',
      file,
    ])
    assert.equal(status, 0)
    assert.match(stdout, /^All 2 targets/)
    assert.equal(stderr, `saved ${file}\n`)
    assert.equal(JSON.parse(readFileSync(file, 'utf8')).format, 'eniprobe/1')
    assert.deepEqual(readdirSync(directory), ['report.json'])
  }),
)

test(
  'a link is written through, not replaced',
  inDirectory(async directory => {
    const real = join(directory, 'real.json')
    writeFileSync(real, 'old')
    symlinkSync(real, join(directory, 'link.json'))
    assert.equal((await eniprobe(['diagnose', healthy, '--quiet', '--output', join(directory, 'link.json')])).status, 0)
    assert.equal(JSON.parse(readFileSync(real, 'utf8')).format, 'eniprobe/1')
  }),
)

test('a reader who goes away is no error', async () => {
  const child = spawn(process.execPath, [main, 'list', 'services'], { stdio: 'pipe' })
  child.stdout.destroy()
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const [status, signal] = await once(child, 'close')
  assert.deepEqual({ status, signal, stderr }, { status: 0, signal: null, stderr: '' })
})

test('list and explain know every word of each other', async () => {
  const causes = (await eniprobe(['list', 'causes'])).stdout.trimEnd().split('\n')
  assert.ok(causes.length > 60)
  const code = causes[0]?.split(' ')[0] ?? ''
  const { status, stdout } = await eniprobe(['explain', code])
  assert.equal(status, 0)
  assert.match(stdout, new RegExp(`\\(${code}\\)\n[\\s\\S]*How it shows\n[\\s\\S]*How to fix it\n`))
})

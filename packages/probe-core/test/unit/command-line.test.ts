// A stranger's command line: what is shown of it, and that nothing secret is.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hostsOfCommand, shortenCommand } from '../../src/probe/sockets/command-line.ts'

test('a command line is shown as far as it tells which work this is', () => {
  const table: [string[], string][] = [
    [['/usr/bin/python3', 'train.py', '--epochs', '5'], 'python3 train.py --epochs …'],
    [['python3', '-m', 'awscli', 's3', 'ls'], 'python3 -m awscli …'],
    [['python3', '/opt/jobs/load data.py'], 'python3 …'],
    [['aws', 's3', 'cp', 'a', 'b'], 'aws s3 cp …'],
    [['curl', '-sS', 'https://logs.eu-west-1.amazonaws.com/x?y=1'], 'curl … https://logs.eu-west-1.amazonaws.com'],
    [['java', '-Xmx2g', '-jar', '/opt/app.jar', 'serve'], 'java … -jar app.jar …'],
    [['postgres: app orders 10.0.0.1(5432) idle'], 'postgres: …'],
    [['node'], 'node'],
    [[''], ''],
  ]
  for (const [argv, shown] of table) assert.equal(shortenCommand(argv), shown, argv.join(' '))
})

test('no password, token, key or data of a command line is ever shown', () => {
  const secret = 'S3cr3tHunter2'
  const lower = 'hunter2secret'
  const lines = [
    ['mysql', '-u', 'root', `-p${secret}`],
    ['mysql', `--password=${secret}`, 'db'],
    ['mysqladmin', 'password', lower],
    ['psql', `postgresql://app:${secret}@db.internal:5432/orders?password=${secret}`],
    [
      'curl',
      '-u',
      `me:${secret}`,
      '-H',
      `Authorization: Bearer ${secret}`,
      '-d',
      `{"token":"${secret}"}`,
      'https://example.com/',
    ],
    ['curl', `https://example.com/hook/${secret}?token=${secret}#${secret}`],
    ['env', `AWS_SECRET_ACCESS_KEY=${secret}`, 'python3', 'x.py'],
    ['docker', 'run', '-e', `TOKEN=${secret}`, 'image', secret],
    ['sshpass', '-p', lower, 'ssh', 'host'],
    ['vault', 'login', lower],
    ['aws', 'configure', 'set', 'aws_secret_access_key', secret],
    ['redis-cli', '-a', lower],
    ['python3', '-c', `connect("${secret}")`],
    ['java', `-Ddb.password=${secret}`, lower],
    ['tool', '--token', `${lower}.py`],
    ['tool', '--key', `-${secret}`],
    [`renamed ${secret}`],
    ['python3', '-m', secret.replace('S', '-S')],
  ]
  for (const argv of lines) {
    assert.doesNotMatch(shortenCommand(argv), /hunter2/i, argv.join(' '))
    for (const host of hostsOfCommand(argv)) assert.doesNotMatch(host, /hunter2/i, argv.join(' '))
  }
})

test('hosts are taken from URLs and from words that announce one, without user and port', () => {
  const argv = [
    'psql',
    '-h',
    'db.internal',
    'https://me:pw@a.example.com:8443/x',
    '--endpoint-url=http://b.example.com',
    'plain.word.example',
  ]
  assert.deepEqual(hostsOfCommand(argv), ['db.internal', 'a.example.com', 'b.example.com'])
  assert.deepEqual(hostsOfCommand(['curl', 'https://10.0.0.1/', '-h', '169.254.169.254']), [])
})

test('no command line makes a terminal do something, takes long, or is shown long', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 80, unit: 'binary' }), { maxLength: 40 }), argv => {
      const shown = shortenCommand(argv)
      assert.ok([...shown].length <= 80)
      assert.doesNotMatch(shown, /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
      hostsOfCommand(argv)
    }),
  )
  const startedAt = performance.now()
  const long = [
    'x'.repeat(200_000),
    `http://${'a.'.repeat(100_000)}`,
    `http://${'@'.repeat(100_000)}`,
    `${'a'.repeat(200_000)}.py`,
  ]
  for (const word of long) {
    shortenCommand(['python3', word])
    hostsOfCommand(['python3', word])
  }
  assert.ok(performance.now() - startedAt < 5000)
})

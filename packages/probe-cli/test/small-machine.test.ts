// A run under a limit of the kernel's own on what it may take of memory, as a small container or function has it. Whoever goes beyond it
// is killed without a word. It stands in a network namespace of its own, where nothing but loopback is there to be reached.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { decodeReport } from '@eniprobe/core'
import { main, runCommand } from './run-program.ts'

/**
 * $1: bytes; the rest is the command, which runs in a group that is made for it. With the old kind of groups as with the new: without
 * swap where there is any. What of Node's own program is in memory already counts for others.
 */
const inGroup = `
  limit=$1; shift
  old=/sys/fs/cgroup/memory new=/sys/fs/cgroup
  if [ -w $old/tasks ]; then
    group=$old/eniprobe-$$ most=memory.limit_in_bytes swap=memory.memsw.limit_in_bytes highest=memory.max_usage_in_bytes
  elif grep -qw memory $new/cgroup.subtree_control 2> /dev/null; then
    group=$new/eniprobe-$$ most=memory.max swap=memory.swap.max highest=memory.peak
  else exit 90; fi
  mkdir $group && echo $limit > $group/$most || exit 90
  [ ! -e $group/$swap ] || echo $([ $swap = memory.swap.max ] && echo 0 || echo $limit) > $group/$swap || exit 90
  ip link set lo up || exit 90
  sh -c 'echo $$ > "$0/cgroup.procs" || exit 90; exec "$@"' $group "$@"
  status=$?
  echo "highest $(cat $group/$highest)" >&2
  rmdir $group
  exit $status`

const limited = (megabytes: number, argv: readonly string[]) =>
  ['unshare', '--net', 'sh', '-c', inGroup, 'sh', String(megabytes * 2 ** 20), ...argv] as const

const [command, ...args] = limited(64, ['true'])
const skip = spawnSync(command, args).status === 0 ? false : 'needs root, unshare --net, ip, and cgroups that limit memory'

/** Every service, and a thousand places that refuse. */
const targets = ['all', ...Array.from({ length: 1000 }, (_, at) => `https://127.0.0.1:${1001 + at}`)]
const options = ['--region', 'eu-west-1', '--internet-canary', 'off', '--resolver', '127.0.0.1', '--deadline', '60s']

test('a run over more than a thousand targets has room in 128 MB, and its report is whole', { skip }, async t => {
  const ran = await runCommand(limited(128, [process.execPath, main, ...targets, ...options, '--format', 'json']), {
    killAfterMs: 90_000,
  })
  assert.equal(ran.status, 1, ran.stderr)
  assert.match(ran.stderr, /^highest \d+\n$/)
  const { run, targets: seen } = decodeReport(ran.stdout)
  assert.ok(run.complete)
  assert.ok(seen.length > 1300, `${seen.length} targets`)
  t.diagnostic(`${Math.round(Number(/\d+/.exec(ran.stderr)?.[0]) / 2 ** 20)} MB at the highest`)
})

test('the limit is one: what takes more than it is killed', { skip }, async () => {
  const eats = 'const all = []; for (;;) all.push(Buffer.alloc(1 << 20, 1))'
  const { status } = await runCommand(limited(128, [process.execPath, '-e', eats]), { killAfterMs: 60_000 })
  assert.equal(status, 137)
})

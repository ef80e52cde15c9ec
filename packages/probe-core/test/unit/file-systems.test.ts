import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { answersAtOnce, answersInTime, findObstacle, findRemoteMount, readMounts } from '../../src/probe/file-systems.ts'

const table = `27 1 254:0 / / rw,relatime - nfs4 root:/ rw
22 27 0:21 / /proc rw,relatime - proc proc rw
40 27 0:39 / /efs rw,relatime shared:1 - nfs4 fs-1.efs.eu-west-1.amazonaws.com:/ rw,hard
41 40 0:40 / /efs/local rw,relatime - tmpfs none rw
42 27 0:41 / /with\\040space rw - fuse.s3fs s3fs rw
43 27 0:42 / /twice rw - cifs //server/share rw
44 27 0:43 / /twice rw - ext4 /dev/vdb rw
`
const mounts = readMounts(table)

test('a path is on another machine where its way leads through the mount of one; the root is taken for one that answers', () => {
  assert.equal(findRemoteMount('/efs/home/.aws/config', mounts), '/efs')
  assert.equal(findRemoteMount('/efs', mounts), '/efs')
  // The way there leads through it.
  assert.equal(findRemoteMount('/efs/local/x', mounts), '/efs')
  assert.equal(findRemoteMount('/with space/x', mounts), '/with space')
  for (const path of ['/efsother/x', '/proc/self/limits', '/twice/x', '/', '/home/x'])
    assert.equal(findRemoteMount(path, mounts), undefined, path)
})

test('links are followed to the mount that they lead to, and one that leads to itself ends', t => {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-'))
  t.after(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'far'))
  symlinkSync('far/inner', join(folder, 'relative'))
  symlinkSync(join(folder, 'relative'), join(folder, 'absolute'))
  symlinkSync('round', join(folder, 'round'))
  const far = [{ point: join(folder, 'far'), kind: 'fuse.sshfs' }]
  assert.equal(findRemoteMount(join(folder, 'absolute', 'file'), far), join(folder, 'far'))
  assert.equal(findRemoteMount(join(folder, 'round', 'file'), far), undefined)
  assert.equal(findRemoteMount(join(folder, 'file'), far), undefined)
})

test('what lies on this machine’s own disks is read at once; a pipe is an obstacle, and a file that is not there is none', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-'))
  t.after(() => rmSync(folder, { recursive: true }))
  execFileSync('mkfifo', [join(folder, 'pipe')])
  writeFileSync(join(folder, 'file'), '')
  assert.equal(await answersInTime(join(folder, 'file'), 0), true)
  assert.equal(answersAtOnce(join(folder, 'file'), 0), true)
  assert.equal(await findObstacle(join(folder, 'pipe')), 'ENOTREG')
  assert.equal(await findObstacle(join(folder, 'file')), undefined)
  assert.equal(await findObstacle(join(folder, 'none')), undefined)
})

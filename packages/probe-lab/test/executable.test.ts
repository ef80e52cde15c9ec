// The single executables, as `npm run package` leaves them in dist/: the program of this build is inside, and it runs where there
// is no Node, no PATH and nothing else but the C library; in the lab it says what the single file says.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { after, describe, test } from 'node:test'
import * as faults from '../src/faults/index.ts'
import { vpcLab } from '../src/vpc-lab.ts'
import { cliPath } from '../src/world/vpc.ts'
import { judgeRun, told } from './judge-run.ts'

const packages = dirname(dirname(dirname(cliPath())))
const recorded = join(packages, 'probe-lab', 'recorded', 'closed-vpc', 'report.json')
const machines: Readonly<Record<string, number>> = { x64: 0x3e, arm64: 0xb7 }
const pathOf = (architecture: string): string => join(dirname(packages), 'dist', `eniprobe-linux-${architecture}`)
const own = pathOf(process.arch)
const program = readFileSync(join(dirname(cliPath()), 'executable.cjs'))
const absent = Object.keys(machines).some(one => !existsSync(pathOf(one)) || !readFileSync(pathOf(one)).includes(program))
const skip = absent ? 'dist/ has no executables of this build: npm run package makes them' : false

describe('the single executables', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-executable-'))
  after(() => rmSync(folder, { recursive: true, force: true }))

  test('are ELF files of their machine, with the program switched on', () => {
    for (const [architecture, machine] of Object.entries(machines)) {
      const bytes = readFileSync(pathOf(architecture))
      assert.equal(bytes.subarray(0, 5).toString('latin1'), '\x7fELF\x02', architecture)
      assert.equal(bytes.readUInt16LE(18), machine, architecture)
      assert.ok(bytes.includes('NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:1'), architecture)
      // Of what it is linked with, small images lack this one: Node's own builds need it from version 25 on.
      assert.ok(!bytes.includes('libatomic.so.1\0'), architecture)
    }
  })

  test('run where nothing is but the C and C++ libraries: no Node, no PATH, no network, not even /proc', t => {
    const inside = join(folder, 'root')
    const libraries = spawnSync('ldd', [own], { encoding: 'utf8' }).stdout.match(/\/\S+/g) ?? []
    assert.ok(libraries.length >= 5, libraries.join(' '))
    for (const path of libraries) {
      mkdirSync(join(inside, dirname(path)), { recursive: true })
      copyFileSync(path, join(inside, path))
    }
    copyFileSync(own, join(inside, 'eniprobe'))
    copyFileSync(recorded, join(inside, 'report.json'))
    const start = (...args: string[]) =>
      spawnSync('/usr/bin/unshare', ['--map-root-user', '--net', `--root=${inside}`, '/eniprobe', ...args], {
        env: { PATH: '', NODE_OPTIONS: '--require=/of/another/program.js' },
        encoding: 'utf8',
        timeout: 60_000,
      })
    const version = start('--version')
    if (/unshare failed|Operation not permitted/.test(version.stderr))
      return t.skip('needs namespaces: unshare --map-root-user --net')
    assert.deepEqual(
      [version.stderr, version.stdout],
      ['', spawnSync(process.execPath, [cliPath(), '--version']).stdout.toString()],
    )
    assert.match(start('--help').stdout, /^eniprobe - /)
    const again = start('diagnose', '/report.json', '--format', 'json')
    const byFile = spawnSync(process.execPath, [cliPath(), 'diagnose', recorded, '--format', 'json'], { encoding: 'utf8' })
    assert.equal(again.stderr, '')
    assert.ok(JSON.parse(again.stdout).findings.length > 0)
    assert.deepEqual(JSON.parse(again.stdout).findings, JSON.parse(byFile.stdout).findings)
    assert.equal(again.status, byFile.status)
    assert.equal(start('--no-such-option').status, 2)
  })

  test('observe and name a cause in the lab, and nothing where all is well', async t => {
    for (const [fault, cause] of [
      [undefined, undefined],
      [faults.interfaceEndpointMissing('logs'), 'interface-endpoint-missing'],
    ] as const) {
      const vpc = await vpcLab(t, fault)
      if (!vpc) return
      const ran = await vpc.run(['/usr/bin/env', '--unset=PATH', own, 'logs', 'sts', '--format', 'json'])
      const report = judgeRun({ ...ran, report: ran.stdout === '' ? undefined : JSON.parse(ran.stdout) })
      assert.equal(report.findings[0]?.causes[0]?.cause, cause, told(report.findings))
      // Signed calls are made: the SDK's parts load as well.
      assert.ok(report.targets.some(({ observations }) => observations.some(({ layer }) => layer === 'aws')))
      await vpc.stop()
    }
  })

  test(`${basename(pathOf('arm64'))} runs on its machine, or as one is played`, t => {
    const libraries = '/usr/aarch64-linux-gnu'
    const played = existsSync('/usr/bin/qemu-aarch64-static') && existsSync(join(libraries, 'lib', 'libstdc++.so.6'))
    if (process.arch !== 'arm64' && !played)
      return t.skip(
        'this machine runs no arm64 programs: qemu-user-static, libc6-arm64-cross and libstdc++6-arm64-cross are for that',
      )
    const before = process.arch === 'arm64' ? [] : ['/usr/bin/qemu-aarch64-static', '-L', libraries]
    for (const args of [['--version'], ['diagnose', recorded, '--format', 'json']]) {
      const [command = '', ...rest] = [...before, pathOf('arm64'), ...args]
      const ran = spawnSync(command, rest, { env: { PATH: '' }, encoding: 'utf8', timeout: 120_000 })
      const byFile = spawnSync(process.execPath, [cliPath(), ...args], { encoding: 'utf8' })
      assert.equal(ran.stdout, byFile.stdout, ran.stderr)
    }
  })
})

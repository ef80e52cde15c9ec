// What people paste is judged by the tools that would read it: bash, HashiCorp's parser, a YAML parser. cfn-lint and the AWS CLI
// judge in files of their own, as they are not installed everywhere.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { parse as parseHcl } from '@cdktf/hcl2json'
import { parse as parseYaml } from 'yaml'
import { shellWord } from '../../src/diagnose/remedies/shell.ts'
import { type CauseCode, causesByArea } from '../../src/model/cause.ts'
import { distinct, filled, hostile, type Pasted, pastedOf, runs } from './snippets.ts'
import { providerArguments } from './terraform-arguments.ts'

const all = runs().flatMap(([name, report]) => pastedOf(name, report))
const sound = distinct(all)
const spoiled = distinct(runs().flatMap(([name, report]) => pastedOf(`${name}, spoiled`, hostile(report))))
const shell = (pasted: readonly Pasted[]) => pasted.filter(({ kind }) => kind === 'cli' || kind === 'next')
const told = ({ cause, run, kind }: Pasted) => `${cause} (${kind}, ${run})`

/** Where no change of AWS configuration mends it, or none may be suggested unseen. */
const without: Partial<Record<CauseCode, string>> = {
  'endpoint-name-not-covered': 'the client asks by another name',
  'service-has-no-endpoint': 'a way out of a closed network is a decision, not a paste',
  'other-region': 'the client asks another region',
  'endpoint-not-ready': 'its state says what to do',
  'internet-not-reachable': 'a way out of a closed network is a decision, not a paste',
  'endpoint-zone-unreachable': 'its ACL, its route or its interface: the next step tells',
  'nothing-listens': 'on the target itself',
  'host-unreachable': 'a stale name, or a firewall of this machine',
  'address-family-mismatch': 'the client, or a redesign of the subnet',
  'path-mtu': 'a firewall or a tunnel on the way, not known which',
  'path-flaky': 'not known which of the paths',
  'session-policy-denies': 'whoever assumes the role passes it',
  'scp-denies': 'the administrators of the organization: a command for them',
  'rcp-denies': 'the administrators of the organization: a command for them',
  'resource-policy-denies': 'by service; for some none is known',
  'denied-unattributed': 'not known which policy',
  'instance-stopped': 'CloudFormation has no state of an instance',
  'database-stopped': 'CloudFormation has no state of a database',
  'service-has-no-running-task': 'the reason that its tasks stop comes first',
  'resource-missing': 'a name to correct',
}

describe('what people paste', () => {
  for (const cause of [...causesByArea.path, ...causesByArea.permission, ...causesByArea.resource])
    it(`${cause} is mended by command, Terraform and CloudFormation, or says why not`, () => {
      const kinds = new Set(all.filter(each => each.cause === cause && each.text !== '').map(({ kind }) => kind))
      if (without[cause] === undefined) assert.deepEqual([...kinds].sort(), ['cli', 'cloudformation', 'next', 'terraform'])
      else assert.ok(!kinds.has('cloudformation') || cause === 'resource-policy-denies', `${cause} has one after all`)
    })

  it('is a command that bash can read, whoever wrote the report', () => {
    for (const pasted of shell([...sound, ...spoiled])) {
      // A setting of a file, not a command.
      if (pasted.text.startsWith('deb ')) continue
      const read = spawnSync('bash', ['-n'], { input: pasted.text, encoding: 'utf8' })
      assert.equal(read.status, 0, `${told(pasted)}: ${read.stderr}\n${pasted.text}`)
    }
  })

  it('does nothing but what it says, though every text of the report is a stranger’s', () => {
    const place = mkdtempSync(join(tmpdir(), 'eniprobe-paste-'))
    const programs = join(place, 'programs')
    const here = join(place, 'here')
    mkdirSync(programs)
    try {
      for (const name of [
        'aws',
        'curl',
        'openssl',
        'dig',
        'touch',
        'grep',
        'getent',
        'ss',
        'sudo',
        'docker',
        'pip',
        'npm',
        'eniprobe',
        'head',
        'sort',
        'uniq',
        'seq',
        'ip',
        'date',
        'chronyc',
        'ethtool',
        'env',
        'conda',
        'dnf',
        'conda-pack',
        'apt-get',
        'apt-cache',
        'mkdir',
        'tar',
      ]) {
        writeFileSync(join(programs, name), name === 'touch' ? '#!/bin/sh\n: > "$1"\n' : '#!/bin/sh\nexit 0\n')
        chmodSync(join(programs, name), 0o755)
      }
      for (const pasted of shell(spoiled)) {
        mkdirSync(here)
        spawnSync('/bin/bash', ['-c', pasted.text], { cwd: here, env: { PATH: programs }, timeout: 10_000 })
        const made = readdirSync(here).filter(name => !/^(?:[a-z]+-)?(?:policy|boundary)\.json$/.test(name))
        assert.deepEqual(made, [], `${told(pasted)}: ${JSON.stringify(pasted.text)}`)
        assert.ok(!existsSync(join(place, 'PWNED')))
        rmSync(here, { recursive: true })
      }
    } finally {
      rmSync(place, { recursive: true, force: true })
    }
  })

  it('holds nothing that a terminal obeys', () => {
    for (const pasted of spoiled)
      assert.doesNotMatch(pasted.text.replaceAll('\n', ' '), /[\p{Cc}\p{Cf}\u2028\u2029]/u, told(pasted))
  })

  it('takes no option, file or URL from a report into a command of AWS', () => {
    for (const pasted of shell(spoiled)) assert.doesNotMatch(pasted.text, /aws [^\n']*(?:--endpoint-url|http:)/, told(pasted))
  })

  it('opens nothing to everybody', () => {
    for (const pasted of [...sound, ...spoiled].filter(({ kind }) => kind !== 'next'))
      assert.doesNotMatch(pasted.text, /0\.0\.0\.0\/0|::\/0/, told(pasted))
  })

  it('says of several targets each thing once', () => {
    for (const pasted of sound.filter(({ kind }) => kind === 'cli')) {
      const lines = pasted.text.split('\n')
      assert.deepEqual(lines, [...new Set(lines)], told(pasted))
    }
  })
})

describe('a word of a command', () => {
  it('is one word for a shell, whatever stands in it', () => {
    for (const text of ["it's", '$(x)', '`x`', 'a b', '*', '~', '=ls', '<vpc-id>', '!!', 'a\\', '"', '', "'", '$HOME', '#x']) {
      const ran = spawnSync('bash', ['-c', `printf '[%s]' ${shellWord(text)}`], { encoding: 'utf8' })
      assert.equal(ran.stdout, `[${text}]`)
    }
  })
})

describe('a snippet of Terraform', () => {
  for (const [what, pasted] of [
    ['of a run', sound],
    ['of a spoiled report', spoiled],
  ] as const)
    it(`${what} is read by HashiCorp's parser, and asks for resources and arguments that the provider has`, async () => {
      const written = pasted.filter(({ kind }) => kind === 'terraform')
      assert.ok(written.length > 20)
      for (const each of written) {
        const read = (await parseHcl('snippet.tf', each.text)) as Parsed
        const { resource = {}, data = {}, ...others } = read
        assert.deepEqual(Object.keys(others), [], told(each))
        for (const [type, blocks] of [...Object.entries(resource), ...Object.entries(data)])
          for (const [block] of Object.values(blocks)) {
            const known = providerArguments[type]
            assert.ok(known, `${told(each)}: no resource ${type}`)
            const unknown = Object.keys(block ?? {}).filter(name => !known.has.includes(name))
            assert.deepEqual(unknown, [], `${told(each)}: ${type}`)
            const lacking = known.needs.filter(name => block?.[name] === undefined)
            // A change of a resource that is there says only what changes.
            if (!each.text.includes('In the resource that makes')) assert.deepEqual(lacking, [], `${told(each)}: ${type}`)
          }
      }
    })
})

interface Parsed {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>>>
  readonly data?: Readonly<Record<string, Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>>>
}

describe('a snippet of CloudFormation', () => {
  it('holds resources of these types and no other, whoever wrote the report', () => {
    const types = (pasted: readonly Pasted[]) =>
      pasted
        .filter(({ kind }) => kind === 'cloudformation')
        .flatMap(each => {
          const read = parseYaml(each.text) as { Resources: Record<string, { Type: string }> }
          assert.deepEqual(Object.keys(read), ['Resources'], told(each))
          return Object.values(read.Resources).map(({ Type }) => Type)
        })
    const usual = new Set(types(sound))
    assert.ok(usual.size >= 10)
    assert.deepEqual(
      [...new Set(types(spoiled))].filter(type => !usual.has(type)),
      [],
    )
  })

  it('has a sample for every placeholder, so that judges can read it filled in', () => {
    for (const each of sound) assert.doesNotThrow(() => filled(each.text), told(each))
  })
})

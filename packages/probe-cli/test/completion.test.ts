// Completion as the shells themselves do it: each script is loaded by its shell and asked for words.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../src/main.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'eniprobe-completion-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function script(shell: string): string {
  const { stdout, status } = spawnSync(process.execPath, [main, 'completion', shell], { encoding: 'utf8' })
  assert.equal(status, 0)
  const file = join(folder, shell)
  writeFileSync(file, stdout)
  return file
}

function has(shell: string): string | false {
  return spawnSync(shell, ['-c', 'true']).status === 0 ? false : `${shell} is not on this machine`
}

const table: readonly (readonly [line: readonly string[], offered: string, notOffered: string])[] = [
  [[''], 'logs', '--region'],
  [['comp'], 'compare', 'logs'],
  [['--wa'], '--watch', '--region'],
  [['--for', 'sage'], 'sagemaker-studio', 'glue'],
  [['--format', 'j'], 'json', 'text'],
  [['explain', 'path-'], 'path-mtu', 'network-acl'],
  [['list', ''], 'workloads', 'logs'],
  [['logs', 'ecr'], 'ecr.api', 'kms'],
]

test('bash offers commands, options, their values, targets and causes', { skip: has('bash') }, () => {
  const file = script('bash')
  for (const [words, offered, notOffered] of table) {
    const line = ['eniprobe', ...words]
    const ask = `source ${file}; COMP_WORDS=(${line.map(word => `'${word}'`).join(' ')}); COMP_CWORD=${line.length - 1}; _eniprobe; printf '%s\\n' "\${COMPREPLY[@]}"`
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', ask], { encoding: 'utf8' })
    assert.equal(stderr, '')
    const replies = stdout.trim().split('\n')
    assert.ok(replies.includes(offered), `${words.join(' ')}: ${replies.slice(0, 5)}`)
    assert.ok(!replies.includes(notOffered), words.join(' '))
  }
})

test('zsh reads its script', { skip: has('zsh') }, () => {
  const { stderr, status } = spawnSync(
    'zsh',
    ['-f', '-c', `autoload -U compinit; compinit -D; source ${script('zsh')}; (( $+functions[_eniprobe] ))`],
    {
      encoding: 'utf8',
    },
  )
  assert.equal(status, 0, stderr)
})

test('fish offers commands, options, their values, targets and causes', { skip: has('fish') }, () => {
  const file = script('fish')
  for (const [words, offered, notOffered] of table) {
    const line = `eniprobe ${words.join(' ')}`
    const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', `source ${file}; complete -C '${line}'`], {
      encoding: 'utf8',
    })
    assert.equal(stderr, '')
    const replies = stdout.split('\n').map(reply => reply.split('\t')[0])
    assert.ok(replies.includes(offered), `${line}: ${replies.slice(0, 5)}`)
    assert.ok(!replies.includes(notOffered), line)
  }
})

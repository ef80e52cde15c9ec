// What the guide tells people to send, type and deploy, read by whoever reads it in earnest.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parse } from '@cdktf/hcl2json'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { transform } from 'esbuild'
import { parse as parseYaml } from 'yaml'
import { readInvocation } from '../../src/invocation.ts'

const root = new URL('../../../../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const guide = read('docs/guide/lambda.md')

function blocksOf(text: string, kind: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${kind}\\n(.*?)\\n\`\`\`$`, 'gms'))].map(([, block = '']) => block)
}

const schema = JSON.parse(read('packages/probe-lambda/schema/event.schema.json'))
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)

test('the schema, the guide and the function agree on the fields of an event', () => {
  const [full = '', fleet = ''] = blocksOf(guide, 'json')
  const event = JSON.parse(full)
  assert.deepEqual(Object.keys(event), Object.keys(schema.properties))
  for (const one of [
    event,
    JSON.parse(fleet).event,
    JSON.parse(blocksOf(read('packages/probe-lambda/README.md'), 'json')[0] ?? ''),
  ]) {
    assert.ok(validate(one), JSON.stringify(validate.errors))
    readInvocation(one, {}).request()
  }
  assert.throws(
    () => readInvocation({ xxxxxxxxx: 1 }, {}).request(),
    ({ hint }: { hint: string }) => isSame(hint.replace('known are ', '').split(', '), Object.keys(schema.properties)),
  )
  for (const name of Object.keys(schema.properties)) assert.ok(!validate({ [name]: {} }) || name === 'publish', name)
  for (const wrong of [{ tragets: [] }, { publish: { s3: 'b' } }, { deadlineMs: 0 }, { sign: 'maybe' }]) {
    assert.ok(!validate(wrong))
    assert.throws(() => readInvocation(wrong, {}).request())
  }
})

const isSame = (a: readonly string[], b: readonly string[]) => [...a].sort().join() === [...b].sort().join()

test('the snippets are YAML, Terraform and TypeScript', async () => {
  const function_ = parseYaml(blocksOf(guide, 'yaml')[0] ?? '').Resources.Probe.Properties
  assert.equal(function_.Handler, 'index.handler')
  readInvocation(JSON.parse(function_.Events.Again.Properties.Input), {}).request()
  const { module } = (await parse('main.tf', blocksOf(guide, 'hcl')[0] ?? '')) as { module: { eniprobe: object[] } }
  const variables = (await parse('v.tf', read('packages/probe-lambda/templates/terraform/variables.tf'))) as { variable: object }
  const given = Object.keys(module.eniprobe[0] ?? {}).filter(name => name !== 'source')
  assert.deepEqual(
    given.filter(name => !Object.hasOwn(variables.variable, name)),
    [],
  )
  await transform(`class A extends B { constructor() { super(); ${blocksOf(guide, 'ts')[0]} } }`, { loader: 'ts' })
})

/** The commands of the AWS CLI that are calls of the API, held against botocore's own description of it. */
const checkCalls = `
import json, sys, botocore.session
from botocore import xform_name
session = botocore.session.get_session()
for words in json.load(sys.stdin):
    service, command, *rest = words
    model = session.get_service_model(service)
    operations = {xform_name(name, '-'): name for name in model.operation_names}
    members = model.operation_model(operations[command]).input_shape.members
    known = {xform_name(name, '-') for name in members} | {'cli-binary-format'}
    stray = [word for word in rest if word.startswith('--') and word[2:] not in known]
    if stray: sys.exit(f'{service} {command}: {stray}')
`

test('the commands for the AWS CLI are words that a shell and the API know', t => {
  const lines = blocksOf(guide, 'sh').flatMap(block => block.replace(/\\\n\s*/g, ' ').split('\n'))
  const commands = lines.filter(line => line.startsWith('aws ')).map(line => line.slice(4).split(/\s+/))
  assert.ok(commands.length >= 9)
  assert.equal(spawnSync('sh', ['-n', '-c', lines.join('\n')]).status, 0)
  const deployed = commands.filter(([service, command]) => service === 'cloudformation' && command === 'deploy')
  for (const words of deployed) {
    const template = words[words.indexOf('--template-file') + 1] ?? ''
    const text = readFileSync(fileURLToPath(new URL(`packages/probe-lambda/templates/${template}`, root)), 'utf8')
    const names = words.slice(words.indexOf('--parameter-overrides') + 1).flatMap(word => /^'?(\w+)=/.exec(word)?.[1] ?? [])
    for (const name of names) assert.match(text, new RegExp(`^  ${name}:$`, 'm'), `${template} has the parameter ${name}`)
  }
  const calls = commands.filter(([service, command]) => service !== 's3' && command !== 'deploy')
  if (spawnSync('python3', ['-c', 'import botocore']).status !== 0) return t.skip('botocore is not installed')
  const done = spawnSync('python3', ['-c', checkCalls], { input: JSON.stringify(calls), encoding: 'utf8' })
  assert.equal(done.status, 0, done.stderr)
})

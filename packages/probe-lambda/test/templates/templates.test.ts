// The templates as the tools of others read them: cfn-lint, a validator of the Amazon States Language, HashiCorp's own parser.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parse } from '@cdktf/hcl2json'
import { type CollectionTag, parse as parseYaml, type ScalarTag } from 'yaml'
import { readInvocation } from '../../src/invocation.ts'

/** It comes without types. */
const validateStates = createRequire(import.meta.url)('asl-validator') as (
  machine: unknown,
  options?: { readonly checkPaths: boolean; readonly checkArn: boolean },
) => { readonly isValid: boolean; errorsText(separator: string): string }

const folder = fileURLToPath(new URL('../../../templates/', import.meta.url))
const templates = readdirSync(folder).filter(name => name.endsWith('.yaml'))

/** CloudFormation's short forms, each as its long form. */
const names = ['Ref', 'Sub', 'GetAtt', 'If', 'Not', 'Equals', 'Join', 'Or', 'And', 'Select', 'Split']
const customTags = names.flatMap((name): (ScalarTag | CollectionTag)[] => [
  { tag: `!${name}`, resolve: (value: string) => ({ [name]: value }) },
  { tag: `!${name}`, collection: 'seq', resolve: seq => ({ [name]: seq }) },
])
// biome-ignore lint/suspicious/noExplicitAny: a template is whatever CloudFormation takes
const read = (name: string): any => parseYaml(readFileSync(join(folder, name), 'utf8'), { customTags })

test('cfn-lint has nothing to say about any template', t => {
  const done = spawnSync('cfn-lint', ['--', ...templates.map(name => join(folder, name))], { encoding: 'utf8' })
  if (done.error !== undefined) return t.skip('cfn-lint is not installed')
  assert.equal(`${done.stdout}${done.stderr}`, '')
  assert.ok(templates.length >= 3)
})

test('the state machine of the fleet is valid Amazon States Language', () => {
  const { Definition } = read('fleet.yaml').Resources.Machine.Properties
  const { isValid, errorsText } = validateStates(Definition, { checkPaths: true, checkArn: true })
  assert.ok(isValid, errorsText('\n'))
  const broken = { ...Definition, StartAt: 'Nowhere' }
  assert.ok(!validateStates(broken).isValid, 'the validator can say no')
})

test('every event that a template sends or sets is one that the function reads', () => {
  const properties = read('probe.yaml').Resources
  const settings = read('probe.yaml').Parameters
  const { Input } = properties.ScheduleRule.Properties.Targets[0]
  const sent = JSON.parse(JSON.stringify(Input)).Sub[0] as string
  for (const place of ['', ',"s3":"s3://reports/eniprobe"']) {
    const env = { ENIPROBE_TARGETS: settings.Targets.Default, ENIPROBE_EVENT: settings.Event.Default }
    const request = readInvocation(JSON.parse(sent.replace(/\$\{Place\}/, place)), env).request()
    assert.deepEqual(request.options.targets, ['sts', 's3', 'logs'])
    assert.ok(request.publish.metrics)
  }
  const fleet = read('fleet.yaml')
  const { event } = JSON.parse(fleet.Parameters.ScheduleInput.Default)
  const { fit } = fleet.Resources.Machine.Properties.Definition.States.EveryPlace.ItemSelector
  assert.equal(readInvocation({ ...event, ...fit }, {}).request().answerBytes, 240_000)
})

test('a role may do on its own account no more than stand on its interface and write its log', () => {
  const [policy] = read('probe.yaml').Resources.Role.Properties.Policies
  const statements = policy.PolicyDocument.Statement as { Effect: string; Action: string | string[]; Resource: unknown }[]
  const allowed = statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action)
  assert.deepEqual(
    allowed.filter(
      action => !/^(ec2:\w*(NetworkInterfaces?|PrivateIpAddresses|Subnets)|logs:(CreateLogStream|PutLogEvents))$/.test(action),
    ),
    [],
  )
})

test('the Terraform module is read by HashiCorp’s parser, and says what the template says', async () => {
  const files = readdirSync(join(folder, 'terraform')).filter(name => name.endsWith('.tf'))
  const parsed = await Promise.all(files.map(name => parse(name, readFileSync(join(folder, 'terraform', name), 'utf8'))))
  // biome-ignore lint/suspicious/noExplicitAny: whatever the parser gives
  const module: any = Object.assign({}, ...parsed)
  const [lambda] = module.resource.aws_lambda_function.probe
  const template = read('probe.yaml').Resources.Probe.Properties
  assert.deepEqual(
    [lambda.handler, lambda.memory_size, lambda.timeout],
    [template.Handler, template.MemorySize, template.Timeout],
  )
  const used = [
    ...JSON.stringify(module.resource)
      .concat(JSON.stringify(module.locals), JSON.stringify(module.data))
      .matchAll(/\bvar\.(\w+)/g),
  ]
  assert.deepEqual(
    [...new Set(used.map(([, name]) => name))].sort(),
    Object.keys(module.variable).sort(),
    'no variable without a use',
  )
  await assert.rejects(parse('main.tf', 'resource "a" {'), 'the parser can say no')
})

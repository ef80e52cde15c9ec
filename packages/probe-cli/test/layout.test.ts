import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foldCommand, separateCommands } from '../src/render/command-lines.ts'
import { cutMiddleTo, cutTo, widthOf, wrap } from '../src/render/layout.ts'

test('a folded command is the same command to a shell', () => {
  const command = `aws ec2 describe-vpc-endpoints --region eu-west-1 --filters Name=vpc-id,Values=vpc-1 --query 'a --b c' --output "x --y" --no-cli-pager`
  const folded = foldCommand(command, 40)
  assert.ok(folded.length > 3)
  assert.equal(folded.join('\n').replaceAll(/ \\\n {2}/g, ' '), command)
  assert.ok(folded.some(line => line.includes("--query 'a --b c'")))
})

test('an option too long for a line is broken between its values, never after its name', () => {
  const command = `aws ec2 describe-vpc-endpoints --filters Name=vpc-id,Values=vpc-0b1c2d3e4f5061728 Name=service-name,Values=com.amazonaws.logs`
  const folded = foldCommand(command, 60)
  assert.equal(folded.join('\n').replaceAll(/ \\\n {2}/g, ' '), command)
  assert.ok(
    folded.every(line => line.length <= 60 && !/--filters \\$/.test(line)),
    folded.join('\n'),
  )
})

test('commands on one line stand on lines of their own, unless they belong together', () => {
  assert.deepEqual(separateCommands(`dig a; dig b; echo 'x; y'`), ['dig a', 'dig b', `echo 'x; y'`])
  for (const one of ['for f in *; do echo; done', '# a; b', 'f() { a; b; }']) assert.deepEqual(separateCommands(one), [one])
})

test('a command that fits, a comment and a pipe are left as they are', () => {
  for (const text of ['aws sts get-caller-identity', `# ${'a --b '.repeat(20)}`, `cat a --b | grep ${'--c '.repeat(20)}`]) {
    assert.deepEqual(foldCommand(text, 40), [text])
  }
})

test('wide letters count as two columns wherever text is cut or broken', () => {
  assert.equal(widthOf(cutTo('日本語の名前', 7)), 7)
  assert.equal(cutTo('日本語の名前', 12), '日本語の名前')
  assert.ok(wrap('区画の外へは何も届きません。'.repeat(4), 20).every(line => widthOf(line) <= 20))
})

test('colours and marks take no column', () => {
  assert.equal(widthOf('\u001b[1mbold\u001b[22m'), 4)
  assert.equal(widthOf('e\u0301'), 1)
})

test('a long name loses its middle, not its port', () => {
  assert.equal(cutMiddleTo('tcp://orders-db.internal:5432', 20), 'tcp://orders-…l:5432')
  assert.equal(cutMiddleTo('logs', 20), 'logs')
})

test('words that somebody will copy are never broken', () => {
  const arn = `arn:aws:iam::123456789012:role/${'a'.repeat(60)}`
  assert.ok(wrap(`the role ${arn} is denied`, 40).includes(arn))
})

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

test('a Japanese line begins with no closing mark and ends with no opening one', () => {
  const text =
    'このサブネット（subnet-0c1d2e3f405162738）のルートテーブルに、「ゲートウェイ型 VPC エンドポイント」を関連付けてください。' +
    'データベースは、TCP 5432 で 3 回（5 秒）無応答です（例: s3://BUCKET）。っっーー'
  for (let width = 20; width <= 120; width += 1) {
    const lines = wrap(text, width)
    assert.ok(
      lines.every(line => !/^[、。）」』ーっ]/.test(line) && !/[（「『]$/.test(line)),
      lines.join('\n'),
    )
    assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''))
  }
})

test('Japanese is broken before a word and its particles, a number stays with what it counts', () => {
  assert.deepEqual(wrap('インターフェイスのセキュリティグループを確認します', 38), [
    'インターフェイスの',
    'セキュリティグループを確認します',
  ])
  assert.deepEqual(wrap('boto3 は 3 回試しました', 16), ['boto3 は', '3 回試しました'])
  assert.deepEqual(wrap('サーバー db.internal の応答', 22), ['サーバー', 'db.internal の応答'])
})

test('what does not fit into a line at all is broken wherever that is allowed', () => {
  const lines = wrap('セキュリティグループ'.repeat(5), 24)
  assert.ok(lines.every(line => widthOf(line) <= 24 && !/^[ーィュ]/.test(line)))
})

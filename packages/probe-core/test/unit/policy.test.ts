// A policy against one request: what is understood decides, what is not is unknown.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { evaluatePolicy, isLike, type PolicyRequest } from '../../src/diagnose/policy/evaluate.ts'

const request: PolicyRequest = {
  action: 's3:ListBucket',
  resource: 'arn:aws:s3:::data',
  principal: 'arn:aws:sts::123456789012:assumed-role/app/session',
  context: { 'aws:sourcevpce': 'vpce-1', 'aws:securetransport': 'true', 'aws:sourceip': null },
}
const allow = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }
const of = (...statements: object[]) =>
  evaluatePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), request).is

describe('a policy', () => {
  it('denies by an explicit statement, whatever allows, and names it', () => {
    const deny = {
      Sid: 'OnlyOurs',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-9' } },
    }
    const verdict = evaluatePolicy(JSON.stringify({ Statement: [allow, deny] }), request)
    assert.ok(verdict.is === 'deny')
    assert.equal(verdict.statement.sid, 'OnlyOurs')
    assert.match(verdict.statement.condition ?? '', /aws:SourceVpce.*vpce-9/)
  })

  const cases: readonly [string, object, string][] = [
    ['of another action', { ...allow, Action: 's3:GetObject' }, 'nothing'],
    ['of an action by wildcard and in any case', { ...allow, Action: ['S3:list*'] }, 'allow'],
    ['of all but this action', { ...allow, Action: undefined, NotAction: 's3:ListBucket' }, 'nothing'],
    ['on another resource', { ...allow, Resource: 'arn:aws:s3:::other' }, 'nothing'],
    ['on this resource by wildcard', { ...allow, Resource: ['arn:aws:s3:::d?t*'] }, 'allow'],
    ['on a resource with a variable', { ...allow, Resource: `arn:aws:s3:::\${aws:username}` }, 'unknown'],
    ['for our account', { ...allow, Principal: { AWS: '123456789012' } }, 'allow'],
    ['for our role', { ...allow, Principal: { AWS: ['arn:aws:iam::123456789012:role/path/app'] } }, 'allow'],
    ['for another role', { ...allow, Principal: { AWS: 'arn:aws:iam::123456789012:role/other' } }, 'nothing'],
    ['for another account', { ...allow, Principal: { AWS: 'arn:aws:iam::999999999999:root' } }, 'nothing'],
    ['for a service', { ...allow, Principal: { Service: 'logs.amazonaws.com' } }, 'nothing'],
    ['for a principal that is gone', { ...allow, Principal: { AWS: 'AROAEXAMPLEEXAMPLE123' } }, 'unknown'],
    ['for all but some', { ...allow, Principal: undefined, NotPrincipal: { AWS: '*' } }, 'unknown'],
    [
      'under a condition that holds',
      { ...allow, Condition: { StringEquals: { 'AWS:SourceVpce': ['vpce-0', 'vpce-1'] } } },
      'allow',
    ],
    ['under one that does not', { ...allow, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-2' } } }, 'nothing'],
    [
      'under one on a key that is certainly absent',
      { ...allow, Condition: { StringEquals: { 'aws:SourceIp': '1.2.3.4' } } },
      'nothing',
    ],
    [
      'under one that lets an absent key pass',
      { ...allow, Condition: { StringEqualsIfExists: { 'aws:SourceIp': '1.2.3.4' } } },
      'allow',
    ],
    ['under one that wants the key absent', { ...allow, Condition: { Null: { 'aws:SourceIp': 'true' } } }, 'allow'],
    [
      'under one on a key that is not known here',
      { ...allow, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
      'unknown',
    ],
    ['under an operator that is not known', { ...allow, Condition: { NumericLessThan: { 'aws:SourceVpce': '1' } } }, 'unknown'],
    ['under a set operator', { ...allow, Condition: { 'ForAnyValue:StringEquals': { 'aws:SourceVpce': 'vpce-1' } } }, 'unknown'],
    [
      'under two, of which one fails',
      {
        ...allow,
        Condition: {
          Bool: { 'aws:SecureTransport': true },
          StringEquals: { 'aws:SourceVpce': 'vpce-2', 'aws:PrincipalOrgID': 'o-1' },
        },
      },
      'nothing',
    ],
  ]
  for (const [name, statement, is] of cases) it(`that allows ${name}: ${is}`, () => assert.equal(of(statement), is))

  it('that may deny is unknown, though another statement allows', () => {
    assert.equal(of(allow, { ...allow, Effect: 'Deny', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }), 'unknown')
  })

  it('that is no policy is unknown', () => {
    for (const text of ['', '{', '[]', '{"Statement": 3}', '{"Statement":[null]}', `{"Statement":[${'1,'.repeat(9)}1]}`])
      assert.equal(evaluatePolicy(text, request).is, 'unknown')
  })

  it('of strangers is cut and cleaned where it is quoted, and no pattern of theirs takes long', () => {
    const verdict = evaluatePolicy(
      JSON.stringify({ Statement: { ...allow, Effect: 'Deny', Sid: `\u001b[31m${'x'.repeat(500)}` } }),
      request,
    )
    assert.ok(verdict.is === 'deny')
    assert.ok(verdict.statement.sid.length <= 101 && !verdict.statement.sid.includes('\u001b'))
    assert.equal(isLike('a'.repeat(2000), `${'*a'.repeat(200)}b`), false)
  })
})

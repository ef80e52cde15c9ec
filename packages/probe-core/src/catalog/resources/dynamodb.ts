// A table: looked at, one item that is not there asked for by its key, and a put whose condition contradicts itself, so that it can
// never be met. Both need the names of the key, which the first call tells.

import { isRecord } from '../../model/json.ts'
import { json } from '../noop-rows.ts'
import { arnOf, type Known, type NamedResource, noName, type ResourceStep, readArn, readJson, textOf } from './resource.ts'

const target = 'DynamoDB_20120810'
const noTable = [{ code: 'ResourceNotFoundException' }]
/** The type of a key: string, number, binary. */
const values: Readonly<Record<string, string>> = { S: noName, N: '0', B: btoa(noName) }

export function dynamodbSteps(named: NamedResource): readonly ResourceStep[] {
  const TableName = named.name
  const resource = readArn(named.name) === undefined ? arnOf(named, 'dynamodb', `table/${named.name}`) : named.name
  const on = (action: string) => ({ action, signingName: 'dynamodb', permissions: [{ action, resource }], missing: noTable })
  return [
    {
      ...on('dynamodb:DescribeTable'),
      kind: 'read',
      purpose: 'look',
      evidence: 'documented',
      request: () => json(`${target}.DescribeTable`, { TableName }, '1.0'),
      learn: ({ body }) => readKeySchema(body),
    },
    {
      ...on('dynamodb:GetItem'),
      kind: 'read',
      purpose: 'use',
      evidence: 'documented',
      unclear: [{ code: 'ValidationException' }],
      request: known => {
        const Key = keyOf(known)
        if (Key === undefined) return undefined
        const [name = ''] = Object.keys(Key)
        const names = { '#k': name }
        return json(`${target}.GetItem`, { TableName, Key, ProjectionExpression: '#k', ExpressionAttributeNames: names }, '1.0')
      },
    },
    {
      ...on('dynamodb:PutItem'),
      kind: 'write',
      purpose: 'use',
      evidence: 'recorded',
      allowed: [{ code: 'ConditionalCheckFailedException' }],
      unclear: [{ code: 'ValidationException' }],
      request: known => {
        const Item = keyOf(known)
        if (Item === undefined) return undefined
        const [name = ''] = Object.keys(Item)
        return json(
          `${target}.PutItem`,
          {
            TableName,
            Item,
            ConditionExpression: 'attribute_exists(#k) AND attribute_not_exists(#k)',
            ExpressionAttributeNames: { '#k': name },
          },
          '1.0',
        )
      },
    },
  ]
}

/** Kept as `key: name type name type`: names of attributes hold anything, so they are JSON. */
function readKeySchema(body: string): Known {
  const table = readJson(body).Table
  if (!isRecord(table) || !Array.isArray(table.KeySchema) || !Array.isArray(table.AttributeDefinitions)) return {}
  const types = new Map<string, string>()
  for (const each of table.AttributeDefinitions as unknown[]) {
    if (!isRecord(each)) continue
    const name = textOf(each, 'AttributeName', 300)
    const type = textOf(each, 'AttributeType', 1)
    if (name !== undefined && type !== undefined) types.set(name, type)
  }
  const keys: [string, string][] = []
  for (const each of table.KeySchema as unknown[]) {
    const name = isRecord(each) ? textOf(each, 'AttributeName', 300) : undefined
    const type = name === undefined ? undefined : types.get(name)
    if (name === undefined || type === undefined || values[type] === undefined) return {}
    keys.push([name, type])
  }
  const state = textOf(table, 'TableStatus', 40)
  return { ...(keys.length > 0 && { key: JSON.stringify(keys) }), ...(state !== undefined && { state }) }
}

function keyOf(known: Known): Readonly<Record<string, Readonly<Record<string, string>>>> | undefined {
  if (known.key === undefined) return undefined
  const keys = JSON.parse(known.key) as [string, string][]
  return Object.fromEntries(keys.map(([name, type]) => [name, { [type]: values[type] ?? '' }]))
}

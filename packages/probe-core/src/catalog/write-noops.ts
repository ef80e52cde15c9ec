// Calls that would write and cannot: dry runs, and writes on names that cannot exist. Only those whose answer to an authorised caller
// is documented or was recorded against AWS; a validation error that may come before authorisation is not among them.

import { ec2Query, json, type NoopCall, query, rest, write } from './noop-rows.ts'

export const makeWriteRows = (): readonly NoopCall[] => [
  write(
    'ec2',
    'ec2:CreateTags',
    'ec2',
    ec2Query('CreateTags', '2016-11-15', {
      DryRun: 'true',
      'ResourceId.1': 'vpc-00000000000000000',
      'Tag.1.Key': 'eniprobe',
      'Tag.1.Value': '1',
    }),
    { allowedCodes: ['DryRunOperation'] },
  ),
  write(
    'logs',
    'logs:PutLogEvents',
    'logs',
    json('Logs_20140328.PutLogEvents', {
      logGroupName: 'eniprobe-does-not-exist',
      logStreamName: 'eniprobe-does-not-exist',
      logEvents: [{ timestamp: 0, message: 'eniprobe' }],
    }),
    { allowedCodes: ['ResourceNotFoundException'], evidence: 'recorded' },
  ),
  write(
    'logs',
    'logs:CreateLogStream',
    'logs',
    json('Logs_20140328.CreateLogStream', { logGroupName: 'eniprobe-does-not-exist', logStreamName: 'eniprobe-does-not-exist' }),
    { allowedCodes: ['ResourceNotFoundException'], evidence: 'recorded' },
  ),
  write(
    'monitoring',
    'cloudwatch:SetAlarmState',
    'monitoring',
    query('SetAlarmState', '2010-08-01', { AlarmName: 'eniprobe-does-not-exist', StateValue: 'OK', StateReason: 'eniprobe' }),
    { allowedCodes: ['ResourceNotFound'], evidence: 'recorded' },
  ),
  write(
    'sagemaker.runtime',
    'sagemaker:InvokeEndpoint',
    'sagemaker',
    rest('POST', '/endpoints/eniprobe-does-not-exist/invocations', 'x'),
    { allowedCodes: ['ValidationError'], evidence: 'field' },
  ),
  write(
    'secretsmanager',
    'secretsmanager:UpdateSecretVersionStage',
    'secretsmanager',
    json('secretsmanager.UpdateSecretVersionStage', { SecretId: 'eniprobe-does-not-exist', VersionStage: 'eniprobe' }),
    { allowedCodes: ['ResourceNotFoundException'], evidence: 'recorded' },
  ),
  write(
    'secretsmanager',
    'secretsmanager:PutSecretValue',
    'secretsmanager',
    json('secretsmanager.PutSecretValue', {
      SecretId: 'eniprobe-does-not-exist',
      SecretString: 'x',
      ClientRequestToken: 'c4ec8cce-7252-40ee-b041-11fd5939572b',
    }),
    { allowedCodes: ['ResourceNotFoundException'], evidence: 'recorded' },
  ),
]

// What `npm start` shows: a closed VPC with five faults at once, and the real CLI inside it. Where namespaces are not
// allowed it diagnoses a recorded report instead. Ends with 0 either way: the findings are the point.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as faults from './faults/index.ts'
import { cliPath, LabUnavailable, raiseVpc } from './world/vpc.ts'

const broken = faults.combine(
  faults.interfaceEndpointMissing('logs'),
  faults.gatewayEndpointMissing('s3'),
  faults.endpointSecurityGroup('kms'),
  faults.identityPolicyDenies('secretsmanager:*'),
)
const targets = ['sts', 'logs', 's3', 'kms', 'secretsmanager', 'tcp://db.internal:5432', 'pip']
const words =
  'no endpoint for logs, no gateway endpoint for S3, the security group of the KMS endpoint closed, a policy that denies Secrets Manager, pypi.org out of reach'

const colour = process.stdout.isTTY && !process.env.NO_COLOR
const terminal = {
  ...(colour ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
  ...(process.stdout.columns ? { COLUMNS: String(process.stdout.columns) } : {}),
}

try {
  await show()
} catch (error) {
  if (!(error instanceof LabUnavailable)) throw error
  showRecorded(error.message)
}

async function show(): Promise<void> {
  const vpc = await raiseVpc(broken)
  try {
    process.stdout.write(`A closed VPC in Linux namespaces (filters: ${vpc.backend}; AWS answers: ${vpc.aws}): ${words}.\n`)
    process.stdout.write(`$ eniprobe ${targets.join(' ')}\n\n`)
    const ran = await vpc.run([process.execPath, cliPath(), ...targets], { env: terminal })
    process.stdout.write(ran.stdout)
    if (ran.status !== 0 && ran.status !== 1) throw new Error(`eniprobe ended with ${ran.status}: ${ran.stderr}`)
  } finally {
    await vpc.stop()
  }
}

function showRecorded(reason: string): void {
  const recorded = fileURLToPath(new URL('../../recorded/closed-vpc.json', import.meta.url))
  process.stdout.write(`No VPC can be raised here (${reason}); this is a recorded one: ${words}.\n`)
  process.stdout.write('$ eniprobe diagnose packages/probe-lab/recorded/closed-vpc.json\n\n')
  if (!existsSync(recorded)) throw new Error(`${recorded} is missing`)
  const done = spawnSync(process.execPath, [cliPath(), 'diagnose', recorded], {
    encoding: 'utf8',
    env: { ...process.env, ...terminal },
  })
  process.stdout.write(done.stdout)
  if (done.status !== 0 && done.status !== 1) throw new Error(`eniprobe ended with ${done.status}: ${done.stderr}`)
}

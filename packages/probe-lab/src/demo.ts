// What `npm start` shows: a closed VPC with five faults at once, and the real CLI inside it. Where namespaces are not
// allowed it diagnoses a recorded report instead. Ends with 0 either way: the findings are the point.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { closedVpc } from './scenarios.ts'
import { cliPath, LabUnavailable, raiseVpc } from './world/vpc.ts'

const { fault, args } = closedVpc
/** As eniprobe reads it: of these the first that is set to something decides. */
const localeVariables = ['LC_ALL', 'LC_MESSAGES', 'LANG']
const locale = localeVariables.map(name => process.env[name]).find(value => value)
const language = /^ja(?:$|[_.@-])/i.test(locale ?? '') ? 'ja' : 'en'
const words = {
  en: 'no endpoint for logs, no gateway endpoint for S3, the security group of the KMS endpoint closed, a policy that denies Secrets Manager, pypi.org out of reach',
  ja: 'logs のエンドポイントなし、S3 のゲートウェイ型エンドポイントなし、KMS のエンドポイントのセキュリティグループが閉じている、Secrets Manager を拒否するポリシーあり、pypi.org に届かない',
}[language]

const colour = process.stdout.isTTY && !process.env.NO_COLOR
const terminal = {
  LANG: language,
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
  const vpc = await raiseVpc(fault)
  try {
    say(
      language === 'ja'
        ? `Linux の名前空間に作った閉域 VPC です（フィルター: ${vpc.backend}、AWS の応答: ${vpc.aws}）。${words}。`
        : `A closed VPC in Linux namespaces (filters: ${vpc.backend}; AWS answers: ${vpc.aws}): ${words}.`,
    )
    process.stdout.write(`$ eniprobe ${args.join(' ')}\n\n`)
    const ran = await vpc.run([process.execPath, cliPath(), ...args], { env: terminal })
    process.stdout.write(ran.stdout)
    requireFindings(ran)
  } finally {
    await vpc.stop()
  }
}

function showRecorded(reason: string): void {
  const recorded = fileURLToPath(new URL('../../recorded/closed-vpc/report.json', import.meta.url))
  say(
    language === 'ja'
      ? `ここでは VPC を作れません（${reason}）。記録済みの実行結果です。${words}。`
      : `No VPC can be raised here (${reason}); this is a recorded one: ${words}.`,
  )
  process.stdout.write('$ eniprobe diagnose packages/probe-lab/recorded/closed-vpc/report.json\n\n')
  if (!existsSync(recorded)) throw new Error(`${recorded} is missing`)
  const done = spawnSync(process.execPath, [cliPath(), 'diagnose', recorded], {
    encoding: 'utf8',
    env: { ...process.env, ...terminal },
  })
  process.stdout.write(done.stdout)
  requireFindings(done)
}

/** In lines that end between words. */
function say(text: string): void {
  const width = Math.max(40, Math.min(100, process.stdout.columns || 100))
  process.stdout.write(`${text.replace(new RegExp(`(.{1,${width}})(?: |$)`, 'g'), '$1\n')}`)
}

/** 0 and 1 are judgements; a crash of Node is 1 as well, and prints nothing. */
function requireFindings({ status, stdout, stderr }: { status: number | null; stdout: string; stderr: string }): void {
  if ((status !== 0 && status !== 1) || stdout === '') throw new Error(`eniprobe ended with ${status}: ${stderr}`)
}

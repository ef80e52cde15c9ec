// Credentials from the program that a profile names in `credential_process`. The SDK's own provider waits for it for ever;
// this one ends it with the deadline, and it cannot hold our process.

import { spawn } from 'node:child_process'
import { remark } from '../../catalog/remarks.ts'
import type { ProbeContext } from '../context.ts'
import type { LinkResult } from '../credentials.ts'

const maxBytes = 64 * 1024

/**
 * Runs the command line in a shell, as every SDK does, and reads the JSON that it prints. What it writes to stderr is not kept.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export function findProcessCredentials(
  command: string,
  env: NodeJS.ProcessEnv,
  { deadline }: Pick<ProbeContext, 'deadline'>,
): Promise<LinkResult> {
  return new Promise(resolve => {
    const child = spawn(command, { shell: true, env, stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true })
    const chunks: Buffer[] = []
    let size = 0
    const finish = (result: LinkResult) => {
      deadline.signal.removeEventListener('abort', stop)
      child.kill('SIGKILL')
      child.stdout.destroy()
      child.unref()
      resolve(result)
    }
    const stop = () => finish({ why: remark('processTooLate', {}) })
    deadline.signal.addEventListener('abort', stop, { once: true })
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      if (size > maxBytes) finish({ why: remark('processTooMuch', {}) })
    })
    child.on('error', error =>
      finish({ why: remark('processCannotRun', { code: (error as NodeJS.ErrnoException).code ?? 'unknown' }) }),
    )
    child.on('close', status => {
      finish(
        status === 0
          ? readPrinted(Buffer.concat(chunks).toString('utf8'))
          : // The shell's own word for a program that is not there or cannot be run; else our shell may read the line unlike botocore.
            { why: remark('processStatus', { status: String(status) }), stops: isNoProgram(status) ? 'certain' : 'likely' },
      )
    })
  })
}

function isNoProgram(status: number | null): boolean {
  return status === 126 || status === 127
}

function readPrinted(text: string): LinkResult {
  let printed: Readonly<Record<string, unknown>>
  try {
    printed = Object(JSON.parse(text))
  } catch {
    return { why: remark('processNoJson', {}), stops: 'likely' }
  }
  const { Version, AccessKeyId, SecretAccessKey, SessionToken, Expiration } = printed
  if (Version !== 1) return { why: remark('processVersion', {}), stops: 'likely' }
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string')
    return { why: remark('processNoKeys', {}), stops: 'likely' }
  const expiration = typeof Expiration === 'string' ? new Date(Expiration) : undefined
  const isDate = expiration !== undefined && !Number.isNaN(expiration.getTime())
  if (isDate && expiration.getTime() < Date.now()) return { why: remark('processExpired', {}), stops: 'likely' }
  return {
    credentials: {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      ...(typeof SessionToken === 'string' && { sessionToken: SessionToken }),
      ...(isDate && { expiration }),
    },
  }
}

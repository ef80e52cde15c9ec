// Where container credentials are served (ECS, EKS Pod Identity, SageMaker, CloudShell, CodeBuild), and with which token.
// It asks nobody.

import { readFile } from 'node:fs/promises'
import { remark } from '../../catalog/remarks.ts'
import { findObstacle } from '../file-systems.ts'

/** Plain HTTP to these only, as the SDKs have it; anything else must be HTTPS, or a token would leave the host in clear. */
const plainHttpHosts = ['169.254.170.2', '169.254.170.23', '[fd00:ec2::23]', 'localhost', '[::1]']

interface ContainerCredentialsUri {
  readonly url: string
  /** Host and port, for the report: the path may identify the credentials. */
  readonly address: string
  /** The variable it came from. */
  readonly from: 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI' | 'AWS_CONTAINER_CREDENTIALS_FULL_URI'
  readonly token?: string
  /** Why it cannot be asked. */
  readonly problem?: string
}

/**
 * Undefined when this environment offers none. The relative URI wins when both are set.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export async function readContainerCredentialsUri(env: NodeJS.ProcessEnv): Promise<ContainerCredentialsUri | undefined> {
  const relative = env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI
  const full = env.AWS_CONTAINER_CREDENTIALS_FULL_URI
  if (!relative && !full) return undefined
  const from = relative ? 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI' : 'AWS_CONTAINER_CREDENTIALS_FULL_URI'
  const url = relative ? `http://169.254.170.2${relative}` : (full ?? '')
  if (!URL.canParse(url)) return { url, address: '', from, problem: remark('noUrl', { name: from }) }
  const { host, hostname, protocol } = new URL(url)
  const base = { url, address: host, from } as const
  const isPlain = plainHttpHosts.includes(hostname) || /^127\.\d+\.\d+\.\d+$/.test(hostname)
  if (protocol !== 'https:' && (protocol !== 'http:' || !isPlain))
    return { ...base, problem: remark('refusedOverHttp', { name: from }) }
  const file = env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE
  if (!file)
    return { ...base, ...(env.AWS_CONTAINER_AUTHORIZATION_TOKEN && { token: env.AWS_CONTAINER_AUTHORIZATION_TOKEN.trim() }) }
  try {
    const obstacle = await findObstacle(file)
    if (obstacle !== undefined) throw Object.assign(new Error('no file'), { code: obstacle })
    const token = (await readFile(file, 'utf8')).slice(0, 64 * 1024).trim()
    return /[\r\n]/.test(token) ? { ...base, problem: remark('tokenHasBreak', {}) } : { ...base, token }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable'
    return { ...base, problem: remark('cannotRead', { name: 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', code }) }
  }
}

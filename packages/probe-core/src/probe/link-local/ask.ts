// One small HTTP exchange with a service on this host's own link (metadata, container credentials), always past any proxy,
// over a socket that is closed afterwards and never holds the process.

import type { ProbeContext } from '../context.ts'

export type LinkLocalAnswer =
  | { readonly outcome: 'answered'; readonly status: number; readonly body: string; readonly connected: true }
  | { readonly outcome: 'rejected'; readonly code: string; readonly connected: boolean; readonly status?: number }
  | { readonly outcome: 'silent'; readonly waitedMs: number; readonly connected: boolean }
  | { readonly outcome: 'skipped'; readonly because: 'no-time' }

export interface LinkLocalRequest {
  readonly url: string
  readonly method?: 'GET' | 'PUT'
  readonly headers?: Readonly<Record<string, string>>
  /** Bytes of the body to keep; 0 reads none of it. */
  readonly maxBytes?: number
}

/** What a link-local service takes is a millisecond; a second of silence is an answer. */
export const linkLocalTimeoutMs = 1000

/**
 * `answered`: 2xx. `rejected`: another status, or an errno. `silent`: nothing whole within a second; `connected` tells
 * whether TCP was up by then, as it is when only the answer is lost (an IMDSv2 hop limit).
 */
export async function askLinkLocal(ask: LinkLocalRequest, { deadline }: ProbeContext): Promise<LinkLocalAnswer> {
  if (deadline.spent()) return { outcome: 'skipped', because: 'no-time' }
  // TLS is spoken by nearly none of them, and takes its time to load.
  const { Agent, request: startRequest } = ask.url.startsWith('https:') ? await import('node:https') : await import('node:http')
  const limitMs = Math.min(linkLocalTimeoutMs, deadline.remainingMs())
  const cutShort = limitMs < linkLocalTimeoutMs
  // An agent of its own: neither a proxy nor an environment setting of the global one applies.
  const agent = new Agent({ keepAlive: false })
  return new Promise(resolve => {
    let connected = false
    const startedAt = performance.now()
    const finish = (answer: LinkLocalAnswer) => {
      clearTimeout(timer)
      deadline.signal.removeEventListener('abort', giveUp)
      request.destroy()
      agent.destroy()
      resolve(answer)
    }
    const silent = () => finish({ outcome: 'silent', waitedMs: Math.round(performance.now() - startedAt), connected })
    const giveUp = () => finish({ outcome: 'skipped', because: 'no-time' })
    const timer = setTimeout(() => (cutShort ? giveUp() : silent()), limitMs)
    const request = startRequest(ask.url, {
      agent,
      method: ask.method ?? 'GET',
      headers: { ...ask.headers },
    })
    deadline.signal.addEventListener('abort', giveUp, { once: true })
    request.on('socket', socket =>
      socket.once('connect', () => {
        connected = true
      }),
    )
    request.on('error', (error: NodeJS.ErrnoException) =>
      finish({ outcome: 'rejected', code: error.code ?? 'EPROTO', connected }),
    )
    request.on('response', response => {
      const status = response.statusCode ?? 0
      if (status < 200 || status >= 300) return finish({ outcome: 'rejected', code: String(status), status, connected: true })
      const maxBytes = ask.maxBytes ?? 16 * 1024
      if (maxBytes === 0) return finish({ outcome: 'answered', status, body: '', connected: true })
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        size += chunk.length
        if (size > maxBytes) finish({ outcome: 'rejected', code: 'too-large', status, connected: true })
      })
      response.on('end', () =>
        finish({ outcome: 'answered', status, body: Buffer.concat(chunks).toString('utf8'), connected: true }),
      )
      response.on('error', () => finish({ outcome: 'rejected', code: 'ECONNRESET', status, connected: true }))
    })
    request.end()
  })
}

// Hands a signed request to moto over its Unix socket, which lies in the file system and so crosses network namespaces.
import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { HttpAnswer } from './aws-answer.ts'

/** moto's answer, or undefined when it does not know the call (its own 404 and 5xx pages are not AWS's words). */
export function askMoto(socketPath: string, original: IncomingMessage, body: Buffer): Promise<HttpAnswer | undefined> {
  return new Promise(resolve => {
    const sent = httpRequest(
      { socketPath, method: original.method, path: original.url, headers: { ...original.headers, connection: 'close' } },
      answer => {
        const chunks: Buffer[] = []
        answer.on('data', chunk => chunks.push(chunk))
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8')
          const status = answer.statusCode ?? 500
          const type = String(answer.headers['content-type'] ?? '')
          if (status >= 500 || (status === 404 && type.startsWith('text/html'))) return resolve(undefined)
          resolve({ status, headers: keptHeaders(answer), body: text })
        })
        answer.on('error', () => resolve(undefined))
      },
    )
    sent.on('error', () => resolve(undefined))
    sent.end(body)
  })
}

const dropped = new Set(['server', 'date', 'connection', 'content-length', 'transfer-encoding'])

function keptHeaders(answer: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(answer.headers)
      .filter(([name]) => !dropped.has(name))
      .map(([name, value]) => [name, String(value)]),
  )
}

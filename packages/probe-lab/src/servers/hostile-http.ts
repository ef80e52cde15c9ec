// Answers over HTTP that never come to an end, or break off.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FarBehaviour } from '../plan/vpc-plan.ts'

type Harm = FarBehaviour['does'] | undefined

const pieceBytes = 64 * 1024
const dripMs = 50

/** Whether it has begun to answer in this way. As fast as the line takes it, or a byte at a time. */
export function answersWithoutEnd(does: Harm, { socket }: IncomingMessage, response: ServerResponse): boolean {
  const piece = pieces[does ?? '']
  if (piece !== undefined) {
    const bytes = Buffer.from(piece.again.repeat(Math.ceil(pieceBytes / piece.again.length)))
    const pour = (): void => {
      while (!socket.destroyed && socket.write(bytes));
    }
    socket.write(piece.first)
    socket.on('drain', pour)
    pour()
    return true
  }
  const begun = drips[does ?? '']
  if (begun !== undefined) {
    socket.write(begun)
    const drip = setInterval(() => socket.write('x'), dripMs)
    socket.on('close', () => clearInterval(drip))
    return true
  }
  if (does !== 'cut-body') return false
  response.writeHead(403, { 'content-type': 'text/xml', 'content-length': 5000, 'x-amzn-requestid': 'cut' })
  response.write('<Error><Code>AccessDenied</Code><Message>', () => response.destroy())
  return true
}

const html = 'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\n\r\n'

const pieces: Readonly<Record<string, { readonly first: string; readonly again: string }>> = {
  'endless-body': { first: html, again: 'x' },
  'links-for-ever': {
    first: html,
    again: '<a href="https://elsewhere.internal/pip-1.whl">pip</a> <a href="http://169.254.169.254/pip.whl">x</a> ',
  },
  // Whole heads of interim answers (RFC 9110 §15.2), and never a last one.
  'informs-for-ever': { first: '', again: 'HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n' },
  'heads-for-ever': { first: 'HTTP/1.1 200 OK\r\n', again: 'x-more: and more\r\n' },
}

const drips: Readonly<Record<string, string>> = {
  'dripping-head': 'HTTP/1.1 200 OK\r\nx-drip: ',
  'dripping-body': 'HTTP/1.1 403 Forbidden\r\ncontent-type: text/xml\r\ncontent-length: 5000\r\n\r\n<Error><Code>',
}

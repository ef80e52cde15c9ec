// A company's HTTP proxy: CONNECT to what the far side serves, or a refusal. It looks names up in the public DNS, as an
// on-premises proxy does, so endpoints' private names mean nothing to it.
import { createServer, type RequestListener } from 'node:http'
import { connect } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { VpcPlan } from '../plan/vpc-plan.ts'
import { resolveIn } from './resolve.ts'
import type { ContextFor } from './tls.ts'

export function serveProxy(plan: VpcPlan, contextFor: ContextFor, onRequest: RequestListener): Promise<void> {
  if (plan.proxy.software !== 'lab' || plan.proxy.does === 'none' || plan.proxy.does === 'silent') return Promise.resolve()
  const server = createServer((request, response) => {
    if (plan.proxy.does === 'works' && URL.canParse(request.url ?? '')) {
      const page = `<html><body>${new URL(request.url ?? '').host.slice(0, 80)}</body></html>`
      return void response.writeHead(200, { server: 'nginx', 'content-type': 'text/html' }).end(page)
    }
    response.writeHead(403, { server: 'squid/6.6', 'content-type': 'text/html', 'x-squid-error': 'ERR_ACCESS_DENIED 0' })
    response.end('<html><title>ERROR: The requested URL could not be retrieved</title></html>')
  })
  const opened = createServer(onRequest)
  server.on('connect', (request, near, head) => {
    near.on('error', () => near.destroy())
    const [name = '', port = '443'] = (request.url ?? '').split(':')
    if (plan.proxy.does === 'refuses') {
      near.end('HTTP/1.1 403 Forbidden\r\nServer: squid/6.6\r\nX-Squid-Error: ERR_ACCESS_DENIED 0\r\nContent-Length: 0\r\n\r\n')
      return
    }
    if (plan.proxy.does === 'inspects') {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n')
      void contextFor(name.toLowerCase(), 'inspected').then(secureContext => {
        const secure = new TLSSocket(near, { isServer: true, secureContext, ALPNProtocols: ['http/1.1'] })
        secure.on('error', () => secure.destroy())
        opened.emit('connection', secure)
      })
      return
    }
    const address = /^[\d.]+$/.test(name) ? name : resolveIn(plan, 'custom', name.toLowerCase(), 'A').addresses[0]
    if (address === undefined)
      return void near.end('HTTP/1.1 503 Service Unavailable\r\nServer: squid/6.6\r\nContent-Length: 0\r\n\r\n')
    const far = connect({ host: address, port: Number(port), autoSelectFamily: false }, () => {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n')
      if (head.length > 0) far.write(head)
      far.pipe(near)
      near.pipe(far)
    })
    far.on('error', () => near.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'))
    near.on('close', () => far.destroy())
  })
  return new Promise(resolve => server.listen(plan.proxy.port, plan.proxy.address, resolve))
}

// Listeners on other ports of single hosts: a database that greets as PostgreSQL does, an application, a mute service.
import { createServer, type Socket } from 'node:net'
import type { HostPlan, VpcPlan } from '../plan/vpc-plan.ts'

export async function servePlainPorts(plan: VpcPlan): Promise<void> {
  const wanted = plan.hosts.filter(host => host.serve !== 'closed-port' && host.port !== 443 && host.port !== 80)
  await Promise.all(wanted.flatMap(host => host.addresses.map(address => listen(host, address))))
}

function listen(host: HostPlan, address: string): Promise<void> {
  const server = createServer(socket => {
    socket.on('error', () => socket.destroy())
    if (host.serve === 'postgres') return greetAsPostgres(socket)
    if (host.serve === 'mute') return void socket.resume()
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nServer: lab\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok'))
  })
  return new Promise(resolve => server.listen(host.port, address, resolve))
}

/** `N` to a request for TLS; anything else is refused in the protocol's own form. */
function greetAsPostgres(socket: Socket): void {
  socket.on('data', data => {
    if (data.length === 8 && data.readUInt32BE(4) === 80877103) return void socket.write('N')
    const text = 'SFATAL\0C28000\0Mno pg_hba.conf entry for host\0\0'
    const frame = Buffer.alloc(5)
    frame.write('E')
    frame.writeUInt32BE(4 + text.length, 1)
    socket.end(Buffer.concat([frame, Buffer.from(text)]))
  })
}

// The far side of bench/many.mjs and bench/healthy.mjs: takes connections on every local address, plainly and over TLS, and answers
// every request with a short page.
//   node far.mjs KEY CERTIFICATE PLAIN-PORT TLS-PORT [ADDRESS]
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import net from 'node:net'

const [key, certificate, plainPort, tlsPort, address = '0.0.0.0'] = process.argv.slice(2)
const backlog = 8192
let open = 0
let most = 0
const count = socket => {
  open += 1
  most = Math.max(most, open)
  socket.on('close', () => {
    open -= 1
  })
  socket.on('error', () => {})
}
const plain = net.createServer(socket => {
  count(socket)
  socket.resume()
})
const secure = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (_request, answer) => answer.end('ok\n'))
secure.on('connection', count)
secure.on('tlsClientError', () => {})
plain.listen({ port: Number(plainPort), host: address, backlog }, () => {
  secure.listen({ port: Number(tlsPort), host: address, backlog }, () => process.stdout.write('ready\n'))
})
process.on('SIGUSR2', () => {
  process.stdout.write(`${JSON.stringify({ mostOpen: most })}\n`)
  most = open
})

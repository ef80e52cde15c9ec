// What stands outside of the VPC: CloudFormation's bucket, CodeDeploy and Lambda's own API. It keeps what it was told, and has a
// function invoked when it is asked to.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Invoked } from './runtime-api.ts'

export interface Outside {
  readonly url: string
  /** What was put or told, oldest first. */
  readonly told: readonly { readonly to: 'bucket' | 'codedeploy'; readonly body: unknown; readonly contentType: string }[]
}

export async function serveOutside(invoke: (name: string, event: unknown) => Promise<Invoked>): Promise<Outside> {
  const told: { to: 'bucket' | 'codedeploy'; body: unknown; contentType: string }[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', chunk => {
      text += chunk
    })
    request.on('end', async () => {
      const contentType = request.headers['content-type'] ?? ''
      const [, name] = /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(request.url ?? '') ?? []
      const body: unknown = text === '' ? undefined : JSON.parse(text)
      if (name !== undefined) {
        const { kind, body: answer } = await invoke(decodeURIComponent(name), body)
        const failed = kind === 'response' ? {} : { 'x-amz-function-error': 'Unhandled' }
        return void response.writeHead(200, { 'content-type': 'application/json', ...failed }).end(JSON.stringify(answer ?? {}))
      }
      const to = request.method === 'PUT' ? 'bucket' : 'codedeploy'
      told.push({ to, body, contentType })
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(to === 'codedeploy' ? '{}' : '')
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  server.unref()
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, told }
}

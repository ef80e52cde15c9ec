// What Lambda calls: `index.handler` inside the VPC, `index.respond` outside of it.

export { handler } from './handler.ts'
export { respond } from './respond.ts'

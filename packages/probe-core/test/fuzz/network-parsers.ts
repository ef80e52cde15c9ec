// Parsers of what comes over the network: DNS, HTTP, TLS, certificates, metadata, envelopes of errors, pages of indexes.

import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import net from 'node:net'
import type tls from 'node:tls'
import packet from 'dns-packet'
import { readDenial } from '../../src/catalog/denial.ts'
import type { PackageRole } from '../../src/model/packages.ts'
import { findTokenRealm, readIndexAnswer, readProjects } from '../../src/observe/packages/read-answer.ts'
import { findAnswer, makeQuery } from '../../src/probe/dns-answer.ts'
import { cleanMessage } from '../../src/probe/error-message.ts'
import { findFirstAnswer, printableBytes } from '../../src/probe/hello.ts'
import type { HttpAnswer } from '../../src/probe/http.ts'
import { safeText } from '../../src/probe/text.ts'
import { checkCertificate } from '../../src/probe/tls-certificate.ts'
import { readTrust } from '../../src/probe/trust.ts'
import { makeAuthority } from '../wire/certificates.ts'
import { assertPrintable, type FuzzedParser } from './parser.ts'
import { closeHttp, closeMetadata, metadata, readAnswer, readHttp, readMetadata } from './said-bytes.ts'

const data = new URL('../../../test/unit/data/', import.meta.url)

interface Vector {
  readonly protocol: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
const denials: Vector[] = JSON.parse(readFileSync(new URL('denial-vectors.json', data), 'utf8'))

const query = { ...makeQuery('logs.eu-west-1.amazonaws.com', 'A'), id: 7 }
const question = [{ type: 'A', name: query.name, class: 'IN' }] as const
const dns = (
  more: Omit<packet.Packet, 'type' | 'id' | 'questions'>,
  flags = packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE,
) => packet.encode({ type: 'response', id: query.id, flags, questions: [...question], ...more })

const dnsSamples = [
  dns({
    answers: [
      { type: 'CNAME', name: query.name, ttl: 60, data: 'a.example' },
      { type: 'CNAME', name: 'a.example', ttl: 60, data: 'b.example' },
      { type: 'A', name: 'b.example', ttl: 60, data: '10.0.0.1' },
    ],
  }),
  dns({
    authorities: [{ type: 'SOA', name: 'amazonaws.com', ttl: 60, data: { mname: 'ns.example', rname: 'root.example' } }],
  }),
  dns({ answers: Array.from({ length: 60 }, (_, at) => ({ type: 'A' as const, name: query.name, data: `10.0.0.${at}` })) }),
  dns(
    {
      additionals: [
        { type: 'OPT', name: '.', udpPayloadSize: 1232, extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options: [] },
      ],
    },
    0x8003,
  ),
]

const httpSamples = [
  'HTTP/1.1 403 Forbidden\r\ncontent-type: text/xml\r\nx-amzn-requestid: 7a62\r\ndate: Mon, 23 Nov 2026 10:00:00 GMT\r\ncontent-length: 32\r\n\r\n<Error><Code>Denied</Code></Error>',
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nserver: x\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
  'HTTP/1.1 301 Moved\r\nlocation: http://169.254.169.254/latest/meta-data/?token=x\r\nset-cookie: a=b\r\ncontent-length: 0\r\n\r\n',
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nabcd',
  'HTTP/1.0 200 OK\r\n\r\n<html><body>sign in</body></html>',
]

const indexPage = `<!DOCTYPE html><html><head><base href="https://files.example/simple/"></head><body>
<a href="../../packages/pip-24.0-py3-none-any.whl#sha256=aa" data-requires-python="&gt;=3.8">pip</a><br/>
<a href='https://cdn.example/pip.whl?X-Amz-Signature=aa'>x</a><a href=/simple/wheel/>wheel</a></body></html>`
const roles: readonly PackageRole[] = ['index', 'find-links', 'registry', 'mirror-list', 'repository', 'image-registry', 'files']
const types = ['text/html', 'application/vnd.pypi.simple.v1+json', 'application/json', '']

const authority = await makeAuthority('Fuzz root')
const { cert } = await authority.issue({
  name: 'logs.eu-west-1.amazonaws.com',
  names: ['logs.eu-west-1.amazonaws.com', '10.0.0.1'],
})
const trust = readTrust({})

function readCertificate(input: Buffer): void {
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(input)
  } catch {
    return
  }
  const leaf = certificate.toLegacyObject() as unknown as tls.DetailedPeerCertificate
  for (const code of [undefined, 'CERT_HAS_EXPIRED', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'])
    assertPrintable(checkCertificate(leaf, code, 'logs.eu-west-1.amazonaws.com', trust), 40_000)
}

const serverHello = Buffer.from(`160303003a020000360303${'11'.repeat(32)}00130100000e002b0002030400330004001d0000`, 'hex')

export const networkParsers: readonly FuzzedParser[] = [
  {
    name: 'dns answer',
    samples: dnsSamples,
    pieces: [Buffer.from('c00c', 'hex'), Buffer.from('c000', 'hex'), Buffer.from('c0ff', 'hex'), Buffer.from('ffff', 'hex')],
    read: input => {
      const answer = findAnswer(input, query)
      if (answer === undefined || answer === 'garbled') return
      assertPrintable(answer, 20_000)
      assert.ok(answer.addresses.length <= 32 && answer.cnames.length <= 16)
      assert.ok(answer.addresses.every(address => net.isIP(address) === 4))
    },
  },
  {
    name: 'http answer',
    samples: httpSamples,
    pieces: ['\r\n\r\n', 'a: b\r\n', '0\r\n', 'content-length: 1\r\n'],
    read: readHttp,
    close: closeHttp,
  },
  {
    name: 'error envelope',
    samples: [...denials.map(({ body }) => body), Buffer.from('bf665f5f747970656c4163636573734465', 'hex')],
    pieces: [
      '<Error>',
      '</Error>',
      '<Code>',
      '<Errors>',
      '"__type":"',
      'AWS4-A',
      ' Encoded authorization failure message: ',
      'eyJaaaaaaaaaa.',
      'User: arn:aws:iam::1:user/x is not authorized to perform: ',
      ' on resource: ',
      ' because no ',
      ' with an explicit deny in ',
      Buffer.of(0x81),
      Buffer.of(0x9f),
      Buffer.of(0xbf),
      Buffer.from('9b00000000ffffffff', 'hex'),
    ],
    read: input => {
      readAnswer(403, { 'content-type': 'text/xml' }, input)
      readAnswer(400, { 'smithy-protocol': 'rpc-v2-cbor' }, input)
      const text = input.toString('utf8')
      readAnswer(400, { 'x-amzn-errortype': text, 'x-amzn-requestid': text, 'x-amz-bucket-region': text }, input)
      assertPrintable(cleanMessage(text), 2100)
      assertPrintable(readDenial({ code: text, message: text }), 800_000)
    },
  },
  {
    name: 'text of strangers',
    samples: [
      'Authorization: AWS4-HMAC-SHA256 Credential=A/2/s3, Signature=ff',
      '<html>Bearer abcdefghijk</html>',
      'https://u:p@h/?X-Amz-Signature=f',
    ],
    pieces: [
      'eyJaaaaaaaa-',
      'Bearer a',
      'Cookie: ',
      'AWS4-',
      'x://',
      'x-amz-signature=',
      'password  ',
      '\u001b[',
      '\u001b]',
      'AKIA',
    ],
    read: input => {
      for (const most of [1, 40, 300]) assertPrintable(safeText(input.toString('utf8'), most), 2 * most)
      assertPrintable(printableBytes(input), 1000)
    },
  },
  {
    name: 'first tls record',
    samples: [serverHello, Buffer.from('15030300020228', 'hex'), 'HTTP/1.1 400 Bad Request\r\n\r\n', 'SSH-2.0-x\r\n'],
    read: input => assertPrintable([findFirstAnswer(input), printableBytes(input)], 2000),
  },
  {
    name: 'certificate',
    samples: [new X509Certificate(cert).raw, new X509Certificate(authority.pem).raw, cert],
    read: readCertificate,
  },
  {
    name: 'metadata',
    samples: metadata.map(([, body]) => body),
    pieces: ['"Containers":[', '{"Networks":', 'arn:aws:ecs:'],
    read: readMetadata,
    close: closeMetadata,
  },
  {
    name: 'index page',
    samples: [
      indexPage,
      '{"files":[{"url":"https:\\/\\/files.example\\/pip.whl","filename":"pip.whl"}],"projects":[{"name":"pip"}]}',
      '{"versions":{"1.0.2":{"dist":{"tarball":"https://registry.example/wrappy/-/wrappy-1.0.2.tgz"}}}}',
      'https://mirror.example/a/\nhttps://mirror.example/b/\n',
      '<?xml version="1.0"?><repomd xmlns="http://linux.duke.edu/metadata/repo"></repomd>',
    ],
    pieces: ['<a ', '<a href=', '<a href="', '<base ', '"url":"', '"tarball" : "', '\\u002f', '\\\\', 'https://', '&#47;'],
    read: input => {
      const base = new URL('https://index.example/simple/pip/')
      for (const role of roles)
        for (const type of types) {
          const answer: HttpAnswer = {
            status: 200,
            headers: { 'content-type': type },
            body: input.subarray(0, 256 * 1024),
            truncated: false,
          }
          const { links } = readIndexAnswer(role, answer, base)
          assert.ok(
            links.length <= 2000 && links.every(({ protocol, username }) => /^https?:$/.test(protocol) && username === ''),
          )
          assertPrintable(
            links.map(({ href }) => href),
            10_000_000,
          )
          readProjects(answer, base)
        }
      const headers = { 'www-authenticate': input.toString('latin1') }
      findTokenRealm({ status: 401, headers, body: Buffer.alloc(0), truncated: false })
    },
  },
]

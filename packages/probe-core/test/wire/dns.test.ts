import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import packet from 'dns-packet'
import { type DnsQuestion, probeDns, probeGetaddrinfo } from '../../src/probe/dns.ts'
import { findAnswer, makeQuery } from '../../src/probe/dns-answer.ts'
import { closedPort, listen, listenUdp, makeContext, silentMs } from './loopback.ts'

type Asked = { id: number; type: 'A' | 'AAAA'; name: string; edns: boolean }
const name = 'logs.ap-northeast-1.amazonaws.com'
const soa: packet.SoaAnswer = {
  type: 'SOA',
  name: 'ap-northeast-1.amazonaws.com',
  ttl: 60,
  data: { mname: 'ns-1.awsdns-00.com', rname: 'hostmaster.example', serial: 1 },
}
const rcodes = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const

function readQuery(bytes: Buffer): Asked {
  const message = packet.decode(bytes)
  const question = message.questions![0]!
  return {
    id: message.id!,
    type: question.type as 'A' | 'AAAA',
    name: question.name,
    edns: (message.additionals ?? []).length > 0,
  }
}

function encode(asked: Asked, rcode: keyof typeof rcodes = 'NOERROR', sections: Partial<packet.Packet> = {}, flags = 0): Buffer {
  return packet.encode({
    type: 'response',
    id: asked.id,
    flags: packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | flags | rcodes[rcode],
    questions: [{ type: asked.type, name: asked.name, class: 'IN' }],
    ...sections,
  })
}

const a = (owner: string, data: string): packet.Answer => ({ type: 'A', name: owner, ttl: 30, data })
const cname = (owner: string, data: string): packet.Answer => ({ type: 'CNAME', name: owner, ttl: 30, data })

/** Asks a resolver that answers each query with the bytes given; none = silence. */
async function ask(
  t: TestContext,
  reply: (asked: Asked, count: number) => readonly Buffer[],
  question: Partial<DnsQuestion> = {},
  timeoutMs?: number,
) {
  let count = 0
  const port = await listenUdp(t, (bytes, answer) => {
    for (const each of reply(readQuery(bytes), ++count)) answer(each)
  })
  const context = { ...makeContext(t, timeoutMs), vpcCidrs: ['10.20.0.0/16'] }
  return await probeDns({ name, resolver: '127.0.0.1', port, ...question }, context)
}

test('an answer with addresses in the VPC is answered, with the chain of names, the time to live and the scope', async t => {
  const seen = await ask(t, asked =>
    asked.type === 'A'
      ? [
          encode(asked, 'NOERROR', {
            answers: [cname(name, 'x.example'), a('x.example', '10.20.1.5'), a('x.example', '10.20.2.5')],
          }),
        ]
      : [encode(asked, 'NOERROR', { authorities: [soa] })],
  )
  assert.equal(seen.outcome, 'answered')
  assert.deepEqual(seen.outcome === 'answered' && seen.seen, {
    name,
    addresses: ['10.20.1.5', '10.20.2.5'],
    resolver: '127.0.0.1',
    scope: 'vpc',
    a: 'NOERROR',
    aaaa: 'NODATA',
    ttlSeconds: 30,
    cnames: ['x.example'],
    tries: 1,
    transport: 'udp',
  })
})

test('addresses of different scopes are called mixed', async t => {
  const seen = await ask(t, asked => [
    encode(asked, 'NOERROR', { answers: asked.type === 'A' ? [a(name, '10.20.1.5'), a(name, '3.112.64.90')] : [] }),
  ])
  assert.equal(seen.outcome === 'answered' && seen.seen.scope, 'mixed')
})

test('NXDOMAIN is rejected with the zone whose SOA the answer carried', async t => {
  const seen = await ask(t, asked => [encode(asked, 'NXDOMAIN', { authorities: [soa] })])
  assert.equal(seen.outcome === 'rejected' && seen.code, 'NXDOMAIN')
  assert.deepEqual(seen.outcome === 'rejected' && seen.seen?.soa, {
    zone: 'ap-northeast-1.amazonaws.com',
    primary: 'ns-1.awsdns-00.com',
  })
})

test('a name without an address of either family is NODATA', async t => {
  const seen = await ask(t, asked => [encode(asked, 'NOERROR', { authorities: [soa] })])
  assert.equal(seen.outcome === 'rejected' && seen.code, 'NODATA')
})

for (const rcode of ['SERVFAIL', 'REFUSED'] as const) {
  test(`${rcode} is rejected under its own name`, async t => {
    const seen = await ask(t, asked => [encode(asked, rcode)])
    assert.equal(seen.outcome === 'rejected' && seen.code, rcode)
  })
}

test('where A and AAAA disagree, the word of A counts', async t => {
  const seen = await ask(t, asked => [encode(asked, asked.type === 'A' ? 'NOERROR' : 'NXDOMAIN', { authorities: [soa] })])
  assert.equal(seen.outcome === 'rejected' && seen.code, 'NODATA')
})

test('a referral of a server that does not recurse is not taken for NODATA', async t => {
  const referral = (asked: Asked) =>
    packet.encode({
      type: 'response',
      id: asked.id,
      flags: 0,
      questions: [{ type: asked.type, name: asked.name }],
      authorities: [{ type: 'NS', name: 'com', ttl: 1, data: 'a.gtld-servers.net' }],
    })
  const seen = await ask(t, asked => [referral(asked)])
  assert.equal(seen.outcome === 'rejected' && seen.code, 'REFERRAL')
})

test('a resolver that never answers is silent after three tries', async t => {
  const seen = await ask(t, () => [], {}, silentMs)
  assert.equal(seen.outcome, 'silent')
  assert.equal(seen.outcome === 'silent' && seen.tries, 3)
  assert.ok(seen.outcome === 'silent' && seen.waitedMs >= silentMs - 5)
})

test('a lost first query is asked again from another port and the answer counts', async t => {
  const ids = new Set<number>()
  const seen = await ask(
    t,
    (asked, count) => {
      ids.add(asked.id)
      return count === 1 ? [] : [encode(asked, 'NOERROR', { answers: [a(name, '10.20.1.5')] })]
    },
    { families: [4] },
    1000,
  )
  assert.equal(seen.outcome === 'answered' && seen.seen.tries, 2)
  assert.equal(ids.size, 2)
})

test('answers with another id or another question are ignored and the right one after them counts', async t => {
  const seen = await ask(t, asked => [
    encode({ ...asked, id: asked.id ^ 1 }, 'NXDOMAIN'),
    encode({ ...asked, name: 'other.example' }, 'NOERROR', { answers: [a('other.example', '6.6.6.6')] }),
    encode(asked, 'NOERROR', { answers: asked.type === 'A' ? [a(name, '10.20.1.5')] : [] }),
  ])
  assert.deepEqual(seen.outcome === 'answered' && seen.seen.addresses, ['10.20.1.5'])
})

test('once A is answered, a mute AAAA holds nothing up and is called silent', async t => {
  const seen = await ask(t, asked => (asked.type === 'A' ? [encode(asked, 'NOERROR', { answers: [a(name, '10.20.1.5')] })] : []))
  assert.equal(seen.outcome === 'answered' && seen.seen.aaaa, 'silent')
})

test('a mute A with an empty AAAA is silent, not NODATA', async t => {
  const seen = await ask(t, asked => (asked.type === 'A' ? [] : [encode(asked, 'NOERROR', { authorities: [soa] })]), {}, silentMs)
  assert.equal(seen.outcome, 'silent')
  assert.equal(seen.outcome === 'silent' && seen.seen?.aaaa, 'NODATA')
})

test('a loop of CNAMEs ends as an answer without an address', async t => {
  const seen = await ask(t, asked => [
    encode(asked, 'NOERROR', { answers: [cname(name, 'b.example'), cname('b.example', name)] }),
  ])
  assert.equal(seen.outcome === 'rejected' && seen.code, 'NODATA')
  assert.deepEqual(seen.outcome === 'rejected' && seen.seen?.cnames, ['b.example'])
})

test('at most 32 addresses are kept of a giant answer', async t => {
  const many = Array.from({ length: 60 }, (_, i) => a(name, `10.20.3.${i}`))
  const seen = await ask(t, asked => [encode(asked, 'NOERROR', { answers: asked.type === 'A' ? many : [] })])
  assert.equal(seen.outcome === 'answered' && seen.seen.addresses.length, 32)
})

test('of thousands of records as many are decoded as are of use: what comes behind them cannot cost anything', () => {
  const query = makeQuery(name, 'A')
  const asked = { id: query.id, type: 'A', name, edns: true } as const
  const bytes = encode(asked, 'NOERROR', { answers: Array.from({ length: 200 }, (_, at) => a(name, `10.20.3.${at}`)) })
  // The last one breaks off: whoever came to it would say so.
  const answer = findAnswer(bytes.subarray(0, -2), query)
  assert.equal(typeof answer === 'object' && answer.addresses.length, 32)
})

test('an answer to more questions than were asked is garbled, and of another id it is none', () => {
  const query = makeQuery(name, 'A')
  const asked = { id: query.id, type: 'A', name, edns: true } as const
  const questions = Array.from({ length: 2 }, () => ({ type: 'A', name, class: 'IN' }) as const)
  assert.equal(findAnswer(encode(asked, 'NOERROR', { questions, answers: [a(name, '10.20.3.1')] }), query), 'garbled')
  const other = { ...asked, id: (query.id + 1) % 65_536 }
  assert.equal(findAnswer(encode(other, 'NOERROR', { answers: [a(name, '10.20.3.1')] }), query), undefined)
})

test('bytes with a compression loop or no DNS in them at all are garbled', async t => {
  const loop = (asked: Asked) => {
    const bytes = Buffer.from('00008180000100010000000 0c00c00010001'.replace(' ', ''), 'hex')
    bytes.writeUInt16BE(asked.id, 0)
    return bytes
  }
  const looped = await ask(t, asked => [loop(asked)], {}, silentMs)
  assert.equal(looped.outcome === 'rejected' && looped.code, 'garbled')
  const short = await ask(t, () => [Buffer.from('hi')], {}, silentMs)
  assert.equal(short.outcome === 'rejected' && short.code, 'garbled')
})

test('a server that cannot take EDNS is asked again without it', async t => {
  const seen = await ask(t, asked => [
    asked.edns
      ? encode(asked, 'FORMERR')
      : encode(asked, 'NOERROR', { answers: asked.type === 'A' ? [a(name, '10.20.1.5')] : [] }),
  ])
  assert.equal(seen.outcome, 'answered')
})

test('a port on which no resolver listens is rejected with the errno', async t => {
  const seen = await probeDns({ name, resolver: '127.0.0.1', port: await closedPort() }, { ...makeContext(t), vpcCidrs: null })
  assert.equal(seen.outcome === 'rejected' && seen.code, 'ECONNREFUSED')
})

test('a truncated answer is asked for again over TCP', async t => {
  const port = await listen(t, socket => {
    socket.on('data', bytes => {
      const reply = encode(readQuery(bytes.subarray(2)), 'NOERROR', { answers: [a(name, '10.20.1.5')] })
      const framed = Buffer.concat([Buffer.from([reply.length >> 8, reply.length & 255]), reply])
      // In two pieces: a stream keeps no message bounds.
      socket.write(framed.subarray(0, 5))
      setImmediate(() => socket.write(framed.subarray(5)))
    })
  })
  const dgram = await import('node:dgram')
  const udp = dgram.createSocket('udp4')
  t.after(() => udp.close())
  udp.on('message', (bytes, from) =>
    udp.send(encode(readQuery(bytes), 'NOERROR', {}, packet.TRUNCATED_RESPONSE), from.port, from.address),
  )
  await new Promise<void>(resolve => udp.bind(port, '127.0.0.1', resolve))
  const seen = await probeDns({ name, resolver: '127.0.0.1', port, families: [4] }, { ...makeContext(t), vpcCidrs: null })
  assert.equal(seen.outcome, 'answered')
  assert.equal(seen.outcome === 'answered' && seen.seen.transport, 'tcp')
})

test('a spent deadline is skipped for want of time, never silent', async t => {
  const port = await listenUdp(t, () => {})
  const before = makeContext(t, 1000, 0)
  const cut = makeContext(t, 5000, 100)
  for (const context of [before, cut]) {
    const seen = await probeDns({ name, resolver: '127.0.0.1', port }, { ...context, vpcCidrs: null })
    assert.equal(seen.outcome === 'skipped' && seen.because, 'no-time')
  }
})

test('a name that DNS cannot carry is rejected without a question', async t => {
  const seen = await probeDns(
    { name: `${'x'.repeat(64)}.example`, resolver: '127.0.0.1', port: 1 },
    { ...makeContext(t), vpcCidrs: null },
  )
  assert.equal(seen.outcome === 'rejected' && seen.code, 'BADNAME')
})

test('the C library is asked under its own variant', async t => {
  const seen = await probeGetaddrinfo('localhost', makeContext(t))
  assert.equal(seen.variant, 'getaddrinfo')
  assert.equal(seen.outcome === 'answered' && seen.seen.scope, 'loopback')
})

test('an address record whose length belies its type is garbled, and neither an address nor the lack of one', () => {
  const query = makeQuery('a.example', 'A')
  const answer = packet.encode({
    type: 'response',
    id: query.id,
    questions: [{ type: 'A', name: 'a.example', class: 'IN' }],
    answers: [{ type: 'A', name: 'a.example', ttl: 1, data: '10.0.0.1' }],
  })
  const whole = findAnswer(answer, query)
  assert.deepEqual(typeof whole === 'object' && whole.addresses, ['10.0.0.1'])
  assert.equal(findAnswer(answer.subarray(0, answer.length - 2), query), 'garbled')
})

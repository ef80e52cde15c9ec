import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import packet from 'dns-packet'
import { findReverseName } from '../../src/probe/reverse-dns.ts'
import { listenUdp } from './loopback.ts'

/** A server that answers every question with these names; without any it stays silent. */
function server(t: TestContext, names: readonly string[]): Promise<number> {
  return listenUdp(t, (bytes, answer) => {
    const { id, questions = [] } = packet.decode(bytes)
    const [question] = questions
    if (question === undefined || names.length === 0) return
    const answers = names.map(data => ({ type: 'PTR' as const, name: question.name, ttl: 1, data }))
    answer(packet.encode({ type: 'response', id: id ?? 0, flags: packet.RECURSION_DESIRED, questions, answers }))
  })
}

test('the name that the owner gave an address is found', async t => {
  const port = await server(t, ['S3-Ap-Northeast-1.amazonaws.com'])
  assert.equal(
    await findReverseName('52.219.0.1', '127.0.0.1', 2000, new AbortController().signal, port),
    's3-ap-northeast-1.amazonaws.com',
  )
})

test('a name that is none, or may be a secret, is no name', async t => {
  const port = await server(t, ['evil\u001b[2J.example.com', `${'a'.repeat(60)}.${'b'.repeat(60)}`.replace('.', ' ')])
  assert.equal(await findReverseName('52.219.0.1', '127.0.0.1', 2000, new AbortController().signal, port), undefined)
})

test('silence, a caller who gives up, and what is no address end in nothing', async t => {
  const port = await server(t, [])
  const { signal } = new AbortController()
  assert.equal(await findReverseName('52.219.0.1', '127.0.0.1', 200, signal, port), undefined)
  assert.equal(await findReverseName('52.219.0.1', '127.0.0.1', 60_000, AbortSignal.timeout(100), port), undefined)
  assert.equal(await findReverseName('not an address', '127.0.0.1', 200, signal, port), undefined)
  assert.equal(await findReverseName('52.219.0.1', '', 200, signal, port), undefined)
})

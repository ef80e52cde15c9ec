// What test processes of one run share: places for so many VPCs, one python that bears moto servers, certificates that are made once.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { healthyVpc } from '../src/plan/healthy.ts'
import { openShelf } from '../src/servers/certificate-shelf.ts'
import { makeAuthorities } from '../src/servers/certificates.ts'
import { labFolder } from '../src/world/authorities.ts'
import { findMoto } from '../src/world/moto.ts'
import { offerPlaces, takePlace } from '../src/world/places.ts'
import { MotoAccount } from './moto-account.ts'

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-run-share-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('of two places a third is had when one is given back, in the order in which they were asked for', async t => {
  const path = join(folderFor(t), 'places.sock')
  await offerPlaces(path, 2)
  const had: string[] = []
  const ask = async (who: string) => {
    const giveBack = await takePlace(path)
    had.push(who)
    return giveBack
  }
  const [first, second] = [await ask('first'), await ask('second')]
  const [third, fourth] = [ask('third'), ask('fourth')]
  await turns()
  assert.deepEqual(had, ['first', 'second'])
  second()
  const giveBack = await third
  await turns()
  assert.deepEqual(had, ['first', 'second', 'third'])
  first()
  for (const give of [giveBack, await fourth]) give()
  assert.deepEqual(had, ['first', 'second', 'third', 'fourth'])
})

test('the place of a process that is killed is had by the next', async t => {
  const path = join(folderFor(t), 'places.sock')
  await offerPlaces(path, 1)
  const places = new URL('../src/world/places.js', import.meta.url).href
  const script = `import { takePlace } from '${places}'; await takePlace('${path}'); console.log('had'); setInterval(() => {}, 1000)`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => holder.kill('SIGKILL'))
  await once(holder.stdout, 'data')
  let isHad = false
  const next = takePlace(path).then(giveBack => {
    isHad = true
    return giveBack
  })
  await turns()
  assert.equal(isHad, false)
  holder.kill('SIGKILL')
  const giveBack = await next
  giveBack()
})

test('servers of one nursery keep an account each, and one that is ended answers no more', async t => {
  const folder = await labFolder()
  const [one, other] = [await findMoto(folder), await findMoto(folder)]
  if (one === undefined || other === undefined) return t.skip('moto is not installed')
  t.after(() => other.end())
  const plan = healthyVpc()
  const [mine, theirs] = [one, other].map(({ socketPath }) => new MotoAccount(socketPath, plan.region))
  const listed = (account: MotoAccount | undefined) => account?.json('sqs', 'AmazonSQS.ListQueues', {}, '1.0')
  await mine?.json('sqs', 'AmazonSQS.CreateQueue', { QueueName: 'mine' }, '1.0')
  assert.match(JSON.stringify(await listed(mine)), /mine/)
  assert.doesNotMatch(JSON.stringify(await listed(theirs)), /mine/)
  const keys = await Promise.all([one, other].map(async moto => (await moto.prepare(plan)).credentials.secretAccessKey))
  assert.notEqual(keys[0], keys[1])
  one.end()
  await assert.rejects(async () => {
    for (let looks = 0; looks < 500; looks += 1) {
      await mine?.asOwner(async () => listed(mine))
      await pause(10)
    }
  }, /ECONN|EPIPE|ENOENT|hang up/)
  assert.ok(await theirs?.asOwner(async () => listed(theirs)))
})

test('a certificate is made once, and the same one for whoever asks next; a name from outside is no path', async t => {
  const authorities = await makeAuthorities()
  const folder = folderFor(t)
  const names = ['one.internal', '../../outside', 'one.internal']
  await openShelf(folder, authorities).fill(names)
  const made = readdirSync(folder).sort()
  assert.equal(made.length, 2)
  assert.ok(made.every(name => /^[\da-f]{64}$/.test(name)))
  const contexts = await Promise.all([1, 2].map(() => openShelf(folder, authorities).contextFor('one.internal', 'right')))
  assert.equal(contexts.length, 2)
  assert.deepEqual(readdirSync(folder).sort(), made)
  await openShelf(folder, authorities).contextFor('one.internal', 'expired')
  assert.equal(readdirSync(folder).length, 3)
})

/** Both ends of a place's socket are of this process: in so many turns of its loop whatever was sent has come. */
async function turns(): Promise<void> {
  for (let each = 0; each < 50; each += 1) await new Promise(resolve => setImmediate(resolve))
}

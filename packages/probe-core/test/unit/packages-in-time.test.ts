import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPackagesInTime } from '../../src/probe/packages/in-time.ts'

const env = { HOME: '/nonexistent', PATH: '', PIP_INDEX_URL: 'https://index.test/simple' }
const placesOf = ({ settings }: Awaited<ReturnType<typeof readPackagesInTime>>) =>
  settings.get('pip')?.sources.map(each => each.url)

test('a configuration is read for who has the time, and for nobody who has given up', async () => {
  assert.deepEqual(placesOf(await readPackagesInTime(['pip'], env, 10_000)), ['https://index.test/simple'])
  const { settings } = await readPackagesInTime(['pip', 'npm'], env, 10_000, AbortSignal.abort())
  for (const word of ['pip', 'npm'])
    assert.deepEqual(settings.get(word), { sources: [], notes: ['its configuration could not be read in time'] })
})

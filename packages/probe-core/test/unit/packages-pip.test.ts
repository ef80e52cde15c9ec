// What is made of the configuration of pip, uv and poetry: places, credentials apart from them, and what is said of the rest.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { packageMachine, readPackages } from '../../src/probe/packages/index.ts'

/** A machine of its own below a folder: `/` is that folder. */
function machineOf(
  t: { after(run: () => void): void },
  content: Readonly<Record<string, string>>,
  env: Record<string, string> = {},
) {
  const root = mkdtempSync(join(tmpdir(), 'eniprobe-root-'))
  t.after(() => rmSync(root, { recursive: true }))
  for (const [path, text] of Object.entries(content)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return packageMachine({ HOME: '/home/u', PATH: '', ...env }, { root, cwd: '/work' })
}

async function pipSays(
  t: { after(run: () => void): void },
  content: Readonly<Record<string, string>>,
  env: Record<string, string> = {},
) {
  const { settings, access } = await readPackages(['pip'], machineOf(t, content, env))
  const { sources = [], notes = [] } = settings.get('pip') ?? {}
  return { places: sources.map(s => `${s.role} ${s.url} < ${s.configuredBy}`), sources, notes, access }
}

test('without any configuration pip looks where it does by default, and that is said', async t => {
  const { places, sources } = await pipSays(t, {})
  assert.deepEqual(places, [
    "index https://pypi.org/simple < pip's default",
    "files https://files.pythonhosted.org/ < pip's default",
  ])
  assert.ok(sources.every(s => s.isDefault))
})

test('[install] wins over [global] as a whole, and a variable over both', async t => {
  const files = {
    '/etc/pip.conf':
      '[global]\nindex-url = https://a.test/s\nextra-index-url = https://x.test https://y.test\n[install]\nextra-index-url = https://z.test\n',
  }
  assert.deepEqual((await pipSays(t, files)).places, [
    'index https://a.test/s < index-url of [global], /etc/pip.conf',
    'index https://z.test/ < extra-index-url of [install], /etc/pip.conf',
  ])
  assert.deepEqual(
    (await pipSays(t, files, { PIP_INDEX_URL: 'https://v.test/s' })).places[0],
    'index https://v.test/s < PIP_INDEX_URL',
  )
})

test('PIP_NO_INDEX leaves find-links alone, and says so', async t => {
  const { places, notes } = await pipSays(t, {}, { PIP_NO_INDEX: '1', PIP_FIND_LINKS: 'https://links.test/wheels/ /opt/wheels' })
  assert.deepEqual(places, ['find-links https://links.test/wheels/ < PIP_FIND_LINKS'])
  assert.deepEqual(notes, [
    'pip asks no index: PIP_NO_INDEX',
    'places that are no part of the network are not looked at: PIP_FIND_LINKS',
  ])
})

test('a requirements file decides as in pip install -r, through -r and -c, around cycles, with variables filled in', async t => {
  const files = {
    '/work/requirements.txt':
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as pip writes variables
      '--index-url https://${HOSTNAME_OF_INDEX}/simple \\\n  --trusted-host r.test\n-r more/base.txt\nrequests==2 --hash=sha256:00\n',
    '/work/more/base.txt': '-c ../requirements.txt\n--extra-index-url=https://extra.test/simple # why\n-f https://links.test/\n',
  }
  const { places, sources } = await pipSays(t, files, { HOSTNAME_OF_INDEX: 'r.test' })
  assert.deepEqual(places, [
    'index https://r.test/simple < --index-url, /work/requirements.txt line 1',
    'index https://extra.test/simple < --extra-index-url, /work/more/base.txt line 2',
    'find-links https://links.test/ < --find-links, /work/more/base.txt line 3',
  ])
  assert.equal(sources[0]?.isUnchecked, true)
})

test('credentials of a URL stay apart from what a report may hold, whatever is wrong around them', async t => {
  const secret = 's3cr3t-t0ken'
  const { sources, notes, access } = await pipSays(
    t,
    {
      '/etc/pip.conf': `[global]\nindex-url = https://aws:${secret}@d-111122223333.d.codeartifact.eu-west-1.amazonaws.com/pypi/r/simple/?k=${secret}#${secret}\nfind-links = ftp://u:${secret}@x.test/\nproxy = http://u:${secret}@proxy.test:3128\n`,
    },
    { PIP_CONFIG_FILE: '/work/broken.conf' },
  )
  assert.ok(!JSON.stringify([sources, notes]).includes(secret), JSON.stringify([sources, notes]))
  assert.equal(sources[0]?.credentials, 'url')
  assert.deepEqual(sources[0]?.proxy, { url: 'http://proxy.test:3128', from: 'proxy of [global], /etc/pip.conf' })
  const held = access.get(sources[0]?.url ?? '')
  assert.equal(held?.authorization, `Basic ${Buffer.from(`aws:${secret}`).toString('base64')}`)
})

test('a token says when it ended, and what is no such token says nothing', async t => {
  const header = Buffer.from(
    JSON.stringify({ ver: 1, isu: 1_700_000_000, enc: 'A128GCM', tag: 'x', exp: 1_700_043_200, alg: 'A128GCMKW', iv: 'y' }),
  ).toString('base64url')
  const at = async (token: string) =>
    (await pipSays(t, {}, { PIP_INDEX_URL: `https://aws:${token}@i.test/simple/` })).sources[0]?.tokenExpiresAt
  assert.equal(await at(`${header}.k.i.c.t`), '2023-11-15T10:13:20.000Z')
  for (const other of ['abc', `${header}`, 'eyJhbGciOiJub25lIiwiZXhwIjoxfQ.a.b.c', `eyJ${'A'.repeat(5000)}.a.b.c`])
    assert.equal(await at(other), undefined)
})

test('hostile files are survived: huge, binary, nested, endless lines', async t => {
  const { places, notes } = await pipSays(
    t,
    {
      '/etc/pip.conf': '\u0000'.repeat(400_000),
      '/home/u/.config/pip/pip.conf': `[global]\n${'x = y\n'.repeat(2)}`,
      '/work/requirements.txt': `${'-r requirements.txt\n'.repeat(5000)}${'\\'.repeat(100_000)}`,
      '/work/pyproject.toml': `[tool.uv]\nindex = [${'['.repeat(50_000)}`,
    },
    { PIP_EXTRA_INDEX_URL: 'https://[::1 http://%zz/ https:// javascript:alert(1) https://\u0000.test/' },
  )
  assert.ok(places.includes("index https://pypi.org/simple < pip's default"))
  assert.ok(
    notes.some(note => note.includes('/etc/pip.conf: is too large')),
    notes.join('\n'),
  )
  assert.ok(
    notes.some(note => note.includes('"x" twice')),
    notes.join('\n'),
  )
})

test('a line that would cost a careless reader minutes costs nothing', { timeout: 10_000 }, async t => {
  const blanks = ' '.repeat(60_000)
  const { places } = await pipSays(t, {
    '/etc/pip.conf': `[global]\na${blanks}b\n`,
    '/home/u/.config/pip/pip.conf': `[global]\nx = a${blanks}b\n${'\t'.repeat(60_000)}y\n`,
    '/work/requirements.txt': `-i https://x.test${blanks}y\n${'"\''.repeat(20_000)}\n--find-links ${'"'.repeat(20_001)}\n${'\\'.repeat(30_000)}a\n`,
  })
  assert.equal(places[0], 'index https://x.test/ < --index-url, /work/requirements.txt line 1')
})

test('what uv and poetry are configured to use is looked at beside pip', async t => {
  const pyproject = `
[[tool.uv.index]]
name = "inner"
url = "https://inner.test/simple"
default = true
[[tool.uv.index]]
url = "https://more.test/simple"
[[tool.poetry.source]]
name = "corp"
url = "https://corp.test/simple/"
`
  const uv = (await pipSays(t, { '/work/pyproject.toml': pyproject }, { UV_INDEX_INNER_PASSWORD: 'x' })).sources.slice(2)
  assert.deepEqual(
    uv.map(s => [s.manager, s.url, s.credentials]),
    [
      ['uv', 'https://inner.test/simple', 'UV_INDEX_INNER_PASSWORD, not sent'],
      ['uv', 'https://more.test/simple', undefined],
      ['poetry', 'https://corp.test/simple/', 'poetry config or keyring, not read'],
    ],
  )
  const variables = await pipSays(
    t,
    { '/work/pyproject.toml': pyproject },
    { UV_INDEX_URL: 'https://old.test/s', UV_DEFAULT_INDEX: 'https://new.test/s' },
  )
  assert.equal(variables.places[2], 'index https://new.test/s < UV_DEFAULT_INDEX')
})

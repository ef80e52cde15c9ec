// pip's configuration, compared with what the real pip of this machine makes of the very same files and variables.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { packageMachine, readPackages } from '../../src/probe/packages/index.ts'
import { readPipConfiguration } from '../../src/probe/packages/pip-configuration.ts'
import { findPythonPrefix } from '../../src/probe/packages/python-prefix.ts'
import { readRequirements } from '../../src/probe/packages/requirements.ts'

/** Prints, for every folder named, what pip's own reader makes of it: one Python for all, as pip takes half a second to start. */
const asPip = `
import json, os, sys
from pip._internal.configuration import Configuration
from pip._internal.exceptions import ConfigurationError
told = []
for one in json.load(sys.stdin):
    for name in [n for n in os.environ if n.startswith(('PIP_', 'XDG_'))]: del os.environ[name]
    os.environ.update(one)
    configuration = Configuration(isolated=False)
    try:
        configuration.load()
        told.append(dict(configuration.items()))
    except ConfigurationError as error:
        told.append(None)
json.dump({'prefix': sys.prefix, 'told': told}, sys.stdout)
`
const pip = spawnSync('python3', ['-c', 'import pip._internal.configuration'])
const noPip = pip.status === 0 ? false : 'no python3 with pip'

const lines = [
  '[global]',
  '[install]',
  '[global ]',
  ' [global]',
  '[DEFAULT]',
  '[download]',
  '[x]]',
  '[',
  '[]',
  'index-url = https://a.test/simple',
  'index_url: https://b.test/simple',
  'Index-URL=https://c.test/simple',
  '--index-url = https://d.test/',
  'index-url =',
  'index-url',
  'extra-index-url =',
  '    https://e.test/simple',
  '\thttps://f.test/simple',
  'extra-index-url = https://g.test/ ; no comment',
  '# comment',
  '   # comment in between',
  '; another',
  '',
  '   ',
  'no-index = yes',
  'no_index = maybe',
  'find-links = /opt/wheels\r',
  'trusted-host = a.test',
  '    b.test c.test',
  '= nothing',
  ': nothing',
  'proxy = http://u:p@proxy.test:3128',
  'a = b = c',
  'timeout = 60',
  '\ufeff[global]',
  'é = ü',
  'x\u001f=\u001fy',
]

/** The same choices in every run: a failure can be repeated. */
function chooser(seed: number): (most: number) => number {
  let state = seed
  return most => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return (state >>> 8) % most
  }
}

const files = ['xdg/pip/pip.conf', 'home/.pip/pip.conf', 'home/.config/pip/pip.conf', 'named.conf']

test('every key of every level is the one that pip has, and a file that pip refuses is refused', { skip: noPip }, async t => {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-pip-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const choose = chooser(20_251)
  const environments = Array.from({ length: 400 }, (_, index) => {
    const root = join(folder, String(index))
    for (const file of files) {
      if (choose(3) === 0) continue
      const text = ['[global]', ...Array.from({ length: choose(6) }, () => lines[choose(lines.length)])]
        .slice(choose(8) === 0 ? 1 : 0)
        .join('\n')
      mkdirSync(dirname(join(root, file)), { recursive: true })
      writeFileSync(join(root, file), text)
    }
    return {
      HOME: join(root, 'home'),
      XDG_CONFIG_DIRS: join(root, 'xdg'),
      ...(choose(3) === 0 && { PIP_CONFIG_FILE: choose(4) === 0 ? '/dev/null' : join(root, 'named.conf') }),
      ...(choose(3) === 0 && { PIP_INDEX_URL: choose(4) === 0 ? '' : 'https://variable.test/simple' }),
      ...(choose(4) === 0 && { PIP_NO_INDEX: '1', PIP_VERSION: '9', PIP_Extra_Index_URL: 'https://odd.test' }),
    }
  })
  const ran = spawnSync('python3', ['-c', asPip], {
    input: JSON.stringify(environments),
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 1 << 26,
    env: { PATH: process.env.PATH, PYTHONUTF8: '1' },
  })
  assert.equal(ran.status, 0, ran.stderr)
  const { prefix, told } = JSON.parse(ran.stdout) as { prefix: string; told: (Record<string, string> | null)[] }
  let refused = 0
  for (const [index, env] of environments.entries()) {
    const { values, problems } = await readPipConfiguration(packageMachine(env), prefix)
    const ours = problems.length > 0 ? null : Object.fromEntries([...values].map(([key, { value }]) => [key, value]))
    assert.deepEqual(ours, told[index], `in ${index}: ${problems.join()}`)
    if (ours === null) refused += 1
  }
  assert.ok(refused > 40 && refused < 360, `a comparison of nothing: ${refused} refused`)
})

test('pip config list and pip config debug of this machine say the same as we do', { skip: noPip }, async t => {
  const home = mkdtempSync(join(tmpdir(), 'eniprobe-pip-'))
  t.after(() => rmSync(home, { recursive: true }))
  mkdirSync(join(home, '.config', 'pip'), { recursive: true })
  writeFileSync(
    join(home, '.config', 'pip', 'pip.conf'),
    '[global]\nindex-url = https://user.test/simple\n[install]\nextra-index-url =\n  https://one.test\n  https://two.test\n',
  )
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    PIP_TRUSTED_HOST: 'one.test',
    ...(process.env.PYENV_ROOT && { PYENV_ROOT: process.env.PYENV_ROOT }),
  }
  const run = (...args: string[]) => spawnSync('pip', ['config', ...args], { env, encoding: 'utf8', timeout: 30_000 }).stdout
  const prefix = await findPythonPrefix(packageMachine(env))
  const { values } = await readPipConfiguration(packageMachine(env), prefix)
  const ours = [...values].map(([key, { value }]) => `${key}='${value.replaceAll('\n', '\\n')}'`).sort()
  assert.deepEqual(ours, run('list').trim().split('\n').sort())
  const debug = run('debug')
  assert.match(
    debug,
    new RegExp(`^site:\\n {2}${prefix}/pip\\.conf,`, 'm'),
    'the folder of the site file was found without running Python',
  )
})

/** Prints what pip's own finder has after reading each requirements file. */
const asPipRequires = `
import json, os, sys
from pip._internal.index.collector import LinkCollector
from pip._internal.index.package_finder import PackageFinder
from pip._internal.models.search_scope import SearchScope
from pip._internal.models.selection_prefs import SelectionPreferences
from pip._internal.network.session import PipSession
from pip._internal.req.req_file import parse_requirements
told = []
for folder in json.load(sys.stdin):
    os.chdir(folder)
    session = PipSession()
    scope = SearchScope(find_links=[], index_urls=['https://pypi.org/simple'], no_index=False)
    finder = PackageFinder.create(link_collector=LinkCollector(session, scope), selection_prefs=SelectionPreferences(allow_yanked=True))
    list(parse_requirements('requirements.txt', session, finder=finder))
    told.append([finder.search_scope.no_index, finder.index_urls, finder.find_links, [host for host, _ in session.pip_trusted_origins]])
json.dump(told, sys.stdout)
`

const requirementLines = [
  'requests==2.0',
  'six --hash=sha256:0000000000000000000000000000000000000000000000000000000000000000',
  '--index-url https://a.test/simple',
  '-i https://b.test/simple # comment',
  '-ihttps://c.test/simple',
  '--index-url=https://d.test/simple#fragment',
  '--extra-index-url "https://e.test/simple"',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as pip writes variables
  '--extra-index-url=https://f.test/${NAMED}/${UNNAMED}/${EMPTY}',
  '-f https://g.test/wheels/',
  "--find-links='https://h.test/wheels'",
  '--find-links https://i.test/\\\nwheels',
  '--pre \\\n  --extra-index-url https://j.test/',
  '# --index-url https://never.test',
  '   # indented',
  '--trusted-host k.test',
  '--trusted-host l.test:8080',
  '-r more.txt',
  '-c more.txt',
  '-rmore.txt',
  '--requirement=more.txt',
  '',
  'flask\\\n# a comment ends it',
]

test('the options of requirements files are those that pip finds in them', { skip: noPip }, async t => {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-req-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const choose = chooser(77)
  const folders = Array.from({ length: 150 }, (_, index) => {
    const root = join(folder, String(index))
    mkdirSync(root)
    // The first file may lead to the second as often as it likes: pip reads it anew each time, and comes to the same.
    const made = (most: number) => Array.from({ length: choose(8) }, () => requirementLines[choose(most)])
    writeFileSync(join(root, 'requirements.txt'), made(requirementLines.length).join(choose(5) === 0 ? '\r\n' : '\n'))
    writeFileSync(join(root, 'more.txt'), choose(2) === 0 ? '--extra-index-url https://more.test/\n' : '')
    return root
  })
  const env = { PATH: process.env.PATH, PYTHONUTF8: '1', NAMED: 'filled', EMPTY: '' }
  const ran = spawnSync('python3', ['-c', asPipRequires], {
    input: JSON.stringify(folders),
    encoding: 'utf8',
    timeout: 60_000,
    env,
  })
  assert.equal(ran.status, 0, ran.stderr)
  const told = JSON.parse(ran.stdout) as [boolean, string[], string[], string[]][]
  const unique = (items: readonly string[]) => [...new Set(items)].sort()
  for (const [index, root] of folders.entries()) {
    const options = await readRequirements(join(root, 'requirements.txt'), packageMachine(env, { cwd: root }))
    const at = options.findLastIndex(o => o.option === 'index-url')
    const values = (name: string, from = 0) => options.filter((o, i) => o.option === name && i >= from).map(o => o.value)
    const [, indexes = [], links = [], trusted = []] = told[index] ?? []
    const main = at < 0 ? 'https://pypi.org/simple' : options[at]?.value
    assert.equal(main, indexes[0], `${index}: ${readFileSync(join(root, 'requirements.txt'), 'utf8')}`)
    const replaced = values('index-url').concat(values('extra-index-url'))
    assert.ok(
      indexes.every(url => url === 'https://pypi.org/simple' || replaced.includes(url)),
      `${index}: ${indexes.join()}`,
    )
    assert.deepEqual(unique(values('find-links')), unique(links), String(index))
    assert.deepEqual(unique(values('trusted-host').map(host => host.split(':')[0] ?? '')), unique(trusted), String(index))
    // A file that is read twice by pip may add its index again; none may be missing.
    if (at < 0) assert.deepEqual(unique(values('extra-index-url')), unique(indexes.slice(1)), String(index))
  }
})

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

// Configurations and requirements files as pip itself reads them, where there is one: it is asked, and we say the same.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { packageMachine } from '../../src/probe/packages/index.ts'
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

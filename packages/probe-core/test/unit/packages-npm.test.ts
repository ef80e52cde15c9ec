// npm's configuration, compared with what the real npm of this machine makes of the very same files and variables.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { packageMachine, readPackages } from '../../src/probe/packages/index.ts'
import { readNpmConfiguration } from '../../src/probe/packages/npm.ts'

const noNpm = spawnSync('npm', ['--version'], { encoding: 'utf8' }).status === 0 ? false : 'no npm'

interface Case {
  readonly user?: string
  readonly project?: string
  readonly global?: string
  readonly env?: Readonly<Record<string, string>>
}

const cases: readonly Case[] = [
  {},
  { user: 'registry=https://user.test/npm/\n; comment\n# another\nstrict-ssl = false\n' },
  { user: 'registry=https://user.test/', project: 'registry = "https://project.test/"\n@corp:registry=https://corp.test/npm\n' },
  {
    user: 'registry=https://user.test/',
    project: 'registry=https://project.test/',
    env: { npm_config_registry: 'https://variable.test/' },
  },
  {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as npm writes variables
    user: 'registry=https://${REGISTRY_HOST}/x/\n@${SCOPE}:registry=https://${UNSET_HOST}.test/\n',
    env: { REGISTRY_HOST: 'filled.test', SCOPE: 's' },
  },
  {
    global: 'registry=https://global.test/\nhttps-proxy=http://proxy.test:3128\nnoproxy=inside.test',
    env: { NPM_CONFIG_CAFILE: '/etc/ssl/ca.pem' },
  },
  {
    user: 'registry=\nproxy=null\nhttps-proxy=false\n[section]\nregistry=https://in-section.test/\n',
    global: 'registry=https://global.test/',
  },
  { user: '\ufeffregistry=https://mark.test/\r\nproxy=http://p.test:1\r\n', env: { npm_config_https_proxy: 'http://q.test:2' } },
  { user: "registry='https://single.test/'\n", project: 'noproxy = a.test,b.test\n' },
]

const keys = ['registry', 'proxy', 'https-proxy', 'noproxy', 'cafile', 'strict-ssl', '@corp:registry', '@s:registry']

test('every setting that leads to a registry is the one that npm has', { skip: noNpm, timeout: 120_000 }, async t => {
  const folder = mkdtempSync(join(tmpdir(), 'eniprobe-npm-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const [index, { user, project, global, env: more }] of cases.entries()) {
    const root = join(folder, String(index))
    const write = (path: string, text: string | undefined) => {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      if (text !== undefined) writeFileSync(join(root, path), text)
    }
    write('home/.npmrc', user)
    write('work/package.json', '{"name":"x"}')
    write('work/.npmrc', project)
    write('prefix/etc/npmrc', global)
    mkdirSync(join(root, 'work/deep/er'), { recursive: true })
    const env = { PATH: process.env.PATH, HOME: join(root, 'home'), npm_config_prefix: join(root, 'prefix'), ...more }
    const cwd = join(root, 'work/deep/er')
    const [theirs, { values }] = await Promise.all([askNpm(env, cwd), readNpmConfiguration(packageMachine(env, { cwd }))])
    for (const key of keys) {
      const ours = values.get(key)?.value
      // What nobody sets has npm's default; what is set and is none counts as none.
      const expected = theirs[key]
      if (ours === undefined || ['', 'null', 'false'].includes(ours)) {
        const byDefault = key === 'registry' ? 'https://registry.npmjs.org/' : key === 'strict-ssl' ? ours !== 'false' : undefined
        assert.ok(
          String(expected ?? '') === '' || expected === false || expected === byDefault,
          `case ${index}, ${key}: ${ours} and ${expected}`,
        )
      } else assert.equal(ours, Array.isArray(expected) ? expected.join() : String(expected), `case ${index}, ${key}`)
    }
  }
})

function askNpm(env: NodeJS.ProcessEnv, cwd: string): Promise<Readonly<Record<string, unknown>>> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['config', 'list', '--json'], { env, cwd, stdio: ['ignore', 'pipe', 'ignore'] })
    let text = ''
    child.stdout.on('data', chunk => {
      text += chunk
    })
    child.on('error', reject)
    child.on('close', () => resolve(JSON.parse(text)))
  })
}

test('scopes have registries of their own, and tokens are only seen to be there', async t => {
  const root = mkdtempSync(join(tmpdir(), 'eniprobe-npm-'))
  t.after(() => rmSync(root, { recursive: true }))
  mkdirSync(join(root, 'home/u'), { recursive: true })
  writeFileSync(
    join(root, 'home/u/.npmrc'),
    'registry=https://d-111122223333.d.codeartifact.eu-west-1.amazonaws.com/npm/r/\n//d-111122223333.d.codeartifact.eu-west-1.amazonaws.com/npm/r/:_authToken=s3cr3t\n@corp:registry=https://corp.test/npm/a/\n//corp.test/npm/:_password=s3cr3t\nproxy=http://u:s3cr3t@proxy.test:8080\n',
  )
  const { settings, access } = await readPackages(['npm'], packageMachine({ HOME: '/home/u' }, { root, cwd: '/' }))
  const sources = settings.get('npm')?.sources ?? []
  assert.deepEqual(
    sources.map(s => [s.url, s.configuredBy, s.credentials]),
    [
      [
        'https://d-111122223333.d.codeartifact.eu-west-1.amazonaws.com/npm/r/',
        'registry, /home/u/.npmrc',
        '_authToken, /home/u/.npmrc, not sent',
      ],
      ['https://corp.test/npm/a/', '@corp:registry, /home/u/.npmrc', '_password, /home/u/.npmrc, not sent'],
    ],
  )
  assert.ok(!JSON.stringify(sources).includes('s3cr3t'))
  assert.ok([...access.values()].every(one => one.authorization === undefined))
})

// What conda, dnf, yum, apt and docker are configured to use, from files as they lie on real machines.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { readHost } from '../../src/catalog/index.ts'
import { planTargets } from '../../src/plan/targets.ts'
import { packageMachine, readPackages } from '../../src/probe/packages/index.ts'
import { decodeReport } from '../../src/report/decode.ts'
import { redactReport } from '../../src/report/redact/index.ts'

async function said(t: TestContext, word: string, content: Readonly<Record<string, string>>, env: Record<string, string> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'eniprobe-root-'))
  t.after(() => rmSync(root, { recursive: true }))
  for (const [path, text] of Object.entries(content)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const { settings, access } = await readPackages(
    [word],
    packageMachine({ HOME: '/home/u', PATH: '', ...env }, { root, cwd: '/work' }),
  )
  const { sources = [], notes = [] } = settings.get(word) ?? {}
  return { places: sources.map(s => `${s.role} ${s.url} < ${s.configuredBy}`), sources, notes, access, settings }
}

const basearch = process.arch === 'arm64' ? 'aarch64' : 'x86_64'

/** As an instance of Amazon Linux 2023 has it, in parts. */
const al2023 = {
  '/etc/yum.repos.d/amazonlinux.repo': `[amazonlinux]
name=Amazon Linux 2023 repository
mirrorlist=https://al2023-repos-$awsregion-de612dc2.s3$dualstack.$awsregion.$awsdomain/core/mirrors/$releasever/$basearch/$mirrorlist
priority=10
enabled=1
repo_gpgcheck=0
type=rpm
gpgcheck=1
gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-amazon-linux-2023

[amazonlinux-source]
name=Amazon Linux 2023 repository - Source packages
mirrorlist=https://al2023-repos-$awsregion-de612dc2.s3$dualstack.$awsregion.$awsdomain/core/mirrors/$releasever/SRPMS/$mirrorlist
enabled=0
`,
  '/etc/dnf/vars/awsregion': 'ap-northeast-1\n',
  '/etc/dnf/vars/awsdomain': 'amazonaws.com',
  '/etc/dnf/vars/dualstack': '.dualstack',
  '/etc/dnf/vars/mirrorlist': 'mirror.list',
  '/etc/system-release': 'Amazon Linux release 2023.6.20241010 (Amazon Linux)\n',
  '/etc/os-release': 'NAME="Amazon Linux"\nVERSION_ID="2023"\n',
}

test("Amazon Linux 2023's repository is a bucket of the region, by the variables of the machine", async t => {
  const { places, settings } = await said(t, 'dnf', al2023)
  assert.deepEqual(places, [
    `mirror-list https://al2023-repos-ap-northeast-1-de612dc2.s3.dualstack.ap-northeast-1.amazonaws.com/core/mirrors/2023.6.20241010/${basearch}/mirror.list < [amazonlinux], /etc/yum.repos.d/amazonlinux.repo`,
  ])
  const [target] = planTargets(['dnf'], { region: 'ap-northeast-1', workloads: [], packages: settings })
  assert.equal(readHost(target?.host ?? '')?.bucket, 'al2023-repos-ap-northeast-1-de612dc2')
})

test("Amazon Linux 2's repositories are named by yum's variables, extras too", async t => {
  const { places } = await said(t, 'yum', {
    '/etc/yum.repos.d/amzn2-core.repo':
      '[amzn2-core]\nname=Amazon Linux 2 core repository\nmirrorlist=$awsproto://$amazonlinux.$awsregion.$awsdomain/$releasever/$product/$target/$basearch/mirror.list\npriority=10\ngpgcheck=1\nenabled=1\nmetadata_expire=300\n',
    '/etc/yum.repos.d/amzn2-extras.repo':
      '[amzn2extra-docker]\nenabled = 1\nmirrorlist = $awsproto://$amazonlinux.$awsregion.$awsdomain/$releasever/extras/docker/latest/$basearch/mirror.list\n[amzn2extra-nginx1]\nenabled = 0\nmirrorlist = $awsproto://$amazonlinux.$awsregion.$awsdomain/x\n',
    '/etc/yum/vars/amazonlinux': 'amazonlinux',
    '/etc/yum/vars/awsdomain': 'amazonaws.com',
    '/etc/yum/vars/awsproto': 'https',
    '/etc/yum/vars/awsregion': 'eu-west-1',
    '/etc/yum/vars/product': 'core',
    '/etc/yum/vars/target': 'latest',
    '/etc/os-release': 'VERSION_ID="2"\n',
  })
  assert.deepEqual(
    places.map(place => place.split(' ')[1]),
    [
      `https://amazonlinux.eu-west-1.amazonaws.com/2/core/latest/${basearch}/mirror.list`,
      `https://amazonlinux.eu-west-1.amazonaws.com/2/extras/docker/latest/${basearch}/mirror.list`,
    ],
  )
})

test('a repository whose host needs a variable that is not set is told, not guessed', async t => {
  const { places, notes } = await said(t, 'dnf', { '/etc/yum.repos.d/a.repo': '[a]\nbaseurl=https://$nowhere.test/os/\n' })
  assert.deepEqual(places, [])
  assert.match(notes.join(), /a variable of its host is not set \(\$nowhere\.test\)/)
})

test('proxy, certificates and reposdir of the main file hold for its repositories', async t => {
  const { sources, access } = await said(t, 'dnf', {
    '/etc/dnf/dnf.conf': '[main]\nreposdir=/opt/repos\nproxy=http://u:s3cr3t@proxy.test:3128\nsslverify=0\n',
    '/opt/repos/x.repo':
      '[x]\nbaseurl=https://x.test/os\n  https://y.test/os\n[z]\nbaseurl=https://z.test/\nproxy=_none_\nsslverify=1\nusername=u\npassword=s3cr3t\n',
    '/etc/yum.repos.d/ignored.repo': '[i]\nbaseurl=https://ignored.test/\n',
  })
  assert.deepEqual(
    sources.map(s => [s.url, s.isUnchecked, s.proxy?.url, s.credentials]),
    [
      ['https://x.test/os', true, 'http://proxy.test:3128', undefined],
      ['https://y.test/os', true, 'http://proxy.test:3128', undefined],
      ['https://z.test/', undefined, undefined, 'username of the repository, not sent'],
    ],
  )
  assert.equal(access.get('https://z.test/')?.proxy, '')
  assert.ok(!JSON.stringify(sources).includes('s3cr3t'))
})

test("conda's levels are put together as conda does, names made URLs, tokens of a path kept out", async t => {
  const { sources, access } = await said(
    t,
    'conda',
    {
      '/etc/conda/.condarc': 'channels: [system]\nchannel_alias: https://alias.test/conda/\n',
      '/home/u/.condarc':
        // biome-ignore lint/suspicious/noTemplateCurlyInString: as conda writes variables
        'channels:\n  - defaults\n  - https://mirror.test/t/tk-s3cr3t-1/forge\n  - ${HOST_URL}/own\ndefault_channels:\n  - https://mirror.test/main\nssl_verify: false\n',
    },
    { HOST_URL: 'https://own.test' },
  )
  assert.deepEqual(
    sources.map(s => s.url),
    ['https://mirror.test/main', 'https://mirror.test/t/****/forge', 'https://own.test/own', 'https://alias.test/conda/system'],
  )
  assert.ok(sources.every(s => s.isUnchecked))
  assert.equal(access.get('https://mirror.test/t/****/forge')?.path, '/t/tk-s3cr3t-1/forge')
  assert.ok(!JSON.stringify(sources).includes('s3cr3t'))
})

test('a condarc that multiplies itself or is no YAML is told and left', async t => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
    .split('')
    .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join()}]`)
    .join('\n')}\nchannels: *h\n`
  const { sources } = await said(t, 'conda', { '/home/u/.condarc': bomb, '/etc/conda/condarc': 'channels: [' })
  assert.deepEqual(
    sources.map(s => [s.url, s.isDefault]),
    [
      ['https://repo.anaconda.com/pkgs/main', true],
      ['https://repo.anaconda.com/pkgs/r', true],
    ],
  )
})

test('apt is asked where its lists and deb822 files say', async t => {
  const { places } = await said(t, 'apt', {
    '/etc/apt/sources.list':
      '# old\ndeb [arch=amd64 signed-by=/k.gpg] http://archive.test/ubuntu noble main universe\ndeb-src http://archive.test/ubuntu noble main\n',
    '/etc/apt/sources.list.d/ubuntu.sources':
      'Types: deb deb-src\nURIs: https://more.test/ubuntu/\nSuites: noble noble-updates\nComponents: main\n\nEnabled: no\nTypes: deb\nURIs: https://off.test\nSuites: x\n',
  })
  assert.deepEqual(
    places.map(place => place.split(' ')[1]),
    [
      'http://archive.test/ubuntu/dists/noble/InRelease',
      'https://more.test/ubuntu/dists/noble/InRelease',
      'https://more.test/ubuntu/dists/noble-updates/InRelease',
    ],
  )
})

test('docker: hosts of logins and mirrors, the layers of ECR, and no credential', async t => {
  const { sources } = await said(t, 'docker', {
    '/home/u/.docker/config.json': JSON.stringify({
      auths: {
        '111122223333.dkr.ecr.eu-west-1.amazonaws.com': { auth: 's3cr3t' },
        'https://index.docker.io/v1/': { auth: 's3cr3t' },
      },
      credHelpers: { 'registry.test:5000': 'x' },
    }),
    '/etc/docker/daemon.json': JSON.stringify({
      'registry-mirrors': ['https://mirror.test'],
      'insecure-registries': ['registry.test:5000'],
    }),
  })
  assert.deepEqual(
    sources.map(s => [s.role, s.url, s.isUnchecked]),
    [
      ['image-registry', 'https://mirror.test/', undefined],
      ['image-registry', 'https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/', undefined],
      ['files', 'https://prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com/', undefined],
      ['image-registry', 'https://registry.test:5000/', true],
      ['image-registry', 'https://registry-1.docker.io/', undefined],
      ['tokens', 'https://auth.docker.io/', undefined],
    ],
  )
  assert.ok(!JSON.stringify(sources).includes('s3cr3t'))
})

test('a manager that names no place is one target that nobody probes, and says why', async t => {
  const { settings } = await said(t, 'pip', {}, { PIP_NO_INDEX: 'true' })
  const targets = planTargets(['pip'], { region: 'eu-west-1', workloads: [], packages: settings })
  assert.deepEqual(
    targets.map(({ id, host, note }) => [id, host, note]),
    [['pip', '', 'pip asks no index: PIP_NO_INDEX']],
  )
})

test('a configuration file that is a pipe, a device or a folder is not waited for', async t => {
  const root = mkdtempSync(join(tmpdir(), 'eniprobe-root-'))
  t.after(() => rmSync(root, { recursive: true }))
  mkdirSync(join(root, 'etc/pip.conf'), { recursive: true })
  const machine = packageMachine({ HOME: '/home/u', PATH: '', PIP_CONFIG_FILE: '/dev/zero' })
  const { settings } = await readPackages(['pip'], machine)
  assert.match(settings.get('pip')?.notes.join() ?? '', /\/dev\/zero: is not a file/)
  const inside = await readPackages(['pip'], packageMachine({ HOME: '/home/u', PATH: '' }, { root, cwd: '/' }))
  assert.match(inside.settings.get('pip')?.notes.join() ?? '', /\/etc\/pip\.conf: is not a file/)
})

test('a masked report keeps which file and which setting, and loses folders, scopes and hosts', () => {
  const packages = {
    manager: 'npm',
    role: 'registry',
    configuredBy: '@acme:registry, /work/acme-secret/.npmrc',
    foundBy: 'https://packages.acme.example/npm',
  } as const
  const report = decodeReport(
    JSON.stringify({
      format: 'eniprobe/1',
      targets: [
        {
          id: 'https://packages.acme.example/npm',
          kind: 'https',
          host: 'packages.acme.example',
          note: 'npm cannot read /work/acme-secret/.npmrc: is not a file',
          packages,
          observations: [
            {
              layer: 'http',
              outcome: 'answered',
              seen: { status: 200, index: { form: 'registry', hosts: ['files.acme.example:8443'], credentials: 'none' } },
            },
          ],
        },
      ],
    }),
  )
  const masked = redactReport(report)
  assert.ok(!JSON.stringify(masked).includes('acme'), JSON.stringify(masked))
  assert.match(masked.targets[0]?.packages?.configuredBy ?? '', /^@scope:registry, \/…\/\.npmrc$/)
  assert.equal(masked.targets[0]?.packages?.foundBy, masked.targets[0]?.id)
})

test('a file of nothing but brackets, or nested without end, is no configuration, and ends nobody', async t => {
  for (const nested of ['[', '{', '{}', '- ', '? ', '{[', '[","', '"]":[', 'a: &a {b: *a}\n']) {
    const file = `${nested.repeat(20_000).slice(0, 60_000)}channels:\n  - https://c.example\n`
    const { places, notes } = await said(t, 'conda', { '/home/u/.condarc': file })
    assert.ok(places.every(place => place.includes('repo.anaconda.com')))
    assert.deepEqual(notes, ['conda cannot read /home/u/.condarc'])
  }
})

test('variables in a value are filled in up to a length, and not until the memory is full', async t => {
  const { places } = await said(t, 'dnf', {
    '/etc/yum.repos.d/a.repo': `[a]\nbaseurl=${'$a'.repeat(100_000)}\n[b]\nbaseurl=https://b.example/$a\n`,
    '/etc/dnf/vars/a': 'x'.repeat(200_000),
  })
  assert.deepEqual(
    places.map(place => place.length < 4200 && place.startsWith('repository https://b.example/xxx')),
    [true],
  )
})

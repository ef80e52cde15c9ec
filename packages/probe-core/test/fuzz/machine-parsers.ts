// Parsers of what lies on the machine, where somebody else may have put it: package managers' files, resolver files, SDK
// settings, tables of sockets, command lines, and text that a user was sent.

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { planTargets } from '../../src/plan/targets.ts'
import { findProcessingJobArn, findSageMakerResource } from '../../src/plan/vantage-files.ts'
import { findDefaultRoute, findDefaultRoute6 } from '../../src/probe/interfaces.ts'
import { type PackageMachine, readPackages } from '../../src/probe/packages/index.ts'
import { readHostsFile, readResolvConf } from '../../src/probe/resolver-files.ts'
import { readSdkSettings } from '../../src/probe/settings.ts'
import { hostsOfCommand, shortenCommand } from '../../src/probe/sockets/command-line.ts'
import { readSocketLine, stateOfLine } from '../../src/probe/sockets/socket-table.ts'
import { findHang, unansweredAtLeastMs } from '../../src/probe/sockets/unanswered.ts'
import { readErrors } from '../../src/why/read-errors.ts'
import { assertPrintable, type FuzzedParser } from './parser.ts'

const corpus: { text: string }[] = JSON.parse(
  readFileSync(new URL('../../../test/unit/data/why-corpus.json', import.meta.url), 'utf8'),
)

/** A machine that holds these files and no others; whatever folder is asked for holds them all. */
function machineOf(files: Readonly<Record<string, string>>): PackageMachine {
  return {
    env: { HOME: '/home/u', PATH: '/usr/bin', EXPANDS: 'x'.repeat(2000) },
    home: '/home/u',
    cwd: '/work',
    text: async path => (files[path] === undefined ? undefined : { text: files[path] }),
    names: async folder =>
      Object.keys(files).flatMap(path => (path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : [])),
    exists: async path => path in files,
    isExecutable: async () => false,
    real: async path => path,
  }
}

/** Such files are read up to 256 KiB, and only as UTF-8. */
const longestFile = 256 * 1024

function configuration(
  word: string,
  paths: readonly string[],
  samples: readonly string[],
  pieces: readonly string[] = [],
): FuzzedParser {
  return {
    name: `${word} configuration`,
    samples,
    pieces: ['${EXPANDS}', '$EXPANDS', ...pieces],
    read: async input => {
      const text = input.subarray(0, longestFile).toString('utf8')
      const { settings } = await readPackages([word], machineOf(Object.fromEntries(paths.map(path => [path, text]))))
      const said = settings.get(word)
      assertPrintable(said, 2_000_000)
      try {
        planTargets([word], { region: 'eu-west-1', workloads: [], packages: settings })
      } catch (error) {
        assert.equal((error as Error).name, 'ProbeUsageError', String((error as Error).stack))
      }
    },
  }
}

const table = [
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
  '   0: 0100007F:1F90 0114140A:01BB 02 00000001:00000000 01:00000064 00000003  1000        0 31337 2 0000000000000000 100 0 0 10 -1',
  '   1: 00000000000000000000000001000000:0016 00000000000000000000000001000000:C350 01 00000000:00000000 02:000A7214 00000000     0        0 999 4 0 20 4 31 10 -1',
].join('\n')

let folder: string | undefined

export const machineParsers: readonly FuzzedParser[] = [
  configuration(
    'pip',
    ['/etc/pip.conf', '/home/u/.config/pip/pip.conf', '/work/requirements.txt', '/work/uv.toml', '/work/pyproject.toml'],
    [
      '[global]\nindex-url = https://aws:eyJhbGciOiJIUzI1NiJ9.e.e@d-1.d.codeartifact.eu-west-1.amazonaws.com/pypi/r/simple/\nextra-index-url =\n    https://a.example/simple\n    https://b.example/simple\nproxy = http://u:p@proxy:3128\n',
      '--index-url https://i.example/simple\n-r more.txt\n--extra-index-url="https://e.example/${EXPANDS}/" # c\nrequests==2.0 \\\n --hash=sha256:aa\n',
      '[tool.uv]\nindex-url = "https://i.example/simple"\n[[tool.uv.index]]\nname = "a"\nurl = "https://a.example/simple"\n[[tool.poetry.source]]\nname = "p"\nurl = "https://p.example/simple"\npriority = "primary"\n',
    ],
    ['[', ']', '= ', '[[a]]\n', 'a.a.a', '"""', "'''", '{a={', '[[[[', '\\\n', '-r requirements.txt\n'],
  ),
  configuration(
    'npm',
    ['/home/u/.npmrc', '/work/.npmrc', '/work/.yarnrc.yml', '/work/package.json'],
    [
      'registry=https://r.example/npm/\n@scope:registry=https://s.example/\n//r.example/npm/:_authToken=${NPM_TOKEN}\nca[]="a"\nca[]="b"\nproxy=http://u:p@proxy:1\n',
      'npmRegistryServer: "https://y.example"\nnpmScopes:\n  mine:\n    npmRegistryServer: https://m.example\n',
    ],
    ['[a.b.c]\n', 'a[]=', '\\\\${', '${a', '&a ', '*a ', '- ', '? ', '!!js/function ', '<<: *a\n', '{a: ', '|\n', '%TAG '],
  ),
  configuration(
    'conda',
    ['/home/u/.condarc', '/etc/conda/.condarc'],
    [
      'channels:\n  - https://c.example/t/tk-abcdef/conda\n  - defaults\nssl_verify: /ca.pem\ncustom_channels:\n  a: https://x.example\nproxy_servers:\n  https: http://u:p@p:1\n',
    ],
    ['&a [*a]', '- ', ': ', '? ', '[', '{', '"', "'", '>\n', '---\n', '*a', ']', '{? ', 'a: {b: *a}\n'],
  ),
  configuration(
    'dnf',
    ['/etc/dnf/dnf.conf', '/etc/yum.repos.d/a.repo', '/etc/dnf/vars/releasever', '/etc/dnf/vars/a', '/etc/os-release'],
    [
      '[main]\nproxy=http://p:1\n[a]\nname=A\nmirrorlist=https://$a.example/$releasever/${basearch}/m\nenabled=1\n',
      '[b]\nbaseurl=https://b.example/\n https://c.example/\nusername=u\npassword=p\n',
    ],
    ['$a', '${a}', '[a]\n', 'baseurl=', '=', ' '],
  ),
  configuration(
    'apt',
    ['/etc/apt/sources.list', '/etc/apt/sources.list.d/a.sources', '/etc/apt/sources.list.d/b.list'],
    [
      'deb [arch=amd64 signed-by=/k] http://archive.example/ubuntu noble main\n',
      'Types: deb\nURIs: https://a.example/debian\nSuites: stable stable-updates\nComponents: main\n\nTypes: deb\nURIs:\n https://b.example\nSuites: x/\n',
    ],
    ['deb ', 'deb [', 'URIs:', '\n ', '\n\n', 'Types: deb\n', 'Enabled: no\n'],
  ),
  configuration(
    'docker',
    ['/etc/docker/daemon.json', '/home/u/.docker/config.json'],
    [
      '{"registry-mirrors":["https://m.example"],"proxies":{"https-proxy":"http://u:p@p:1","no-proxy":"*"}}',
      '{"auths":{"123456789012.dkr.ecr.eu-west-1.amazonaws.com":{"auth":"c2VjcmV0"}},"credHelpers":{"r.example":"x"}}',
    ],
  ),
  {
    name: 'resolver files',
    samples: [
      'nameserver 10.0.0.2\nsearch a.example b.example\noptions ndots:5 timeout:1 attempts:2\n',
      '127.0.0.1 localhost\n10.0.0.9 logs.eu-west-1.amazonaws.com # x\n',
    ],
    pieces: ['nameserver ', 'search ', 'options ', '#', ';'],
    read: input => {
      const text = input.toString('utf8')
      const read = readResolvConf(text)
      assert.ok(Number.isFinite(read.ndots))
      readHostsFile(text)
      findDefaultRoute(text)
      findDefaultRoute6(text)
      const files = { fileText: () => text, exists: () => true }
      assertPrintable([findSageMakerResource(files), findProcessingJobArn(files)], 2000)
    },
  },
  {
    name: 'aws config',
    samples: [
      '[default]\nregion = eu-west-1\nendpoint_url = https://u:p@vpce.example\nservices = local\n[services local]\ns3 =\n  endpoint_url = https://s.example\n[profile a]\nrole_arn = arn:aws:iam::1:role/r\n',
      '[default]\naws_access_key_id = AKIAQWERTYUIOPASDFGH\naws_secret_access_key = x\n',
    ],
    pieces: ['[', ']', '[profile ', '[services ', ' = ', '\n  ', '=', '[__proto__]\n', '[profile __proto__]\n'],
    read: async input => {
      folder ??= mkdtempSync(join(tmpdir(), 'eniprobe-fuzz-'))
      const file = join(folder, 'config')
      writeFileSync(file, input)
      const env = { AWS_CONFIG_FILE: file, AWS_SHARED_CREDENTIALS_FILE: file, HOME: folder }
      for (const profile of [undefined, '__proto__', 'constructor']) await readSdkSettings({ env, profile })
    },
    close: () => folder !== undefined && rmSync(folder, { recursive: true }),
  },
  {
    name: 'socket table',
    samples: table.split('\n').map(line => `${line}\n`),
    read: input => {
      for (const line of input.toString('latin1').split('\n')) {
        stateOfLine(line)
        for (const protocol of ['tcp', 'udp'] as const)
          for (const isLittle of [true, false]) {
            const row = readSocketLine(line, protocol, isLittle)
            if (row === undefined) continue
            assertPrintable(row, 400)
            findHang(row)
            assert.ok(Number.isFinite(unansweredAtLeastMs(row)))
          }
      }
    },
  },
  {
    name: 'command line',
    samples: [
      '/usr/bin/python3\0-m\0app.main\0--password\0hunter2\0https://u:p@h.example/x',
      'aws\0s3\0cp\0--endpoint-url=https://e.example',
      'java\0-jar\0a.jar',
    ],
    pieces: ['\0', '--host\0', '--endpoint=', 'a.', 'a-', '://', '-m\0'],
    read: input => {
      const argv = input.toString('utf8').split('\0')
      assertPrintable(shortenCommand(argv), 200)
      assertPrintable(hostsOfCommand(argv), 2100)
    },
  },
  {
    name: 'log text',
    samples: corpus.map(({ text }) => text),
    pieces: [
      'timed out',
      'Caused by: ',
      'lookup ',
      '://',
      '{"message":"',
      '\\"',
      'An error occurred (',
      '\\n',
      ': ',
      '.amazonaws.com',
    ],
    read: input => {
      const reading = readErrors(input.toString('utf8'))
      assertPrintable(reading, 200_000)
      if (reading.targets.length > 0) planTargets(reading.targets, { region: 'eu-west-1', workloads: [] })
    },
  },
]

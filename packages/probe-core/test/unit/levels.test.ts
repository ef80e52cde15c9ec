// The architecture as a test: who may import whom, and the few habits that every source file keeps. Reads the sources.

import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

const packages = fileURLToPath(new URL('../../../../', import.meta.url))
const core = join(packages, 'probe-core', 'src')

interface Level {
  readonly level: number
  /** Modules of this library, in order of their level. */
  readonly modules: readonly string[]
  /** Parts of node: and libraries; `*`: any. */
  readonly outside: readonly string[]
  readonly why?: string
}

const table: Readonly<Record<string, Level>> = {
  model: { level: 0, modules: [], outside: [] },
  time: { level: 0, modules: [], outside: ['node:events'], why: 'node:events only to let many waits share one signal' },
  catalog: { level: 1, modules: ['model'], outside: ['ipaddr.js'] },
  report: {
    level: 1,
    modules: ['model', 'catalog'],
    outside: ['valibot', 'ipaddr.js'],
    why: 'catalog and ipaddr.js to know, when masking, whose a name or an address is',
  },
  probe: { level: 2, modules: ['model', 'time', 'catalog'], outside: ['*'], why: 'the only sockets' },
  diagnose: { level: 2, modules: ['model', 'catalog'], outside: [], why: 'no node:*, no probe, no time' },
  compare: { level: 2, modules: ['model', 'catalog'], outside: [], why: 'pure: reports that are judged already' },
  plan: { level: 2, modules: ['model', 'catalog'], outside: ['fastest-levenshtein'] },
  why: {
    level: 2,
    modules: ['model', 'catalog', 'probe/text.ts'],
    outside: [],
    why: 'a pure reader; probe/text.ts makes its quotes safe',
  },
  observe: {
    level: 3,
    modules: ['model', 'time', 'catalog', 'probe'],
    outside: ['node:crypto', 'node:net'],
    why: 'node:net for types and isIP',
  },
  confirm: {
    level: 3,
    modules: ['model', 'catalog', 'probe', 'plan'],
    outside: ['croner', 'p-limit'],
    why: 'plan names the host that the SDKs of this environment would ask',
  },
  policy: {
    level: 4,
    modules: ['model', 'catalog', 'plan', 'confirm', 'probe', 'policy.ts'],
    outside: [],
    why: 'confirm for the table of its questions; probe for the files of this machine',
  },
  'policy.ts': { level: 4, modules: ['model', 'policy', 'probe.ts'], outside: [], why: 'the door to policy' },
  'tracing.ts': { level: 4, modules: ['model'], outside: ['node:diagnostics_channel'] },
  'probe.ts': {
    level: 4,
    modules: ['model', 'probe-network.ts'],
    outside: [],
    why: 'the door to probe-network.ts, which is loaded with the first run',
  },
  'probe-network.ts': {
    level: 4,
    modules: ['probe.ts', 'tracing.ts', 'model', 'probe', 'diagnose', 'plan', 'observe', 'confirm'],
    outside: [],
  },
  stuck: { level: 4, modules: ['model', 'time', 'catalog', 'probe', 'plan', 'observe'], outside: [] },
  health: { level: 4, modules: ['model', 'diagnose', 'probe.ts'], outside: [] },
  'index.ts': {
    level: 4,
    modules: [
      'model',
      'catalog',
      'report',
      'diagnose',
      'plan',
      'compare',
      'probe.ts',
      'tracing.ts',
      'health',
      'stuck',
      'why',
      'policy.ts',
    ],
    outside: [],
  },
}

/** More than 300 lines, and why one file is still the better cut. */
const longFiles: Readonly<Record<string, string>> = {}

describe('the levels of the library', () => {
  it('a module imports only from those the table gives it', () => {
    const wrong = sourcesBelow(core).flatMap(file => {
      const module = moduleOf(file)
      const allowed = table[module]
      if (allowed === undefined) return [`${module} is not in the table`]
      return importsOf(file)
        .filter(target => !isAllowed(file, module, target, allowed))
        .map(target => `${shown(file)} imports ${target}`)
    })
    assert.deepEqual(wrong, [], `${wrong.join('\n')}\n\n${renderTable()}\n`)
  })

  it('the table gives a module no more than it imports', () => {
    const unused = Object.entries(table).flatMap(([name, allowed]) => {
      const files = sourcesBelow(core).filter(file => moduleOf(file) === name)
      const isUsed = (word: string) => files.some(file => importsOf(file).some(target => placesOf(file, target).includes(word)))
      return [...allowed.modules, ...allowed.outside]
        .filter(word => word !== '*' && !isUsed(word))
        .map(word => `${name}: ${word}`)
    })
    assert.deepEqual(unused, [])
  })

  it('the imports are found, of every kind', () => {
    const found = importsOf(join(core, 'probe', 'http.ts'))
    for (const target of ['node:http', 'node:tls']) assert.ok(found.includes(target), found.join())
    assert.ok(importsOf(join(core, 'index.ts')).length > 10)
  })

  it('no level imports a higher one, whatever the table says', () => {
    for (const [name, { level, modules }] of Object.entries(table))
      for (const other of modules) {
        const below = table[other.split('/')[0] ?? '']?.level ?? Number.POSITIVE_INFINITY
        assert.ok(below <= level, `${name} (level ${level}) must not import ${other} (level ${below})\n\n${renderTable()}`)
      }
  })

  it('the other packages know the library by its name alone', () => {
    const inner = othersOf('probe-core').flatMap(file =>
      importsOf(file)
        .filter(target => /probe-core|^@eniprobe\/core\//.test(target))
        .map(target => `${shown(file)} imports ${target}`),
    )
    assert.deepEqual(inner, [])
  })
})

describe('every source file', () => {
  const all = readdirSync(packages).flatMap(name => sourcesBelow(join(packages, name, 'src')))
  const written = all.filter(file => !file.endsWith('.data.ts'))

  it('is found by this test', () => {
    assert.ok(all.length > 100, `${all.length} files`)
  })

  it('opens with one to four lines that say what it is for', () => {
    const without = written.filter(file => {
      const lines = textOf(file).split('\n')
      const head = lines.findIndex(line => !line.startsWith('//'))
      // A longer head is one note for readers of the whole file, set off from the first lines by an empty comment line.
      return head < 1 || (head > 4 && !lines.slice(0, head).includes('//'))
    })
    assert.deepEqual(without.map(shown), [])
  })

  it('has 300 lines at most, or stands in the list with its reason', () => {
    const long = written.filter(file => textOf(file).trimEnd().split('\n').length > 300).map(shown)
    assert.deepEqual(long, Object.keys(longFiles))
  })

  it('has a name that says what is in it, in a folder that does', () => {
    const vague = /(?:^|[/-])(?:util|utils|helper|helpers|common|misc|manager|base|shared|stuff)(?=[/.-]|$)/
    assert.deepEqual(
      all.map(shown).filter(file => vague.test(file)),
      [],
    )
    assert.deepEqual(
      all.map(shown).filter(file => !/^[a-z0-9./-]+$/.test(file)),
      [],
    )
  })

  it('names what it exports', () => {
    assert.deepEqual(all.filter(file => /^export \* from/m.test(codeOf(file))).map(shown), [])
  })

  it('is finished', () => {
    const marks = new RegExp(`\\b(?:${['TO', 'FIX'].map((word, at) => word + ['DO', 'ME'][at]).join('|')}|XXX|HACK)\\b`)
    assert.deepEqual(written.filter(file => marks.test(textOf(file))).map(shown), [])
  })
})

describe('the library', () => {
  it('prints nothing and ends no process', () => {
    const loud =
      /\bconsole\.\w|\bprocess\.(?:exit|abort|stdout|stderr|on|once|chdir|umask|emitWarning)\b|\bprocess\.env\.\w+ *=[^=]/
    assert.deepEqual(
      sourcesBelow(core)
        .filter(file => !file.endsWith('.data.ts') && loud.test(codeOf(file)))
        .map(shown),
      [],
    )
  })
})

function isAllowed(file: string, module: string, target: string, { modules, outside }: Level): boolean {
  if (!target.startsWith('.')) return outside.includes('*') || outside.includes(target)
  return placesOf(file, target).some(place => place === module || modules.includes(place))
}

/** What the table may call the target: the module and the file, or the word itself where it is none of ours. */
function placesOf(file: string, target: string): readonly string[] {
  if (!target.startsWith('.')) return [target]
  const path = normalize(join(dirname(file), target))
  if (!path.startsWith(core + sep)) return []
  const inner = path.slice(core.length + 1).replaceAll(sep, '/')
  return [inner.split('/')[0] ?? '', inner]
}

function renderTable(): string {
  const rows = Object.entries(table).map(([name, { level, modules, outside, why }]) => [
    `${level}  ${name.padEnd(17)}`,
    [...modules, ...outside.map(word => (word === '*' ? 'node:*, libraries' : word))].join(', ') || 'nothing',
    why === undefined ? '' : ` (${why})`,
  ])
  return ['Who may import whom:', ...rows.map(([left, middle, right]) => `${left} ${middle}${right}`)].join('\n')
}

function moduleOf(file: string): string {
  return file.slice(core.length + 1).split(sep)[0] ?? ''
}

function importsOf(file: string): string[] {
  const code = codeOf(file)
  const words = /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s+'([^']+)'|\bimport\(\s*'([^']+)'|^\s*import\s+'([^']+)'/gm
  return [...code.matchAll(words)].map(([, from, dynamic, bare]) => from ?? dynamic ?? bare ?? '')
}

/** Without comments, so that a sentence about something is not the thing. */
function codeOf(file: string): string {
  return textOf(file)
    .replaceAll(/^\s*\/\/.*$/gm, '')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
}

function textOf(file: string): string {
  return readFileSync(file, 'utf8')
}

function othersOf(name: string): string[] {
  return readdirSync(packages)
    .filter(each => each !== name)
    .flatMap(each => ['src', 'test'].flatMap(folder => sourcesBelow(join(packages, each, folder))))
}

function sourcesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
}

function shown(file: string): string {
  return file.slice(packages.length).replaceAll(sep, '/')
}

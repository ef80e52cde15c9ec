// Where npm would look for packages: its configuration files and variables as npm merges them. What yarn has of its own is read
// beside it; pnpm reads the same files. Tokens are only seen to be there.

import { dirname, join } from 'node:path'
import { remark } from '../../catalog/index.ts'
import { isRecord } from '../../model/json.ts'
import type { PackageMachine } from './machine.ts'
import { type FoundSettings, proxyOf } from './pip.ts'
import { type FoundSource, type PackageAccess, readSource } from './source.ts'
import { readYaml } from './yaml.ts'

interface Said {
  readonly value: string
  readonly from: string
}

const defaultRegistry = 'https://registry.npmjs.org/'
const mostScopes = 30

export async function readNpm(machine: PackageMachine): Promise<FoundSettings> {
  const { values, notes } = await readNpmConfiguration(machine)
  const proxy = setting(values, 'https-proxy') ?? setting(values, 'proxy')
  const noProxy = setting(values, 'noproxy')?.value ?? machine.env.no_proxy ?? machine.env.NO_PROXY ?? ''
  const caFile = setting(values, 'cafile')?.value
  const access: PackageAccess = { ...(proxy && { proxy: proxy.value, noProxy }), ...(caFile && { caFile }) }
  const isUnchecked = setting(values, 'strict-ssl')?.value === 'false' || values.get('strict-ssl')?.value === 'false'
  const scoped = [...values].flatMap(([key, said]) => (/^@[^:]+:registry$/.test(key) ? [{ key, ...said }] : []))
  const main = setting(values, 'registry')
  const asked = [
    main
      ? { key: 'registry', ...main }
      : { key: 'registry', value: defaultRegistry, from: "npm's default", isDefault: true as const },
    ...scoped.slice(0, mostScopes),
  ]
  const found = asked.flatMap(({ key, value, from, ...rest }) => {
    const held = findToken(value, values)
    const source = readSource(
      value,
      {
        manager: 'npm',
        role: 'registry',
        configuredBy: 'isDefault' in rest ? from : `${key}, ${from}`,
        ...('isDefault' in rest && { isDefault: true as const }),
        ...(held && { credentials: held }),
        ...(isUnchecked && { isUnchecked: true as const }),
        ...(proxy && proxyOf(proxy)),
      },
      access,
    )
    return source ? [source] : []
  })
  const yarn = await readYarn(machine)
  return { found: [...found, ...yarn], notes }
}

/** By key as npm has it: variables, then the project's, the user's, the global and npm's own file. The first that says it counts. */
export async function readNpmConfiguration(
  machine: PackageMachine,
): Promise<{ readonly values: ReadonlyMap<string, Said>; readonly notes: readonly string[] }> {
  const { env, home } = machine
  const values = new Map<string, Said>()
  const notes: string[] = []
  const say = (key: string, value: unknown, from: string) => {
    if (typeof value !== 'string' && typeof value !== 'boolean' && typeof value !== 'number') return
    const name = expand(key, env)
    if (!values.has(name)) values.set(name, { value: expand(String(value).trim(), env), from })
  }
  for (const [name, value] of Object.entries(env)) {
    if (!/^npm_config_/i.test(name) || !value) continue
    const key = name.slice('npm_config_'.length)
    say(key.startsWith('//') ? key : key.replace(/(?!^)_/g, '-').toLowerCase(), value, name)
  }
  const take = async (path: string) => {
    const file = await machine.text(path)
    if (file === undefined) return
    if ('problem' in file)
      return void notes.push(remark('managerCannotReadWhy', { manager: 'npm', file: path, problem: file.problem }))
    const { parse } = await import('ini')
    for (const [key, value] of Object.entries(parse(file.text))) say(key, value, path)
  }
  const user = values.get('userconfig')?.value || join(home, '.npmrc')
  const project = await findProject(machine)
  if (project !== undefined && join(project, '.npmrc') !== user) await take(join(project, '.npmrc'))
  await take(user)
  const program = await findNpm(machine)
  const prefix = values.get('prefix')?.value || env.PREFIX || (program && dirname(dirname(program.node)))
  const global = values.get('globalconfig')?.value || (prefix && join(prefix, 'etc', 'npmrc'))
  if (global) await take(global)
  if (program) await take(join(program.home, 'npmrc'))
  return { values, notes }
}

/** The nearest folder that looks like a project, as npm does; the current one where none does. */
async function findProject(machine: PackageMachine): Promise<string | undefined> {
  for (let folder = machine.cwd, depth = 0; depth < 30; folder = dirname(folder), depth += 1) {
    for (const sign of ['package.json', 'node_modules']) if (await machine.exists(join(folder, sign))) return folder
    if (folder === dirname(folder)) break
  }
  return machine.cwd
}

/** The folder npm lies in, and the node beside it: its global files hang on where they are. */
async function findNpm(machine: PackageMachine): Promise<{ home: string; node: string } | undefined> {
  const folders = (machine.env.PATH ?? '')
    .split(':')
    .filter(folder => folder.startsWith('/'))
    .slice(0, 50)
  const find = async (name: string) => {
    for (const folder of folders) if (await machine.isExecutable(join(folder, name))) return join(folder, name)
    return undefined
  }
  const [npm, node] = [await find('npm'), await find('node')]
  if (npm === undefined) return undefined
  return { home: dirname(dirname(await machine.real(npm))), node: node ?? npm }
}

/** `null`, `false` and nothing are how npm says "none". */
function setting(values: ReadonlyMap<string, Said>, key: string): Said | undefined {
  const said = values.get(key)
  return said === undefined || ['', 'null', 'false', 'undefined'].includes(said.value) ? undefined : said
}

/** `//host/path/:_authToken` and its kin count for every registry below that path. */
function findToken(registry: string, values: ReadonlyMap<string, Said>): string | undefined {
  if (!URL.canParse(registry)) return undefined
  const url = new URL(registry)
  for (let path = url.pathname.replace(/\/$/, ''), depth = 0; depth < 30; path = path.replace(/\/[^/]*$/, ''), depth += 1) {
    for (const base of [`//${url.host}${path}/`, `//${url.host}${path}`]) {
      const said = ['_authToken', '_auth', '_password', 'certfile'].map(name => [name, values.get(`${base}:${name}`)] as const)
      const [name, held] = said.find(([, one]) => one !== undefined) ?? []
      if (held) return `${name}, ${held.from}, not sent`
    }
    if (path === '') break
  }
  return undefined
}

/** More than any URL, scope or path. */
const longestExpanded = 8192

function expand(text: string, env: PackageMachine['env']): string {
  // Cut first: a file of nothing but names of one long variable would fill the memory.
  return text
    .slice(0, longestExpanded)
    .replace(/(?<!\\)(\\*)\$\{([^${}?]+)(\?)?\}/g, (whole, escapes: string, name: string, mark?: string) => {
      if (escapes.length % 2 === 1) return whole.slice((escapes.length + 1) / 2)
      return `${escapes.slice(escapes.length / 2)}${env[name] ?? (mark === '?' ? '' : `\${${name}}`)}`
    })
}

async function readYarn(machine: PackageMachine): Promise<readonly FoundSource[]> {
  const { env, home, cwd } = machine
  const found: FoundSource[] = []
  const add = (value: unknown, from: string) => {
    const text = typeof value === 'string' ? expand(value, env) : ''
    const source = readSource(text, {
      manager: 'yarn',
      role: 'registry',
      configuredBy: from,
      credentials: 'npmAuthToken, not read',
    })
    if (source) found.push(source)
  }
  if (env.YARN_NPM_REGISTRY_SERVER) add(env.YARN_NPM_REGISTRY_SERVER, 'YARN_NPM_REGISTRY_SERVER')
  const folders = [home]
  for (let folder = cwd, depth = 0; depth < 30; folder = dirname(folder), depth += 1) {
    folders.unshift(folder)
    if (folder === dirname(folder)) break
  }
  let hasMain = found.length > 0
  for (const folder of new Set(folders.reverse().reverse())) {
    const path = join(folder, '.yarnrc.yml')
    const file = await machine.text(path)
    if (file === undefined || !('text' in file)) continue
    const table = await readYaml(file.text)
    if (!isRecord(table)) continue
    if (!hasMain && typeof table.npmRegistryServer === 'string') {
      add(table.npmRegistryServer, `npmRegistryServer, ${path}`)
      hasMain = true
    }
    const scopes = isRecord(table.npmScopes) ? Object.entries(table.npmScopes).slice(0, mostScopes) : []
    for (const [scope, said] of scopes) if (isRecord(said)) add(said.npmRegistryServer, `npmScopes.${scope}, ${path}`)
  }
  return found
}

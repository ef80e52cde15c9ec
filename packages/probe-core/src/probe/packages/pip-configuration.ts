// pip's configuration as `pip config list` shows it: files in pip's order, each overriding the one before, and PIP_* variables.
// Not what pip makes of it: that is pip.ts.

import { join } from 'node:path'
import { remark } from '../../catalog/index.ts'
import type { PackageMachine } from './machine.ts'
import { readPythonIni } from './python-ini.ts'

export interface PipConfiguration {
  /** By `section.key` as pip normalizes them (`global.index-url`, `:env:.index-url`), in pip's order. */
  readonly values: ReadonlyMap<string, { readonly value: string; readonly from: string }>
  /** pip stops with an error at these. */
  readonly problems: readonly string[]
}

/** @param prefix sys.prefix of the Python in use, whose pip.conf is the site's */
export async function readPipConfiguration(machine: PackageMachine, prefix: string | undefined): Promise<PipConfiguration> {
  const problems: string[] = []
  const values = new Map<string, { value: string; from: string }>()
  for (const path of await filesOf(machine, prefix)) {
    const file = await machine.text(path)
    if (file === undefined) continue
    const read = 'text' in file ? readPythonIni(file.text) : file
    if ('problem' in read) {
      problems.push(remark('managerCannotReadWhy', { manager: 'pip', file: path, problem: read.problem }))
      continue
    }
    for (const { name, items } of read.sections)
      for (const [key, value] of items) set(values, `${name}.${normalized(key)}`, value, path)
  }
  for (const [name, value] of Object.entries(machine.env)) {
    if (!name.startsWith('PIP_') || value === undefined) continue
    const key = name.slice(4).toLowerCase()
    if (key !== 'version' && key !== 'help') set(values, `:env:.${normalized(key)}`, value, name)
  }
  return { values, problems }
}

/** Global, user (the old place before the new), site, then PIP_CONFIG_FILE, in whose presence the user's are not read. */
async function filesOf(machine: PackageMachine, prefix: string | undefined): Promise<readonly string[]> {
  const { env } = machine
  const named = env.PIP_CONFIG_FILE
  // os.devnull: no file at all is read.
  if (named === '/dev/null') return []
  const homely = (path: string) => path.replace(/^~(?=\/|$)/, machine.home)
  const folders = env.XDG_CONFIG_DIRS?.trim() ? env.XDG_CONFIG_DIRS.split(':') : ['/etc/xdg']
  const config = env.XDG_CONFIG_HOME?.trim() ? env.XDG_CONFIG_HOME : join(machine.home, '.config')
  const hasNamed = Boolean(named) && (await machine.exists(String(named)))
  return [
    ...folders.slice(0, 20).map(folder => join(homely(folder), 'pip', 'pip.conf')),
    '/etc/pip.conf',
    ...(hasNamed ? [] : [join(machine.home, '.pip', 'pip.conf'), join(homely(config), 'pip', 'pip.conf')]),
    ...(prefix === undefined ? [] : [join(prefix, 'pip.conf')]),
    ...(hasNamed ? [String(named)] : []),
  ]
}

/** An item that is set again keeps its first place, as in Python's dict. */
function set(values: Map<string, { value: string; from: string }>, key: string, value: string, from: string): void {
  values.set(key, { value, from })
}

function normalized(name: string): string {
  return name.toLowerCase().replaceAll('_', '-').replace(/^--/, '')
}

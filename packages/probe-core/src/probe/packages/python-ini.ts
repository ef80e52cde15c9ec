// INI as Python's configparser.RawConfigParser reads it, which is what pip reads its configuration with: continuation lines,
// `=` and `:`, no inline comments, DEFAULT values in every section, and errors where Python raises. Pure.

interface IniSection {
  readonly name: string
  readonly items: ReadonlyMap<string, string>
}

type IniResult = { readonly sections: readonly IniSection[] } | { readonly problem: string }

type Options = Map<string, string[]>

const sectionForm = /^\[(.+)\]/

/** @param isLenient as Python's `strict=False`: what is said twice counts the last time (dnf and yum read so) */
export function readPythonIni(text: string, { isLenient = false } = {}): IniResult {
  const sections = new Map<string, Options>()
  const defaults: Options = new Map()
  const seen = new Set<string>()
  let current: Options | undefined
  let currentName = ''
  let option: string | undefined
  let indent = 0
  let broken = 0
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const value = strip(line)
    if (value.startsWith('#') || value.startsWith(';')) continue
    const values = option === undefined ? undefined : current?.get(option)
    if (value === '') {
      values?.push('')
      continue
    }
    const depth = line.search(/[^\s\x1c-\x1f\x85]|\ufeff/)
    if (values !== undefined && depth > indent) {
      values.push(value)
      continue
    }
    indent = depth
    const header = sectionForm.exec(value)?.[1]
    if (header !== undefined) {
      if (sections.has(header) && !isLenient) return { problem: `section [${header}] twice (line ${index + 1})` }
      current = header === 'DEFAULT' ? defaults : (sections.get(header) ?? new Map())
      if (header !== 'DEFAULT') sections.set(header, current)
      currentName = header
      option = undefined
      continue
    }
    if (current === undefined) return { problem: `no section before line ${index + 1}` }
    const delimiter = value.search(/[=:]/)
    const name = strip(value.slice(0, Math.max(0, delimiter))).toLowerCase()
    if (name === '') {
      broken ||= index + 1
      // An option without a name still takes its place in Python; it ends in the same error.
      if (delimiter < 0) continue
    }
    const key = `${currentName}\n${name}`
    if (seen.has(key) && !isLenient) return { problem: `option "${name}" twice (line ${index + 1})` }
    seen.add(key)
    option = name
    current.set(name, [strip(value.slice(delimiter + 1))])
  }
  if (broken > 0) return { problem: `line ${broken} is no option` }
  const joined = (options: Options) => [...options].map(([name, lines]) => [name, lines.join('\n').trimEnd()] as const)
  return {
    sections: [...sections].map(([name, options]) => ({ name, items: new Map([...joined(defaults), ...joined(options)]) })),
  }
}

/** As Python's str.strip: a byte order mark is no white space to it, the information separators are. */
function strip(text: string): string {
  const isSpace = (at: number) => /[\s\x1c-\x1f\x85]/.test(text[at] ?? '') && text[at] !== '\ufeff'
  let [start, end] = [0, text.length]
  while (start < end && isSpace(start)) start += 1
  while (end > start && isSpace(end - 1)) end -= 1
  return text.slice(start, end)
}

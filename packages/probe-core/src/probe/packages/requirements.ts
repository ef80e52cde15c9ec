// The options of a requirements file that change where pip looks: --index-url, --extra-index-url, --find-links, --no-index,
// --trusted-host, and the files that -r and -c lead to. Bounded, and no file is read twice. Files at URLs are not fetched.

import { dirname, join } from 'node:path'
import type { PackageMachine } from './machine.ts'

export interface RequirementOption {
  readonly option: 'index-url' | 'extra-index-url' | 'find-links' | 'no-index' | 'trusted-host'
  readonly value: string
  readonly from: string
}

const mostRequirementFiles = 20
const mostLines = 20_000
const longestLine = 8192

const names: Readonly<Record<string, RequirementOption['option'] | 'follow'>> = {
  '-i': 'index-url',
  '--index-url': 'index-url',
  '--pypi-url': 'index-url',
  '--extra-index-url': 'extra-index-url',
  '-f': 'find-links',
  '--find-links': 'find-links',
  '--no-index': 'no-index',
  '--trusted-host': 'trusted-host',
  '-r': 'follow',
  '--requirement': 'follow',
  '-c': 'follow',
  '--constraint': 'follow',
}

/** In the order in which pip comes to them. Empty when there is no such file. */
export async function readRequirements(path: string, machine: PackageMachine): Promise<readonly RequirementOption[]> {
  const seen = new Set<string>()
  const found: RequirementOption[] = []
  const read = async (file: string): Promise<void> => {
    if (seen.has(file) || seen.size >= mostRequirementFiles) return
    seen.add(file)
    const content = await machine.text(file)
    if (content === undefined || !('text' in content)) return
    for (const { line, number } of logicalLines(content.text, machine.env)) {
      for (const { option, value } of optionsOf(line)) {
        const from = `${option === 'follow' ? '' : `--${option}, `}${file} line ${number}`
        if (option !== 'follow') found.push({ option, value, from })
        else if (!/^(?:https?|file):/i.test(value)) await read(join(dirname(file), value))
      }
    }
  }
  await read(path)
  return found
}

/** Joined where a line ends in a backslash, without comments, `${NAME}` filled in where it is set: in pip's order. */
function logicalLines(text: string, env: PackageMachine['env']): { line: string; number: number }[] {
  const lines: { line: string; number: number }[] = []
  const isComment = (line: string) => /^\s*#/.test(line)
  let parts: string[] = []
  let first = 0
  for (const [index, raw] of text
    .split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/)
    .slice(0, mostLines)
    .entries()) {
    if (parts.length === 0) first = index + 1
    if (raw.endsWith('\\') && !isComment(raw)) {
      parts.push(withoutBackslashes(raw))
      continue
    }
    // A comment ends the line that it continues.
    lines.push({ line: [...parts, parts.length > 0 && isComment(raw) ? ` ${raw}` : raw].join(''), number: first })
    parts = []
  }
  if (parts.length > 0) lines.push({ line: parts.join(''), number: first })
  return lines.flatMap(({ line, number }) => {
    const comment = line.search(/(?:^|\s)#/)
    const bare = (comment < 0 ? line : line.slice(0, comment)).slice(0, longestLine).trim()
    const filled = bare.replace(/\$\{([A-Z0-9_]+)\}/g, (whole, name: string) => machineValue(env, name) ?? whole)
    return filled === '' ? [] : [{ line: filled, number }]
  })
}

function withoutBackslashes(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && text[start] === '\\') start += 1
  while (end > start && text[end - 1] === '\\') end -= 1
  return text.slice(start, end)
}

function machineValue(env: PackageMachine['env'], name: string): string | undefined {
  const value = env[name]
  return value === '' ? undefined : value
}

/** A line that names a requirement has no options that matter here. */
function optionsOf(line: string): { option: RequirementOption['option'] | 'follow'; value: string }[] {
  if (!line.startsWith('-')) return []
  const words = line.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)?.map(word => word.replace(/["']/g, '')) ?? []
  const options: { option: RequirementOption['option'] | 'follow'; value: string }[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const [, long = word, joined] = /^(--[a-z-]+)=(.*)$/s.exec(word) ?? []
    const short = /^(-[ifrc])(.+)$/s.exec(word)
    const option = names[long] ?? (short ? names[short[1] ?? ''] : undefined)
    if (option === undefined) continue
    if (option === 'no-index') options.push({ option, value: '' })
    else if (joined !== undefined) options.push({ option, value: joined })
    else if (short && names[long] === undefined) options.push({ option, value: short[2] ?? '' })
    else {
      at += 1
      if (words[at] !== undefined) options.push({ option, value: words[at] ?? '' })
    }
  }
  return options
}

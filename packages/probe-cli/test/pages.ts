// The documentation as data for tests: every page, its headings, its fenced blocks, its links. It judges nothing.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Block {
  /** What stands behind the fence: `sh`, `sh run`, `js` … */
  readonly kind: string
  readonly line: number
  readonly text: string
}

export interface Page {
  /** From the root of the repository. */
  readonly path: string
  readonly text: string
  readonly headings: readonly { readonly level: number; readonly text: string; readonly line: number }[]
  readonly blocks: readonly Block[]
  /** Lines outside fences; fenced ones are empty, so that numbers hold. */
  readonly prose: readonly string[]
}

export const root = findRoot()

export function readPages(): readonly Page[] {
  const own = readdirSync(root).filter(name => name.endsWith('.md'))
  const packages = readdirSync(join(root, 'packages')).map(name => join('packages', name, 'README.md'))
  return [...own, ...filesBelow('docs'), ...packages.filter(path => existsSync(join(root, path)))].map(readPage)
}

/** As GitHub makes an anchor of a heading. */
export function slugOf(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')
}

function readPage(path: string): Page {
  const text = readFileSync(join(root, path), 'utf8')
  const headings: { level: number; text: string; line: number }[] = []
  const blocks: Block[] = []
  const prose: string[] = []
  let open: { kind: string; line: number; indent: number; lines: string[] } | undefined
  text.split('\n').forEach((line, index) => {
    const fence = /^( *)```(.*)$/.exec(line)
    if (fence !== null && open === undefined) {
      open = { kind: (fence[2] ?? '').trim(), line: index + 1, indent: (fence[1] ?? '').length, lines: [] }
    } else if (fence !== null && open !== undefined) {
      blocks.push({ kind: open.kind, line: open.line, text: open.lines.join('\n') })
      open = undefined
    } else if (open !== undefined) open.lines.push(line.slice(open.indent))
    else {
      prose[index] = line
      const heading = /^(#+) (.+)$/.exec(line)
      if (heading !== null) headings.push({ level: (heading[1] ?? '').length, text: heading[2] ?? '', line: index + 1 })
      return
    }
    prose[index] = ''
  })
  return { path, text, headings, blocks, prose }
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesBelow(path)
    return entry.name.endsWith('.md') ? [relative(root, join(root, path))] : []
  })
}

function findRoot(): string {
  let at = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(at, 'pnpm-workspace.yaml'))) at = dirname(at)
  return at
}

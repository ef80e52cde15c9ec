// Writes generated pages, or, with --check, only says which differ. Not the place for what the pages say.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/**
 * `pages`: text by path from the root. `folders` hold nothing else: a page that is no longer made is taken away.
 * Ends the process with 1 when --check finds a difference.
 */
export function settle(pages, folders, command) {
  const check = process.argv.includes('--check')
  const stale = []
  for (const [path, text] of pages) {
    const file = join(root, path)
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
    stale.push(path)
    if (check) continue
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  for (const folder of folders) {
    const at = join(root, folder)
    for (const name of existsSync(at) ? readdirSync(at) : []) {
      const path = relative(root, join(at, name))
      if (pages.has(path)) continue
      stale.push(path)
      if (!check) rmSync(join(at, name))
    }
  }
  if (check && stale.length > 0) {
    process.stderr.write(`not current: ${stale.join(', ')}\nrun: ${command}\n`)
    process.exit(1)
  }
  process.stdout.write(`${pages.size} pages, ${stale.length} ${check ? 'differ' : 'written'}\n`)
}

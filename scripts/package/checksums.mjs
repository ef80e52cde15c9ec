// SHA256SUMS over everything else in the folder, as `sha256sum --check` reads it.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const checksumsName = 'SHA256SUMS'

export function writeChecksums(_root, into) {
  // Files alone: a run that was interrupted may have left its folder.
  const names = readdirSync(into, { withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name !== checksumsName)
    .map(({ name }) => name)
    .sort()
  writeFileSync(join(into, checksumsName), names.map(name => `${sha256Of(join(into, name))}  ${name}\n`).join(''))
  return [checksumsName]
}

export function sha256Of(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

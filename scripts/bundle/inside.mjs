// Which packages are inside a bundle, told by the bundler itself: only what left bytes in it counts. From this come the SBOM and
// the licence texts; neither is written by hand.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/** As copies of a bundle have to carry them. */
export const noticesName = 'THIRD-PARTY-LICENSES.txt'

/**
 * @param folder what the paths of the metafiles are relative to
 * @returns the packages by name: `{ name, version, licence, text, page }`, licence as an SPDX expression
 */
export function packagesInside(root, folder, metafiles) {
  const roots = new Set()
  for (const { outputs } of metafiles)
    for (const { inputs } of Object.values(outputs))
      for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
        // Without a file behind it: what a plugin put together, whose own imports are inputs themselves.
        const path = resolve(folder, input)
        if (bytesInOutput > 0 && existsSync(path)) roots.add(packageRoot(path))
      }
  return [...roots]
    .map(path => readPackage(root, path))
    .filter(one => one !== undefined)
    .sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1))
}

/** The folder of the package itself: some have further package.json files below, without a name. */
function packageRoot(path) {
  const installed = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path.replaceAll('\\', '/'))?.[0]
  if (installed !== undefined) return installed
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, 'package.json'))) return folder
  throw new Error(`${path} belongs to no package`)
}

function readPackage(root, path) {
  const {
    name,
    version,
    license,
    homepage,
    repository,
    private: isPrivate,
  } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
  if (isPrivate) return undefined
  if (typeof license !== 'string') throw new Error(`${name} ${version} names no licence`)
  const ours = !relative(join(root, 'packages'), path).startsWith('..')
  const text = ours ? undefined : licenceText(root, path, name, license)
  const page = homepage ?? (typeof repository === 'string' ? repository : repository?.url)
  return { name, version, licence: license, ours, ...(text && { text }), ...(page && { page }) }
}

/** The files a package itself brings. A few bring none: the text of the licence they name, with who wrote them. */
function licenceText(root, path, name, license) {
  const files = readdirSync(path).filter(file => /^(?:licen[cs]e|notice|copying)(?:[.-].*)?$/i.test(file))
  const texts = files.sort().map(file => readFileSync(join(path, file), 'utf8').replaceAll('\r\n', '\n').trim())
  if (texts.length > 0) return texts.join('\n\n')
  const known = { 'Apache-2.0': 'LICENSE', MIT: 'scripts/bundle/licences/MIT.txt' }[license]
  if (known === undefined) throw new Error(`${name} brings no licence text, and that of ${license} is not here`)
  const { author, contributors = [] } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
  const people = [author, ...contributors].filter(Boolean).map(one => (typeof one === 'string' ? one : one.name))
  return `Copyright (c) ${people.length > 0 ? people.join(', ') : `the authors of ${name}`}\n\n${readFileSync(join(root, known), 'utf8').trim()}`
}

/** Licence texts of all that is not ours, one text once. */
export function noticesOf(packages, title) {
  const byText = new Map()
  for (const { name, version, licence, text } of packages) {
    if (text === undefined) continue
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${licence})`])
  }
  const sections = [...byText].map(([text, names]) => `${names.join('\n')}\n${'-'.repeat(60)}\n${text}\n`)
  return `${title} has parts of these packages inside. Their licences:\n\n${sections.join(`\n${'='.repeat(60)}\n\n`)}`
}

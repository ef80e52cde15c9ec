// Makes packages/probe-core/api.txt: every exported name with its signature, so that a change of the public interface is seen
// where it is reviewed. Build first.
//   node scripts/docs/make-api.mjs            write it
//   node scripts/docs/make-api.mjs --check    say whether it is current
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const core = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'packages', 'probe-core')
const types = join(core, 'dist', 'types')
const file = join(core, 'api.txt')

const made = `# The public interface of @eniprobe/core: every exported name. Made by scripts/docs/make-api.mjs from the built types.

${[...exportsOf('index')]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([, declaration]) => declaration)
  .join('\n\n')}
`
if (process.argv[2] === '--check') {
  if (readFileSync(file, 'utf8') !== made) {
    process.stderr.write('packages/probe-core/api.txt is not current: node scripts/docs/make-api.mjs\n')
    process.exit(1)
  }
} else writeFileSync(file, made)

/** Exported names of a module with their declarations, wherever they stand. */
function exportsOf(module) {
  const text = withoutComments(readFileSync(join(types, `${module}.d.ts`), 'utf8'))
  const found = new Map()
  const at = path => join(dirname(module), path.replace(/\.js$/, ''))
  for (const [, names, path] of text.matchAll(/export (?:type )?\{([^}]*)\} from ['"](.+?)['"];/g)) {
    const there = exportsOf(at(path))
    for (const name of names.split(',')) {
      const [was, is = was] = name
        .trim()
        .replace(/^type /, '')
        .split(' as ')
      if (was !== '') found.set(is, there.get(was) ?? fail(`${was} is not in ${path}`))
    }
  }
  for (const [, path] of text.matchAll(/export (?:type )?\* from ['"](.+?)['"];/g)) {
    for (const [name, declaration] of exportsOf(at(path))) found.set(name, declaration)
  }
  for (const match of text.matchAll(
    /^export (?:declare )?(?:abstract )?(?:async )?(?:function|class|const|interface|type) (\w+)/gm,
  )) {
    const declaration = declarationAt(text, match.index)
    // Overloads stand together.
    found.set(match[1], [found.get(match[1]), declaration].filter(Boolean).join('\n'))
  }
  return found
}

/** From its first letter to the end of its statement. */
function declarationAt(text, start) {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    const letter = text[at]
    if ('{(['.includes(letter)) depth += 1
    if ('})]'.includes(letter)) {
      depth -= 1
      if (depth === 0 && letter === '}' && /^export (?:declare )?(?:abstract )?(?:class|interface) /.test(text.slice(start)))
        return text.slice(start, at + 1)
    }
    if (letter === ';' && depth === 0) return text.slice(start, at + 1)
  }
  return fail(`no end: ${text.slice(start, start + 60)}`)
}

function withoutComments(text) {
  return text.replace(/^\s*\/\*\*[\s\S]*?\*\/\n/gm, '').replace(/^\s*\/\/.*\n/gm, '')
}

function fail(what) {
  throw new Error(what)
}

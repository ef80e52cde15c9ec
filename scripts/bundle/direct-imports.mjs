// Makes what is imported from a door (a file that only passes on what others export) an import from where it is written.
// A bundler that cuts a program into parts goes through a door to everything behind it: the parts that start would carry all.
import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const passedOn = /export (type )?\{([^}]*)\} from '([^']+)';?/g
const importFrom = /^import (type )?\{([^}]*)\} from '([^']+)'/gm
/** The two ways in which we write it: what is wanted is named at once. */
const importedLater = /\bconst \{([^}]*)\} = await import\('([^']+)'\)|\(await import\('([^']+)'\)\)\.(\w+)/g

/** The doors of the library, by how they are imported besides by their path. */
const doors = [
  { at: 'packages/probe-core/src/index.ts', word: '@eniprobe/core' },
  { at: 'packages/probe-core/src/catalog/index.ts', word: null },
]

/** @returns an esbuild plugin for the TypeScript sources below `root`, the repository */
export function directImports(root) {
  const byPath = new Map(doors.map(({ at, word }) => [join(root, at), { word, homes: homesOf(join(root, at)) }]))
  return {
    name: 'imports from where it is written',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (!path.startsWith(join(root, 'packages')) || byPath.has(path)) return undefined
        return { contents: directed(path, readFileSync(path, 'utf8'), byPath), loader: 'ts' }
      })
    },
  }
}

function directed(path, text, byPath) {
  const doorOf = from => [...byPath].find(([at, { word }]) => from === word || resolve(dirname(path), from) === at)
  const homeFrom = (door, name) => {
    const found = homeOf(door, name, path, byPath)
    const to = relative(dirname(path), found.home).replaceAll('\\', '/')
    return { ...found, to: to.startsWith('.') ? to : `./${to}` }
  }
  const made = text
    .replaceAll(importFrom, (statement, ofTypes, names, from) => {
      const door = ofTypes ? undefined : doorOf(from)
      if (door === undefined) return statement
      const one = word => {
        const [there, here = there] = word.split(' as ')
        const { name, to } = homeFrom(door, there)
        return `import { ${name} as ${here} } from '${to}'`
      }
      return wordsOf(names).map(one).join('; ')
    })
    .replaceAll(importedLater, (statement, names, from, fromOfOne, only) => {
      const door = doorOf(from ?? fromOfOne)
      if (door === undefined) return statement
      if (only !== undefined) {
        const { name, to } = homeFrom(door, only)
        return `(await import('${to}')).${name}`
      }
      const one = word => {
        const { name, to } = homeFrom(door, word)
        return `const { ${name}: ${word} } = await import('${to}')`
      }
      return wordsOf(names).map(one).join('; ')
    })
  for (const [, from] of made.matchAll(/\bimport\('([^']+)'\)/g))
    if (doorOf(from) !== undefined) throw new Error(`${path}: what is imported from ${from} later has to be named at once`)
  return made
}

/** By exported name: the file it is written in, and its name there. */
function homesOf(path) {
  const homes = new Map()
  const text = readFileSync(path, 'utf8')
  for (const [, ofTypes, names, from] of text.matchAll(passedOn)) {
    const home = resolve(dirname(path), from)
    if (!ofTypes) for (const word of wordsOf(names)) homes.set(word.split(' as ').at(-1), { home, name: word.split(' as ')[0] })
  }
  return homes
}

/** Through doors behind the door, down to a file that is none. */
function homeOf([at, { homes }], name, importer, byPath) {
  const found = homes.get(name)
  if (found === undefined) throw new Error(`${importer} imports ${name}, which ${at} does not pass on by name`)
  const next = byPath.get(found.home)
  return next === undefined ? found : homeOf([found.home, next], found.name, importer, byPath)
}

/** Types leave nothing behind that could be imported. */
function wordsOf(names) {
  return names
    .split(',')
    .map(word => word.trim())
    .filter(word => word !== '' && !word.startsWith('type '))
}

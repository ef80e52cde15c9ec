// Lets a part of the library begin with the first call of what it exports. An application imports everything; most of what judges
// runs late or never, and to evaluate it at every start is a fifth of what the import costs. A dynamic import would make the
// functions asynchronous: here the part stays in the same file, and what evaluates it is a function.
import { readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

const exported = /^export (?!type |interface |(?:async )?function )(.*)|^export (?:async )?function (\w+)/gm

/**
 * @param {string} source the folder that `files` are relative to
 * @param {readonly string[]} files each exports functions alone, besides types
 * @returns an esbuild plugin: who imports one of them imports functions that evaluate it when they are called
 */
export function evaluatedAtFirstCall(source, files) {
  const all = new Set(files.map(file => join(source, file)))
  return {
    name: 'evaluated at the first call',
    setup(build) {
      build.onResolve({ filter: /^\..*\.ts$/ }, ({ path, importer, namespace, kind }) => {
        const at = resolve(dirname(importer), path)
        if (kind !== 'import-statement' || namespace !== 'file' || !all.has(at)) return undefined
        return { path: at, namespace: 'first call' }
      })
      build.onLoad({ filter: /.*/, namespace: 'first call' }, ({ path }) => ({
        contents: functionsOf(path)
          .map(name => `export function ${name}(...given) { return require('./${basename(path)}').${name}(...given) }`)
          .join('\n'),
        resolveDir: dirname(path),
      }))
    },
  }
}

function functionsOf(path) {
  return [...readFileSync(path, 'utf8').matchAll(exported)].map(([statement, other, name]) => {
    if (other !== undefined)
      throw new Error(`${path}: «${statement}» is no function, and would not be there before the first call`)
    return name
  })
}

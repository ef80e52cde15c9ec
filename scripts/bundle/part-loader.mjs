// Runs inside the single file: compiles a part of the program when it is first asked for. Knows parts and Node's own
// modules only: whatever lies in a node_modules beside the file is never loaded.

/**
 * @param sources a part's text by its name, or `{ brotli }`: packed, in base64
 * @param selfUrl names the parts in stack traces
 * @returns a `require` for parts (`./name.js`) and Node's own modules
 */
export function partLoader(sources, selfUrl) {
  const { compileFunction } = process.getBuiltinModule('node:vm')
  const self = process.getBuiltinModule('node:url').fileURLToPath(selfUrl)
  const loaded = new Map()
  return function requirePart(name) {
    if (!name.startsWith('./')) {
      const builtin = process.getBuiltinModule(name)
      if (builtin !== undefined) return builtin
      throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' })
    }
    const known = loaded.get(name)
    if (known !== undefined) return known.exports
    const part = { exports: {} }
    loaded.set(name, part)
    const filename = `${self}#${name.slice(2)}`
    const start = compileFunction(textOf(sources[name.slice(2)]), ['require', 'module', 'exports'], { filename })
    start(requirePart, part, part.exports)
    return part.exports
  }
}

function textOf(source) {
  if (typeof source === 'string') return source
  const { brotliDecompressSync } = process.getBuiltinModule('node:zlib')
  return brotliDecompressSync(Buffer.from(source.brotli, 'base64')).toString('latin1')
}

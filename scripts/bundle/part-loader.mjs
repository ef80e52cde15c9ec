// Runs inside the single file: compiles a part of the program when it is first asked for. Knows parts and Node's own
// modules only: whatever lies in a node_modules beside the file is never loaded.

/** Stands for the end of a comment within the comment that carries the parts. */
export const commentEnd = '*\u0001/'

/**
 * @param packs what is compiled at once: `{ name, parts, from, to, isPlain }`, the names of its parts, and where its text is: as
 *   it stands, or packed with brotli, in base64; without parts it is the text of `eniprobe:NAME`, and no program
 * @param carrier the function that has nothing inside but the comment of all texts
 * @param selfUrl names the packs in stack traces
 * @returns a `require` for parts (`./name.js`) and Node's own modules
 */
export function partLoader(packs, carrier, selfUrl) {
  const { compileFunction } = process.getBuiltinModule('node:vm')
  const self = process.getBuiltinModule('node:url').fileURLToPath(selfUrl)
  const carried = carrier.toString()
  const begin = carried.indexOf('/*') + 2
  const starts = {}
  const loaded = new Map()
  return function requirePart(name) {
    const known = loaded.get(name)
    if (known !== undefined) return known.exports
    if (name.startsWith('eniprobe:')) return { __esModule: true, default: textOf(packs.find(pack => pack.name === name)) }
    if (!name.startsWith('./')) {
      const builtin = process.getBuiltinModule(name)
      if (builtin !== undefined) return builtin
      throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' })
    }
    const part = { exports: {} }
    loaded.set(name, part)
    startOf(name.slice(2))(requirePart, part, part.exports)
    return part.exports
  }

  function startOf(part) {
    if (starts[part] === undefined) {
      const pack = packs.find(({ parts }) => parts.includes(part))
      Object.assign(starts, compileFunction(`return ${textOf(pack)}`, [], { filename: `${self}#${pack.name}` })())
    }
    return starts[part]
  }

  function textOf({ from, to, isPlain }) {
    const text = carried.slice(begin + from, begin + to)
    return isPlain ? text.replaceAll(commentEnd, '*/') : unpacked(text)
  }
}

function unpacked(text) {
  const { brotliDecompressSync } = process.getBuiltinModule('node:zlib')
  return brotliDecompressSync(Buffer.from(text, 'base64')).toString('latin1')
}

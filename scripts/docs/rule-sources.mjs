// What a rule's source says: its three-line head, and the sentences of proof that it may cite, in its own file or by the
// functions it takes from its neighbours. Read from the text: a rule does not tell this at run time.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { phrases } from '../../packages/probe-core/dist/src/diagnose/phrases/index.js'
import { root } from './pages.mjs'

const diagnose = join(root, 'packages', 'probe-core', 'src', 'diagnose')
const neighbours = ['', 'state'].flatMap(folder =>
  readdirSync(join(diagnose, folder))
    .filter(name => name.endsWith('.ts') && name !== 'engine.ts')
    .map(name => readFileSync(join(diagnose, folder, name), 'utf8')),
)

/** Throws for a rule without the head that every rule has. */
export function headOf(code) {
  const head = /^\/\/ Cause: (.+)\n\/\/ Shows as: (.+)\n\/\/ Looks like, but is not: (.+)$/m.exec(ruleText(code) ?? '')
  if (head === null) throw new Error(`rules/${code}.ts does not open with Cause, Shows as, Looks like`)
  return { cause: head[1], showsAs: head[2], looksLike: head[3] }
}

/** Keys of sentences, in the order of their catalogue. */
export function citedBy(code) {
  const found = new Set()
  const read = new Set()
  const pending = [ruleText(code), noticeText(code)].filter(text => text !== undefined)
  while (pending.length > 0) {
    const text = pending.pop()
    for (const [, key] of text.matchAll(/'([a-z]+(?:\.[A-Za-z-]+)+)'/gi)) if (Object.hasOwn(phrases, key)) found.add(key)
    for (const name of namesUsedIn(text)) {
      if (read.has(name)) continue
      read.add(name)
      const body = functionText(name)
      if (body !== undefined) pending.push(body)
    }
  }
  return Object.keys(phrases).filter(key => found.has(key))
}

function ruleText(code) {
  const path = join(diagnose, 'rules', `${code}.ts`)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/** The part of a notice's file that is about this cause. */
function noticeText(code) {
  const folder = join(diagnose, 'notices')
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8')
    const part = text.split(/(?=^export const )/m).find(one => one.includes(`cause: '${code}'`))
    if (part !== undefined) return part
  }
  return undefined
}

function namesUsedIn(text) {
  return new Set([...text.matchAll(/\b([a-z][A-Za-z]+)\(/g)].map(match => match[1]))
}

/** A function of the neighbouring files, to the brace that closes it; also one whose answer is remembered. */
function functionText(name) {
  for (const text of neighbours) {
    const start = new RegExp(`^(?:export )?(?:function ${name}\\b|const ${name} = remember\\()`, 'm').exec(text)
    if (start === null) continue
    const rest = text.slice(start.index)
    return rest.slice(0, /^[})]\)?$/m.exec(rest)?.index)
  }
  return undefined
}

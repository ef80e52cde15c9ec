// The one file for machines that have a Node, our licence, and the licences of what is in it or in the function.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { noticesName, noticesOf } from '../bundle/inside.mjs'

export function carryFile(root, into) {
  const built = join(root, 'packages', 'probe-cli', 'dist')
  copyFileSync(join(built, 'eniprobe.mjs'), join(into, 'eniprobe.mjs'))
  copyFileSync(join(root, 'LICENSE'), join(into, 'LICENSE'))
  const byName = new Map()
  for (const name of ['probe-cli', 'probe-lambda'])
    for (const one of JSON.parse(readFileSync(join(root, 'packages', name, 'dist', 'inside.json'), 'utf8')))
      byName.set(`${one.name}@${one.version}`, one)
  writeFileSync(join(into, noticesName), noticesOf([...byName.values()], 'One or another of the files here'))
  return ['eniprobe.mjs', 'LICENSE', noticesName]
}

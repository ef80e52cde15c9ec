// The version of this build: written into the single file when it is bundled, read from package.json otherwise.

import { readFileSync } from 'node:fs'

declare global {
  var ENIPROBE_VERSION: string | undefined
}

export const version: string = globalThis.ENIPROBE_VERSION ?? readVersion()

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  return (manifest as { version: string }).version
}

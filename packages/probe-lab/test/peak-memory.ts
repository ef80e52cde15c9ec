// How much memory a run of the CLI took, told by the process itself at its end.
import { cliPath, type EniprobeRun, type Vpc } from '../src/world/vpc.ts'

export interface MeasuredRun extends EniprobeRun {
  /** At its highest, with the pages of Node's program that were read. */
  readonly peakMb: number
  /** At its end, without what the kernel can read again from files: what no limit of memory can take from it. */
  readonly ownMb: number
}

const teller = `process.on('exit', () => {
  const { readFileSync, writeSync } = require('fs')
  const [, own] = /RssAnon:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))
  writeSync(2, '\\nMEMORY ' + process.resourceUsage().maxRSS + ' ' + own + '\\n')
})`

export async function measuredRun(vpc: Vpc, args: readonly string[], flags: readonly string[] = []): Promise<MeasuredRun> {
  const script = `printf %s "$TELLER" > /run/lab/teller.cjs; exec "$@"`
  const node = [process.execPath, '--require=/run/lab/teller.cjs', ...flags, cliPath(), ...args, '--format', 'json']
  const ran = await vpc.run(['sh', '-c', script, 'sh', ...node], { env: { TELLER: teller } })
  const told = /\nMEMORY (\d+) (\d+)\n$/.exec(ran.stderr)
  if (!told) throw new Error(`the process told nothing of its memory: ${ran.stderr.slice(-500)}`)
  const stderr = ran.stderr.slice(0, told.index)
  const [peakMb = 0, ownMb = 0] = told.slice(1).map(kb => Number(kb) / 1024)
  return { ...ran, stderr, report: JSON.parse(ran.stdout || 'null') ?? undefined, peakMb, ownMb }
}

// How much memory a run of the CLI took at its highest, told by the process itself at its end.
import { cliPath, type EniprobeRun, type Vpc } from '../src/world/vpc.ts'

export interface MeasuredRun extends EniprobeRun {
  readonly peakMb: number
}

const teller = `process.on('exit', () => require('fs').writeSync(2, '\\nPEAK ' + process.resourceUsage().maxRSS + '\\n'))`

export async function measuredRun(vpc: Vpc, args: readonly string[]): Promise<MeasuredRun> {
  const script = `printf %s "$TELLER" > /run/lab/teller.cjs; exec "$@"`
  const node = [process.execPath, '--require=/run/lab/teller.cjs', cliPath(), ...args, '--format', 'json']
  const ran = await vpc.run(['sh', '-c', script, 'sh', ...node], { env: { TELLER: teller } })
  const peak = /\nPEAK (\d+)\n$/.exec(ran.stderr)
  if (!peak) throw new Error(`the process told no peak: ${ran.stderr.slice(-500)}`)
  const stderr = ran.stderr.slice(0, peak.index)
  return { ...ran, stderr, report: JSON.parse(ran.stdout || 'null') ?? undefined, peakMb: Number(peak[1]) / 1024 }
}
